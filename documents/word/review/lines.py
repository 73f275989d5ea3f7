"""A line of text, character by character: what differs between two, and what a file recorded of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from documents.text import canonical_json
from documents.text.align import Interner
from documents.text.diff import PRIVATE, diff_texts
from documents.word.review.file.tracked import Segment
from documents.word.review.normalise import block_hash

Json = dict[str, Any]
Span = tuple[int, int, int, int]
"""The span in which it replaces the characters of the old line by those of the new one."""


class Atom(NamedTuple):
    """A character with its marks, or a break, note or picture (``node``), which no program divides."""

    text: str
    marks: bytes
    node: Json


def atoms_of(line: Json | None) -> list[Atom]:
    built: list[Atom] = []
    for node in (line or {}).get("content") or []:
        if node["type"] == "text":
            bare = {key: part for key, part in node.items() if key != "text"}
            compared = [mark for mark in node.get("marks") or [] if mark["type"] != "xref"]
            marks = canonical_json(compared)
            atoms = {letter: Atom(letter, marks, bare) for letter in set(node["text"])}
            built += map(atoms.__getitem__, node["text"])
        elif node["type"] == "break":
            built.append(Atom("\n", b"", node))
        else:
            built.append(Atom("\ufffc" + block_hash(node) + "\ufffc", b"", node))
    return built


def content_of(atoms: Sequence[Atom]) -> list[Json]:
    built: list[Json] = []
    for atom in atoms:
        if atom.node["type"] != "text":
            built.append(atom.node)
        elif built and built[-1]["type"] == "text" and built[-1].get("marks") == atom.node.get("marks"):
            built[-1] = built[-1] | {"text": built[-1]["text"] + atom.text}
        else:
            built.append(atom.node | {"text": atom.text})
    return built


def plain(atoms: Sequence[Atom]) -> str:
    """The words of some characters; a note or picture leaves one sign, as in
    :class:`documents.word.review.file.tracked.TrackedParagraph`."""
    return "".join([atom.text if len(atom.text) == 1 else "\ufffc" for atom in atoms])


def recorded_spans(
    was: Sequence[Atom], now: Sequence[Atom], segments: Sequence[Segment]
) -> Iterator[tuple[Span, str, str]]:
    """What each person inserted or removed, as the file recorded it, as spans."""
    i = _indent(plain(was)) - _indent("".join(one.text for one in segments if one.op != "+"))
    j = _indent(plain(now)) - _indent("".join(one.text for one in segments if one.op != "-"))
    for who, run in groupby(segments, key=lambda one: one.author if one.op else None):
        start, date = (i, j), ""
        for one in run:
            i += len(one.text) if one.op != "+" else 0
            j += len(one.text) if one.op != "-" else 0
            date = max(date, one.date)
        old, new = (_within(start[0], was), _within(i, was)), (_within(start[1], now), _within(j, now))
        if who is not None and (old[0] < old[1] or new[0] < new[1]):
            yield (*old, *new), who, date


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _within(place: int, atoms: Sequence[Atom]) -> int:
    return max(0, min(place, len(atoms)))


def differing_spans(was: Sequence[Atom], now: Sequence[Atom]) -> list[Span]:
    """The words that differ, as spans."""
    signs: dict[str, str] = {}
    old, new = (
        "".join(
            [one.text if len(one.text) == 1 else signs.setdefault(one.text, _sign(signs)) for one in side]
        )
        for side in (was, now)
    )
    return diff_texts(old, new, Interner())


def _sign(known: Mapping[str, str]) -> str:
    """A character for one more note or picture."""
    return chr(ord(PRIVATE) + len(known))


def with_words(line: Json | None, text: str) -> Json:
    """The paragraph with other words, as a person typed them. What stays keeps its marks, notes and
    pictures, and new words take the marks of those before them."""
    was = atoms_of(line)
    plain = [Atom(letter, b"", {"type": "break" if letter == "\n" else "text"}) for letter in text]
    built, start = list[Atom](), 0
    for i, end, j, until in differing_spans(was, plain):
        built += was[start:i]
        near = was[i] if i < end else built[-1] if built else None
        like = near if near is not None and near.node["type"] == "text" else None
        built += [
            Atom(atom.text, like.marks, like.node) if like and atom.text != "\n" else atom
            for atom in plain[j:until]
        ]
        built += [atom for atom in was[i:end] if atom.node["type"] not in ("text", "break")]
        start = end
    built += was[start:]
    bare = line if line is not None else {"type": "paragraph"}
    return {**bare, "content": content_of(built)}
