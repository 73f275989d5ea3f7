"""The texts that the tests of the search page look for, and how they ask."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from documents.actions.edit_contacts import enter_contact
from documents.models import Contact, Edition
from people.roles import Role
from search.outbox import drain
from tests.support.factories import (
    make_country,
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
)
from tests.support.html import PageClient, squeeze

UIDS = [f"00000000-0000-4000-8000-{index:012d}" for index in range(4)]
SR = (
    (1, "Општа правила", "Поступање са жртвама трговине људима."),
    (2, "Први разговор", "Разговор са жртвом води социјални радник у року од 24 сата."),
    (2, "Деца", "Разговор са дететом води стручњак."),
)
EN = (
    (1, "General rules", "How victims are treated."),
    (2, "First interview", "A social worker holds the interview within 24 hours."),
    (2, "Children", "An expert speaks with the child."),
)
MK = (
    (1, "Општо", "Текст."),
    (2, "Прв разговор", "Разговорот со жртвата е насамо."),
    (1, "Транзит", "Транзитен центар."),
)


def make_texts() -> dict[str, Edition]:
    """Procedures of Serbia, in Serbian and English; of North Macedonia, in two editions; a draft."""
    make_country("rs", languages=["sr"], name_en="Serbia", name_sr="Србија")
    make_country("mk", name_en="North Macedonia", name_mk="Северна Македонија")
    serbian = make_in_force(
        slug="rs-sop",
        owner=make_institution("rs-coordinator"),
        languages=("sr", "en"),
        tree=make_tree("sr", "Процедуре", SR, UIDS),
        translations=[make_tree("en", "Procedures", EN, UIDS)],
    )
    macedonian = make_in_force(
        slug="mk-sop",
        languages=("mk",),
        tree=make_tree("mk", "Постапки", MK, UIDS),
        valid_from=date(2025, 1, 1),
    )
    draft = make_draft(slug="mk-nrm", languages=("mk",), tree=make_tree("mk", "Нацрт", MK, UIDS))
    enter_contact(
        Contact(
            instrument=serbian.instrument,
            uid=UIDS[1],
            names={"sr": "Центар"},
            number="011",
            tel="011",
            checked=date(2026, 1, 1),
        )
    )
    return {"rs": serbian, "mk": macedonian, "draft": draft}


@pytest.fixture(scope="module")
def texts_once(once: Callable[..., Any]) -> dict[str, Edition]:
    made: dict[str, Edition] = once(make_texts)
    return made


@pytest.fixture(autouse=True)
def texts(texts_once: dict[str, Edition], db: None, search_index: object) -> dict[str, Edition]:
    """These in an index of the test's own."""
    drain()
    return copy.deepcopy(texts_once)


@pytest.fixture
def office() -> Client:
    """A practitioner of North Macedonia."""
    client = PageClient()
    client.force_login(make_person(Role.PRACTITIONER))
    return client


def get(client: Client, query: str, tag: str = "en") -> str:
    response = client.get(f"/{tag}/search/?{query}")
    assert response.status_code == 200
    return unescape(squeeze(response.content.decode()))


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())
