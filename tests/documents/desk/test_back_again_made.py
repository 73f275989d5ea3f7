"""Files that came back with headings deleted, made text, put in, retitled and set to another level at random: with all accepted
in order, the draft is as the file."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.exports.own_file import export_own
from people.models import User
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.desk.test_back_again_headings import drafter, gone, heading, looks, texts, with_its_end
from tests.documents.desk.test_back_again_new import before
from tests.documents.docx.build import HEADINGS, word_file

__all__ = ["drafter"]

pytestmark = pytest.mark.django_db
NAMES = ["алфа", "бета", "гама", "делта", "епсилон", "зета", "ета", "тета", "јота", "капа", "ламбда", "ми"]
SEEDS = (0, 3, 12)
"""Some of many that were tried: more would take long."""
Line = tuple[int, str]
"""A heading's level, 0 of a paragraph, and its words."""
Edit = tuple[str, Callable[[str], str]]


def retitled(*, tracked: bool) -> Callable[[str], str]:
    run = f'<w:ins w:id="95" {BY}><w:r><w:t xml:space="preserve"> друго</w:t></w:r></w:ins>'
    if tracked:
        return lambda found: found.replace("</w:p>", run + "</w:p>")
    return lambda found: found.replace("</w:t>", " друго</w:t>")


def written(rng: random.Random) -> list[Line]:
    lines: list[Line] = []
    for place, name in enumerate(NAMES[: rng.randint(8, 12)]):
        lines.append((rng.choice([1, 2]) if place else 1, f"Наслов {name}"))
        said = (f"Прв став за {name} со неколку збора.", f"Втор став кој {name} го кажува.")
        lines += [(0, words) for words in said[: rng.randint(1, 2)]]
    return lines


def changed(rng: random.Random, level: int, words: str, number: int) -> tuple[Edit, list[Line]]:
    """A change of a line, and the lines that come of it."""
    tracked = rng.random() < 0.5
    do = rng.choice(["delete", "text", "new", "retitle", "level"]) if level else "new"
    look = f'<w:pStyle w:val="Heading{level}"/>'
    if do == "delete":
        return (words, with_its_end if tracked else gone), []
    if do == "text":
        return (words, looks("", old=look, tracked=tracked)), [(0, words)]
    if do == "retitle":
        return (words, retitled(tracked=tracked)), [(level, f"{words} друго")]
    if do == "level":
        new = 3 - level
        other = looks(f'<w:pStyle w:val="Heading{new}"/>', old=look, tracked=tracked)
        return (words, other), [(new, words)]
    at, title, said = rng.choice([1, 2]), f"Нов {number}", rng.choice(["", f"Нов текст {number} тука."])
    lines = [(at, title), *([(0, said)] if said else []), (level, words)]
    return (words, before((at, title, said), tracked=tracked)), lines


@pytest.mark.parametrize("seed", SEEDS)
def test_all_accepted_the_draft_is_as_the_file(drafter: User, seed: int) -> None:
    rng = random.Random(seed)
    lines = written(rng)
    source = word_file("".join(heading(t, n) if n else p(t) for n, t in lines), styles=HEADINGS)
    edition = taken_in(drafter, source)
    edits: list[Edit] = []
    made = [[line] for line in lines]
    for number, at in enumerate(rng.sample(range(1, len(lines)), rng.randint(4, 8))):
        edit, made[at] = changed(rng, *lines[at], number)
        edits.append(edit)
    wanted: list[tuple[int, str, str]] = []
    for level, words in (line for several in made for line in several):
        if level:
            wanted.append((level, words, ""))
        else:
            at_level, title, said = wanted[-1]
            wanted[-1] = (at_level, title, f"{said}\n{words}".strip())

    def change(text: str) -> str:
        for words, how in edits:
            a, b = paragraph(text, words)
            text = text[:a] + how(text[a:b]) + text[b:]
        return text

    out = edited(export_own(drafter, edition, "mk").data, change)
    back = bring_back(drafter, edition, "mk", out, "b.docx")
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition) == wanted
