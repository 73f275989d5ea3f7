"""Short paths, words that were heard, sheets and results: who may, what is counted, and what never is."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from materials.models import Material
from outreach.actions.count import close_weeks, count, this_week
from outreach.demo import load_counts
from outreach.models import Kind, RunningCount, Sheet, WeekCount
from outreach.pages.short_link import A_MINUTE
from outreach.seal import unseal
from people.roles import Role
from public.models import CampaignPage
from tests.support.admin.campaigns import browser_of, publisher_of
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient, squeeze

Campaign = dict[str, CampaignPage]


def made(campaign: Campaign, code: str = "K7MQ2R", word: str = "apple", **fields: Any) -> Material:
    values = {
        "campaign": campaign["en"].translation_key, "language": "en", "country_id": "mk", "size": "card",
        "inputs": code, "shown": {}, "title": "Work abroad", "country_name": "North Macedonia",
        "checked": date(2026, 1, 1), "code": code, "code_word": word, "state": Material.State.MADE,
        "published_at": timezone.now(),
    }  # fmt: skip
    return Material.objects.create(**values | fields)


@pytest.fixture
def poster(campaign: Campaign) -> Material:
    return made(campaign)


def running(kind: Kind, material: Material) -> int:
    return unseal(bytes(RunningCount.objects.get(kind=kind, material=material).sealed))


def week_later() -> None:
    RunningCount.objects.update(week=this_week() - timedelta(weeks=1))
    close_weeks()


def person(role: Role, country: str = "mk") -> Client:
    return browser_of(make_person(role, make_institution(f"{country}-house")))


def test_a_short_path_leads_to_the_page_and_counts(
    campaign: Campaign, poster: Material, reader: Client
) -> None:
    made(campaign, "BBBBBB", "bread", language="ar")
    for address in ("/m/K7MQ2R/", "/m/k7mq2r/"):
        answer = reader.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/en/work-abroad/?in=mk")
        assert answer.headers["Cache-Control"] == "no-store" and not answer.cookies
    assert reader.get("/m/BBBBBB/").headers["Location"] == "/ar/work-abroad/?in=mk"
    assert reader.head("/m/K7MQ2R/").status_code == 302
    assert (running(Kind.OPENED, poster), RunningCount.objects.count()) == (2, 2)
    assert reader.post("/m/K7MQ2R/").status_code == 405
    made(campaign, "CCCCCC", "chair", published_at=None)
    for nothing in ("/m/XXXXXX/", "/m/CCCCCC/"):
        assert reader.get(nothing).status_code == 404
    assert PageClient().get("/m/K7MQ2R/").status_code == 302, "the office leads to its sign-in"
    assert running(Kind.OPENED, poster) == 2
    # Another language stands in; an ended campaign says so; without any there are the numbers.
    campaign["ar"].unpublish()
    assert reader.get("/m/BBBBBB/").headers["Location"] == "/ar/work-abroad/?in=mk"
    CampaignPage.objects.update(live=False, expired=True)
    assert reader.get(reader.get("/m/K7MQ2R/").headers["Location"]).status_code == 410
    CampaignPage.objects.update(expired=False)
    assert reader.get("/m/K7MQ2R/").headers["Location"] == "/en/help/?in=mk"


def test_programs_and_one_network_do_not_swell_a_count(poster: Material, reader: Client) -> None:
    cache.clear()
    for headers in (
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": "WhatsApp/2.23"},
        {"purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
    ):
        assert reader.get("/m/K7MQ2R/", headers=headers).status_code == 302
    assert not RunningCount.objects.exists()
    browser = {"user-agent": "Mozilla/5.0 (Android 14; Mobile) Firefox/120.0"}
    for _ in range(A_MINUTE + 5):
        answer = reader.get("/m/K7MQ2R/", headers=browser)
        assert answer.headers["Location"] == "/en/work-abroad/?in=mk"
    assert running(Kind.OPENED, poster) <= A_MINUTE * 2  # a minute may begin meanwhile
    before = running(Kind.OPENED, poster)
    reader.get("/m/K7MQ2R/", headers=browser, REMOTE_ADDR="192.0.2.7")
    assert running(Kind.OPENED, poster) == before + 1


def test_below_five_nothing_is_kept_and_nothing_can_be_read(campaign: Campaign, poster: Material) -> None:
    other = made(campaign, "BBBBBB", "bread")
    for _ in range(4):
        count(Kind.OPENED, poster)
    for _ in range(5):
        count(Kind.HEARD, other)
    # Every material has a row, and none of them shows its number.
    assert RunningCount.objects.count() == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM outreach_runningcount")
        assert len({bytes(row[0]) for row in cursor}) == 4
        # No order and no change of a row says which was counted: all were written in one step.
        cursor.execute("SELECT count(DISTINCT xmin::text), kind FROM outreach_runningcount GROUP BY kind")
        assert {row[0] for row in cursor} == {1}
    assert close_weeks() == 0, "the week is not over"
    week_later()
    assert [(row.material, row.kind, row.number) for row in WeekCount.objects.all()] == [
        (other, Kind.HEARD, 5)
    ]
    assert not RunningCount.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        WeekCount.objects.create(kind=Kind.OPENED, material=poster, week=this_week(), number=4)


def test_a_word_is_counted_by_one_click_and_taken_back(campaign: Campaign, poster: Material) -> None:
    made(campaign, "BBBBBB", "bread", country_id="al")
    browser = person(Role.PRACTITIONER)
    page = squeeze(browser.get("/en/results/words/").content.decode())
    assert "apple" in page and "bread" not in page
    assert "No material has this word." in browser.get("/en/results/words/?q=xyz").content.decode()
    tick = "/en/results/words/K7MQ2R/"
    shown = browser.post(tick, follow=True).content.decode()
    assert "Counted: apple." in shown and running(Kind.HEARD, poster) == 1
    undo = shown.split('action="/en/results/words/undo/')[1].split('"')[0]
    assert (
        "Taken back: apple." in browser.post(f"/en/results/words/undo/{undo}", follow=True).content.decode()
    )
    assert running(Kind.HEARD, poster) == 0
    again = browser.post(f"/en/results/words/undo/{undo}", follow=True).content.decode()
    assert "can&#x27;t be undone" in again and running(Kind.HEARD, poster) == 0
    assert browser.post("/en/results/words/undo/forged:x:y/").status_code == 404
    assert browser.get(tick).status_code == 405
    # Neither the trail nor a session holds a word with a person.
    browser.post(tick)
    assert not Entry.objects.filter(thing__startswith="material").exclude(verb="open").exists()
    assert all("K7MQ2R" not in str(one.get_decoded()) for one in Session.objects.all())


def test_one_person_counts_so_many_words_an_hour(poster: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("outreach.pages.views.AN_HOUR", 2)
    browser, tick = person(Role.PRACTITIONER), "/en/results/words/K7MQ2R/"
    for _ in range(2):
        assert "Counted: apple." in browser.post(tick, follow=True).content.decode()
    assert "This word was not counted." in browser.post(tick, follow=True).content.decode()
    assert running(Kind.HEARD, poster) == 2
    other = person(Role.PRACTITIONER)
    assert "Counted: apple." in other.post(tick, follow=True).content.decode()


def test_results_are_added_up(campaign: Campaign, poster: Material) -> None:
    formula = made(campaign, "BBBBBB", "=HYPERLINK(1)")
    last = this_week() - timedelta(weeks=1)
    for material, kind, number, week in (
        (poster, Kind.OPENED, 30, last),
        (poster, Kind.OPENED, 12, last - timedelta(weeks=1)),
        (poster, Kind.HEARD, 7, last),
        (formula, Kind.HEARD, 9, last - timedelta(weeks=20)),
    ):
        WeekCount.objects.create(kind=kind, material=material, week=week, number=number)
    Sheet.objects.create(
        campaign=poster.campaign,
        language="en",
        country_id="mk",
        week=last,
        people=20,
        first=15,
        second=10,
        third=0,
    )
    browser = person(Role.PUBLISHER)
    page = squeeze(browser.get("/en/results/").content.decode())
    assert "<td>42</td><td>7</td>" in page and "<td>75 %</td><td>50 %</td><td>0 %</td>" in page
    assert "<svg" in page and "style=" not in page and "HYPERLINK" not in page
    assert "What is not counted, and why" in page
    longer = f"?weeks=52&country=mk&campaign={poster.campaign}"
    assert "HYPERLINK" in browser.get(f"/en/results/{longer}").content.decode()
    for odd in ("?weeks=x&country=zz&campaign=1", "?country=al"):
        assert browser.get(f"/en/results/{odd}").status_code == 200
    answer = browser.get(f"/en/results/results.csv{longer}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 6 and rows[1][7] == "'=HYPERLINK(1)"
    assert [row[8] for row in rows[1:]] == ["9", "12", "7", "30", "20"] and rows[5][9:] == ["15", "10", "0"]
    other = person(Role.PUBLISHER, "al")
    page = other.get("/en/results/").content.decode()
    assert "Nothing was counted" in page and "apple" not in page
    assert len(other.get(f"/en/results/results.csv{longer}").content.splitlines()) == 1


@pytest.mark.parametrize("tag", ["en", "ar", "mk"])
def test_a_sheet_to_print_in_the_language_of_the_page(campaign: Campaign, tag: str) -> None:
    page = campaign[tag]
    browser = person(Role.PRACTITIONER)
    answer = browser.get(f"/en/results/sheets/{page.pk}/")
    shown = squeeze(answer.content.decode())
    assert f'lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}"' in shown
    assert page.title in shown and "0800 000 000" in shown
    signs = next(block.value["signs"] for block in page.body if block.block_type == "signs")
    assert signs[0]["text"] in shown and shown.count('class="tally"') == 3


def test_sums_of_a_sheet(campaign: Campaign) -> None:
    browser = person(Role.PRACTITIONER)
    form = f"/en/results/sheets/{campaign['en'].pk}/enter/"
    data = {
        "country": "mk",
        "week": this_week().isoformat(),
        "people": 5,
        "first": 5,
        "second": 3,
        "third": 0,
    }
    for wrong, problem in (
        ({"people": 4, "first": 1}, "do not enter this sheet"),
        ({"first": 6}, "more right answers than people"),
        ({"country": "al"}, "valid choice"),
        ({"week": "2020-01-06"}, "valid choice"),
        ({"third": -1}, "greater than or equal to 0"),
    ):
        answer = browser.post(form, data | wrong)
        assert answer.status_code == 422 and problem in answer.content.decode(), wrong
    assert not Sheet.objects.exists()
    shown = browser.post(form, data, follow=True).content.decode()
    sheet = Sheet.objects.get()
    assert (sheet.language, sheet.people, sheet.second) == ("en", 5, 3) and "The sums are saved." in shown
    entry = Entry.objects.get(verb="enter_sheet")
    assert entry.detail == {"country": "mk", "language": "en"}, "no sums in the trail"
    delete = f"/en/results/sheets/delete/{sheet.pk}/"
    assert delete in shown
    assert person(Role.PUBLISHER, "al").post(delete).status_code == 404
    assert browser.post(delete).status_code == 302 and not Sheet.objects.exists()


def test_who_may(campaign: Campaign, poster: Material, reader: Client) -> None:
    CampaignPage.objects.filter(pk=campaign["en"].pk).update(country="mk")
    own = f"/en/results/sheets/{campaign['en'].pk}/"
    reading, counting = (
        ["/en/results/", "/en/results/results.csv"],
        ["/en/results/words/", "/en/results/sheets/"],
    )
    publisher = browser_of(publisher_of("mk"))
    region = browser_of(publisher_of(None))
    for browser in (publisher, region, person(Role.PRACTITIONER)):
        for address in (*reading, *counting, own, f"{own}enter/"):
            assert browser.get(address).status_code == 200, address
    operator = person(Role.OPERATOR)
    assert [operator.get(one).status_code for one in (*reading, *counting, own)] == [200, 200, 404, 404, 404]
    foreign = person(Role.PUBLISHER, "al")
    assert [foreign.get(one).status_code for one in (own, f"{own}enter/")] == [404, 404]
    assert foreign.post("/en/results/words/K7MQ2R/").status_code == 404
    for role in (Role.DRAFTER, Role.COORDINATOR, Role.REVIEWER, Role.TRANSLATOR):
        browser = person(role)
        for address in (*reading, *counting, own, f"{own}enter/"):
            assert browser.get(address).status_code == 404, (role, address)
        assert browser.post("/en/results/words/K7MQ2R/").status_code == 404
        assert "/en/results/" not in browser.get("/en/").content.decode()
    for address in (*reading, *counting, own):
        assert PageClient().get(address).status_code == 302
        assert reader.get(address).status_code == 404
    assert not RunningCount.objects.exists()


def test_counts_of_the_demonstration(campaign: Campaign, poster: Material, settings: Any) -> None:
    settings.KODEKS_DEMO = True
    browser = person(Role.PUBLISHER)
    assert load_counts() > 8 and load_counts() == 0
    page = browser.get("/en/results/").content.decode()
    assert "These counts are made up" in page and "<svg" in page and "67 %" not in page
    assert Entry.objects.filter(verb="enter_sheet").count() == Sheet.objects.count() == 1
