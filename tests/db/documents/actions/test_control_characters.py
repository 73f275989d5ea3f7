"""What a field of one line brings is kept without control characters: a Word file can't hold one, so that a
single one in a heading would keep everybody from the file."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from audit.models import Reason
from documents.actions.adopt_edition import ActData
from documents.actions.classify import change_classification
from documents.actions.create_instrument import create_instrument
from documents.actions.edit_outline import add_section, fingerprint
from documents.actions.errors import ActionError
from documents.actions.record_prior_adoption import propose_prior
from documents.choices import ActKind, Classification, Kind
from documents.models import AdoptionAct, Section
from documents.text import normalise_body
from people.roles import Role
from proposals.actions.decide import confirm
from tests.support.factories import make_draft, make_institution, make_person
from tests.support.html import PageClient, signed_in
from tests.support.pdf import PDF

pytestmark = pytest.mark.django_db

BAD = "a\x01b\x0bc\ufffed e\u0301"
GOOD = "a b c d é"


def test_a_heading_is_kept_in_the_form_that_the_editor_keeps() -> None:
    draft = make_draft()
    by = make_person(Role.DRAFTER, draft.instrument.owner)
    uid = add_section(by, draft, None, 1, "section", {"mk": BAD, "sq": "\x01"}, fingerprint(draft))
    row = Section.objects.get(edition=draft, uid=uid)
    assert row.heading_mk == GOOD and not row.heading_sq
    assert normalise_body(row.body_mk) == row.body_mk
    with pytest.raises(ActionError):
        add_section(by, draft, None, 1, "section", {"mk": "\x0b\x0c"}, fingerprint(draft))


@pytest.mark.parametrize("ending", ["docx", "json", "pdf"])
def test_titles_and_acts_leave_the_files_whole(ending: str) -> None:
    owner = make_institution()
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    edition = create_instrument(
        first,
        owner=owner,
        slug="odd",
        kind=Kind.SOP,
        titles={"mk": BAD},
        languages=["mk"],
        source_language="mk",
        classification=Classification.PUBLIC,
    )
    assert edition.title_mk == GOOD and unicodedata.is_normalized("NFC", edition.title_mk)
    add_section(first, edition, None, 1, "section", {"mk": BAD}, fingerprint(edition))
    act = ActData(
        body=BAD,
        kind=ActKind.OTHER,
        number=BAD,
        date=date(2024, 1, 1),
        protocol=BAD,
        session=BAD,
        gazette=BAD,
        gazette_number=BAD,
        signed_file=PDF,
    )
    confirm(second, propose_prior(first, edition, act, date(2024, 2, 1)))
    kept = AdoptionAct.objects.get(edition=edition)
    words = (kept.body, kept.number, kept.protocol, kept.session, kept.gazette, kept.gazette_number)
    assert set(words) == {GOOD}
    assert (
        PageClient().get(f"/mk/library/i/mk/odd/1.{ending}", headers={"host": "public.test"}).status_code
        == 200
    )


def test_a_proposal_with_a_number_of_thousands_of_digits_is_not_found() -> None:
    client = signed_in(make_person(Role.COORDINATOR, make_draft().instrument.owner))
    for digits in (1, 30, 6000):
        sent = client.post(f"/en/proposals/{'9' * digits}/", {"decision": "confirm"})
        assert sent.status_code == 404, digits


def test_a_proposal_is_sent_back_with_odd_letters_in_the_reason() -> None:
    instrument = make_draft(classification="tlp_amber_strict").instrument
    first, second = (make_person(Role.COORDINATOR, instrument.owner) for _ in range(2))
    made = change_classification(first, instrument, "tlp_amber", "Because")
    assert made is not None
    sent = signed_in(second).post(f"/en/proposals/{made.pk}/", {"decision": "refuse", "reason": "No\x07."})
    assert sent.status_code == 302
    assert Reason.objects.get(entry__verb="refuse_classification").text == "No."
