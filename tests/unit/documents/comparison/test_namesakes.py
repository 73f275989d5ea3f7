"""Sections of one title in several chapters: each is known by the chapter that it stands in, then by its
words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

import pytest

from documents.actions.replace_text import reuse_uids
from documents.comparison import Comparison, compare
from documents.text import Section, SectionTree
from tests.support.documents.comparison.apply import apply
from tests.support.documents.comparison.build import section, tree

GOALS = ("Prevention", "Protection", "Prosecution", "Partnership", "Children")
MEASURES = (
    "Teachers of primary schools learn to know the early signs of recruitment twice a year.",
    "Shelters take victims in at every hour, and the centre keeps a list of the places.",
    "The prosecutor leads a financial inquiry in each case, and the police keep the evidence.",
    "The coordinator calls the associations together four times a year.",
    "A child without parents is given a guardian within 12 hours of the first talk.",
)
MONEY = (("education", 12), ("social care", 40), ("the interior", 25), ("cooperation", 5), ("families", 18))
REPORT = "The body in charge reports to the Government on these measures by 31 January."


def goal(number: int, *, title: str = "", edit: Callable[[str], str] = str) -> list[Section]:
    name = GOALS[number]
    whose, millions = MONEY[number]
    money = f"The means come from the budget of the ministry of {whose}, and are {millions} million dinars."
    return [
        section(name, heading=title or name),
        section(f"{name} measures", edit(MEASURES[number]), heading="Measures", level=2),
        section(f"{name} budget", edit(money), heading="Budget", level=2),
        section(f"{name} report", REPORT, heading="Reporting", level=2),
        section(f"{name} notes", heading="Notes", level=2),
    ]


def edit(text: str) -> str:
    return text.replace("dinars", "euros").replace("a year", "yearly").replace("12 hours", "6 hours")


def strategy(order: Iterable[int], **how: object) -> SectionTree:
    opening = section("Introduction", "This strategy is about the fight against trafficking in persons.")
    return tree(opening, *(one for number in order for one in goal(number, **how)))  # type: ignore[arg-type]


def foreign(text: SectionTree) -> tuple[SectionTree, dict[str, str]]:
    """The same text with uids that nobody knows, and these by those."""
    names = {one.uid: str(uuid.uuid4()) for one in text}
    return replace(text, sections=tuple(replace(one, uid=names[one.uid]) for one in text)), names


def compared(old: SectionTree, new: SectionTree) -> Comparison:
    """The two without common uids. What is found must be the same sections."""
    other, names = foreign(new)
    comparison = compare(old, other)
    found = {change.old.uid: change.new.uid for change in comparison if change.old and change.new}
    assert found == {one.uid: names[one.uid] for one in old if one.uid in names}
    assert apply(comparison, old) == other
    return comparison


@pytest.mark.parametrize("changed", [str, edit])
def test_a_goal_that_moves_takes_its_own_sections_along(changed: Callable[[str], str]) -> None:
    comparison = compared(strategy(range(5)), strategy([0, 3, 1, 2, 4], edit=changed))
    assert [change.title for change in comparison if change.moved] == ["Partnership"]
    budgets = [change for change in comparison if change.title == "Budget"]
    words = 0 if changed is str else 1
    assert [(change.words_added, change.words_removed) for change in budgets] == [(words, words)] * 5


@pytest.mark.parametrize("gone", range(5))
def test_a_goal_that_comes_or_goes_takes_none_of_the_others(gone: int) -> None:
    some = [number for number in range(5) if number != gone]
    less = compared(strategy(range(5)), strategy(some, edit=edit))
    assert (less.counts.removed, less.counts.new, less.counts.moved) == (5, 0, 0)
    more = compared(strategy(some), strategy(range(5), edit=edit))
    assert (more.counts.removed, more.counts.new, more.counts.moved) == (0, 5, 0)


def test_a_goal_with_another_title_is_known_by_what_stands_in_it() -> None:
    old = strategy(range(5))
    new = strategy([2, 0, 1])
    retitled = [*new.sections, *goal(4, title="The young"), *goal(3)]
    comparison = compared(old, replace(new, sections=tuple(retitled)))
    assert [change.title for change in comparison if change.retitled] == ["The young"]


def test_goals_in_any_order_with_any_words_changed() -> None:
    """Where two goals' money changes so that one now has the other's, each is still its own goal's."""
    for seed in range(60):
        chance = Random(seed)
        order = chance.sample(range(5), chance.randint(3, 5))

        def changed(text: str, chance: Random = chance) -> str:
            words = text.split()
            words[chance.randrange(len(words))] = chance.choice(("never", "always", "40", "25"))
            return " ".join(words)

        compared(strategy(range(5)), strategy(order, edit=changed))


def test_one_money_given_to_another_goal_is_two_changes_and_no_move() -> None:
    def given(text: str) -> str:
        return text.replace("40", "19").replace("25", "40").replace("social care", "the interior")

    comparison = compared(strategy(range(5)), strategy(range(5), edit=given))
    assert comparison.counts.moved == 0


def test_of_two_sections_that_say_the_same_the_first_stays_the_first() -> None:
    same = "The book is about the solar system and all that goes round the sun in it."
    old = tree(section("a", same, heading="Sun"), section("b", same, heading="Sun"))
    new = tree(
        section("a", same.replace("book", "film"), heading="Sun"),
        section("b", same.replace("in it", "there now"), heading="Sun"),
    )
    compared(old, new)
    compared(new, old)


def test_many_sections_of_one_title_are_known_by_their_words() -> None:
    """So many that not each is compared with each."""
    chance = Random(3)
    words = [f"word{number}" for number in range(900)]
    parts = [
        section(str(n), " ".join(chance.choices(words, k=30)), heading="Article", level=2) for n in range(80)
    ]
    chapter = section("Chapter", "All that follows is one chapter of many articles.")
    order = chance.sample(parts, 78)
    comparison = compared(tree(chapter, *parts), tree(chapter, *order))
    assert comparison.counts.removed == 2


def test_a_file_taken_in_anew_gives_each_goal_its_own_uids() -> None:
    old = strategy(range(5))
    other, _ = foreign(strategy([0, 3, 1, 2, 4], edit=edit))
    carried, _ = reuse_uids(old, other)
    assert [one.uid for one in carried] == [one.uid for one in strategy([0, 3, 1, 2, 4])]
