"""A library with open texts, and closed ones whose words are marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from directory.levels import Level
from documents.actions.classify import change_classification
from documents.actions.record_prior_adoption import propose_prior
from documents.choices import Classification
from documents.models import Edition
from people.roles import Role
from proposals.actions.decide import confirm
from public.models import CampaignPage
from tests.support.directory.records import make_organisation, make_service
from tests.support.factories import (
    make_act,
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
)
from tests.support.public.fixtures import make_campaign

MARK = "Zatvoreno"
"""Stands in the title and in every section of what is closed."""


@dataclass
class Library:
    """``open``: in force, in Macedonian, Albanian and Serbian, with a gazette. ``once_open``: closed since."""

    open: Edition
    once_open: Edition
    closed: list[Edition]
    campaign: dict[str, CampaignPage]


def make_library() -> Library:
    campaign = make_campaign()
    closed = [
        make_in_force(slug=slug, tree=_marked(slug), translations=[_marked(slug, "sq")], languages=["mk", "sq"], classification=kind)
        for slug, kind in (
            ("official", Classification.OFFICIAL), ("amber", Classification.TLP_AMBER), ("red", Classification.TLP_RED),
        )
    ]  # fmt: skip
    closed.append(
        make_draft(
            slug="draft", tree=_marked("draft"), languages=["mk", "sq"], translations=[_marked("draft", "sq")]
        )
    )
    once_open = make_in_force(slug="once-open", tree=_marked("once"), languages=["mk"], translations=[])
    owner = once_open.instrument.owner
    change_classification(
        make_person(Role.COORDINATOR, owner), once_open.instrument, Classification.OFFICIAL, "why"
    )
    helpers = make_organisation()
    make_service(helpers, key="open-house")
    make_service(helpers, key="quiet-house", seen_level=Level.NAMED)
    return Library(_open(), once_open, closed, campaign)


def _open() -> Edition:
    owner = make_institution("mk-coordinator")
    draft = make_draft(
        slug="open", owner=owner, languages=["mk", "sq", "sr"], topics=["children"],
        tree=make_tree("mk", "Процедури"), translations=[make_tree("sq", "Procedurat"), make_tree("sr", "Процедуре")],
    )  # fmt: skip
    act = make_act(
        gazette="Службен весник", gazette_number="7", gazette_year=2024, published=date(2023, 12, 20)
    )
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    confirm(second, propose_prior(first, draft, act, date(2024, 1, 1)))
    return Edition.objects.select_related("instrument").get(pk=draft.pk)


def _marked(slug: str, language: str = "mk") -> Any:
    return make_tree(language, f"{MARK} {slug}", [(1, f"{MARK} {slug}", f"{MARK} {slug} {language}.")])


@pytest.fixture(scope="module")
def library_once(once: Callable[..., Any]) -> Library:
    made: Library = once(make_library)
    return made


@pytest.fixture
def library(library_once: Library, db: None) -> Library:
    return library_once
