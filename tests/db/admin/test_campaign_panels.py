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
from public.office.translations import Publication, campaigns
from public.set_up import first_page_in
from public.translation.states import State
from tests.support.admin.campaigns import a_number, write
from tests.support.factories import make_institution, make_person
from tests.support.public.fixtures import make_countries

SignIn = Callable[..., Client]


@pytest.fixture
def campaign(sign_in: SignIn) -> CampaignPage:
    make_countries()
    return write(sign_in(Role.PUBLISHER), publish=True)


def test_a_translation_is_marked_when_its_source_changed(campaign: CampaignPage, sign_in: SignIn) -> None:
    first_page_in("mk", "Почетна")
    translated = campaign.copy_for_translation(Locale.objects.get(language_code="mk"))
    assert states()["mk"] == (State.MISSING, Publication.DRAFT)
    translate(translated)
    translated.save_revision().publish()
    browser = sign_in(Role.PUBLISHER)
    form, beside = f"/admin/pages/{translated.pk}/edit/", f"/admin/translations/{campaign.pk}/mk/"
    assert states()["mk"] == (State.CURRENT, Publication.LIVE)
    assert states()["sq"] == (State.ABSENT, None) and states()["en"] == (State.CURRENT, Publication.LIVE)
    assert "Up to date" in browser.get(form).content.decode()
    campaign.title = "Safer work"
    campaign.save_revision().publish()
    assert states()["mk"] == (State.STALE, Publication.LIVE)
    for address in (form, "/admin/", "/admin/translations/"):
        shown = browser.get(address).content.decode()
        assert "Out of date" in shown and beside in shown


def translate(page: CampaignPage) -> None:
    """Another text in each field, as a translator types it."""
    page.title, page.lead = "Превод", "Една реченица."
    for block in page.body:
        block.value["heading"] = "Наслов"
        if block.block_type == "prepare":
            block.value["points"].bound_blocks[0].value = "Прашајте."


def states() -> dict[str, tuple[State, Publication | None]]:
    (found,) = campaigns(make_person(Role.PUBLISHER, make_institution()))
    return {one.language: (one.state, one.publication) for one in found.cells}


def test_draft_scheduled_and_missing(campaign: CampaignPage) -> None:
    first_page_in("sq", "Kryefaqja")
    campaign.copy_for_translation(Locale.objects.get(language_code="sq"))
    assert states()["sq"] == (State.MISSING, Publication.DRAFT)
    campaign.title = "Another"
    campaign.save_revision()
    assert states()["en"] == (State.CURRENT, Publication.CHANGED)
    other = CampaignPage(title="Other", slug="other", lead="x", locale=campaign.locale, country_id="al")
    HomePage.objects.get(locale__language_code="en").add_child(instance=other)
    albanian = make_person(Role.PUBLISHER, make_institution("al-interior"))
    assert [one.original.pk for one in campaigns(albanian)] == [other.pk]
    other.go_live_at = timezone.now() + timezone.timedelta(days=3)
    other.save_revision().publish()
    there = {one.language: one for one in campaigns(albanian)[0].cells}
    assert there["en"].publication == Publication.SCHEDULED and there["sq"].state == State.ABSENT


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
