"""What an index of tantivy's holds of a section: its fields, and the way in and out of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tantivy

from search.analysis import Analyser
from search.engines.base import Document, EngineError
from search.engines.fields import (
    KEYWORD_FIELDS,
    NUMBER_FIELDS,
    TEXT_FIELDS,
    WORD_FIELDS,
    from_plain,
    keyword_values,
    number_values,
    text_fields,
    to_plain,
)
from search.engines.plan import EXCLUDED_FIELDS, PHRASE_FIELDS


@contextmanager
def errors() -> Iterator[None]:
    """Tantivy's exceptions and the disk's as ours: there is no room, or a file of the index is damaged."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineError(f"the files of the search index can't be read or written: {error}") from error


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        option = "position" if name in PHRASE_FIELDS or name in EXCLUDED_FIELDS else "freq"
        builder.add_text_field(name, tokenizer_name="spaces", index_option=option)
    for name in (*KEYWORD_FIELDS, *WORD_FIELDS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def entry(document: Document, analyser: Analyser) -> tantivy.Document:
    """A section as the index keeps it; the whole of it is stored, to be shown."""
    analysed = text_fields(document, analyser)
    stored = json.dumps(to_plain(document), ensure_ascii=False).encode()
    # In one call: crossing over to tantivy for each value takes as long as analysing it.
    return tantivy.Document(
        **analysed.texts,
        **analysed.words,
        **keyword_values(document),
        **number_values(document),
        stored=stored,
    )


def read(entry: Any) -> Document:
    """The section of an entry."""
    return from_plain(json.loads(bytes(entry.get_first("stored"))))
