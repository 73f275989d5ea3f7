"""Questions that others asked: counted by day and without persons, offered from ten askers on, and never with
a word of a text that one may not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from documents.choices import Classification
from documents.models import Edition
from mail.digest import local_now
from people.roles import Role
from search.models import AskedQuestion, AskedToday
from search.outbox import drain
from search.pages import asked_questions
from search.pages.asked_questions import DAYS, FLOOR, forget_questions
from tests.support.factories import (
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
    put_in_force,
)
from tests.support.html import PageClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
SECRET = "Zxkestrel"


def offered(client: Client, typed: str, name: str = "Questions that others asked") -> list[str]:
    groups = client.get("/en/search/suggest/", {"q": typed}).json()["groups"]
    return [item["text"] for group in groups if group["name"] == name for item in group["items"]]


def client_of(role: Role, owner: Any = None) -> Client:
    client = PageClient()
    client.force_login(make_person(role, owner))
    return client


def test_counted_once_a_day_for_each_asker_and_by_nobodys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = make_tree("en", "Title", [(1, "Heading", "Shelter for victims.")])
    make_in_force(slug="one", languages=("en",), tree=tree)
    drain()
    askers = [client_of(Role.PRACTITIONER) for _ in range(3)]
    for asker in (*askers, askers[0]):
        asker.get("/en/search/", {"q": "Who gives SHELTER"})
    row = AskedQuestion.objects.get()
    assert (row.words, row.askers) == ("who gives shelter", 3)
    digests = " ".join(AskedToday.objects.values_list("digest", flat=True))
    assert AskedToday.objects.count() == 3 and "shelter" not in digests
    # Nothing found, a number in it, filters, another page or method: no question.
    for query in (
        {"q": "Zyxw"},
        {"q": "shelter 24"},
        {"q": "shelter", "country": "mk"},
        {"q": "shelter", "page": "2"},
    ):
        askers[0].get("/en/search/", query)
    askers[0].head("/en/search/", {"q": "shelter"})
    assert AskedQuestion.objects.count() == 1
    host = {"host": "public.test"}
    for address in ("203.0.113.5", "203.0.113.5", "2001:db8:1:1::1", "2001:db8:1:2::1"):
        PageClient(REMOTE_ADDR=address).get("/en/library/search/", {"q": "victims shelter"}, headers=host)
    assert AskedQuestion.objects.get(words="victims shelter").askers == 2
    full = AskedToday.objects.count()
    monkeypatch.setattr(asked_questions, "QUESTIONS", replace(asked_questions.QUESTIONS, most=2))
    askers[0].get("/en/search/", {"q": "for shelter"})
    assert AskedToday.objects.count() == full, "beyond the most of a day nothing is stored"
    old = local_now().date() - timedelta(days=DAYS)
    AskedQuestion.objects.create(words="old", day=old, askers=1)
    AskedToday.objects.update(day=old)
    forget_questions()
    assert not AskedToday.objects.exists() and not AskedQuestion.objects.filter(words="old").exists()


def test_offered_from_ten_askers_on_and_never_with_a_closed_word() -> None:
    make_in_force(
        slug="one", languages=("en",), tree=make_tree("en", "Title", [(1, "Shelter", "The police gives it.")])
    )
    owner = make_institution("rs-coordinator")
    for slug, level in (("red", Classification.TLP_RED), ("strict", Classification.TLP_AMBER_STRICT)):
        tree = make_tree("en", slug, [(1, f"{SECRET} shelter", f"{SECRET} police.")])
        draft = make_draft(slug=slug, languages=("en",), owner=owner, classification=level, tree=tree)
        Edition.objects.filter(pk=draft.pk).update(title_en=f"{SECRET} {slug}")
        put_in_force(Edition.objects.select_related("instrument").get(pk=draft.pk))
    drain()
    today = local_now().date()

    def asked(words: str, *askers: int, office: bool = True) -> None:
        for back, count in enumerate(askers):
            AskedQuestion.objects.create(
                words=words, day=today - timedelta(days=back), askers=count, in_office=office
            )

    asked("who gives shelter", FLOOR)
    asked("who gives police", FLOOR - 1)
    asked("who gives it daily", *[1] * FLOOR)
    asked("who gives zxkestrel", FLOOR)
    asked("zxkestrel police", FLOOR)
    asked("who gives the police shelter", FLOOR, office=False)
    office = client_of(Role.PRACTITIONER)
    assert offered(office, "Who gi") == ["who gives shelter"]
    public = PageClient(headers={"host": "public.test"}).get("/en/library/search/suggest/", {"q": "who gi"})
    assert "who gives the police shelter" in public.content.decode(), (
        "in the office only what was asked there"
    )
    assert offered(office, "zxk") == []
    assert office.get("/en/search/suggest/", {"q": "zxk"}).json()["groups"] == []
    insider = client_of(Role.PRACTITIONER, owner)
    assert offered(insider, "zxk") == ["zxkestrel police"]
    assert offered(insider, "zxk", "Sections") == [f"1 {SECRET} shelter"]
    assert offered(insider, "zxk", "Documents") == [f"{SECRET} strict"]


def test_terms_lead_to_a_search(db: None) -> None:
    office = client_of(Role.PRACTITIONER)
    groups = office.get("/en/search/suggest/", {"q": "traffick"}).json()["groups"]
    assert [group["name"] for group in groups] == ["Terms"]
    assert all("traffick" in item["text"].lower() for item in groups[0]["items"])
    assert groups[0]["items"][0]["url"].startswith("/en/search/?q=")
