"""Order and levels are the tree; numbers are made from them; hashes bind what they say they bind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.text import SectionTree, text_hash
from documents.text.canonical import edition_hash, language_version_hash
from documents.text.numbering import number_sections
from tests.support.factories import body, make_tree

TREE = make_tree()


def test_parents_and_paths():
    first, inner, last = TREE.sections
    assert TREE.parents == {first.uid: None, inner.uid: first.uid, last.uid: None}
    assert [section.uid for section in TREE.path(inner.uid)] == [first.uid, inner.uid]


def test_a_level_that_skips_still_has_a_parent():
    tree = make_tree(sections=[(1, "A", ""), (3, "B", ""), (2, "C", "")])
    a, b, c = (section.uid for section in tree)
    assert tree.parents == {a: None, b: a, c: a}


def test_moving_and_renumbering_leave_the_hash_of_a_text_alone():
    section = TREE.sections[1]
    moved = replace(section, level=1, text=replace(section.text, label="9.9"))
    assert text_hash(moved.text.body) == text_hash(section.text.body)


@pytest.mark.parametrize(
    "changed",
    [
        lambda t: replace(t, title="Other"),
        lambda t: replace(t, language="sq"),
        lambda t: replace(t, sections=t.sections[::-1]),
        lambda t: replace(t, sections=t.sections[:-1]),
        lambda t: replace(t, sections=(replace(t.sections[0], level=2), *t.sections[1:])),
        lambda t: replace(t, sections=(replace(t.sections[0], kind="annex"), *t.sections[1:])),
        lambda t: replace(
            t, sections=(replace(t.sections[0], text=replace(t.sections[0].text, label="A")), *t.sections[1:])
        ),
        lambda t: replace(
            t,
            sections=(
                replace(t.sections[0], text=replace(t.sections[0].text, body=body("Општо", "Друг."))),
                *t.sections[1:],
            ),
        ),
    ],
)
def test_the_hash_of_a_language_version_binds_everything_in_it(changed):
    other: SectionTree = changed(TREE)
    assert language_version_hash(other) != language_version_hash(TREE)


def test_the_hash_of_an_edition_does_not_depend_on_the_order_of_languages():
    versions = [("mk", "a" * 64), ("sq", "b" * 64)]
    assert edition_hash("mk/sop", 1, versions) == edition_hash("mk/sop", 1, versions[::-1])
    assert edition_hash("mk/sop", 1, versions) != edition_hash("mk/sop", 2, versions)
    assert edition_hash("mk/sop", 1, versions) != edition_hash("mk/sop", 1, versions[:1])


def test_a_text_that_is_not_there_has_no_hash():
    assert text_hash(None) == ""
    assert text_hash({"heading": [], "blocks": [], "notes": {}}) == ""


@pytest.mark.parametrize(
    ("outline", "language", "labels"),
    [
        (
            [(1, "chapter"), (2, "section"), (2, "step"), (3, "section"), (1, "chapter")],
            "en",
            ["1", "1.1", "1.2", "1.2.1", "2"],
        ),
        (
            [(1, "chapter"), (2, "article"), (1, "chapter"), (2, "article")],
            "sr",
            ["1", "Члан 1", "2", "Члан 2"],
        ),
        (
            [(1, "chapter"), (1, "annex"), (2, "section"), (1, "annex")],
            "mk",
            ["1", "Прилог А", "А.1", "Прилог Б"],
        ),
        ([(1, "annex"), (1, "chapter")], "sq", ["Shtojca A", "1"]),
        ([(1, "article")], "hr", ["Članak 1"]),
        ([], "en", []),
    ],
)
def test_numbers(outline, language, labels):
    assert number_sections(outline, language) == labels
