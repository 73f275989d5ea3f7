"""The numbers of an own file's headings are the text's, also where Word by itself would count others."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from documents.text import Section, SectionText, SectionTree
from documents.text.renumber import Place, renumbered
from documents.word import open_package
from documents.word.read.read import read_package
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import HEADINGS, abstract, heading, level, num, p, read, word_file
from tests.support.documents.word.own_levels import LINKED
from tests.support.services.office import Office

ROWS = [
    ("Увод", 1), ("Опсег", 2), ("Поими", 2), ("Цели", 1), ("Обука", 2), ("Рад", 2), ("Крај", 1), ("Рок", 2),
]  # fmt: skip


def counted(*formats: tuple[str, str, str]) -> bytes:
    """Word counts the headings: by format, text and more of each level."""
    levels = (
        level(n, fmt, text, f'{more}<w:pStyle w:val="Heading{n + 1}"/>')
        for n, (fmt, text, more) in enumerate(formats)
    )
    body = "".join(heading(text, at) + p(f"Текст: {text}.") for text, at in ROWS)
    return word_file(body, styles=LINKED, numbering=abstract(0, *levels) + num(1, 0))


def typed(*first: str, lead: Sequence[str] = ()) -> bytes:
    """The numbers are typed: those of the first level, and below them behind these leads."""
    rows, chapter, at = [], 0, 0
    for words, depth in ROWS:
        chapter, at = (chapter + 1, 0) if depth == 1 else (chapter, at + 1)
        label = first[chapter - 1] if first and depth == 1 else ""
        label = f"{lead[chapter - 1]}{at}." if lead and depth == 2 else label
        rows.append(heading(f"{label} {words}".strip(), depth) + p(f"Текст: {words}."))
    return word_file("".join(rows), styles=HEADINGS)


FILES = {
    "letters": counted(("russianUpper", "%1.", ""), ("russianLower", "%2)", "")),
    "typed letters": typed("А.", "Б.", "В.", lead=("А.", "Б.", "В.")),
    "typed words": typed("Kreu I", "Kreu II", "Kreu III", lead=("Pika 1.", "Pika 2.", "Pika 3.")),
    "two levels": counted(("decimal", "%1.", ""), ("decimal", "%1.%2", "")),
    "roman": counted(("upperRoman", "%1.", ""), ("decimal", "%2.", "")),
    "typed": typed("I.", "II.", "III.", lead=("I.", "II.", "III.")),
    "mixed": typed(lead=("1.", "2.", "3.")),
    "none": typed(),
}


def shown(tree: SectionTree) -> list[str]:
    return [f"{section.level} {section.text.label} {section.text.heading}" for section in tree]


def changed(tree: SectionTree, after: Sequence[Section]) -> SectionTree:
    """The text with another outline, numbered as the desk numbers it."""
    was = [Place(one.uid, one.level, one.kind, True, one.text.label) for one in tree]
    now = [Place(one.uid, one.level, one.kind, True) for one in after]
    labels = renumbered(was, now, tree.language).labels
    made = [
        replace(one, text=SectionText(label, one.text.body)) for one, label in zip(after, labels, strict=True)
    ]
    return replace(tree, sections=tuple(made))


def own(source: bytes, tree: SectionTree) -> tuple[bytes, SectionTree]:
    data = write_own_file(source, tree, [section.uid for section in read(source, tree.language).tree])
    return data, read_package(open_package(data), language=tree.language).tree


def at_level(tree: SectionTree, words: str, depth: int) -> SectionTree:
    moved = next(section for section in tree if section.text.heading == words)
    return changed(tree, [replace(one, level=depth) if one is moved else one for one in tree])


def any_change(tree: SectionTree, dice: random.Random) -> SectionTree:
    sections = list(tree)
    at = dice.randrange(1, len(sections))
    match dice.choice(("level", "move", "remove", "add")):
        case "level":
            return at_level(tree, sections[at].text.heading, dice.choice((1, 2, 3)))
        case "move":
            moved = sections.pop(at)
            sections.insert(dice.randrange(1, len(sections) + 1), moved)
            return changed(tree, sections)
        case "remove":
            del sections[at]
            return changed(tree, sections)
        case _:
            body = {"heading": [{"type": "text", "text": "Ново"}], "blocks": [], "notes": {}}
            uid = f"00000000-0000-4000-8000-{dice.randrange(10**12):012}"
            sections.insert(at, Section(uid, dice.choice((1, 2)), "section", SectionText("", body)))
            return changed(tree, sections)


def test_a_level_that_the_list_does_not_have_is_typed() -> None:
    tree = at_level(read(FILES["two levels"], "mk").tree, "Рад", 3)
    assert shown(tree)[5] == "3 2.1.1 Рад"
    assert shown(own(FILES["two levels"], tree)[1]) == shown(tree)


@pytest.mark.parametrize("language", ["mk", "sr", "sq", "en"])
@pytest.mark.parametrize("name", FILES)
def test_any_change_of_the_outline_reads_the_same_from_the_own_file(name: str, language: str) -> None:
    for seed in range(2):
        dice, tree = random.Random(f"{seed} {language}"), read(FILES[name], language).tree
        for _ in range(3):
            tree = any_change(tree, dice)
        assert shown(own(FILES[name], tree)[1]) == shown(tree), f"{name} {seed}"


@pytest.mark.parametrize("name", FILES)
def test_libreoffice_shows_the_same_numbers(name: str, soffice: Office, tmp_path: Path) -> None:
    dice, tree = random.Random(7), read(FILES[name], "mk").tree
    for _ in range(3):
        tree = any_change(tree, dice)
    path = tmp_path / "own.docx"
    path.write_bytes(own(FILES[name], tree)[0])
    lines = ["".join(line.split()) for line in soffice.text(path).split("\n")]
    heads = ["".join(f"{one.text.label}{one.text.heading}".split()) for one in tree]
    assert [line for line in lines if line in heads] == heads, lines
