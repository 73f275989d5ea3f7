"""Adding, moving and removing sections: places, numbers, and two people at once."""

from __future__ import annotations

import pytest
from django.http import Http404

from documents.actions.edit_outline import add_section, fingerprint, move_section, outline_of, remove_section
from documents.actions.errors import ActionError, Conflict
from documents.editions.text_storage import load_outline, load_tree
from documents.models import Section, SectionChange
from people.roles import Role
from tests.support.factories import make_draft, make_person, make_tree

pytestmark = pytest.mark.django_db

SECTIONS = [(1, "A", "a"), (2, "B", "b"), (3, "C", "c"), (1, "D", "d"), (2, "E", "e")]


@pytest.fixture
def draft():
    return make_draft(tree=make_tree("mk", sections=SECTIONS))


@pytest.fixture
def drafter(draft):
    return make_person(Role.DRAFTER, draft.instrument.owner)


def shape(draft) -> list[str]:
    return [f"{row.label} {row.heading}" for row in load_outline(draft, "mk")]


def uid(draft, heading: str) -> str:
    return str(Section.objects.get(edition=draft, heading_mk=heading).uid)


def test_a_new_section_stands_after_the_one_named_and_all_that_is_in_it(draft, drafter):
    made = add_section(
        drafter, draft, uid(draft, "A"), 1, "chapter", {"mk": "New", "sq": "E re"}, fingerprint(draft)
    )
    assert shape(draft) == ["1 A", "1.1 B", "1.1.1 C", "2 New", "3 D", "3.1 E"]
    assert load_tree(draft, "sq").by_uid[made].text.heading == "E re"


def test_a_new_section_inside_the_one_named(draft, drafter):
    add_section(drafter, draft, uid(draft, "D"), 2, "section", {"mk": "New"}, fingerprint(draft))
    assert shape(draft)[3:] == ["2 D", "2.1 New", "2.2 E"]


def test_a_section_moves_with_all_that_is_in_it(draft, drafter):
    before = {row.uid: row.text_hash for row in load_outline(draft, "mk")}
    move_section(drafter, draft, uid(draft, "B"), uid(draft, "E"), 2, fingerprint(draft))
    assert shape(draft) == ["1 A", "2 D", "2.1 E", "2.2 B", "2.2.1 C"]
    assert {row.uid: row.text_hash for row in load_outline(draft, "mk")} == before


def test_a_section_can_not_move_into_itself(draft, drafter):
    with pytest.raises(ActionError):
        move_section(drafter, draft, uid(draft, "A"), uid(draft, "C"), 4, fingerprint(draft))
    assert shape(draft) == ["1 A", "1.1 B", "1.1.1 C", "2 D", "2.1 E"]


def test_a_move_never_leaves_a_level_out(draft, drafter):
    move_section(drafter, draft, uid(draft, "E"), None, 5, fingerprint(draft))
    assert [node.level for node in outline_of(draft)] == [1, 1, 2, 3, 1]


def test_what_is_removed_is_kept_in_the_log(draft, drafter):
    gone = uid(draft, "B")
    remove_section(drafter, draft, gone, fingerprint(draft))
    assert shape(draft) == ["1 A", "2 D", "2.1 E"]
    kept = SectionChange.objects.get(uid=gone, verb="remove").before
    assert sorted(kept or {}) == ["en", "mk", "sq"]


@pytest.mark.parametrize("what", ["add", "move", "remove"])
def test_the_second_of_two_is_told(draft, drafter, what):
    seen = fingerprint(draft)
    add_section(drafter, draft, None, 1, "chapter", {"mk": "First"}, seen)
    before = shape(draft)
    with pytest.raises(Conflict):
        if what == "add":
            add_section(drafter, draft, None, 1, "chapter", {"mk": "Second"}, seen)
        elif what == "move":
            move_section(drafter, draft, uid(draft, "E"), None, 1, seen)
        else:
            remove_section(drafter, draft, uid(draft, "E"), seen)
    assert shape(draft) == before


def test_a_section_needs_a_heading_in_the_source(draft, drafter):
    with pytest.raises(ActionError):
        add_section(drafter, draft, None, 1, "chapter", {"sq": "Vetëm shqip"}, fingerprint(draft))
    assert len(outline_of(draft)) == 5


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.REVIEWER, Role.PRACTITIONER, Role.OPERATOR])
def test_who_may_not(draft, role):
    person = make_person(role, draft.instrument.owner, languages=["sq"])
    with pytest.raises(Http404):
        remove_section(person, draft, uid(draft, "E"), fingerprint(draft))
