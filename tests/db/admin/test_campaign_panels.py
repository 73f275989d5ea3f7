"""The admin's first page and a campaign's form: languages, what is out of date, numbers that need somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Task, Workflow

from people.roles import Role
from public.actions.change_hotline import change_hotline
from public.models import CampaignPage, HomePage
from public.office.translations import WANTED, CampaignState, campaigns
from public.set_up import first_page_in
from tests.support.admin.campaigns import a_number, edit, write
from tests.support.factories import make_institution, make_person
from tests.support.public.fixtures import make_countries

SignIn = Callable[..., Client]


BEFORE = dict.fromkeys(WANTED, CampaignState.MISSING) | dict.fromkeys(("en", "mk"), CampaignState.LIVE)


@pytest.fixture
def campaign(sign_in: SignIn) -> CampaignPage:
    make_countries()
    return write(sign_in(Role.PUBLISHER), publish=True)


def test_a_translation_is_marked_when_its_source_was_published_again(
    campaign: CampaignPage, sign_in: SignIn
) -> None:
    first_page_in("mk", "Почетна")
    translated = campaign.copy_for_translation(Locale.objects.get(language_code="mk"))
    translated.title = "Превод"
    translated.save_revision().publish()
    browser = sign_in(Role.PUBLISHER)
    form = f"/admin/pages/{translated.pk}/edit/"
    assert states() == BEFORE
    assert "published again" not in browser.get(form).content.decode()
    edit(browser, campaign, "Safer work", publish=True)
    assert states() == BEFORE | {"mk": CampaignState.STALE}
    shown = browser.get(form).content.decode()
    assert "published again" in shown and f"/admin/translation/submit/page/{translated.pk}/" in shown
    assert "The source has changed since" in browser.get("/admin/").content.decode()
    translated.refresh_from_db()
    translated.save_revision().publish()
    assert states()["mk"] == CampaignState.LIVE


def states() -> dict[str, CampaignState]:
    (found,) = campaigns(make_person(Role.PUBLISHER, make_institution()))
    return {one.language: one.state for one in found.languages}


def test_draft_scheduled_and_missing(campaign: CampaignPage) -> None:
    first_page_in("sq", "Kryefaqja")
    campaign.copy_for_translation(Locale.objects.get(language_code="sq"))
    assert states()["sq"] == CampaignState.DRAFT
    campaign.title = "Another"
    campaign.save_revision()
    assert states()["en"] == CampaignState.CHANGED
    other = CampaignPage(title="Other", slug="other", lead="x", locale=campaign.locale, country_id="al")
    HomePage.objects.get(locale__language_code="en").add_child(instance=other)
    albanian = make_person(Role.PUBLISHER, make_institution("al-interior"))
    assert [one.original.pk for one in campaigns(albanian)] == [other.pk]
    other.go_live_at = timezone.now() + timezone.timedelta(days=3)
    other.save_revision().publish()
    states_there = {one.language: one.state for one in campaigns(albanian)[0].languages}
    assert states_there["en"] == CampaignState.SCHEDULED and states_there["sq"] == CampaignState.MISSING


def test_the_first_page_names_numbers_that_need_somebody(campaign: CampaignPage, sign_in: SignIn) -> None:
    number, proposer = a_number(), sign_in(Role.PUBLISHER)
    assert "Numbers not checked for 90 days" in proposer.get("/admin/").content.decode()
    assert "0800 000 000" in proposer.get("/admin/").content.decode()
    number.tel, number.number, number.checked = "0800111", "0800111", date.today()
    change = change_hotline(proposer.person, number)  # type: ignore[attr-defined]
    assert change is not None
    decide = f"/admin/numbers/{change.pk}/decide/"
    assert "You can confirm it" not in proposer.get("/admin/").content.decode()
    for role in (Role.PUBLISHER, Role.OPERATOR):
        shown = sign_in(role).get("/admin/").content.decode()
        assert decide in shown and "You can confirm it" in shown
        assert decide in sign_in(role).get("/en/").content.decode()
    assert decide not in sign_in(Role.COORDINATOR).get("/admin/").content.decode()


def test_there_is_no_group_or_workflow_that_nobody_here_uses(campaign: CampaignPage, sign_in: SignIn) -> None:
    assert not Workflow.objects.exists() and not Task.objects.exists()
    shown = sign_in(Role.PUBLISHER).get(f"/admin/pages/{campaign.pk}/edit/").content.decode()
    assert "action-submit" not in shown and "Moderators" not in shown
