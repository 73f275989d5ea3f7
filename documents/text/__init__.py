"""The section tree: what a document's text is, in plain values.

Nothing here knows Django, a database or Word. A text comes in as JSON (from the desk's editor, from the
database, from the Word reader), is checked and brought to its one canonical form by
:mod:`documents.text.schema`, and is hashed by :mod:`documents.text.canonical`.
"""

from documents.text.canonical import canonical_json, sha256_of, text_hash
from documents.text.extraction import block_text, body_text, inline_text, shortened, step_blocks
from documents.text.inline_schema import InvalidText, plain_line, plain_text, turns_letters
from documents.text.schema import normalise_body
from documents.text.section import Section, SectionText, SectionTree

__all__ = [
    "InvalidText",
    "Section",
    "SectionText",
    "SectionTree",
    "block_text",
    "body_text",
    "canonical_json",
    "inline_text",
    "normalise_body",
    "plain_line",
    "plain_text",
    "sha256_of",
    "shortened",
    "step_blocks",
    "text_hash",
    "turns_letters",
]
