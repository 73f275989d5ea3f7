"""References of a draft's own Word file: as they were taken in, and no change when the file comes back."""

from __future__ import annotations

import json

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.edit_outline import fingerprint, remove_section
from documents.models import Edition, Section
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again_since import drafter, out_of, put
from tests.documents.docx.build import parts_of
from tests.documents.docx.test_own_references import ENDNOTE, REFERENCES, line, paragraph, source

__all__ = ["drafter"]

pytestmark = pytest.mark.django_db
SOURCE = source(*(line(one + ENDNOTE) for one in REFERENCES.values()))


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def suggested(drafter: User, edition: Edition, out: bytes) -> int:
    return int(bring_back(drafter, edition, "mk", out, "b.docx").suggestions.count())


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
    put(drafter, edition, "Aim", "See", "Compare")
    out = out_of(drafter, edition)
    assert not suggested(drafter, edition, out)


@pytest.mark.parametrize("gone", ["section", "place"])
def test_what_they_lead_to_may_go(edition: Edition, drafter: User, gone: str) -> None:
    row = Section.objects.get(edition=edition, heading_mk="Scope")
    if gone == "section":
        remove_section(drafter, edition, str(row.uid), fingerprint(edition))
    else:
        put(drafter, edition, "Scope", "Here is the mark.", "Nothing is here.")
    out = out_of(drafter, edition)
    assert not suggested(drafter, edition, out)
