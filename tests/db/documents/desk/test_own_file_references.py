"""References of a draft's own Word file: as they were taken in, and no change when the file comes back."""

from __future__ import annotations

import json

import pytest

from documents.actions.edit_outline import fingerprint, remove_section
from documents.exports.own_file import export_own
from documents.models import Edition, Section
from documents.text_storage import load_tree
from people.models import User
from people.roles import Role
from tests.support.documents.docx.build import parts_of
from tests.support.documents.docx.own_references import ENDNOTE, REFERENCES, line, paragraph, source
from tests.support.factories import make_institution, make_person
from tests.support.returned_files import change_text, draft_of, give_back

pytestmark = pytest.mark.django_db
SOURCE = source(*(line(one + ENDNOTE) for one in REFERENCES.values()))


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return draft_of(drafter, SOURCE)


def out_of(drafter: User, edition: Edition) -> bytes:
    return export_own(drafter, edition, "mk").data


def suggested(drafter: User, edition: Edition, out: bytes) -> int:
    return int(give_back(drafter, edition, out).suggestions.count())


def references(edition: Edition) -> int:
    return json.dumps([section.text.body for section in load_tree(edition, "mk")]).count('"xref"')


def test_nothing_edited_leaves_every_reference_as_it_was_and_suggests_nothing(
    edition: Edition, drafter: User
) -> None:
    assert references(edition) == len(REFERENCES)
    out = out_of(drafter, edition)
    for one in REFERENCES.values():
        assert paragraph(out, one) == paragraph(SOURCE, one)
    before, after = parts_of(SOURCE), parts_of(out)
    assert {name for name in after if before.get(name) != after[name]} == {"word/document.xml"}
    assert not suggested(drafter, edition, out)


def test_words_beside_references_are_changed_and_nothing_is_suggested(
    edition: Edition, drafter: User
) -> None:
    change_text(drafter, edition, "Aim", "See", "Compare")
    out = out_of(drafter, edition)
    assert not suggested(drafter, edition, out)


@pytest.mark.parametrize("gone", ["section", "place"])
def test_what_they_lead_to_may_go(edition: Edition, drafter: User, gone: str) -> None:
    row = Section.objects.get(edition=edition, heading_mk="Scope")
    if gone == "section":
        remove_section(drafter, edition, str(row.uid), fingerprint(edition))
    else:
        change_text(drafter, edition, "Scope", "Here is the mark.", "Nothing is here.")
    out = out_of(drafter, edition)
    assert not suggested(drafter, edition, out)
