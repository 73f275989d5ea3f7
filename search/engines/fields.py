"""Fields of the index, the same in both engines."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from hashlib import blake2b
from typing import Any, Final
from zlib import crc32

from search.analysis import Analyser, family_of
from search.engines.base import FACETS, Document, Step
from search.engines.word_shapes import entries, shapes_of

#: Raised when the fields change: an index laid out otherwise is to be built anew.
LAYOUT: Final = 8

#: Text fields: tokens parted by spaces.
TEXT_FIELDS: Final = ("lemma", "prefix", "heading", "title")
#: Words as they are written, for completing and putting right what is typed: of the headings, and of
#: everything.
WORD_FIELDS: Final = ("headed", "words")
#: Fields that are matched whole.
KEYWORD_FIELDS: Final = ("id", "instrument", "edition", "uid", "keys", *FACETS)
#: By which documents are ordered when it is not by relevance: newest descending, oldest ascending.
ORDER_FIELDS: Final = ("newest", "oldest")
#: Whole numbers of up to 62 bits.
NUMBER_FIELDS: Final = ("valid_from", "valid_until", *ORDER_FIELDS, "tie", "section")

#: The day that never comes: from when what has no date is valid, and until when what has no end.
NEVER: Final = date.max.toordinal()

# A text says what it is about at its beginning: these first words count three times, where so many words
# stand in all. One sentence has no such beginning, and was found less surely with one.
_LEADING: Final = 10
_OFTEN: Final = 2
_LONG: Final = 40

# In a field without words, and between what a phrase must not join. With it every document has every field,
# and both engines count the same averages.
_NO_WORD: Final = "-"


def index_version(analyser: Analyser) -> str:
    """What an index depends on besides the documents."""
    return f"layout-{LAYOUT};{analyser.version()}"


def is_indexable(document: Document) -> bool:
    """TLP:RED is never indexed, and what nobody may read is not worth it."""
    red = document.classification.lower().replace("_", ":").replace("-", ":").endswith("tlp:red")
    return (
        bool(document.keys)
        and not red
        and not any(key.lower().startswith("tlp:red") for key in document.keys)
    )


@dataclass(frozen=True, slots=True)
class TextFields:
    """By field: the tokens of the text fields, the values of the word fields."""

    texts: dict[str, str]
    words: dict[str, list[str]]


def text_fields(document: Document, analyser: Analyser) -> TextFields:
    """What the analysis of a document gives, analysed once."""
    shapes = shapes_of(analyser, family_of(document.language))
    body = shapes.of(document.text)
    heading = shapes.of(f"{document.label} {document.heading}")
    title = shapes.of(document.title)
    calls = shapes.of(document.calls)
    gap = [_NO_WORD] if calls else []
    headed = entries([*heading, *title])
    return TextFields(
        texts={
            "lemma": _join([*_led([shape[0] for shape in body]), *gap, *(shape[0] for shape in calls)]),
            "prefix": _join(
                [
                    *_led([shape[1] for shape in (*heading, *body)], len(heading)),
                    *gap,
                    *(shape[1] for shape in calls),
                ]
            ),
            "heading": _join([shape[0] for shape in heading]),
            "title": _join([shape[0] for shape in title]),
        },
        words={"headed": headed, "words": entries([*heading, *title, *body, *calls])},
    )


def _led(tokens: list[str], before: int = 0) -> list[str]:
    """The tokens of a field, with the leading ones of the text (after ``before`` others) repeated."""
    if len(tokens) - before < _LONG:
        return tokens
    leading = tokens[before : before + _LEADING]
    return [*tokens, *(token for _ in range(_OFTEN) for token in (_NO_WORD, *leading))]


def _join(tokens: list[str]) -> str:
    return " ".join(tokens) or _NO_WORD


def keyword_values(document: Document) -> dict[str, list[str]]:
    """The values of each keyword field."""
    return {
        "id": [document.id],
        "instrument": [document.instrument],
        "edition": [document.edition],
        "uid": [document.uid],
        "keys": sorted(document.keys),
        "country": _value(document.country),
        "kind": _value(document.kind),
        "language": _value(document.language),
        "status": _value(document.status),
        "topic": list(document.topics),
        "institution": _value(document.institution),
        "year": _value(document.year),
    }


def _value(value: str) -> list[str]:
    return [value] if value else []


def number_values(document: Document) -> dict[str, int]:
    """The values of each number field."""
    newest, oldest = _orders(document)
    return {
        "valid_from": document.valid_from.toordinal() if document.valid_from else NEVER,
        "valid_until": document.valid_until.toordinal() if document.valid_until else NEVER,
        "newest": newest,
        "oldest": oldest,
        "tie": tie_of(document.id),
        "section": section_number(document.edition, document.uid),
    }


def section_number(edition: str, uid: str) -> int:
    """A number for a section of an edition, the same in each of its languages: that of the edition first."""
    return edition_number(edition) << 32 | crc32(uid.encode())


def edition_number(edition: str) -> int:
    return crc32(edition.encode()) & 0xFFFFFF


def tie_of(name: str) -> int:
    """A number for the id of a document, which orders equally good documents. It is random, but the same
    for both engines, and faster to read than ids."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) >> 2


def _orders(document: Document) -> tuple[int, int]:
    """By day, then edition by edition, and in an edition as its sections are, whichever way the days go."""
    day = document.valid_from.toordinal() if document.valid_from else 0
    edition = edition_number(document.edition)
    position = min(max(document.position, 0), 0xFFFF)
    within = edition << 16 | position
    return day << 40 | (0xFFFFFFFFFF - within), day << 40 | within


_PLAIN: Final = tuple(one.name for one in dataclass_fields(Document))
_DATES: Final = ("valid_from", "valid_until")


def to_plain(document: Document) -> dict[str, Any]:
    """The document as JSON values, for keeping in the index."""
    plain = {name: getattr(document, name) for name in _PLAIN}
    plain["keys"] = sorted(document.keys)
    plain["topics"] = list(document.topics)
    plain["steps"] = [list(astuple(step)) for step in document.steps]
    for name in _DATES:
        plain[name] = plain[name].isoformat() if plain[name] else None
    return plain


def from_plain(plain: dict[str, Any]) -> Document:
    """The document of such values."""
    values = dict(plain)
    values["keys"] = frozenset(values["keys"])
    values["topics"] = tuple(values["topics"])
    values["steps"] = tuple(Step(*step) for step in values["steps"])
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Document(**values)
