"""How surely a section is known again: by bookmark in a file that came back through LibreOffice, and by its
text alone where it was edited, got another title, or was moved.

``KODEKS_WORD_FILES`` names a folder of Word files; without it, the long document of the tests and the
demonstration's texts.
"""

from __future__ import annotations

import copy
import os
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.edited_pairs import SOURCES, WORD, edited_pair, text_nodes
from documents.comparison.context import Context
from documents.comparison.sections.match import match_sections
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.file.guard import open_package
from documents.word.file.refusal import Refused
from documents.word.read.read import read_package
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.long_tree import long_tree
from tests.support.documents.word.sample import ministry_docx
from tests.support.services.office import Office

LEAST_SECTIONS = 6
EDITED, RETITLED, MOVED, REPLACED = 0.05, 0.25, 0.2, 0.05
THROUGH_LIBREOFFICE = int(os.environ.get("KODEKS_BENCH_FILES", "25"))


@dataclass
class Tally:
    """By what was done to sections: how many there were, and how many were taken for the right one; and how
    many others were taken for one that they are not."""

    there: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, truth: dict[str, str], found: dict[str, str], done: dict[str, str]) -> None:
        for old, new in truth.items():
            self.there[done[old]] += 1
            self.right[done[old]] += found.get(old) == new
        for old, new in found.items():
            self.wrong[done.get(old, "")] += truth.get(old) != new

    def share(self, *kinds: str) -> float:
        there = sum(self.there[kind] for kind in kinds)
        return sum(self.right[kind] for kind in kinds) / there if there else 1.0

    def __str__(self) -> str:
        listed = "; ".join(
            f"{kind} {self.right[kind]}/{self.there[kind]} ({self.share(kind):.2%})"
            for kind in sorted(self.there)
        )
        return f"{listed}; taken for another {dict(+self.wrong)}"


def _files() -> Iterator[bytes]:
    folder = os.environ.get("KODEKS_WORD_FILES")
    if folder:
        yield from (path.read_bytes() for path in sorted(Path(folder).rglob("*.docx")))
    yield ministry_docx(long_tree(150, 120))


def _trees() -> Iterator[tuple[bytes, SectionTree]]:
    for data in _files():
        try:
            tree = read_package(open_package(data)).tree
        except Refused:
            continue
        if len(tree) >= LEAST_SECTIONS:
            yield data, tree


def _done_to(tree: SectionTree, dice: random.Random) -> tuple[SectionTree, dict[str, str]]:
    """The text with words edited, a quarter of its titles others, a fifth of its innermost sections
    elsewhere; and by uid what was done to each."""
    vocabulary = WORD.findall(" ".join(section.text.plain for section in tree)) or ["text"]
    done: dict[str, str] = {}
    sections: list[Section] = []
    for section in tree:
        body = copy.deepcopy(section.text.body)
        for node in text_nodes(body["blocks"]):
            node["text"] = WORD.sub(
                lambda found: dice.choice(vocabulary) if dice.random() < EDITED else found.group(),
                node["text"],
            )
        done[section.uid] = "edited"
        if len(section.text.plain.split()) > 20 and dice.random() < REPLACED:
            words = " ".join(dice.choices(vocabulary, k=len(section.text.plain.split())))
            body = {"blocks": [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]}
            body["heading"] = [{"type": "text", "text": " ".join(dice.choices(vocabulary, k=4))}]
            done[section.uid] = "replaced"
        elif section.text.heading and dice.random() < RETITLED:
            body["heading"] = [{"type": "text", "text": " ".join(dice.choices(vocabulary, k=4))}]
            done[section.uid] = "retitled" if section.text.plain.strip() else "retitled without text"
        sections.append(replace(section, text=SectionText(section.text.label, normalise_body(body))))
    leaves = [
        place
        for place in range(1, len(sections))
        if place + 1 == len(sections) or sections[place + 1].level <= sections[place].level
    ]
    for place in dice.sample(leaves, int(len(leaves) * MOVED)):
        section = sections[place]
        others = [at for at, other in enumerate(sections) if other.level == section.level and at != place]
        if others:
            to = dice.choice(others)
            # Two change places, so that the outline stays one.
            if (
                done[section.uid] in ("edited", "retitled")
                and _is_leaf(sections, to)
                and _is_leaf(sections, place)
            ):
                sections[place], sections[to] = sections[to], sections[place]
                for one in (sections[place], sections[to]):
                    kind = done[one.uid]
                    done[one.uid] = kind if "moved" in kind or "without" in kind else f"moved and {kind}"
    return replace(tree, sections=tuple(sections)), done


def _is_leaf(sections: list[Section], place: int) -> bool:
    return place + 1 == len(sections) or sections[place + 1].level <= sections[place].level


def _nameless(tree: SectionTree) -> tuple[SectionTree, dict[str, str]]:
    """The same with other uids, and the other by the one that was."""
    names = {section.uid: str(uuid.uuid4()) for section in tree}
    return replace(tree, sections=tuple(replace(s, uid=names[s.uid]) for s in tree)), names


def _truth(names: dict[str, str], done: dict[str, str]) -> dict[str, str]:
    """What should be found: a section in whose place another was written is none of them."""
    return {old: new for old, new in names.items() if "replaced" not in done.get(old, "")}


def _found(old: SectionTree, new: SectionTree) -> dict[str, str]:
    return {old.sections[i].uid: new.sections[j].uid for i, j in match_sections(old, new, Context()).items()}


def test_sections_known_by_text() -> None:
    real, made = Tally(), Tally()
    dice = random.Random(5)
    for _, tree in _trees():
        edited, done = _done_to(tree, dice)
        other, names = _nameless(edited)
        real.add(_truth(names, done), _found(tree, other), done)
    for tag in SOURCES:
        tree = edited_pair(tag, 20_000).old
        edited, done = _done_to(tree, dice)
        other, names = _nameless(edited)
        made.add(_truth(names, done), _found(tree, other), done)
    print(f"by text, Word files: {real}\nby text, made texts: {made}")
    for tally in (real, made):
        assert tally.share("retitled", "moved and edited", "moved and retitled") >= 0.95
        assert tally.share("edited") >= 0.98


def test_sections_known_by_bookmark_through_libreoffice(soffice: Office, tmp_path: Path) -> None:
    marked, bare = Tally(), Tally()
    dice = random.Random(6)
    for number, (data, tree) in enumerate(_trees()):
        if number == THROUGH_LIBREOFFICE:
            break
        edited, done = _done_to(tree, dice)
        path = tmp_path / f"{number}.docx"
        path.write_bytes(write_own_file(data, edited, [section.uid for section in tree]))
        written = soffice.convert(path, "docx")
        again = read_package(open_package(written.read_bytes())).tree
        truth = _truth({section.uid: section.uid for section in edited}, {})
        marked.add(truth, _found(tree, again), done)
        other, names = _nameless(again)
        bare.add({old: names.get(old, "") for old in truth}, _found(tree, other), done)
    print(f"through LibreOffice, by bookmark: {marked}\nthrough LibreOffice, by text: {bare}")
    assert marked.share(*marked.there) >= 0.999
