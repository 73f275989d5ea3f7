"""The section tree: what a document's text is, in plain values.

Nothing here knows Django, a database or Word. A text enters as JSON (from the desk's editor, the database,
the Word reader). :mod:`documents.text.schema` checks it and brings it to its one canonical form.
:mod:`documents.text.canonical` hashes it.
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
