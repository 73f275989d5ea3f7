"""A country with its institutions and people, and a text that goes through its review, all by the real
actions."""

from __future__ import annotations

import copy
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from documents.actions.adopt_edition import ActData, adopt_edition
from documents.actions.create_instrument import create_instrument
from documents.actions.save_section import save_section
from documents.choices import ActKind, Classification
from documents.editions.text_storage import load_tree, store_translation, store_tree
from documents.models import Comment, Edition
from documents.text import Section, SectionText, SectionTree, text_hash
from people.actions.invite import enter_role
from people.models import Country, Institution, User
from people.roles import Role
from tests.support.html import PageClient
from tests.support.pdf import PDF
from workflows.actions.comments import write_comment
from workflows.actions.end_coordination import end_coordination
from workflows.actions.sign_off import sign_off
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review, Seat, SignOff

PASSWORD = "a long enough password"
CONFIRMED = {"answers": "confirmed"}
"""What the last button of the page that checks answers adds to a form."""


TEXTS = [
    (
        "Identification",
        "Идентификација",
        "The social worker assesses the danger within 24 hours.",
        "Социјалниот работник ја проценува опасноста во рок од 24 часа.",
    ),
    (
        "First interview",
        "Прв разговор",
        "The interview is held in a safe place.",
        "Разговорот се води на безбедно место.",
    ),
    ("Interpreter", "Толкувач", "The interpreter signs a declaration.", "Толкувачот потпишува изјава."),
]


def body(heading: str, *paragraphs: str) -> dict[str, object]:
    return {
        "heading": [{"type": "text", "text": heading}],
        "blocks": [
            {"type": "paragraph", "attrs": {}, "content": [{"type": "text", "text": paragraph}]}
            for paragraph in paragraphs
        ],
        "notes": {},
    }


def fill(edition: Edition) -> list[str]:
    """Three sections in Macedonian and English; gives their uids."""
    from documents.text import normalise_body

    uids = [str(uuid.uuid4()) for _ in TEXTS]

    def tree(language: str) -> SectionTree:
        place = {"en": (0, 2), "mk": (1, 3)}[language]
        return SectionTree(
            language,
            "",
            tuple(
                Section(
                    uid,
                    1,
                    "section",
                    SectionText(str(n), normalise_body(body(text[place[0]], text[place[1]]))),
                )
                for n, (uid, text) in enumerate(zip(uids, TEXTS, strict=True), 1)
            ),
        )

    store_tree(edition, tree("mk"))
    store_translation(edition, tree("en"))
    return uids


@dataclass
class Cast:
    """The people by what they do: coordinator and drafter of the commission, one reviewer an institution."""

    country: Country
    commission: Institution
    interior: Institution
    social: Institution
    justice: Institution
    health: Institution
    coordinator: User
    second: User
    drafter: User
    goran: User
    biljana: User
    teuta: User
    outsider: User
    edition: Edition
    uids: list[str] = field(default_factory=list)

    @property
    def procedure(self) -> Procedure:
        return Procedure.objects.get(key="joint-order")

    def plans(self, **first: object) -> list[Plan]:
        return [
            Plan((Respondent(self.interior, self.goran), Respondent(self.social, self.biljana)), **first),  # type: ignore[arg-type]
            Plan((Respondent(self.justice, self.teuta),)),
            Plan(),
        ]

    def another(self, slug: str) -> Cast:
        """The same people with a text of their own."""
        found = copy.copy(self)
        found.edition = create_instrument(
            self.coordinator,
            owner=self.commission,
            slug=slug,
            kind="sop",
            titles={"mk": "Процедури", "en": "Procedures"},
            languages=["mk", "en"],
            source_language="mk",
            classification="public",
        )
        found.uids = fill(found.edition)
        return found

    def start(self) -> Review:
        return start_review(self.coordinator, self.edition, self.procedure, self.plans())

    def change(self, place: int, *paragraphs: str, by: User | None = None) -> None:
        """Somebody edits a section of the draft in Macedonian."""
        uid = self.uids[place]
        old = load_tree(self.edition, "mk").by_uid[uid].text.body
        save_section(
            by or self.drafter, self.edition, uid, "mk", body(TEXTS[place][1], *paragraphs), text_hash(old)
        )


def person(name: str, institution: Institution, role: Role, language: str = "en") -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name, language=language)
    enter_role(user, institution, role)
    return user


def make_cast(classification: str = Classification.PUBLIC) -> Cast:
    country = Country.objects.create(
        code="mk", name_en="North Macedonia", time_zone="Europe/Skopje", languages=["mk", "sq"]
    )

    def institution(key: str, name: str, kind: str = Institution.Kind.MINISTRY) -> Institution:
        return Institution.objects.create(key=f"mk-{key}", country=country, name_en=name, kind=kind)

    commission = institution("coordinator", "National Commission", Institution.Kind.COORDINATION)
    interior, social = (
        institution("interior", "Ministry of Interior"),
        institution("social", "Ministry of Social Policy"),
    )
    justice, health = (
        institution("justice", "Ministry of Justice"),
        institution("health", "Ministry of Health"),
    )
    coordinator = person("Elena", commission, Role.COORDINATOR)
    edition = create_instrument(
        coordinator,
        owner=commission,
        slug="sop",
        kind="sop",
        titles={"mk": "Процедури", "en": "Procedures"},
        languages=["mk", "en"],
        source_language="mk",
        classification=classification,
    )
    return Cast(
        country=country,
        commission=commission,
        interior=interior,
        social=social,
        justice=justice,
        health=health,
        coordinator=coordinator,
        second=person("Bojan", commission, Role.COORDINATOR),
        drafter=person("Marija", commission, Role.DRAFTER),
        goran=person("Goran", interior, Role.REVIEWER),
        biljana=person("Biljana", social, Role.REVIEWER),
        teuta=person("Teuta", justice, Role.REVIEWER),
        outsider=person("Ivana", health, Role.REVIEWER),
        edition=edition,
        uids=fill(edition),
    )


def seat_of(review: Review, institution: Institution) -> Seat:
    return Seat.objects.select_related("stage__review__manifest").get(
        stage__review=review, institution=institution
    )


def act(**other: object) -> ActData:
    known: dict[str, object] = {
        "body": "Government",
        "kind": ActKind.GOVERNMENT_DECISION,
        "number": "40-1/2026",
        "date": date(2026, 1, 15),
        "signed_file": PDF,
    }
    return ActData(**(known | other))  # type: ignore[arg-type]


def sign(user: User, seat: Seat, choice: str = "agree", reason: str = "") -> SignOff:
    return sign_off(user, seat, choice, reason, seat.stage.review.manifest.sha256)


def client_of(user: User) -> Client:
    client = PageClient()
    client.force_login(user)
    return client


def page_of(user: User, address: str) -> str:
    """What a user reads at an address."""
    return client_of(user).get(address).content.decode()


def to(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def pass_all(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    sign(cast.teuta, seat_of(review, cast.justice))


STAGES = [
    {"kind": "consultation", "institutions": ["interior", "social"], "silence": "assent"},
    {"kind": "coordination"},
    {"kind": "sign_off", "institutions": ["interior"]},
    {"kind": "opinion", "institutions": ["justice"], "together": True},
    {"kind": "adoption"},
]


def open_review(cast: Cast, stages: list[dict[str, object]] | None = None, begin: int = 1) -> Review:
    """A review that begins with a consultation of Interior and Social Policy."""
    procedure, _ = Procedure.objects.get_or_create(
        key="mk-own", defaults={"name": "Own", "stages": stages or STAGES}
    )
    plans = [
        Plan((Respondent(cast.interior, cast.goran), Respondent(cast.social, cast.biljana))),
        Plan(),
        Plan((Respondent(cast.interior, cast.goran),)),
        Plan((Respondent(cast.justice, cast.teuta),)),
        Plan(),
    ]
    return start_review(cast.coordinator, cast.edition, procedure, plans, begin)


def two_at_once(cast: Cast, kind: str) -> Review:
    """A review that begins with two stages of that kind at the same time, of Interior and of Justice."""
    stages: list[dict[str, object]] = [
        {"kind": kind, "institutions": ["interior"]},
        {"kind": kind, "institutions": ["justice"], "together": True},
        {"kind": "coordination"},
        {"kind": "sign_off", "institutions": ["social"]},
        {"kind": "adoption"},
    ]
    procedure = Procedure.objects.create(key="mk-own", name="Own", stages=stages)
    plans = [
        Plan((Respondent(cast.interior, cast.goran),)),
        Plan((Respondent(cast.justice, cast.teuta),)),
        Plan(),
        Plan((Respondent(cast.social, cast.biljana),)),
        Plan(),
    ]
    return start_review(cast.coordinator, cast.edition, procedure, plans)


def seat_in(review: Review, order: int, institution: Institution) -> Seat:
    return (
        review.stages.get(order=order)
        .seats.select_related("stage__review__manifest")
        .get(institution=institution)
    )


def consult(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.biljana, seat_in(review, 1, cast.social), "agree_with_remarks", "A remark.")


def locked(cast: Cast, review: Review) -> Review:
    consult(cast, review)
    end_coordination(cast.coordinator, review.stages.get(order=2))
    return Review.objects.get(pk=review.pk)


def say(cast: Cast, review: Review, by: User | None = None, **other: Any) -> Comment:
    known: dict[str, Any] = {"text": "Too long.", "quote": "24 часа", "suggestion": "12 часа"} | other
    return write_comment(by or cast.goran, review, cast.uids[0], "mk", **known)


def hash_now(cast: Cast) -> str:
    return text_hash(load_tree(cast.edition, "mk").by_uid[cast.uids[0]].text.body)


def pdf(name: str = "act.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def act_form(**other: object) -> dict[str, object]:
    return (
        CONFIRMED
        | {
            "acts": "1",
            "act0-body": "Government",
            "act0-kind": "government_decision",
            "act0-number": "40-1/2026",
            "act0-date": "2026-01-15",
            "act0-protocol": "08-1234/1",
            "act0-session": "83",
            "act0-gazette": "Official Gazette",
            "act0-gazette_number": "7",
            "act0-gazette_year": "2026",
            "act0-published": "2026-01-20",
            "act0-signed": pdf(),
            "valid_from": "2026-02-01",
            # The texts of these tests are signed off today: that the act is older is confirmed.
            "antedated": "2026-01-15",
        }
        | other
    )


def form_of(client: object, address: str) -> dict[str, object]:
    """What the page's form would send, as it was opened."""
    context = client.get(address).context  # type: ignore[attr-defined]
    data: dict[str, object] = {"count": context["count"], "seen": context["seen"]}
    for form in [context["about"], *context["stages"]]:
        for bound in form:
            value = bound.initial
            if value not in (None, False):
                data[bound.html_name] = value
    return data


def fresh(review: Review) -> Review:
    return Review.objects.get(pk=review.pk)


def adopt(cast: Cast, review: Review) -> None:
    sign(cast.teuta, seat_of(review, cast.justice))
    cast.edition.refresh_from_db()
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
