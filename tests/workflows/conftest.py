"""A country with its institutions and people, and a text that goes through its review. Everything by the real actions."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from documents.actions.adopt_edition import ActData
from documents.actions.create_instrument import create_instrument
from documents.actions.save_section import save_section
from documents.choices import ActKind, Classification
from documents.models import Edition
from documents.text import Section, SectionText, SectionTree, text_hash
from documents.text_storage import load_tree, store_translation, store_tree
from people.models import Country, Institution, Membership, User
from people.roles import Role
from tests.once import commits
from tests.services.migrated import migrated as make_migrated
from tests.services.postgres import Postgres
from tests.workflows.forked import Run, ready
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Procedure, Review, Seat
from workflows.pages.review import comparison_cache

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough password"
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
            Plan((Asked(self.interior, self.goran), Asked(self.social, self.biljana)), **first),  # type: ignore[arg-type]
            Plan((Asked(self.justice, self.teuta),)),
            Plan(),
        ]

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
    Membership.objects.create(user=user, institution=institution, role=role)
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


@pytest.fixture(scope="session")
def migrated(postgres_cluster: Postgres) -> Callable[[str], str]:
    """Makes PostgreSQL databases for scripts of this folder, by name: copies of one that has all tables."""
    make_migrated(postgres_cluster, "kodeks_migrated")
    return lambda name: postgres_cluster.new_database(name, template="kodeks_migrated")


@pytest.fixture(scope="module")
def scripts(postgres_cluster: Postgres) -> Iterator[Run]:
    """Runs scripts of this folder in processes of their own (tests/workflows/forked.py)."""
    with ready(postgres_cluster.url("postgres")) as run:
        yield run


@dataclass
class Begun:
    """What is made once for the tests of a file, as the first one needs it: a cast, then a review of its text, and what comes
    of that. Nothing where it must be made for each test."""

    cast: Cast | None = None
    review: Review | None = None
    further: dict[str, Any] = field(default_factory=dict)

    def go_on(
        self, request: pytest.FixtureRequest, name: str, make: Callable[[Cast, Review], object]
    ) -> None:
        """Keeps what ``make`` makes of the cast and the review; the fixture of that name belongs into tests.once.MUCH."""
        cast, review = self.cast, self.review
        if cast is not None and review is not None:
            self.further[name] = request.getfixturevalue("once")(lambda: make(cast, review))


@pytest.fixture(scope="module")
def begun_once(request: pytest.FixtureRequest) -> Begun:
    return Begun() if commits(request) else Begun(request.getfixturevalue("once")(make_cast))


@pytest.fixture(scope="module")
def review_once(request: pytest.FixtureRequest, begun_once: Begun) -> None:
    if begun_once.cast is not None:
        begun_once.review = request.getfixturevalue("once")(begun_once.cast.start)


@pytest.fixture
def begun(begun_once: Begun, db: None) -> Begun:
    """A copy of one's own: what a test changes in it is taken back, as in the database."""
    # Comparisons are kept by ids and hashes of texts, and here the same ids come again with the same texts.
    comparison_cache.forget()
    return copy.deepcopy(begun_once)


@pytest.fixture
def cast(begun: Begun) -> Cast:
    return begun.cast or make_cast()


@pytest.fixture
def review(review_once: None, begun: Begun, cast: Cast) -> Review:
    """A review in its first stage: Interior and Social Policy are asked."""
    return begun.review or cast.start()


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
        "signed_file": b"%PDF-1.7 signed",
    }
    return ActData(**(known | other))  # type: ignore[arg-type]
