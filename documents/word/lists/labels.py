"""How the labels of a list's items were made, and those that go on from them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from documents.text.numerals import readings, written
from documents.text.types import Block, without_attrs
from documents.word.definitions.number_format import FORMATS, format_number
from documents.word.write.lists import TYPED, Rule, find_rule

NO_LABELS = Rule("")
"""Of a list without labels, which the page that shows it counts."""
PLAIN = Rule("decimal", after=".")
"""Of a numbered list that has no example in its text."""
ROMANS = {"lowerLetter": "lowerRoman", "upperLetter": "upperRoman"}
"""How else signs that are read as these letters may be meant."""
SIGN = "•"
"""Of a list with signs that has none."""


def label_of(item: Block) -> str:
    return str((item.get("attrs") or {}).get("label", ""))


def labelled(item: Block, label: str) -> Block:
    """The item with that label, or with none."""
    bare = without_attrs(item, ["label"])
    return {**bare, "attrs": {**bare.get("attrs", {}), "label": label}} if label else bare


def rule_of(labels: Sequence[str], ordered: bool) -> Rule:
    """How existing labels were made: as Word makes them, or by another alphabet's letters. TYPED where they
    don't count."""
    if not any(labels):
        return NO_LABELS
    rule = find_rule(labels, ordered)
    if rule.fmt in ROMANS and len(labels) == 1:
        # "i." alone is a first one, "c." a third.
        sign = labels[0][len(rule.before) : len(labels[0]) - len(rule.after)]
        roman = next((n for n in range(1, rule.start) if format_number(n, ROMANS[rule.fmt])[0] == sign), None)
        return replace(rule, fmt=ROMANS[rule.fmt], start=roman) if roman else rule
    if rule != TYPED or not ordered:
        return rule
    for number in readings(labels[0], "sr"):
        lead = "".join(f"{sign}." for sign in number.lead)
        rule = Rule(number.last.style, number.word + lead, number.tail + number.end, number.last.value)
        if all(label == label_at(rule, index) for index, label in enumerate(labels)):
            return rule
    return TYPED


def counts(rule: Rule) -> bool:
    return rule.fmt not in ("none", "bullet", "")


def label_at(rule: Rule, index: int) -> str:
    """The label of the item of that index, where labels count."""
    number = rule.start + index
    sign = format_number(number, rule.fmt)[0] if rule.fmt in FORMATS else written(rule.fmt, number)
    return f"{rule.before}{sign or number}{rule.after}"


def under(rule: Rule, was: str, now: str) -> Rule:
    """The rule where the labels name the item that their list is in, which has another number now."""
    stem, made = stem_of(was), stem_of(now)
    if not stem or not made or not rule.before.startswith(stem) or rule.before[len(stem) :][:1].isalnum():
        return rule
    return replace(rule, before=made + rule.before[len(stem) :])


def stem_of(label: str) -> str:
    """A label without the signs at its end."""
    while label and not label[-1].isalnum():
        label = label[:-1]
    return label
