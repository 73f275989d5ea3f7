"""The words of a corrigendum, put into the text that they correct. Pure, knows no Django.

It names a section, a language, the exact words with a little text around them, and the words instead. Its
hash covers that of the section before and after, so that it fits no other text. The result is plain or
marked. A page shows struck words next to the new ones, a file underlines the new words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from documents.text import body_text, normalise_body
from documents.text.canonical import sha256_of
from documents.text.inline_schema import NEW, REFERENCE, STRUCK
from documents.text.ooxml import drop_stale_ooxml
from documents.text.replace_words import FIXED, Piece, lines_of, piece_length
from documents.text.types import Json

FORMAT = 1
_INSTEAD = "instead"


class NotThere(ValueError):
    """The words are not in the text, are in it more than once, or run over more than one paragraph."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrigendum does to one section in one language."""

    uid: str
    language: str
    prefix: str
    exact: str
    suffix: str
    words: str
    before: str = ""
    """The hash of the section's text that it corrects."""
    after: str = ""
    number: int = 0


def correction_json(instrument: str, edition: int, edition_sha256: str, one: Correction) -> Json:
    """What the hash of a corrigendum covers, as plain JSON; its number is given later."""
    return {
        "format": FORMAT,
        "instrument": instrument,
        "edition": edition,
        "edition_sha256": edition_sha256,
        "section": one.uid,
        "language": one.language,
        "quote": {"prefix": one.prefix, "exact": one.exact, "suffix": one.suffix},
        "words": one.words,
        "before": one.before,
        "after": one.after,
    }


def correction_hash(instrument: str, edition: int, edition_sha256: str, one: Correction) -> str:
    """The hash of a corrigendum."""
    return sha256_of(correction_json(instrument, edition, edition_sha256, one))


def places(text: str, words: str) -> list[int]:
    """Where words begin in a text, each place where they are."""
    found, start = [], text.find(words)
    while words and start >= 0:
        found.append(start)
        start = text.find(words, start + 1)
    return found


def correct(body: Json, corrections: Iterable[Correction]) -> Json:
    """The corrected body in canonical form. Raises NotThere."""
    corrected: Json = finished(marked(body, corrections), body)
    return corrected


def marked(body: Json, corrections: Iterable[Correction]) -> Json:
    """The body with every correction marked for a page: old words as ``struck``, new ones as ``ins``, then a
    reference. For drawing only: the schema of texts has none of these. Raises NotThere."""
    result = deepcopy(body)
    for one in corrections:
        found = places(body_text(result, heading=True), one.prefix + one.exact + one.suffix)
        if len(found) != 1 or not one.exact:
            raise NotThere(one.exact)
        start = found[0] + len(one.prefix)
        _put(result, start, start + len(one.exact), one)
        result = _flat(result)
    return result


def finished(shown: Json, original: Any) -> Any:
    """A marked body without its marks, in canonical form."""
    return drop_stale_ooxml(normalise_body(_dressed(shown, lambda _number: [])), original)


def for_file(shown: Json, reference: Callable[[int], str]) -> Json:
    """A marked body in marks that every file knows: new words underlined, the number raised."""

    def number(value: int) -> list[Json]:
        return [{"type": "text", "text": f" {reference(value)}", "marks": [{"type": "superscript"}]}]

    dressed: Json = _dressed(shown, number, [{"type": "underline"}])
    return dressed


def _dressed(value: Any, reference: Callable[[int], list[Json]], new: list[Json] | None = None) -> Any:
    if isinstance(value, list):
        nodes: list[Any] = []
        for node in value:
            kind = node.get("type") if isinstance(node, dict) else ""
            if kind == REFERENCE:
                nodes += reference(node["attrs"]["number"])
            elif kind != STRUCK:
                nodes.append(_dressed(node, reference, new))
        return nodes
    if isinstance(value, dict):
        return _remarked({key: _dressed(one, reference, new) for key, one in value.items()}, new or [])
    return value


def _remarked(node: Json, new: list[Json]) -> Json:
    """A node with the marks ``new`` in place of the one that says its words are corrected."""
    marks = node.get("marks") or []
    own = [mark for mark in marks if mark["type"] != NEW]
    if node.get("type") != "text" or len(own) == len(marks):
        return node
    own += [mark for mark in new if mark not in own]
    rest = {key: one for key, one in node.items() if key != "marks"}
    return rest | {"marks": own} if own else rest


def _put(body: Json, start: int, end: int, one: Correction) -> None:
    for begins, pieces in lines_of(body):
        length = sum(piece_length(holder, member) for _, holder, member in pieces)
        if not begins <= start < begins + length:
            continue
        if end > begins + length:
            raise NotThere(one.exact)
        _put_in_line(pieces, start, end, one)
        return
    raise NotThere(one.exact)


def _put_in_line(pieces: list[Piece], start: int, end: int, one: Correction) -> None:
    touched = [
        piece for piece in pieces if piece[0] < end and piece[0] + piece_length(piece[1], piece[2]) > start
    ]
    if any(member == FIXED for _, _, member in touched):
        raise NotThere(one.exact)
    first = touched[0][1].get("marks") or []
    for place, (begins, holder, member) in enumerate(touched):
        text: str = holder[member]
        cut = max(start - begins, 0)
        before, old, after = text[:cut], text[cut : end - begins], text[end - begins :]
        if member != "text":
            # What a step says of who acts, and by when, is no run of text: its words are replaced as they
            # stand.
            holder[member] = before + one.words + after
            continue
        marks = holder.get("marks") or []
        nodes = [_text(before, marks), _text(old, marks, STRUCK)]
        if place == len(touched) - 1:
            new = [mark for mark in first if mark["type"] != NEW]
            nodes += [
                _text(one.words, [*new, {"type": NEW}]),
                {"type": REFERENCE, "attrs": {"number": one.number}},
            ]
        nodes.append(_text(after, marks))
        holder[_INSTEAD] = [node for node in nodes if node.get("text") or node["type"] == REFERENCE]


def _text(text: str, marks: list[Json], kind: str = "text") -> Json:
    return {"type": kind, "text": text} | ({"marks": list(marks)} if marks else {})


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        created: list[Any] = []
        for part in value:
            created += part[_INSTEAD] if isinstance(part, dict) and _INSTEAD in part else [_flat(part)]
        return created
    if isinstance(value, dict):
        return {key: _flat(part) for key, part in value.items()}
    return value
