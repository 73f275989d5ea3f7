"""No number goes live past the second person: by a link, a bulk action, a stale form or other digits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from people.roles import Role
from public.actions.change_hotline import NumbersDiffer, change_hotline, confirm_change, version_of
from public.actions.second_person import Stale
from public.checks.faults import Fault
from public.models import CampaignPage, Hotline, HotlineChange, HotlineText
from public.models.confirmed_versions import versions_proposed
from tests.support.admin.campaigns import a_number, page_data, publish_by_two, write
from tests.support.factories import make_country
from tests.support.public.fixtures import make_countries

SignIn = Callable[..., Any]
EDIT = "/admin/snippets/public/hotline/edit/"


def with_link(page: CampaignPage, href: str, **fields: Any) -> dict[str, Any]:
    text = rich_text(f'<p><a href="{href}">Call</a></p>')
    call = ("hotline", {"heading": "Call", "hotline": str(a_number().pk), "note": ""})
    body = streamfield([call, ("text", {"heading": "More", "text": text})])
    data = page_data("Safe work", **fields)
    data = {name: value for name, value in data.items() if not name.startswith("body-")}
    return data | nested_form_data({"body": body})


def test_a_link_that_calls_is_refused(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    page = write(browser)
    edit = f"/admin/pages/{page.pk}/edit/"
    refused = browser.post(edit, with_link(page, "tel:+38970999999"))
    assert "use the block Number to call" in refused.content.decode()
    assert not CampaignPage.objects.get().live
    assert browser.post(edit, with_link(page, "https://example.org/")).status_code == 302
    publish_by_two(browser, page)
    assert CampaignPage.objects.get().live


@pytest.mark.parametrize("hidden", [False, True])
def test_without_a_number_nobody_publishes(sign_in: SignIn, hidden: bool) -> None:
    browser = sign_in(Role.PUBLISHER)
    page = write(browser, number=hidden)
    if hidden:
        Hotline.objects.update(is_shown=False)
    checks = browser.get(f"/admin/campaigns/{page.pk}/check/").content.decode()
    problem = "must confirm it first" if hidden else "Add a number to call"
    assert problem in checks and "Send to a second person" not in checks
    sent_all_the_same = {"revision": page.latest_revision_id, "tick": [*Fault]}
    assert problem in browser.post(f"/admin/campaigns/{page.pk}/check/", sent_all_the_same).content.decode()
    assert not versions_proposed(page).exists() and not CampaignPage.objects.get(pk=page.pk).live


def sent(row: Hotline, /, **fields: Any) -> dict[str, Any]:
    text = {"language": "mk", "name": "Линија", "hours": "24", "call": "Зборувате."}
    texts = inline_formset([text | {"id": row.texts.get().pk}], initial=1)
    data = {
        "number": row.number, "tel": row.tel, "sms": "", "chat": "", "free": "on", "anonymous": "on",
        "checked": str(row.checked), "position": "0", "is_shown": "on", "texts": texts,
        "version": version_of(row),
    }  # fmt: skip
    return nested_form_data(data | fields) | {"languages": ["mk"]}


@pytest.fixture
def number(db: None) -> Hotline:
    make_countries()
    found = a_number()
    found.languages = ["mk"]
    found.texts = [HotlineText(language="mk", name="Линија", hours="24", call="Зборувате.")]
    found.save()
    return Hotline.objects.get()


def test_a_stale_form_changes_nothing(sign_in: SignIn, number: Hotline) -> None:
    browser, edit = sign_in(Role.PUBLISHER), f"{EDIT}{number.pk}/"
    assert version_of(number) in browser.get(edit).content.decode()
    stale = sent(number)
    assert browser.post(edit, sent(number, checked="2026-11-02")).status_code == 302
    refused = browser.post(edit, stale | {"tel": "0800111", "number": "0800 111"})
    assert "Somebody else changed this number." in refused.content.decode()
    now = Hotline.objects.get()
    assert now.checked == date(2026, 11, 2) and not HotlineChange.objects.exists()
    with pytest.raises(Stale):
        change_hotline(browser.person, now, seen=stale["version"])


def test_a_check_is_not_in_the_future(sign_in: SignIn, number: Hotline) -> None:
    browser = sign_in(Role.PUBLISHER)
    refused = browser.post(f"{EDIT}{number.pk}/", sent(number, checked="2099-01-01"))
    assert "cannot be in the future" in refused.content.decode()
    number.checked = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValueError, match="not over"):
        change_hotline(browser.person, number)


def test_digits_that_differ_are_neither_proposed_nor_confirmed(sign_in: SignIn, number: Hotline) -> None:
    browser, other = sign_in(Role.PUBLISHER), sign_in(Role.PUBLISHER)
    refused = browser.post(f"{EDIT}{number.pk}/", sent(number, number="0800 660", tel="08006660"))
    assert "must have the same digits" in refused.content.decode()
    for wanted, words in (
        ({"number": "0800 661", "tel": "0800661"}, "enter the day of that call"),
        ({"number": "+381 11 334", "tel": "+38111334"}, "This number is in another country."),
    ):
        refused = browser.post(f"{EDIT}{number.pk}/", sent(number, **wanted))
        assert words in refused.content.decode()
    number.number, number.tel = "0800 660", "08006660"
    by = browser.person
    with pytest.raises(NumbersDiffer):
        change_hotline(by, number)
    number.tel = "0800660"
    change = change_hotline(by, number)
    assert change is not None
    change.values["tel"] = "08006660"
    change.save()
    decide = f"/admin/numbers/{change.pk}/decide/"
    assert (
        "must have the same digits"
        in other.post(decide, {"decision": "confirm"}, follow=True).content.decode()
    )
    with pytest.raises(NumbersDiffer):
        confirm_change(other.person, change)
    assert Hotline.objects.get().tel == "0800000000"
    change.refresh_from_db()
    assert change.decided is None


def test_the_list_links_own_numbers_and_names_what_waits(sign_in: SignIn, number: Hotline) -> None:
    browser = sign_in(Role.PUBLISHER)
    other = Hotline.objects.create(
        key="al", country=make_country("al"), number="116", tel="116", checked=number.checked, is_shown=False
    )
    number.number = number.tel = "0800111"
    assert change_hotline(browser.person, number) is not None
    page = browser.get("/admin/snippets/public/hotline/").content.decode()
    assert f"{EDIT}{number.pk}/" in page and f"{EDIT}{other.pk}/" not in page
    assert "Waits for a second person: 0800111" in page
