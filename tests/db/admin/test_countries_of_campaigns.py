"""Campaigns and numbers are changed for their own country, and numbers by two people, whatever way one takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import LogContext
from wagtail.models import Collection, Locale

from audit.models import Entry
from audit.verify import problems
from people.actions.groups import sync_groups
from people.models import Institution, User
from people.roles import Role
from public.actions.change_hotline import (
    add_hotline,
    change_hotline,
    confirm_change,
    enter_hotline,
    refuse_change,
)
from public.actions.second_person import DecidedAlready
from public.models import CampaignPage, HomePage, Hotline, Picture
from tests.support.admin.campaigns import a_number, browser_of, edit, page_data, write
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient
from tests.support.public.fixtures import PUBLIC, make_countries

WHO = ("own", "other", "region", "operator", "superuser", "drafter")


def person(who: str, country: str = "mk") -> User:
    key = {"other": "al-interior", "region": "mk-iom"}.get(who, f"{country}-coordinator")
    kind = Institution.Kind.INTERNATIONAL if who == "region" else Institution.Kind.MINISTRY
    role = {"operator": Role.OPERATOR, "superuser": Role.OPERATOR, "drafter": Role.DRAFTER}.get(
        who, Role.PUBLISHER
    )
    found = make_person(role, make_institution(key, kind=kind), is_superuser=who == "superuser")
    sync_groups(found)
    return found


@pytest.fixture
def campaign(db: None) -> CampaignPage:
    """A published campaign of North Macedonia."""
    make_countries()
    a_number()
    return write(browser_of(person("own")), publish=True)


def tries(page: CampaignPage) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every way of the admin that would change the page, by its name."""
    pk, revision = page.pk, page.latest_revision_id
    arabic = Locale.objects.get(language_code="ar")
    home = page.get_parent().pk
    return {
        "edit": (f"/admin/pages/{pk}/edit/", page_data("Taken over", publish=True)),
        "draft": (f"/admin/pages/{pk}/edit/", page_data("Taken over")),
        "autosave": (
            f"/admin/pages/{pk}/edit/",
            page_data("Taken over") | {"overwrite_revision_id": str(revision)},
        ),
        "revert": (f"/admin/pages/{pk}/edit/", page_data("Taken over") | {"revision": str(revision)}),
        "delete": (f"/admin/pages/{pk}/delete/", {}),
        "copy": (
            f"/admin/pages/{pk}/copy/",
            {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(home), "publish_copies": "on"},
        ),
        "alias": (
            f"/admin/pages/{pk}/copy/",
            {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(home), "alias": "on"},
        ),
        "move": (f"/admin/pages/{pk}/move/{home}/confirm/", {}),
        "privacy": (f"/admin/pages/{pk}/privacy/", {"restriction_type": "login"}),
        "lock": (f"/admin/pages/{pk}/lock/", {}),
        "translate": (
            f"/admin/translation/submit/page/{pk}/",
            {"locales": [arabic.pk], "include_subtree": ""},
        ),
        "bulk delete": (f"/admin/bulk/wagtailcore/page/delete/?id={pk}", {"next": "/admin/"}),
        "bulk publish": (f"/admin/bulk/wagtailcore/page/publish/?id={pk}", {"next": "/admin/"}),
        "bulk move": (f"/admin/bulk/wagtailcore/page/move/?id={pk}", {"chooser": str(home)}),
    }


def state(page: CampaignPage) -> tuple[Any, ...]:
    row = CampaignPage.objects.filter(pk=page.pk).first()
    return (
        row and (row.title, row.live, row.draft_title, row.latest_revision_id, row.locked, row.path),
        CampaignPage.objects.count(),
        row and row.get_view_restrictions().count(),
    )


@pytest.mark.parametrize("who", [one for one in WHO if one != "own"])
def test_nobody_changes_a_campaign_of_another_country(campaign: CampaignPage, who: str) -> None:
    HomePage.objects.get().copy_for_translation(Locale.objects.get(language_code="ar"))
    browser, before = browser_of(person(who)), state(campaign)
    for way, (address, data) in tries(campaign).items():
        answer = browser.post(address, data)
        assert answer.status_code in (200, 302, 403, 404), way
        assert state(campaign) == before, way


@pytest.mark.parametrize("who", WHO)
def test_own_publishers_and_the_operator_unpublish(campaign: CampaignPage, who: str) -> None:
    browser_of(person(who)).post(f"/admin/pages/{campaign.pk}/unpublish/")
    campaign.refresh_from_db()
    assert campaign.live is (who not in ("own", "operator", "superuser"))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("country", ["mk", "al", ""])
def test_a_campaign_is_made_for_the_own_country(db: None, who: str, country: str) -> None:
    make_countries()
    a_number()
    home = HomePage.objects.get(locale__language_code="en")
    browser_of(person(who)).post(
        f"/admin/pages/add/public/campaignpage/{home.pk}/",
        page_data("Safe work", country=country),
    )
    allowed = {("own", "mk"), ("other", "al"), ("region", "")}
    assert CampaignPage.objects.filter(slug="safe-work").exists() is ((who, country) in allowed)


def test_the_model_refuses_what_a_view_let_through(campaign: CampaignPage) -> None:
    other = person("other")
    home, number = HomePage.objects.get(), a_number()
    for name, value in (("title", "Taken"), ("country_id", "al")):
        setattr(campaign, name, value)
        refused(other, campaign.save)
        refused(other, campaign.save_revision)
        campaign.refresh_from_db()
    for act in (campaign.delete, home.save, home.delete, number.save, number.delete):
        refused(other, act)


def refused(user: User, act: Callable[[], Any]) -> None:
    with pytest.raises(PermissionDenied), transaction.atomic(), LogContext(user=user):
        act()


def test_the_trail_tells_of_every_change(campaign: CampaignPage) -> None:
    thing, by = f"campaignpage:{campaign.pk}", person("own")
    browser = browser_of(by)
    browser.post(f"/admin/pages/{campaign.pk}/edit/", page_data("Draft"))
    browser.post(f"/admin/pages/{campaign.pk}/edit/", page_data("Draft again"))
    edit(browser, campaign, "Live", publish=True, slug="other-work")
    browser.post(f"/admin/pages/{campaign.pk}/unpublish/")
    browser.post(f"/admin/pages/{campaign.pk}/delete/")
    entries = Entry.objects.filter(thing=thing).order_by("id")
    assert [one.verb for one in entries.filter(actor=by.actor)] == [
        "edit_page", "ask_page", "unpublish_page", "delete_page",
    ]  # fmt: skip
    assert [one.verb for one in entries.exclude(actor=by.actor)][-2:] == ["publish_page", "confirm_page"]
    told = entries.filter(verb="publish_page").last().detail
    assert (told["address"], told["before"]["address"]) == ("other-work", "safe-work")
    assert (told["country"], told["numbers"]) == ("mk", ["number"])
    assert told["revision"] != told["before"]["revision"]


@pytest.mark.parametrize("who", WHO)
def test_a_number_is_changed_by_its_country_and_confirmed_by_another(db: None, who: str) -> None:
    make_countries()
    number = a_number()
    proposer, second = person("own"), person(who)
    number.tel, number.number = "0800111", "0800 111"
    change = change_hotline(proposer, number)
    assert change is not None
    assert Hotline.objects.get().tel == "0800000000"
    with pytest.raises(Http404):
        confirm_change(proposer, change)
    if who in ("own", "operator", "superuser"):
        confirm_change(second, change)
        assert Hotline.objects.get().tel == "0800111"
        with pytest.raises(DecidedAlready):
            refuse_change(second, change)
        told = Entry.objects.get(verb="confirm_hotline").detail
        assert (told["tel"], told["before"]["tel"]) == ("0800111", "0800000000")
    else:
        for act in (confirm_change, refuse_change):
            with pytest.raises(Http404):
                act(second, change)
        assert Hotline.objects.get().tel == "0800000000"
    if who != "own":
        with pytest.raises(Http404):
            add_hotline(
                second, Hotline(key="x", country_id="mk", number="1", tel="111", checked=number.checked)
            )


@pytest.mark.parametrize("who", [one for one in WHO if one != "own"])
def test_no_way_of_the_admin_changes_another_countrys_number(db: None, who: str) -> None:
    make_countries()
    number = a_number()
    waiting = change_hotline(person("own"), Hotline.objects.get(pk=number.pk))
    assert waiting is None
    browser = browser_of(person(who))
    below = "/admin/snippets/public/hotline"
    assert browser.get(f"{below}/edit/{number.pk}/").status_code in (302, 404)
    for address, data in {
        f"{below}/edit/{number.pk}/": {"number": "1", "tel": "111", "is_shown": ""},
        f"{below}/delete/{number.pk}/": {},
        f"{below}/add/": {"key": "x", "country": "mk"},
        f"/admin/bulk/public/hotline/delete/?id={number.pk}": {"next": "/admin/"},
    }.items():
        assert browser.post(address, data).status_code in (200, 302, 403, 404), address
    assert list(Hotline.objects.values_list("tel", "is_shown")) == [("0800000000", True)]


def test_nobody_edits_a_number_while_a_change_waits(db: None) -> None:
    make_countries()
    number = a_number()
    number.tel = number.number = "0800111"
    change = change_hotline(person("own"), number)
    assert change is not None
    browser = browser_of(person("own"))
    edit = f"/admin/snippets/public/hotline/edit/{number.pk}/"
    for answer in (browser.get(edit), browser.post(edit, {"tel": "1"})):
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/admin/numbers/{change.pk}/decide/",
        )
    assert "0800111" in browser.get(f"/admin/numbers/{change.pk}/decide/").content.decode()
    assert browser_of(person("other")).get(f"/admin/numbers/{change.pk}/decide/").status_code == 404
    assert "0800 000 000" in PageClient(headers={"host": PUBLIC}).get("/en/help/mk/").content.decode()


def test_the_day_of_the_last_check_counts_at_once(db: None) -> None:
    make_countries()
    number = a_number()
    number.checked = number.checked.replace(year=2026, month=11)
    assert change_hotline(person("own"), number) is None
    assert Hotline.objects.get().checked.month == 11
    assert Entry.objects.filter(verb="check_hotline").exists()


def test_the_database_shows_no_number_that_nobody_confirmed(db: None) -> None:
    make_countries()
    number = a_number()
    with pytest.raises(IntegrityError, match="does not confirm"), connection.cursor() as cursor:
        cursor.execute("UPDATE public_hotline SET tel = '0900666' WHERE id = %s", [number.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_verify_audit_names_a_number_that_nobody_confirmed(db: None) -> None:
    number = a_number()
    assert not [line for line in problems() if line.startswith("hotline")]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE public_hotline DISABLE TRIGGER USER")
        cursor.execute("UPDATE public_hotline SET tel = '0900666' WHERE id = %s", [number.pk])
        cursor.execute("ALTER TABLE public_hotline ENABLE TRIGGER USER")
    assert f"hotline:{number.pk}: the trail confirms another number (tel)" in list(problems())


def test_a_hidden_number_is_shown_by_two_people(db: None) -> None:
    make_countries()
    number = a_number()
    number.is_shown = False
    enter_hotline(number)
    assert "0800 000 000" not in PageClient(headers={"host": PUBLIC}).get("/en/help/mk/").content.decode()


@pytest.mark.parametrize(("who", "title"), [("other", "Ours"), ("operator", "Ours"), ("own", "Theirs")])
def test_a_picture_is_changed_by_who_added_it(db: None, who: str, title: str) -> None:
    owner = person("own")
    picture = Picture.objects.create(title="Ours", file=get_test_image_file(), uploaded_by_user=owner)
    browser = browser_of(owner if who == "own" else person(who))
    root = Collection.objects.get(depth=1).pk
    data = {"title": "Theirs", "collection": root, "tags": "", "description": ""}
    browser.post(f"/admin/images/{picture.pk}/", data)
    picture.refresh_from_db()
    assert picture.title == title
