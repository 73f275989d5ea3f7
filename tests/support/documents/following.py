"""An adopted edition of which a language follows, and the people who write, check and adopt it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from documents.actions import adopt_language
from documents.actions.adopt_edition import adopt_edition
from documents.actions.assign import assign
from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.editions import adoption_checks
from documents.models import Edition, LanguageVersion, Section
from people.models import User
from people.roles import Role
from tests.support.factories import beside, body, make_act, make_draft, make_institution, make_person
from tests.support.html import flat, signed_in

Cast = dict[str, Any]
DAY = date(2024, 1, 1)


@pytest.fixture
def no_review(monkeypatch: pytest.MonkeyPatch) -> None:
    """The review is tested in its own room; here the text goes straight from its submission to its act."""
    monkeypatch.setattr(adoption_checks, "_gates", [])


@pytest.fixture
def cast(no_review: None) -> Cast:
    """An edition in mk and sq (authentic) and en (courtesy), of which the act covers mk alone."""
    draft = make_draft(authentic=["mk", "sq"])
    owner = draft.instrument.owner
    coordinator = make_person(Role.COORDINATOR, owner)
    translator = make_person(Role.TRANSLATOR, owner, languages=["sq", "en"])
    for language in ("sq", "en"):
        assign(coordinator, draft, translator, language)
    submit_edition(coordinator, draft)
    draft.refresh_from_db()
    adopt_edition(coordinator, draft, [make_act()], DAY, ["en"])
    return {
        "edition": Edition.objects.select_related("instrument").get(pk=draft.pk),
        "coordinator": coordinator,
        "translator": translator,
        "reviewer": make_person(Role.REVIEWER, owner),
        "practitioner": make_person(Role.PRACTITIONER, owner),
        "stranger": make_person(Role.REVIEWER, make_institution("mk-other")),
    }


def version(cast: Cast, language: str = "sq") -> LanguageVersion:
    found = LanguageVersion.objects.select_related("edition__instrument").filter(edition=cast["edition"])
    return found.filter(language=language).order_by("-number")[0]


def write(cast: Cast, language: str, text: str) -> None:
    """Every section in another language, written anew by its translator."""
    for row in Section.objects.filter(edition=cast["edition"]).order_by("position"):
        opened = getattr(row, f"text_hash_{language}")
        edition, uid = cast["edition"], str(row.uid)
        seen = beside(edition, uid)
        save_section(cast["translator"], edition, uid, language, body(text, f"{text}."), opened, seen=seen)


def read(user: User, address: str) -> str:
    response = signed_in(user).get(address)
    assert response.status_code == 200, address
    return flat(response.content.decode())


def approved(cast: Cast, language: str) -> LanguageVersion:
    adopt_language.submit(cast["translator"], version(cast, language))
    waiting = version(cast, language)
    adopt_language.check(cast["reviewer"], waiting, True, "", waiting.sha256)
    return version(cast, language)
