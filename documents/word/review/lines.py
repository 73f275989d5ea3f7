"""A line of text, character by character: what differs between two, and what a file recorded of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from documents.text import canonical_json
from documents.word.review.normalise import block_hash
from documents.word.review.tracked import Segment

Json = dict[str, Any]
Span = tuple[int, int, int, int]
"""From where to where it replaces the characters of the line as it was by those of the line as it is."""
TOKEN = re.compile(r"\ufffc[^\ufffc]*\ufffc|\w+|\s+|.", re.DOTALL)
LONGEST = 4_000
"""Of a longer line, in words, all between its equal ends is one change."""
REWRITTEN_BELOW = 0.4
"""What share of the words between a line's equal ends has to stay, blanks among them, for these to be told
apart."""


class Atom(NamedTuple):
    """A character with its marks, or a break, note or picture (``node``), which no program divides."""

    text: str
    marks: bytes
    node: Json


def atoms_of(line: Json | None) -> list[Atom]:
    made: list[Atom] = []
    for node in (line or {}).get("content") or []:
        if node["type"] == "text":
            bare = {key: part for key, part in node.items() if key != "text"}
            compared = [mark for mark in node.get("marks") or [] if mark["type"] != "xref"]
            marks = canonical_json(compared)
            made += [Atom._make((letter, marks, bare)) for letter in node["text"]]
        elif node["type"] == "break":
            made.append(Atom("\n", b"", node))
        else:
            made.append(Atom("\ufffc" + block_hash(node) + "\ufffc", b"", node))
    return made


def content_of(atoms: Sequence[Atom]) -> list[Json]:
    made: list[Json] = []
    for atom in atoms:
        if atom.node["type"] != "text":
            made.append(atom.node)
        elif made and made[-1]["type"] == "text" and made[-1].get("marks") == atom.node.get("marks"):
            made[-1] = made[-1] | {"text": made[-1]["text"] + atom.text}
        else:
            made.append(atom.node | {"text": atom.text})
    return made


def plain(atoms: Sequence[Atom]) -> str:
    """The words of some characters; a note or picture leaves one sign, as in :class:`TrackedParagraph`."""
    return "".join([atom.text if len(atom.text) == 1 else "\ufffc" for atom in atoms])


def recorded_spans(
    was: Sequence[Atom], now: Sequence[Atom], segments: Sequence[Segment]
) -> Iterator[tuple[Span, str, str]]:
    """What each person put in or took out, as the file recorded it, as spans."""
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


def differing_spans(was: Sequence[Atom], now: Sequence[Atom]) -> Iterator[Span]:
    """The words that differ, as spans."""
    sides = [TOKEN.findall("".join([atom.text for atom in atoms])) for atoms in (was, now)]
    lengths = [[1 if token[0] == "\ufffc" else len(token) for token in side] for side in sides]
    head = next((n for n, (a, b) in enumerate(zip(*sides, strict=False)) if a != b), min(map(len, sides)))
    tail = 0
    while tail < min(map(len, sides)) - head and sides[0][-1 - tail] == sides[1][-1 - tail]:
        tail += 1
    middle = [side[head : len(side) - tail] for side in sides]
    ops: list[tuple[int, int, int, int]] = [(0, len(middle[0]), 0, len(middle[1]))]
    if max(map(len, middle)) <= LONGEST:
        found = Indel.opcodes(*middle)
        same = [op for op in found if op.tag == "equal"]
        # A paragraph that was written anew is one change, whatever small words are in both.
        if sum(op.src_end - op.src_start for op in same) > REWRITTEN_BELOW * max(map(len, middle)):
            ops = [
                (op.src_start, op.src_end, op.dest_start, op.dest_end) for op in found if op.tag != "equal"
            ]
    places = [_starts(one) for one in lengths]
    for a, b, c, d in _merged(ops, middle[0]):
        yield (
            places[0][head + a],
            places[0][head + b],
            places[1][head + c],
            places[1][head + d],
        )


def _starts(lengths: Sequence[int]) -> list[int]:
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)
    return starts


def _merged(ops: Sequence[Span], tokens: Sequence[str]) -> Iterator[Span]:
    """Differences with nothing but a blank or a sign between them are one."""
    held: Span | None = None
    for op in ops:
        if held and not any(token[0].isalnum() for token in tokens[held[1] : op[0]]):
            held = (held[0], op[1], held[2], op[3])
        else:
            if held:
                yield held
            held = op
    if held:
        yield held


def with_words(line: Json | None, text: str) -> Json:
    """The paragraph with other words, as a person typed them. What stays keeps its marks, notes and
    pictures, and new words take the marks of those before them."""
    was = atoms_of(line)
    plain = [Atom(letter, b"", {"type": "break" if letter == "\n" else "text"}) for letter in text]
    made, start = list[Atom](), 0
    for i, end, j, until in differing_spans(was, plain):
        made += was[start:i]
        near = was[i] if i < end else made[-1] if made else None
        look = near if near is not None and near.node["type"] == "text" else None
        made += [
            Atom(atom.text, look.marks, look.node) if look and atom.text != "\n" else atom
            for atom in plain[j:until]
        ]
        made += [atom for atom in was[i:end] if atom.node["type"] not in ("text", "break")]
        start = end
    made += was[start:]
    bare = line if line is not None else {"type": "paragraph"}
    return {**bare, "content": content_of(made)}
