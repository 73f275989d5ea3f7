"""What takes two people: one table for every kind of proposal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import LogContext

from audit.models import Entry
from audit.verify import problems
from directory.actions.change_record import change_record
from directory.models import Service
from documents.actions import classify, publish_redaction, record_corrigendum, redact
from documents.actions import record_prior_adoption as record_prior
from documents.choices import Classification
from documents.models import Corrigendum, Redaction, Section
from documents.text import body_text
from mail.models import Message
from people.actions.invite import accept, invite
from people.models import Membership, User
from people.roles import Role
from proposals.actions.decide import confirm, may_confirm, refuse
from proposals.errors import Altered, Decided, Refused, Waits
from proposals.kinds import registered
from proposals.models import Proposal
from proposals.moved import take_over
from public.actions.publish_campaign import ask_second_person
from public.checks.faults import Fault
from public.models import CampaignPage
from tests.support.admin.campaigns import browser_of, publisher_of, write
from tests.support.directory.records import make_organisation, make_service
from tests.support.documents.redacted import make_original, make_redaction
from tests.support.factories import (
    PASSWORD,
    make_act,
    make_draft,
    make_in_force,
    make_institution,
    make_person,
)
from tests.support.html import PageClient
from tests.support.tampering import no_guards, tamper

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """``propose`` asks for the same thing each time it is called; ``holds``: whether it was done."""

    first: User
    second: User
    propose: Callable[[], Proposal | None]
    holds: Callable[[], bool]
    given: object = None
    """What the second person adds."""


def classification() -> Case:
    instrument = make_draft(classification=Classification.TLP_AMBER_STRICT).instrument
    first, second = (make_person(Role.COORDINATOR, instrument.owner) for _ in range(2))

    def is_open() -> bool:
        instrument.refresh_from_db()
        return instrument.classification == Classification.TLP_AMBER

    return Case(
        first,
        second,
        lambda: classify.change_classification(first, instrument, Classification.TLP_AMBER, "Because"),
        is_open,
    )


def prior() -> Case:
    draft = make_draft()
    first, second = (make_person(Role.COORDINATOR, draft.instrument.owner) for _ in range(2))

    def is_in_force() -> bool:
        draft.refresh_from_db()
        return draft.recorded

    return Case(
        first,
        second,
        lambda: record_prior.propose_prior(first, draft, make_act(), date(2024, 1, 1)),
        is_in_force,
    )


def record() -> Case:
    service = make_service(make_organisation())
    first, second = (make_person(Role.PUBLISHER, make_institution("mk-coordinator")) for _ in range(2))

    def change() -> Proposal | None:
        found = Service.objects.get(pk=service.pk)
        found.hours = "Mo-Fr 09:00-17:00"
        return change_record(first, found)

    return Case(first, second, change, lambda: Service.objects.get().hours == "Mo-Fr 09:00-17:00")


def campaign() -> Case:
    first, second = publisher_of("mk"), publisher_of("mk")
    page = write(browser_of(first))
    draft = page.get_latest_revision_as_object()
    draft.title = "Another title"
    with LogContext(user=first):
        revision = draft.save_revision(user=first)
    return Case(
        first,
        second,
        lambda: ask_second_person(first, page, revision, [*Fault]),
        lambda: CampaignPage.objects.get(pk=page.pk).live,
    )


def corrigendum() -> Case:
    edition = make_in_force()
    first, second = (make_person(Role.COORDINATOR, edition.instrument.owner) for _ in range(2))
    row = Section.objects.filter(edition=edition).order_by("position")[0]
    words = body_text(row.body_mk, heading=True).split()[0]
    made: list[Corrigendum] = []

    def correct() -> Proposal:
        if made and made[-1].waiting:
            raise Waits  # one section may have several that wait
        made.append(
            record_corrigendum.propose_corrigendum(first, edition, row.uid, "mk", words, "Друго", "A slip.")
        )
        return record_corrigendum.proposal_of(made[-1])

    def is_recorded() -> bool:
        for one in made:
            one.refresh_from_db()
        return any(one.recorded for one in made)

    day = timezone.localdate()
    return Case(first, second, correct, is_recorded, ([make_act(date=day)], day))


def redaction() -> Case:
    made, first, _other = make_redaction(make_original())

    def propose() -> Proposal:
        made.refresh_from_db()
        if made.state == Redaction.State.PROPOSED:
            raise Waits
        publish_redaction.propose_redaction(first, made)
        return publish_redaction.proposal_of(made)

    def is_public() -> bool:
        made.refresh_from_db()
        return made.state == Redaction.State.PUBLISHED

    case = Case(first, make_person(Role.COORDINATOR, made.edition.instrument.owner), propose, is_public)
    now = redact.make(made)
    case.given = (now.source_sha256, now.sha256, "")
    return case


def role() -> Case:
    owner = make_institution("mk-coordinator")
    first, second = (make_person(Role.COORDINATOR, owner) for _ in range(2))

    def join() -> Proposal:
        if Membership.objects.waiting().exists():
            raise Waits
        email = f"n{Membership.objects.count()}@second.example"
        invite(first, owner, email, Role.REVIEWER)
        token = re.search(r"/invitation/([^/]+)/", Message.objects.filter(to=email).latest("pk").text)
        assert token
        accept(token[1], "Second", PASSWORD)
        return Proposal.objects.waiting().latest("pk")

    return Case(first, second, join, lambda: Membership.objects.exclude(confirmed_by=None).exists())


CASES = {
    "classification": classification,
    "prior": prior,
    "record": record,
    "campaign": campaign,
    "corrigendum": corrigendum,
    "redaction": redaction,
    "role": role,
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]()


def test_every_kind_is_in_the_table() -> None:
    assert CASES.keys() == registered().keys()


def test_one_proposes_another_confirms_once(case: Case, client: Client) -> None:
    made = case.propose()
    assert made is not None and not case.holds()
    with pytest.raises(Waits):
        case.propose()
    assert not may_confirm(case.first, made)
    with pytest.raises(Http404):
        confirm(case.first, made, case.given)
    assert case.second.email in set(
        Message.objects.filter(template="proposal_waits").values_list("to", flat=True)
    )
    page = PageClient()
    page.force_login(case.second)
    address = f"/en/proposals/{made.pk}/"
    assert address in page.get("/en/").content.decode()
    assert page.get(address, follow=True).status_code == 200
    stranger = PageClient()
    stranger.force_login(make_person(Role.COORDINATOR, make_institution("al-police", "al")))
    assert stranger.get(address).status_code == 404
    confirm(case.second, made, case.given)
    assert case.holds()
    for again in (confirm, refuse):
        with pytest.raises(Decided):
            again(case.second, made)  # type: ignore[operator]
    entries = Entry.objects.filter(detail__proposal_number=made.pk).order_by("id")
    assert [one.actor for one in entries] == [case.first.actor, case.second.actor]
    assert list(problems()) == []


def test_it_is_sent_back_or_taken_back_and_proposed_again(case: Case) -> None:
    for by in (case.second, case.first):
        made = case.propose()
        assert made is not None
        refuse(by, made, "Not yet.")
        assert not case.holds()
        made.refresh_from_db()
        assert made.decided_by == by and not made.confirmed
    assert list(problems()) == []


def test_it_is_not_confirmed_once_it_was_altered(case: Case) -> None:
    made = case.propose()
    assert made is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(pk=made.pk).update(proposed="2020-01-01 00:00:00+00:00")
    for change in ("proposed = '2020-01-01 00:00:00+00:00'", "reason = 'Another one'", "values = '{}'"):
        tamper(f"UPDATE proposals_proposal SET {change}")
        with pytest.raises((Altered, Refused, Http404, KeyError)):
            confirm(case.second, Proposal.objects.get(pk=made.pk))
        assert not case.holds() and list(problems()) != []


def test_no_row_without_its_entry(case: Case) -> None:
    made = case.propose()
    assert made is not None
    refuse(case.second, made)
    made.refresh_from_db()
    forged = {"decided": None, "decided_by": None, "confirmed": False}
    with pytest.raises(DatabaseError), transaction.atomic():
        copied(made, **forged)
        connection.check_constraints()  # the guard asks at the end
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.all().delete()
    with no_guards():
        copy = copied(made, **forged)
    with pytest.raises((Altered, Http404, Refused, KeyError)):
        confirm(case.first if case.first.pk != made.proposed_by_id else case.second, copy)
    assert not case.holds()


def test_what_an_older_kodeks_left_waiting_is_taken_over_and_watched() -> None:
    """Of two that wait for the same document the newer goes on."""
    instrument = make_draft(classification=Classification.TLP_AMBER_STRICT).instrument
    first, second = (make_person(Role.COORDINATOR, instrument.owner) for _ in range(2))
    columns = {
        "thing": f"instrument:{instrument.pk}",
        "values": {"classification": "tlp_amber"},
        "proposed_by_id": first.pk,
        "proposed": timezone.now(),
    }
    take_over(apps, "classification", [columns, columns])
    connection.check_constraints()
    assert list(problems()) == []
    waits = Proposal.objects.about(instrument).waiting().get()
    tamper(
        f"UPDATE proposals_proposal SET decided = now(), decided_by_id = {second.pk}, confirmed = true "
        f"WHERE id = {waits.pk}"
    )
    assert list(problems()) == [f"proposal:{waits.pk}: the trail tells of another decision"]
    tamper(
        f"UPDATE proposals_proposal SET decided = NULL, decided_by_id = NULL, confirmed = false "
        f"WHERE id = {waits.pk}"
    )
    confirm(second, Proposal.objects.get(pk=waits.pk))
    assert list(problems()) == []


def copied(row: Proposal, **other: object) -> Proposal:
    """Inserts the row once more, with something else in it."""
    fields = [field for field in row._meta.concrete_fields if field.name != "id"]
    values = {field.name: getattr(row, field.name) for field in fields}
    return Proposal.objects.create(**values | other)
