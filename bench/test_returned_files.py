"""How long a returned file of 20,000 paragraphs takes: ten seconds of the processor at most, or it is refused
with a reason."""

from __future__ import annotations

import random
import resource
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from documents.text import Section, SectionText, SectionTree
from documents.word.file.guard import DEFAULT_LIMITS
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.review.read import returned_file
from tests.support.documents.word.build import heading, p, para, word_file

MANY, SECONDS = 20_000, 10
UID = "00000000-0000-4000-8000-0000000000a1"
WORDS = ["орган", "жртва", "рок", "заштита", "упатување", "член", "став", "постапка", "центар", "полиција"]


def _lines(seed: int, words: int = 12) -> list[str]:
    dice = random.Random(seed)
    return [" ".join(dice.choices(WORDS, k=words)) + f" {n}." for n in range(MANY)]


def _edited(lines: Sequence[str], share: float) -> list[str]:
    dice = random.Random(7)
    return [line.replace("рок", "срок", 1) + " И уште." if dice.random() < share else line for line in lines]


def _moved(lines: Sequence[str]) -> list[str]:
    made = list(lines)
    random.Random(3).shuffle(made)
    return made


CASES: dict[str, Callable[[], tuple[Sequence[str], Sequence[str]]]] = {
    "one in twenty changed": lambda: (_lines(1), _edited(_lines(1), 0.05)),
    "every second changed": lambda: (_lines(1), _edited(_lines(1), 0.5)),
    "all others": lambda: (_lines(1), _lines(2)),
    "all new": lambda: (_lines(1)[:5], _lines(2)),
    "all short and new": lambda: (["Прв."], ["x"] * MANY),
    "all gone": lambda: (_lines(1), []),
    "all the same": lambda: (["x"] * MANY, ["x"] * (MANY - 1) + ["y"]),
    "all moved": lambda: (_lines(1), _moved(_lines(1))),
    "one long paragraph": lambda: ([" ".join(_lines(1))], [" ".join(_lines(2))]),
}


@pytest.mark.usefixtures("started_anew")
@pytest.mark.parametrize("case", CASES)
def test_twenty_thousand_paragraphs(case: str, tmp_path: Path) -> None:
    sent, back = CASES[case]()
    body = {"heading": para("Цел")["content"], "blocks": [para(line) for line in sent], "notes": {}}
    tree = SectionTree("mk", "Цел", (Section(UID, 1, "chapter", SectionText("", body)),))
    path = tmp_path / "back.docx"
    path.write_bytes(word_file(heading("Цел") + "".join(map(p, back)), styles=""))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        found = f"{len(returned_file(path.read_bytes(), tree, DEFAULT_LIMITS).review.cards)} cards"
    except Refused as refused:
        assert refused.code in (RefusalCode.TOO_SLOW, RefusalCode.TOO_MUCH_MEMORY)
        found = f"refused: {refused.message_en}"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{case}: {found}, {took:.1f} s of the processor")
    assert took < SECONDS or found.startswith("refused")
