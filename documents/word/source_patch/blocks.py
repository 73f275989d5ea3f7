"""Changes the blocks of one section of an own file: keeps, changes in place, takes out, writes new ones."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from documents.text import canonical_json
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.source_patch.atoms import RPR, Paragraph, R
from documents.word.source_patch.boxes import BOX
from documents.word.source_patch.leaves import Leaf, P, leaves, seat, shape
from documents.word.source_patch.lines import LineChanger
from documents.word.source_patch.looks import PPR, cleaned, kinds_of, plain_look, usual, wear
from documents.word.source_patch.patching import pairs

Json = Mapping[str, Any]


@dataclass
class Outcome:
    """What became of the blocks of one section. ``inserted``: an element and the one that it comes after (None: the
    heading)."""

    kept: int = 0
    changed: int = 0
    written: int = 0
    inserted: list[tuple[Element, Element | None]] = field(default_factory=list)
    removed: list[Element] = field(default_factory=list)
    first: list[tuple[Element, Element]] = field(default_factory=list)
    """An element and the one that it comes before."""


class BlockChanger:
    """Works on all sections of one file, one after the other."""

    def __init__(self, lines: LineChanger, plain: Iterable[Sequence[Element]]) -> None:
        """``plain``: where the source's plain paragraphs stand, whose look new ones take."""
        self.lines = lines
        self.sample = usual([elements[0] for elements in plain if elements and elements[0].tag == P])

    def blocks(
        self,
        old_body: Json,
        elements: Sequence[list[Element]],
        new_body: Json,
        anew: set[int],
        own: int,
    ) -> Outcome:
        """Makes the blocks of a section those of ``new_body``. ``anew``: new blocks whose lines are written run by run. ``own``: how
        many of the old ones are not another section's: those that stand elsewhere now may read otherwise there."""
        outcome = Outcome()
        old, new = list(old_body.get("blocks") or []), list(new_body.get("blocks") or [])
        keys_old = [_key(block, old_body) for block in old]
        keys_new = [_key(block, new_body) for block in new]
        cursor: Element | None = None

        def move(found: Sequence[Element]) -> None:
            nonlocal cursor
            if found:
                cursor = found[-1]

        def put(block: Json, like: Sequence[Element]) -> None:
            nonlocal cursor
            for element in self.new_block(block, like):
                outcome.inserted.append((element, cursor))
                cursor = element
            outcome.written += 1

        for op, a, b, c, d in SequenceMatcher(None, keys_old, keys_new, autojunk=False).get_opcodes():
            if op == "equal":
                for at, found in enumerate(elements[a:b]):
                    if c + at in anew and a + at >= own:
                        put(new[c + at], found if is_plain(old[a + at]) else ())
                        outcome.removed += found
                    else:
                        outcome.kept += 1
                        move(found)
                continue
            for i, j in _partners(old[a:b], new[c:d], elements[a:], elements[b:]):
                if i is None and j is not None:
                    put(new[c + j], ())
                elif j is None and i is not None:
                    outcome.removed += elements[a + i]
                elif i is not None and j is not None:
                    found = elements[a + i]
                    if found and (
                        self._change(old[a + i], found, new[c + j], c + j in anew, outcome)
                        or self._beside_box(old[a + i], found, new[c + j])
                    ):
                        outcome.changed += 1
                        move(found)
                    else:
                        put(new[c + j], found if is_plain(old[a + i]) else ())
                        outcome.removed += list(found)
        return outcome

    def new_block(self, block: Json, like: Sequence[Element] | None) -> list[Element]:
        """A block written anew, in the look of the text around it."""
        made = self.lines.additions.writer.write([dict(block)])
        sample = next((x for x in like or () if x.tag == P), None)
        if is_plain(block):
            sample = sample if sample is not None else self.sample
            if sample is not None and made and made[0].tag == P:
                own = made[0].find(PPR)
                if own is not None:
                    made[0].remove(own)
                ppr = sample.find(PPR)
                if ppr is not None:
                    made[0].insert(0, cleaned(ppr, numbered=False))
        usual_look = sample if sample is not None else self.sample
        look = None if usual_look is None else plain_look(usual_look)
        if look is not None:
            for element in made:
                for run in element.iter(R):
                    own = run.find(RPR)
                    if own is None:
                        run.insert(0, copy.deepcopy(look))
                    elif own.find(w("rStyle")) is None:
                        wear(run, look, (), kinds_of(own))
        return made

    def _change(self, old: Json, found: Sequence[Element], new: Json, again: bool, outcome: Outcome) -> bool:
        """Changes a block in place; False where it must be written anew."""
        old_lines, new_lines = list(leaves(old)), list(leaves(new))
        if shape(old) == shape(new) and len(old_lines) == len(new_lines):
            seats = seat(old_lines, found)
            if seats is None:
                return False
            for line, line_new, place in zip(old_lines, new_lines, seats, strict=True):
                if canonical_json(list(line.content)) != canonical_json(list(line_new.content)):
                    self.lines.change(line.cells, line_new.cells, place, again=again)
            return True
        # What did not read as it should (a further paragraph of an item, read as an item) is written as a list of its own.
        if old["type"] == new["type"] == "list" and not again and _plain_list(old) and _plain_list(new):
            seats = seat(old_lines, found)
            if seats is not None and all(len(place.elements) == 1 for place in seats):
                self._items(old_lines, new_lines, seats, again, outcome)
                return True
        return False

    def _beside_box(self, old: Json, found: Sequence[Element], new: Json) -> bool:
        """Writes a paragraph anew on which a text box hangs, around that."""
        if (
            [element.tag for element in found] != [P]
            or old["type"] != "paragraph"
            or shape(old) != shape(new)
        ):
            return False
        if next(found[0].iter(BOX), None) is None:
            return False
        cells = [line.cells for line in leaves(new)]
        self.lines.change((), cells[0] if cells else (), Paragraph(list(found), [], 0), again=True)
        return True

    def _items(
        self,
        old: Sequence[Leaf],
        new: Sequence[Leaf],
        seats: Sequence[Paragraph],
        again: bool,
        outcome: Outcome,
    ) -> None:
        """Changes, adds and takes out lines of a list."""
        cursor: Element | None = None
        keys_old = [(line.place, canonical_json(list(line.content))) for line in old]
        keys_new = [(line.place, canonical_json(list(line.content))) for line in new]
        for op, a, b, c, d in SequenceMatcher(None, keys_old, keys_new, autojunk=False).get_opcodes():
            pairs = min(b - a, d - c) if op == "replace" else b - a if op == "equal" else 0
            for i in range(a, a + pairs):
                cursor = seats[i].elements[0]
                if op == "replace":
                    self.lines.change(old[i].cells, new[c + i - a].cells, seats[i], again=again)
            for j in range(c + pairs, d):
                sample = next(
                    (seats[i].elements[0] for i in _near(a, len(old)) if old[i].place == new[j].place),
                    seats[min(a, len(seats) - 1)].elements[0],
                )
                made = self._item(sample, new[j])
                if cursor is None:
                    outcome.first.append((made, seats[0].elements[0]))
                else:
                    outcome.inserted.append((made, cursor))
                cursor = made
            outcome.removed += [seats[i].elements[0] for i in range(a + pairs, b)]

    def _item(self, sample: Element, line: Leaf) -> Element:
        made = e("p")
        ppr = sample.find(PPR)
        if ppr is not None:
            made.append(cleaned(ppr, numbered=True))
        look = plain_look(sample)
        for run in self.lines.runs(line.cells):
            for inner in [run] if run.tag == R else list(run.iter(R)):
                own = inner.find(RPR)
                if look is not None:
                    wear(inner, look, (), kinds_of(own))
            made.append(run)
        self.lines.made.append(made)
        return made


def _partners(
    old: Sequence[Json],
    new: Sequence[Json],
    elements: Sequence[list[Element]],
    behind: Sequence[list[Element]],
) -> list[tuple[int | None, int | None]]:
    """Which block became which. A paragraph with a text box whose words come right behind these blocks became the last of them: what
    stood between the two would come behind the box."""
    last = elements[len(old) - 1] if old else []
    hangs = bool(last and behind and behind[0]) and last[0] in behind[0][0].iterancestors()
    if hangs and len(new) > 1 and old[-1]["type"] == new[-1]["type"]:
        return [*pairs(old[:-1], new[:-1]), (len(old) - 1, len(new) - 1)]
    return pairs(old, new)


def is_plain(block: Json) -> bool:
    """Whether it is a paragraph like most of the text, no quotation and not centred."""
    return block["type"] == "paragraph" and not (block.get("attrs") or {}).get("style")


def _near(at: int, count: int) -> list[int]:
    return sorted(range(count), key=lambda index: abs(index - at))


def _plain_list(block: Json) -> bool:
    """Whether there are only lines in the list, and in the lists in it."""
    kind = block["type"]
    if kind == "paragraph":
        return bool(block.get("content"))
    return kind in ("list", "item") and all(_plain_list(child) for child in block.get("content") or [])


def _key(block: Json, body: Json) -> bytes:
    attrs = {key: value for key, value in (block.get("attrs") or {}).items() if key != "ooxml"}
    return canonical_json({**block, "attrs": attrs})
