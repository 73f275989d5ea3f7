"""Addresses and fields with characters that no text may hold: 404 or a refusal in words, never a fault of the
database.

PostgreSQL takes no NUL at all; these run on it too (make test).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from documents.models import Edition
from people.actions.groups import sync_groups
from people.actions.invite import enter_role
from people.models import User
from people.roles import Role
from tests.support.factories import make_draft, make_in_force, make_institution, make_person
from tests.support.html import PageClient
from tests.support.reviews import CONFIRMED
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Seat, SignOff, Stage

pytestmark = pytest.mark.django_db

NOT_THERE = [
    "/admin/failwhale/",
    "/en/%00",
    "/en/a%00b/",
    "/en/help/%00/",
    "/en/library/i/mk/sop/%00",
    "/en/i/mk/sop/%00",
    "/en/i/mk/sop/on/%00/",
    "/pictures/a%00b",
    "/campaign-files/1/%00",
    f"/files/{'a' * 64}/%00",
    "/en/%ff%fe/",
    "/en/%E2%80%AE/",
    "/en/desk/99999999999999999999999/",
    f"/en/review/{'9' * 5000}/",
]
ASKED = [
    "/en/library/?kind=%00&topic=%00&country=%00&page=%00",
    "/en/search/?q=%00&status=%00&in=%00",
    "/en/outbox/?to=%00&page=%00",
    "/en/i/mk/sop/on/?day=%00",
    "/en/i/mk/sop/1/?text=%00&from=%00",
    "/en/desk/reviews/?show=%00",
    "/admin/kodeks/memberships/?q=%00",
]


@pytest.fixture
def everything() -> User:
    """Somebody to whom every page of the office is open."""
    edition = make_in_force()
    user = make_person(Role.COORDINATOR, edition.instrument.owner)
    enter_role(user, edition.instrument.owner, Role.OPERATOR, starts=date(2020, 1, 1))
    sync_groups(user)
    return user


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_no_address_is_not_found(everything: User, path: str) -> None:
    office = PageClient()
    office.force_login(everything)
    assert office.get(path).status_code == 404
    assert PageClient().get(path, headers={"host": "public.test"}).status_code == 404


def test_a_long_address_is_not_repeated_for_each_language() -> None:
    asked = "/en/no-page/" + "a" * 3000
    answer = PageClient().get(asked, headers={"host": "public.test"})
    assert answer.status_code == 404 and b"aaaa" not in answer.content


@pytest.mark.parametrize("path", ASKED)
def test_odd_questions_are_answered(everything: User, path: str) -> None:
    office = PageClient()
    office.force_login(everything)
    assert office.get(path).status_code in (200, 302)
    assert (
        PageClient()
        .get(path.replace("/en/i/", "/en/library/i/"), headers={"host": "public.test"})
        .status_code
        < 500
    )


def test_reasons_are_kept_without_control_characters() -> None:
    there, draft = make_institution("mk-justice"), make_draft()
    reviewer = make_person(Role.REVIEWER, there)
    coordinator = make_person(Role.COORDINATOR, draft.instrument.owner)
    stages = [{"kind": "sign_off", "least": 1, "quorum": "all", "days": 5}]
    procedure = Procedure.objects.create(key="one", name="One", stages=stages)
    review = start_review(coordinator, draft, procedure, [Plan((Respondent(there),))])
    client = PageClient()
    client.force_login(coordinator)
    stage, day = Stage.objects.get(), timezone.localdate() + timedelta(days=30)
    sent = {"stage": stage.pk, "day": day.isoformat(), "reason": "more\x01time"}
    assert client.post(f"/en/desk/reviews/{review.pk}/extend/", sent).status_code == 302
    client.force_login(reviewer)
    seat = Seat.objects.get()
    answer = {"seat": seat.pk, "choice": "agree_with_remarks", "seen": review.manifest.sha256}
    path = f"/en/review/{review.pk}/answer/"
    assert client.post(path, answer | {"reason": "\x01\x02"}).status_code == 400
    assert client.post(path, answer | {"reason": "one\x01\r\ntwo\x07"} | CONFIRMED).status_code == 302
    assert SignOff.objects.get().reason == "one \ntwo"


def test_a_translation_is_not_marked_by_a_hash_that_is_none() -> None:
    draft = make_draft()
    client = PageClient()
    client.force_login(make_person(Role.DRAFTER, draft.instrument.owner))
    uid = draft.sections.all()[0].uid
    for source in ("\x01", "", "é" * 70):
        answer = client.post(f"/en/desk/{draft.pk}/s/{uid}/sq/still-right/", {"source": source})
        assert answer.status_code == 302


@pytest.mark.parametrize("kind", ["multipart", "urlencoded"])
def test_a_form_with_a_nul_is_refused(everything: User, kind: str) -> None:
    draft = Edition.objects.get()
    client = PageClient()
    client.force_login(everything)
    path = f"/en/desk/{draft.pk}/suggestions/decide/"
    uid = draft.sections.all()[0].uid
    if kind == "multipart":
        answer = client.post(path, {"do": "accept", "uid": str(uid), "language": "m\x00k"})
    else:
        sent = f"do=accept&uid={uid}&language=m%00k"
        answer = client.post(path, sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400 and "<html" in answer.content.decode()
