"""Sections that are raised, lowered or put under another chapter have moved, wherever they stand in reading
order."""

from __future__ import annotations

from documents.comparison import Comparison, compare
from documents.comparison.summary import Fact, FactKind, summarise
from documents.text import Section, SectionTree
from tests.support.documents.comparison.apply import apply
from tests.support.documents.comparison.build import section, tree

LONG = "The social worker meets the person in a quiet room and explains every right in plain words."


def measures(level: int = 1, label: str = "2") -> Section:
    return section("Measures", f"What is done. {LONG * 2}", label=label, level=level)


def limits(level: int, label: str) -> Section:
    return section("Limits", "The report is given until the end of March.", label=label, level=level)


def end(level: int = 1, label: str = "3") -> Section:
    return section("End", "This strategy is in force.", label=label, level=level)


def compared(old: SectionTree, new: SectionTree) -> Comparison:
    comparison = compare(old, new)
    assert apply(comparison, old) == new
    return comparison


def moved(comparison: Comparison) -> dict[str, tuple[Fact, ...]]:
    assert comparison.counts.moved == sum(entry.stub for entry in comparison.entries)
    return {change.title: summarise(change) for change in comparison if change.moved}


OLD = tree(measures(), limits(2, "2.1"), end())


def test_a_section_made_a_chapter_has_moved() -> None:
    said = moved(compared(OLD, tree(measures(), limits(1, "3"), end(label="4"))))
    assert said == {"Limits": (Fact(FactKind.MOVED_FROM, old="2.1 (Measures)", new="3"),)}


def test_a_chapter_made_a_section_has_moved() -> None:
    said = moved(compared(OLD, tree(measures(), limits(2, "2.1"), end(2, "2.2"))))
    assert said == {"End": (Fact(FactKind.MOVED_FROM, old="3", new="2.2"),)}


def test_a_section_put_under_another_chapter_has_moved_and_not_what_it_moved_past() -> None:
    said = moved(compared(OLD, tree(measures(), end(), limits(2, "3.1"))))
    assert said == {"Limits": (Fact(FactKind.MOVED_FROM, old="2.1 (Measures)", new="3.1"),)}


def test_what_stands_in_a_raised_section_comes_along() -> None:
    inner = section("Inner", LONG, level=3)
    old = tree(measures(), limits(2, "2.1"), inner, end())
    new = tree(measures(), limits(1, "3"), section("Inner", LONG, level=2), end(label="4"))
    comparison = compared(old, new)
    assert list(moved(comparison)) == ["Limits"]
    assert [change.title for change in comparison if change.moved_with] == ["Inner"]


def test_all_of_it_under_a_new_title_or_without_the_old_one_has_not_moved() -> None:
    title = section("Strategy", LONG)
    under = tree(title, measures(2), limits(3, "2.1"), end(2))
    assert not moved(compared(OLD, under))
    assert not moved(compared(under, OLD))
