"""The pages of the audit trail: who reads which entries, in which words, on screen and as CSV."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

import audit
from audit import verbs
from audit.models import Entry
from documents.models import Section
from people.roles import Role
from tests.support.factories import make_in_force, make_institution, make_person
from tests.support.html import squeeze
from tests.support.reviews import client_of, make_cast, page_of
from theme.spreadsheet import safe_cell
from workflows.actions.restart import withdraw_review
from workflows.actions.sign_off import sign_off

pytestmark = pytest.mark.django_db


def events_of(page: str) -> str:
    return html.unescape(squeeze(page.partition('<ul class="trail">')[2].partition("</main>")[0]))


def test_who_reads_which_entries():
    home, abroad = make_institution("mk-coordinator"), make_institution("al-coordinator")
    here, there = make_person(Role.COORDINATOR, home), make_person(Role.COORDINATOR, abroad)
    operator = make_person(Role.OPERATOR, home, name="Olga")
    audit.record("of_mk", home, None)
    audit.record("of_al", abroad, None)
    audit.record("by_al", "thing:1", there)
    page = page_of(here, "/en/audit/")
    assert "of_mk" in page and "of_al" not in page and "by_al" not in page
    page = page_of(operator, "/en/audit/")
    assert "of_mk" in page and "of_al" in page
    for role in (Role.DRAFTER, Role.REVIEWER):
        client = client_of(make_person(role, home))
        assert client.get("/en/audit/").status_code == client.get("/en/audit.csv").status_code == 404


def test_filters_and_hostile_ones(django_assert_max_num_queries):
    coordinator = make_person(Role.COORDINATOR, name="Ana Anić")
    with_name = make_institution()
    for n in range(70):
        audit.record(("comment", "resolve")[n % 2], with_name, coordinator, refused=n == 69)
    client = client_of(coordinator)
    with django_assert_max_num_queries(21):
        page = client.get("/en/audit/?page=2").content.decode()
    assert "Ana Anić" in page
    events = events_of(client.get("/en/audit/?verb=comment&who=anić").content.decode())
    assert "commented" in events and "resolved a comment" not in events
    assert events_of(client.get("/en/audit/?refused=on").content.decode()).count("resolved a comment") == 1
    assert client.get("/en/audit/?verb=no_such").status_code == 400
    assert client.get("/en/audit/?since=2026-99-99").status_code == 400
    assert client.get("/en/audit/?thing=%00&page=999999999999").status_code in (200, 400)


def test_the_csv_has_no_formula_and_is_itself_on_the_trail():
    coordinator = make_person(Role.COORDINATOR, name="=1+1")
    audit.record("+verb", "-thing", coordinator, note="=x")
    answer = client_of(coordinator).get("/en/audit.csv?thing=-thing")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    found = dict(zip(rows[0], rows[1], strict=True))
    assert (found["name"], found["verb"], found["thing"]) == ("'=1+1", "'+verb", "'-thing")
    assert Entry.objects.filter(verb="export_audit").exists()
    assert safe_cell("\tx") == "'\tx" and safe_cell("x=1") == "x=1"


def test_things_and_details_are_told_in_words_to_who_may_see_them():
    edition = make_in_force()
    home = make_institution("mk-coordinator")
    section = Section.objects.filter(edition=edition).order_by("position")[0]
    helper = make_person(Role.DRAFTER, home, name="Vesna Vesić")
    audit.record("mark_translated", edition, helper, uid=str(section.uid), language="sq")
    audit.record("assign", edition, helper, to=str(helper.actor), language="mk", uid="")
    audit.record("classify", edition.instrument, helper, before="public", after="tlp_red", sha256="0" * 64)
    audit.record("end_sharing", edition.instrument, helper, institution=home.key, due="2026-03-02")
    audit.record(
        "odd", "nothing:7", helper, uid="not-one", language="xx", edition="4x", sha256="odd", stage=99
    )
    coordinator = client_of(make_person(Role.COORDINATOR, home))
    page = coordinator.get("/en/audit/").content.decode()
    assert ", Edition 1</a>" in page and "edition:" not in page.replace("thing=edition", "")
    assert str(section.uid) not in page
    assert "Language: Shqip" in page and "Person: Vesna Vesić" in page
    assert "0000 0000 0000 0000" in page and "2 March 2026" in page
    assert "mk-coordinator" not in page
    # The operator reads the trail and no text: what it is about has a number, and no title.
    page = page_of(make_person(Role.OPERATOR, home), "/en/audit/")
    assert "nothing:7" in page


def test_denied_requests_of_one_person_are_one_line_and_slips_are_none() -> None:
    home = make_institution()
    drafter = make_person(Role.DRAFTER, home, name="Dara Darić")
    client = client_of(drafter)
    for path in ("/en/audit/", "/en/audit.csv", "/en/audit/", "/en/no-such-page/"):
        assert client.get(path).status_code == 404
    assert [one.thing for one in Entry.objects.filter(verb="open")] == [
        "path:/en/audit/",
        "path:/en/audit.csv",
    ]
    events = events_of(page_of(make_person(Role.COORDINATOR, home), "/en/audit/"))
    assert events.count("<b>Dara Darić</b>") == 1
    assert "asked for 2 pages and was refused" in events and "/en/audit.csv" in events


def test_a_saved_section_is_one_entry_an_hour() -> None:
    cast = make_cast()
    for text in ("One.", "Two.", "Three."):
        cast.change(0, text)
    cast.change(1, "Four.")
    saved = Entry.objects.filter(verb="save_section", thing=f"edition:{cast.edition.pk}")
    assert [one.detail["uid"] for one in saved] == [str(cast.uids[0]), str(cast.uids[1])]
    events = events_of(page_of(cast.coordinator, "/en/audit/"))
    assert "saved a section" in events and str(cast.uids[0]) not in events


def test_a_review_on_the_trails_page_speaks_in_words() -> None:
    cast = make_cast()
    review = cast.start()
    seat = review.stages.get(order=1).seats.get(institution=cast.interior)
    sign_off(cast.goran, seat, "agree_with_remarks", "A remark.", review.manifest.sha256)
    withdraw_review(cast.coordinator, review, "Not this year.", text_too=True)
    audit.record("remind_all", review.stages.get(order=1), None, kind="after0", people=2)
    audit.record("submit", cast.edition, cast.drafter, behind={"mk": 3}, because="Soon.")
    audit.record("sign_in", cast.goran, cast.goran, by="mail_link")
    audit.record("mail_link", cast.goran, cast.goran)
    audit.record("save_search", "savedsearch:3", cast.coordinator, often="daily")
    page = page_of(cast.coordinator, "/en/audit/")
    rows = events_of(page)
    for words in (
        "State: Withdrawn",
        "The text was withdrawn too: yes",
        "Kind: after the deadline",
        "People whose answer no longer counts: 1",
        "Out-of-date sections: Македонски: 3",
        "Method: a link in an e-mail",
        "used a link in an e-mail",
        "requested a link by e-mail to sign in",
        "Saved search 3",
        "E-mails: Every day",
    ):
        assert words in rows, words
    sent = verbs.of_entry("mail_link", {"review": review.pk}, is_by_person=False)
    assert sent == "sent an e-mail with a link that opens the review"
    said = set(re.findall(r"<li>([a-z_0-9]+): ", rows))
    assert said == set(), "raw words"
