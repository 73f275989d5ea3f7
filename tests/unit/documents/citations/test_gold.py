"""The gold set: 68 sentences in seven languages, written before the finder, and six from public texts."""

from __future__ import annotations

import re
from pathlib import Path

from documents.citations import Cited, Name, Names, find

GOLD = Path(__file__).parent / "gold.txt"
MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)\|([^|\]]+)\]\]")
SIGNS = " ,.()„“”\"'"
HELD = Names(
    Name(number, language, text)
    for number, (language, text) in enumerate(
        [
            ("en", "Standard Operating Procedures for the Treatment of Victims of Trafficking in Persons"),
            ("mk", "Стандардни оперативни процедури за постапување со жртви на трговија со луѓе"),
            ("sr", "Стандардне оперативне процедуре за поступање са жртвама трговине људима"),
            ("sq", "Procedurat standarde operative për trajtimin e viktimave të trafikimit të njerëzve"),
            ("en", "Guidelines for First Contact at a Border Crossing"),
        ]
    )
)


def _read(line: str) -> tuple[str, str, set[tuple[str, ...]]]:
    language, _, marked = line.partition("\t")
    wanted: set[tuple[str, ...]] = set()
    for words, part, act in MARK.findall(marked):
        wanted.add((words.strip(SIGNS), "" if part == "-" else part, "" if act == "-" else act))
    return language, MARK.sub(r"\1", marked), wanted


def _shown(one: Cited, text: str) -> tuple[str, ...]:
    act = "own" if one.own else "held" if one.instruments else one.act
    return text[one.start : one.end].strip(SIGNS), f"{one.sort} {one.number}".strip(), act


def test_gold() -> None:
    right = found = wanted = 0
    wrong = []
    for line in GOLD.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, text, expected = _read(line)
        got = {_shown(one, text) for one in find(text, language, HELD)}
        right, found, wanted = right + len(got & expected), found + len(got), wanted + len(expected)
        if got != expected:
            wrong.append(f"{text}\n  too many: {got - expected}\n  missing: {expected - got}")
    assert right / found >= 0.98, "\n".join(wrong)
    assert right / wanted >= 0.95, "\n".join(wrong)
