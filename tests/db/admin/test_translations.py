"""Translate a campaign beside its source: who may, what is saved and marked, and two people at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from people.roles import Role
from public.languages import CYRILLIC, LATIN
from public.models import BlockTranslation, CampaignPage
from public.set_up import first_page_in
from public.translation.states import Origin, State
from tests.support.admin.campaigns import browser_of, edit, publish_by_two, publisher_of, write
from tests.support.public.fixtures import make_countries

SignIn = Callable[..., Client]
TEXTS = {
    "Safe work": "Безбеден рад",
    "One sentence.": "Једна реченица.",
    "Call": "Позовите",
    "Before you leave": "Пре поласка",
    "Ask.": "Питајте.",
}


@pytest.fixture
def campaign(sign_in: SignIn) -> CampaignPage:
    make_countries()
    for tag in ("mk", CYRILLIC, LATIN):
        first_page_in(tag, "Почетна")
    return write(sign_in(Role.PUBLISHER), publish=True)


def address(campaign: CampaignPage, tag: str = CYRILLIC) -> str:
    return f"/admin/translations/{campaign.pk}/{tag}/"


def fields(browser: Client, url: str) -> dict[str, Any]:
    form = browser.get(url).context["form"]
    return {bound.html_name: bound.value() or "" for bound in form}


def filled(browser: Client, campaign: CampaignPage, tag: str = CYRILLIC, **more: Any) -> dict[str, Any]:
    """As somebody fills in every field of the form."""
    url = address(campaign, tag)
    context = browser.get(url).context
    data = fields(browser, url)
    for row in context["rows"]:
        for field in row.fields:
            data[field.bound.html_name] = TEXTS[field.source.text]
    return data | more


def states(campaign: CampaignPage, tag: str = CYRILLIC) -> dict[str, State]:
    page = CampaignPage.objects.get(translation_key=campaign.translation_key, locale__language_code=tag)
    return {str(one.source.label): one.state for one in page.comparisons()}


def test_only_publishers_of_the_country_translate(campaign: CampaignPage, sign_in: SignIn) -> None:
    albanian = browser_of(publisher_of("al"))
    operator, reader = sign_in(Role.OPERATOR), sign_in(Role.COORDINATOR)
    own = sign_in(Role.PUBLISHER)
    for browser, table, form in ((own, 200, 200), (operator, 200, 404), (albanian, 200, 404)):
        assert browser.get("/admin/translations/").status_code == table
        assert browser.get(address(campaign)).status_code == form
        assert browser.post(address(campaign), {}).status_code == form
    assert reader.get("/admin/translations/").status_code in (302, 403, 404)
    assert reader.get(address(campaign)).status_code in (302, 403, 404)
    for tag in ("en", "sq", "xx"):  # the source itself, a language without a first page, none
        assert own.get(address(campaign, tag)).status_code == 404
    assert address(campaign) in own.get("/admin/translations/").content.decode()
    assert address(campaign) not in operator.get("/admin/translations/").content.decode()


def test_a_translation_from_the_first_text_to_its_readers(campaign: CampaignPage, sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    data = filled(browser, campaign)
    part = {name: "" if value == TEXTS["Ask."] else value for name, value in data.items()}
    assert browser.post(address(campaign), part).status_code == 302
    page = CampaignPage.objects.get(locale__language_code=CYRILLIC)
    assert not page.live
    assert states(campaign) == {
        "Title": State.CURRENT,
        "One sentence": State.CURRENT,
        "Number to call": State.CURRENT,
        "Before you leave": State.MISSING,
    }
    check = browser.get(f"/admin/campaigns/{page.pk}/check/").content.decode()
    assert "Not translated yet: Before you leave." in check
    machine = BlockTranslation.objects.filter(page=page).values_list("block", flat=True)[0]
    data = filled(browser, campaign, machine=[machine])
    assert browser.post(address(campaign), data).status_code == 302
    assert set(states(campaign).values()) == {State.CURRENT, State.UNREVIEWED}
    publish_by_two(browser, page)
    public = Client(headers={"host": "public.test"})
    for tag, title in ((CYRILLIC, "Безбеден рад"), (LATIN, "Bezbeden rad")):
        shown = public.get(f"/{tag}/safe-work/").content.decode()
        assert f"<h1>{title}</h1>" in shown and '<aside class="wrap told"' in shown
    data = filled(browser, campaign, machine=[machine], read=[machine])
    assert browser.post(address(campaign), data).status_code == 302
    assert set(states(campaign).values()) == {State.CURRENT}
    assert '<aside class="wrap told"' not in public.get(f"/{LATIN}/safe-work/").content.decode()
    verbs = Entry.objects.filter(thing=f"campaignpage:{page.pk}").values_list("verb", flat=True)
    assert {"edit_page", "review_page_translation"} <= {*verbs}


def test_what_is_out_of_date_is_shown_and_marked(campaign: CampaignPage, sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    assert browser.post(address(campaign), filled(browser, campaign)).status_code == 302
    source = CampaignPage.objects.get(pk=campaign.pk)
    source.lead = "One short sentence."
    source.save_revision().publish()
    assert [name for name, state in states(campaign).items() if state == State.STALE] == ["One sentence"]
    shown = browser.get(address(campaign)).content.decode()
    assert "<ins> short</ins>" in shown and "Save and mark as still right" in shown
    data = fields(browser, address(campaign))
    assert browser.post(address(campaign), data).status_code == 302
    assert states(campaign)["One sentence"] == State.STALE, "saving marks nothing"
    data = fields(browser, address(campaign)) | {"mark": "lead"}
    assert browser.post(address(campaign), data).headers["Location"].endswith("#part-lead")
    assert set(states(campaign).values()) == {State.CURRENT}
    assert Entry.objects.filter(verb="mark_page_translated").exists()


def test_two_translators_never_overwrite_each_other_silently(campaign: CampaignPage, sign_in: SignIn) -> None:
    one, two = sign_in(Role.PUBLISHER), sign_in(Role.PUBLISHER)
    first, second = filled(one, campaign), filled(two, campaign)
    assert one.post(address(campaign), first).status_code == 302
    mine = {name: "Моје" if value == TEXTS["Call"] else value for name, value in second.items()}
    answer = two.post(address(campaign), mine)
    shown = answer.content.decode()
    assert answer.status_code == 200 and "Somebody else has saved this translation." in shown
    assert "Моје" in shown and "Saved by somebody else:" in shown and "Позовите" in shown
    page = CampaignPage.objects.get(locale__language_code=CYRILLIC)
    assert "Моје" not in str(page.draft_content)
    again = {bound.html_name: bound.value() or "" for bound in answer.context["form"]}
    assert two.post(address(campaign), again).status_code == 302
    page.refresh_from_db()
    assert "Моје" in str(page.draft_content)
    stale = fields(one, address(campaign))
    edit(one, campaign, "Safer work", publish=True)
    answer = one.post(address(campaign), stale)
    assert answer.status_code == 200 and "The source changed while you worked." in answer.content.decode()


def test_latin_is_made_and_never_edited(campaign: CampaignPage, sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    assert browser.post(address(campaign), filled(browser, campaign)).status_code == 302
    page = CampaignPage.objects.get(locale__language_code=CYRILLIC)
    publish_by_two(browser, page)
    latin = CampaignPage.objects.get(locale__language_code=LATIN)
    assert latin.live and (latin.title, latin.lead) == ("Bezbeden rad", "Jedna rečenica.")
    assert {*BlockTranslation.objects.filter(page=latin).values_list("origin", flat=True)} == {Origin.DERIVED}
    assert set(states(campaign, LATIN).values()) == {State.CURRENT}
    assert browser.get(address(campaign, LATIN)).status_code == 404
    assert browser.get(f"/admin/pages/{latin.pk}/edit/").status_code in (302, 403)
    page.refresh_from_db()
    page.unpublish()
    assert not CampaignPage.objects.get(pk=latin.pk).live
