"""Where a section goes that is new in a file that came back."""

from __future__ import annotations

from dataclasses import dataclass

from documents.suggestions.new_section import NewSection


@dataclass(frozen=True)
class Node:
    uid: str
    level: int


OUTLINE = [Node("aim", 1), Node("scope", 1), Node("who", 2), Node("child", 3), Node("times", 1)]


def test_a_chapter_takes_over_what_follows_it_in_the_file_however_deep_that_stands() -> None:
    for follower, place in (("who", 2), ("child", 3), ("times", 4)):
        before = OUTLINE[place - 1].uid
        assert NewSection(1, next=("new", follower)).place(OUTLINE, before) == place


def test_what_the_draft_alone_has_in_the_section_before_stays_there() -> None:
    assert NewSection(1, next=("times",)).place(OUTLINE, "scope") == 4
    assert NewSection(2, next=("times",)).place(OUTLINE, "who") == 4
    assert NewSection(3, next=("times",)).place(OUTLINE, "who") == 3


def test_where_nothing_is_left_of_what_stood_around_it_there_is_no_place() -> None:
    assert NewSection(1, next=("gone",)).place(OUTLINE, "gone too") is None
    assert NewSection(1, next=("gone", "times")).place(OUTLINE, "gone too") == 4
    assert NewSection(1, True, next=("gone",)).place(OUTLINE, "gone") == 0


def test_what_is_said_of_it_is_read_again_and_what_an_earlier_release_said_too() -> None:
    new = NewSection(2, True, "uid", ("a", "b"), ("c",))
    assert NewSection.read(new.said()) == new
    assert NewSection.read(NewSection(1).said()) == NewSection(1)
    assert NewSection.read("3 before") == NewSection(3, True)
    assert NewSection.read("2") == NewSection(2)
