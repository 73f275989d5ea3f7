"""The pages that lead a campaign to its readers: checks, second person, versions, phones; who may open them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.roles import Role
from public.actions.change_hotline import enter_hotline
from public.checks.faults import Fault
from public.models import CampaignPage, Hotline
from public.models.confirmed_versions import versions_proposed
from tests.support.admin.campaigns import browser_of, confirm, edit, publisher_of, send, write
from tests.support.factories import make_country, make_institution, make_person
from tests.support.html import PageClient, squeeze
from tests.support.public.fixtures import PUBLIC, make_countries

SignIn = Callable[..., Client]


@pytest.fixture
def editor(sign_in: SignIn) -> Client:
    make_countries()
    return sign_in(Role.PUBLISHER)


@pytest.fixture
def page(editor: Client) -> CampaignPage:
    return write(editor, publish=True)


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return squeeze(answer.content.decode())


def test_from_the_draft_to_the_second_person(editor: Client, page: CampaignPage) -> None:
    edit(editor, page, "You will be rescued. We guarantee it")
    at = f"/admin/campaigns/{page.pk}/"
    shown = read(editor, f"{at}check/")
    assert "<mark>guarantee</mark>" in shown and "Must be corrected" not in shown
    assert '<li class="kodeks-steps__now" aria-current="step">Checks</li>' in shown
    assert "It goes live as soon as it is confirmed." in shown and "It has no end." in shown
    refused = editor.post(f"{at}check/", {"revision": page.latest_revision_id, "tick": [*Fault][:-1]})
    assert refused.status_code == 422 and "Tick each line." in refused.content.decode()
    stale = editor.post(f"{at}check/", {"revision": page.latest_revision_id, "tick": [*Fault]}, follow=True)
    assert "Somebody has changed the draft." in stale.content.decode()
    assert editor.post(f"{at}check/", {"revision": "x", "tick": [*Fault]}).status_code == 404
    send(editor, page)
    change = versions_proposed(page).get(decided=None)
    decide = f"/en/proposals/{change.pk}/"
    shown = read(editor, decide)
    assert "You proposed this" in shown and 'value="confirm"' not in shown
    assert editor.post(decide, {"decision": "confirm", "read": ["changes", "checks"]}).status_code == 404
    second = browser_of(publisher_of("mk"))
    shown = read(second, decide)
    assert "<del>Safe work</del>" in shown and "<ins>You will be rescued. We guarantee it</ins>" in shown
    assert "Waiting for a second person" in read(second, "/admin/") and decide in read(second, "/en/")
    assert second.post(decide, {"decision": "confirm", "read": ["changes"]}).status_code == 409
    assert CampaignPage.objects.get(pk=page.pk).title == "Safe work"
    second.post(decide, {"decision": "refuse", "reason": "No promises."})
    assert CampaignPage.objects.get(pk=page.pk).title == "Safe work"
    assert second.get(decide).status_code == 302, "decided already"
    send(editor, page)
    confirm(second, page)
    assert CampaignPage.objects.get(pk=page.pk).title == "You will be rescued. We guarantee it"


def test_whom_to_ask_where_nobody_else_could_confirm(editor: Client) -> None:
    page = write(editor)
    send(editor, page)
    decide = f"/en/proposals/{versions_proposed(page).get(decided=None).pk}/"
    publisher_of("al")
    alone = "No other publisher of North Macedonia has an account. Ask the operator to invite one."
    assert alone in read(editor, decide)
    publisher_of("mk")
    assert alone not in read(editor, decide)
    abroad = {"number": "116 006", "tel": "116006", "checked": timezone.localdate()}
    enter_hotline(Hotline(key="al", country=make_country("al", name_en="Albania"), **abroad))
    chooser = read(editor, reverse(Hotline.snippet_viewset.chooser_viewset.get_url_name("choose")))
    own, other = "North Macedonia: Helpline, 0800 000 000", "Albania: Helpline, 116 006"
    assert -1 < chooser.find(own) < chooser.find(other)


def test_changes_versions_and_phones(editor: Client, page: CampaignPage) -> None:
    old = page.live_revision_id
    edit(editor, page, "Safer work", publish=True)
    at = f"/admin/campaigns/{page.pk}/"
    shown = read(editor, f"{at}versions/")
    assert "Nothing has changed since the page was published." in shown and f"{at}versions/{old}/" in shown
    edit(editor, page, "Safest work", lead="One other sentence.")
    shown = read(editor, f"{at}versions/")
    assert "<del>Safer</del><ins>Safest</ins> work" in shown and "<ins> other</ins>" in shown
    shown = read(editor, f"{at}versions/{old}/")
    assert "<del>Safer</del><ins>Safe</ins> work" in shown
    assert editor.post(f"{at}versions/{old}/").status_code == 302
    page.refresh_from_db()
    assert (page.title, page.draft_title) == ("Safe work", "Safest work")
    assert editor.get(f"{at}versions/{old}/").status_code == 404, "it is live"
    shown = read(editor, f"{at}phone/")
    assert (
        f'<iframe src="/admin/pages/{page.pk}/view_draft/"' in shown
        and "style=" not in shown.split("<main")[1]
    )
    framed = editor.get(f"/admin/pages/{page.pk}/view_draft/")
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_page_with_a_plan_says_so(editor: Client, page: CampaignPage) -> None:
    day = (timezone.localtime() + timezone.timedelta(days=3)).strftime("%Y-%m-%d 08:00")
    edit(editor, page, "Safer work", go_live_at=day, expire_at=day.replace("08:00", "20:00"))
    shown = read(editor, f"/admin/campaigns/{page.pk}/check/")
    assert "at 08:00." in shown and "at 20:00: its address then shows the numbers to call." in shown
    send(editor, page)
    confirm(browser_of(publisher_of(None)), page)
    page.refresh_from_db()
    assert page.title == "Safe work" and page.approved_schedule


def test_who_may_open_the_pages(editor: Client, page: CampaignPage, sign_in: SignIn) -> None:
    old = page.live_revision_id
    edit(editor, page, "Safer work", publish=True)
    edit(editor, page, "Safest work")
    send(editor, page)
    change = versions_proposed(page).get(decided=None)
    at = f"/admin/campaigns/{page.pk}"
    pages = [f"{at}/check/", f"{at}/versions/", f"{at}/phone/", f"/en/proposals/{change.pk}/"]
    back = f"{at}/versions/{old}/"
    for allowed in (editor, browser_of(publisher_of("mk"))):
        for address in (*pages, back):
            assert allowed.get(address).status_code == 200, address
    region = browser_of(publisher_of(None))
    assert [region.get(address).status_code for address in (*pages, back)] == [200] * 4 + [404]
    superuser = make_person(Role.OPERATOR, make_institution(), is_superuser=True)
    for nobody in (
        browser_of(publisher_of("al")),
        sign_in(Role.OPERATOR),
        sign_in(Role.PRACTITIONER),
        sign_in(Role.COORDINATOR),
        browser_of(superuser),
    ):
        for address in (*pages, back):
            assert nobody.get(address).status_code == 404, address
            data = {"decision": "confirm", "read": ["changes", "checks"], "tick": [*Fault]}
            assert nobody.post(address, data).status_code == 404 or "phone" in address or address == pages[1]
    for address in (*pages, back):
        assert PageClient().get(address).status_code == 302, "to the sign-in"
        assert PageClient(headers={"host": PUBLIC}).get(address).status_code == 404
    assert CampaignPage.objects.get(pk=page.pk).title == "Safer work"
    assert editor.get("/admin/campaigns/999999/check/").status_code == 404
