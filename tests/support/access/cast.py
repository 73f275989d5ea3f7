"""Readers of every kind, and texts of each classification and state with a canary word of their own in each."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from documents.actions.assign import assign
from documents.actions.record_corrigendum import propose_corrigendum
from documents.actions.record_prior_adoption import propose_prior
from documents.actions.start_revision import start_revision
from documents.actions.submit_edition import make_manifest
from documents.actions.withdraw import repeal, withdraw
from documents.choices import Classification, State
from documents.editions.text_storage import store_translation, store_tree
from documents.models import Edition, Section
from documents.models.access_table import Given, Place, may, reads
from people.actions.groups import sync_groups
from people.models import Institution, User
from people.roles import DRAFTING, Role, Verb
from proposals.actions.decide import confirm
from tests.support.factories import make_act, make_draft, make_institution, make_person, make_tree
from tests.support.tampering import unguarded
from workflows.actions.comments import write_comment
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import ReviewState
from workflows.models import Procedure, Review

CANARY = re.compile(r"kanar[0-9]{4}q")
LANGUAGES = ("mk", "sq")
PUBLIC = "public.test"
STAGES: list[dict[str, object]] = [
    {"kind": "sign_off", "institutions": ["interior"], "silence": "assent"},
    {"kind": "adoption"},
]


@dataclass
class Reader:
    """``place``: of the institution, seen from the one that is responsible; None where no role counts."""

    name: str
    user: User | None = None
    role: Role | None = None
    place: Place | None = None
    host: str = "testserver"
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client = Client(
            headers={"host": self.host}, REMOTE_ADDR="192.0.2.1", raise_request_exception=False
        )
        if self.user is not None:
            sync_groups(self.user)
            self.client.force_login(self.user)

    @property
    def signed_in(self) -> bool:
        return self.user is not None and self.user.is_active


@dataclass
class Text:
    """An edition, its words, and what else an address can name of it."""

    edition: Edition
    canary: str
    instrument_canary: str
    asked: Collection[str] = ()
    """Who was asked, by the reader's name."""
    review: Review | None = None
    ids: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.edition.instrument.classification} {self.edition.state}"


@dataclass
class World:
    readers: list[Reader]
    texts: list[Text]

    def may_read(self, reader: Reader, text: Text) -> bool:
        """What the table says; nothing here asks the rules or the database."""
        given = set()
        if reader.name in NAMED:
            given.add(Given.NAMED)
        if reader.name in text.asked:
            given.add(Given.ASKED)
        instrument = text.edition.instrument
        needed = reads(
            reader.role, reader.place, Classification(instrument.classification), State(text.edition.state)
        )
        return needed is not None and needed <= given

    def may(self, reader: Reader, text: Text, verb: Verb) -> bool:
        if verb == Verb.READ or reader.role is None or reader.place is None:
            return verb == Verb.READ and self.may_read(reader, text)
        given = {Given.NAMED} if reader.name in NAMED else set()
        if reader.name in text.asked:
            given |= {Given.ASKED} | ({Given.ASSIGNED} if reader.name == "translator" else set())
        kind, state = Classification(text.edition.instrument.classification), State(text.edition.state)
        return any(way <= given for way in may(reader.role, reader.place, kind, state, verb) or ())

    def sees_review(self, reader: Reader, text: Text) -> bool:
        """Who works for the responsible institution or is asked, where the text may be read."""
        works = reader.place == Place.OWNER and reader.role in DRAFTING
        return (
            text.review is not None and self.may_read(reader, text) and (works or reader.name in text.asked)
        )

    def readable(self, reader: Reader) -> set[str]:
        """The canaries that a reader may come across."""
        found = set()
        for text in self.texts:
            if self.may_read(reader, text):
                found |= {text.canary, text.instrument_canary}
        return found


NAMED = {"coordinator", "second coordinator", "reviewer", "named reader"}
"""Of TLP:RED."""
_numbers = count(1)


def next_canary() -> str:
    return f"kanar{next(_numbers):04}q"


def make_readers() -> list[Reader]:
    owner, interior = make_institution("mk-coordinator"), make_institution("mk-interior")
    social, health = make_institution("mk-social"), make_institution("mk-health")
    abroad = make_institution("al-interior")

    def person(name: str, role: Role, institution: Institution, place: Place | None, **fields: Any) -> Reader:
        user = make_person(role, institution, name, languages=LANGUAGES[:1], **fields)
        return Reader(name, user, role if place else None, place)

    ended = person("role ended", Role.COORDINATOR, owner, None)
    assert ended.user is not None
    ended.user.memberships.update(ends=timezone.localdate() - timedelta(days=1))
    return [
        Reader("anonymous", host=PUBLIC),
        Reader("anonymous in the office"),
        person("deactivated", Role.COORDINATOR, owner, None, is_active=False),
        ended,
        Reader("no role", make_person(name="no role")),
        person("delegate ended", Role.REVIEWER, interior, Place.SHARED),
        person("other institution", Role.COORDINATOR, health, Place.COUNTRY),
        person("other country", Role.COORDINATOR, abroad, Place.ABROAD),
        person("partner", Role.REGIONAL_PARTNER, abroad, Place.ABROAD),
        person("practitioner", Role.PRACTITIONER, social, Place.COUNTRY),
        person("named reader", Role.PRACTITIONER, health, Place.COUNTRY),
        person("drafter", Role.DRAFTER, owner, Place.OWNER),
        person("translator", Role.TRANSLATOR, owner, Place.OWNER),
        person("reviewer", Role.REVIEWER, interior, Place.SHARED),
        person("own reviewer", Role.REVIEWER, owner, Place.OWNER),
        person("coordinator", Role.COORDINATOR, owner, Place.OWNER),
        person("second coordinator", Role.COORDINATOR, owner, Place.OWNER),
        person("publisher", Role.PUBLISHER, health, Place.COUNTRY),
        person("operator", Role.OPERATOR, owner, Place.OWNER),
        Reader("superuser", make_person(name="superuser", is_superuser=True)),
    ]


class Maker:
    """Makes the texts of one classification: by the actions that people use, as far as these lead."""

    def __init__(self, readers: list[Reader], classification: Classification) -> None:
        self.people = {one.name: one.user for one in readers if one.user is not None}
        self.by, self.second = self.people["coordinator"], self.people["second coordinator"]
        self.classification = classification
        self.texts: list[Text] = []

    def draft(self, what: str) -> Text:
        known, own = next_canary(), next_canary()
        slug = f"{self.classification}-{what}".replace("_", "-")
        edition = make_draft(
            slug=slug,
            owner=make_institution("mk-coordinator"),
            by=self.by,
            classification=self.classification,
            languages=LANGUAGES,
            tree=make_tree(title=f"T {own}", sections=[(1, f"H {own}", f"P {own}."), (2, "H", f"P {own}.")]),
        )
        instrument = edition.instrument
        instrument.shared_with.set([make_institution("mk-interior")])
        if self.classification == Classification.TLP_RED:
            instrument.named_readers.set([self.people[name] for name in NAMED])
        with unguarded():
            type(instrument).objects.filter(pk=instrument.pk).update(
                **{f"title_{language}": f"I {known}" for language in LANGUAGES},
                short_titles=dict.fromkeys(LANGUAGES, known),
            )
        return self._keep(Text(edition, own, known))

    def _keep(self, text: Text) -> Text:
        """As it is in the database now."""
        text.edition = Edition.objects.select_related("instrument__owner").get(pk=text.edition.pk)
        section = Section.objects.filter(edition=text.edition).order_by("position")[0]
        text.ids |= {"uid": str(section.uid), "edition_id": text.edition.pk}
        if text not in self.texts:
            self.texts.append(text)
        return text

    def put_in_force(self, text: Text) -> None:
        act = make_act(body=f"A {text.canary}", number=text.canary)
        confirm(self.second, propose_prior(self.by, text.edition, act, date(2024, 1, 1)))
        self._keep(text)

    def revise(self, text: Text) -> Text:
        edition = start_revision(self.by, text.edition)
        own = next_canary()
        uids = [str(uid) for uid in Section.objects.filter(edition=edition).values_list("uid", flat=True)]
        for language, store in zip(LANGUAGES, (store_tree, store_translation), strict=True):
            store(
                edition,
                make_tree(language, f"T {own}", [(1, f"H {own}", f"P {own}."), (2, "H", f"P {own}.")], uids),
            )
        return self._keep(Text(edition, own, text.instrument_canary))

    def review(self, text: Text) -> None:
        strict = self.classification == Classification.TLP_AMBER_STRICT
        asked, where = ("own reviewer", "mk-coordinator") if strict else ("reviewer", "mk-interior")
        reviewer, institution = self.people[asked], make_institution(where)
        procedure, _ = Procedure.objects.get_or_create(
            key="mk-walk", defaults={"name": "Walk", "stages": STAGES}
        )
        text.review = start_review(
            self.by, text.edition, procedure, [Plan((Respondent(institution, reviewer),)), Plan()]
        )
        if asked == "reviewer" and self.classification != Classification.TLP_RED:
            today = timezone.localdate()
            given = (self.people["delegate ended"], today, today + timedelta(days=3), "On leave.")
            end_delegate(reviewer, delegate(reviewer, reviewer, institution, *given))
        uid = text.ids["uid"]
        text.ids["comment_pk"] = write_comment(reviewer, text.review, uid, "mk", f"C {text.canary}").pk
        text.asked = {asked}
        self._keep(text)

    def make(self) -> list[Text]:
        first = self.draft("in-force")
        self.put_in_force(first)
        second = self.revise(first)
        with unguarded():
            Edition.objects.filter(pk=first.edition.pk).update(
                state=State.SUPERSEDED, valid_until=date(2025, 1, 1)
            )
            Edition.objects.filter(pk=second.edition.pk).update(
                state=State.IN_FORCE, valid_from=date(2025, 1, 1), sha256="0" * 64
            )
        self._keep(first)
        self._keep(second)
        third = self.revise(second)
        if self.classification != Classification.TLP_RED:
            third.ids["assignment_id"] = assign(self.by, third.edition, self.people["translator"], "mk").pk
            third.asked = {"translator"}
        found = propose_corrigendum(
            self.by,
            second.edition,
            second.ids["uid"],
            "mk",
            f"P {second.canary}",
            f"W {second.canary}",
            "Slip.",
        )
        second.ids["corrigendum_id"] = found.pk
        self.review(self.draft("in-review"))
        repealed = self.draft("repealed")
        self.put_in_force(repealed)
        repeal(self.by, repealed.edition, f"R {repealed.canary}", date(2024, 6, 1))
        self._keep(repealed)
        withdrawn = self.draft("withdrawn")
        withdraw(self.by, withdrawn.edition, f"R {withdrawn.canary}")
        self._keep(withdrawn)
        approved = self.draft("approved")
        with unguarded():
            Review.objects.create(  # that nobody was asked in
                edition=approved.edition,
                manifest=make_manifest(approved.edition, self.by),
                round=1,
                procedure={"key": "mk-walk", "name": "Walk", "stages": STAGES},
                state=ReviewState.DONE,
                submitted_by=self.by,
                ended=timezone.now(),
            )
            Edition.objects.filter(pk=approved.edition.pk).update(
                state=State.APPROVED, valid_from=date(2099, 1, 1), submitted=timezone.now()
            )
        self._keep(approved)
        return self.texts


def make_world(classifications: Collection[Classification] = tuple(Classification)) -> World:
    readers = make_readers()
    texts = [text for kind in classifications for text in Maker(readers, kind).make()]
    return World(readers, texts)
