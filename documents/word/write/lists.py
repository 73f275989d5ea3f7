"""Lists by Word's own numbering, wherever Word can show just the labels that the text has.

A list whose labels follow a rule (1. 2. 3. / а) б) в) / • •) is numbered by Word. Another one has а) б) в)
with a letter that Word's Cyrillic numbering leaves out, or a gap. It keeps its place and indent by numbering
without a sign, and its labels are text in the style "Number".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.word.definitions.number_format import format_number
from documents.word.file.markup import e
from documents.word.file.ns import Element
from documents.word.write.styles import LIST_STEP

PARTS = re.compile(r"(.*?)([^\W_]+)(\W*)\Z", re.DOTALL)
TRIED = (
    "decimal",
    "lowerLetter",
    "upperLetter",
    "lowerRoman",
    "upperRoman",
    "russianLower",
    "russianUpper",
    "decimalZero",
)
MOST = 400


def _numbers(fmt: str) -> dict[str, int]:
    return {format_number(n, fmt)[0]: n for n in range(MOST, -1, -1)}


NUMBERS = {fmt: _numbers(fmt) for fmt in TRIED}


@dataclass(frozen=True, slots=True)
class Rule:
    """How Word makes the labels of one list: the format, what is around the number, the first number.

    ``fmt`` none: the labels are typed."""

    fmt: str
    before: str = ""
    after: str = ""
    start: int = 1

    def text(self, ilvl: int) -> str:
        if self.fmt == "none":
            return ""
        return self.before if self.fmt == "bullet" else f"{self.before}%{ilvl + 1}{self.after}"


TYPED = Rule("none")


def find_rule(labels: Sequence[str], ordered: bool) -> Rule:
    """The rule that makes just these labels, or TYPED. Lists without labels get plain numbers or bullets."""
    if not any(labels):
        return Rule("decimal", after=".") if ordered else Rule("bullet", "•")
    first = labels[0]
    match = PARTS.match(first)
    if "%" in first or first.strip() != first:
        return TYPED
    if not ordered:
        signs = set(labels) == {first} and not any(map(str.isalnum, first))
        return Rule("bullet", first) if signs else TYPED
    return _counting_rule(labels, *match.groups()) if match else TYPED


def _counting_rule(labels: Sequence[str], before: str, body: str, after: str) -> Rule:
    for fmt in TRIED:
        start = NUMBERS[fmt].get(body)
        if start is None:
            continue
        if all(
            label == f"{before}{format_number(start + i, fmt)[0]}{after}" for i, label in enumerate(labels)
        ):
            return Rule(fmt, before, after, start)
    return TYPED


SILENT: tuple[int, str, str | None] = (8, "none", None)
"""What stands for numbering without a sign, among the definitions."""


@dataclass
class ListNumbers:
    """The number definitions of a file that is being written."""

    first_num: int = 1
    """Numbers below it are taken (a ministry's headings use number 1)."""
    abstracts: list[tuple[int, str, str | None]] = field(default_factory=list)
    nums: list[tuple[int, int, int]] = field(default_factory=list)

    def num_for(self, rule: Rule, ilvl: int) -> int:
        """A number definition of its own for one list."""
        key = (ilvl, rule.fmt, rule.text(ilvl))
        if key not in self.abstracts:
            self.abstracts.append(key)
        self.nums.append((self.abstracts.index(key), ilvl, rule.start))
        return self.first_num + len(self.nums) - 1

    def silent(self) -> int:
        """A number definition that shows nothing and moves nothing, for headings that must not count by
        themselves."""
        if SILENT not in self.abstracts:
            self.abstracts.append(SILENT)
            self.nums.append((self.abstracts.index(SILENT), 0, 1))
        at = self.abstracts.index(SILENT)
        return self.first_num + next(i for i, num in enumerate(self.nums) if num[0] == at)

    def xml(self, own: Sequence[Element] = (), own_nums: Sequence[Element] = ()) -> Element:
        """``w:numbering``, with further definitions (their ids below ``first_num``) before the lists'."""
        root = e("numbering", *own)
        for index, (ilvl, fmt, text) in enumerate(self.abstracts):
            root.append(
                e(
                    "abstractNum",
                    e("nsid", val=f"{0x4B000000 + index:08X}"),
                    e("multiLevelType", val="multilevel"),
                    e("tmpl", val=f"{0x4C000000 + index:08X}"),
                    *(
                        level(n, "none", "", 0 if text is None else LIST_STEP)
                        if n < ilvl or text is None
                        else level(n, fmt, text)
                        for n in range(ilvl + 1)
                    ),
                    abstractNumId=self.first_num + index,
                )
            )
        for node in own_nums:
            root.append(node)
        for index, (abstract, ilvl, start) in enumerate(self.nums):
            root.append(
                e(
                    "num",
                    e("abstractNumId", val=self.first_num + abstract),
                    e("lvlOverride", e("startOverride", val=start), ilvl=ilvl),
                    numId=self.first_num + index,
                )
            )
        return root


def level(ilvl: int, fmt: str, text: str, step: int = LIST_STEP) -> Element:
    """One level of a list's definition."""
    return e(
        "lvl",
        e("start", val=1),
        e("numFmt", val=fmt),
        e("suff", val="nothing") if fmt == "none" else None,
        e("lvlText", val=text),
        e("lvlJc", val="left"),
        e("pPr", e("ind", left=step * (ilvl + 1), hanging=step)),
        ilvl=ilvl,
    )
