"""Counts of what was asked in vain: the words and the day, nobody's name, and only what was asked often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from mail.digest import local_now
from people.roles import Role
from search.models import Unanswered
from search.outbox import drain
from search.pages import zero_results
from search.pages.zero_results import (
    FLOOR,
    count_zero_result,
    forget_unanswered,
    frequent_zero_results,
    normalise_query,
)
from tests.support.factories import make_in_force, make_person, make_tree
from tests.support.html import PageClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
PAGE = "/en/search/saved/unanswered/"


def client_of(role: Role) -> Client:
    client = PageClient()
    client.force_login(make_person(role))
    return client


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Azil  AZIL-i", "azil azil-i"),
        ('"Safe house" -not', "safe house"),
        ("ana@home.example +389 70 123456 azil", "azil"),
        ("0101990450001", ""),
        ("x" * 81, ""),
        ("Ќерка", "ќерка"),
    ],
)
def test_only_words_are_kept(typed: str, kept: str) -> None:
    assert sorted(normalise_query(typed).split()) == sorted(kept.split())


def test_counted_on_the_page_and_shown_from_the_floor_on(django_assert_num_queries: Any) -> None:
    make_in_force(slug="one", languages=("en",), tree=make_tree("en", "Title", [(1, "Heading", "Shelter.")]))
    drain()
    operator, *others = client_of(Role.OPERATOR), *(client_of(Role.PRACTITIONER) for _ in range(FLOOR))
    person, last = others[0], others.pop()
    for asker in (*others, person):
        asker.get("/en/search/", {"q": "Zyxwvut"})
    assert "zyxwvut" not in operator.get(PAGE).content.decode()
    person.head("/en/search/", {"q": "Zyxwvut"})
    for query in ({"q": "shelter"}, {"q": "zyxwvut", "country": "mk"}, {"q": "zyxwvut", "on": "2026-01-01"}):
        person.get("/en/search/", query)
    row = Unanswered.objects.get()
    assert (row.words, row.times, row.day) == ("zyxwvut", FLOOR - 1, local_now().date())
    last.get("/en/search/", {"q": "zyxwvut"})
    assert "zyxwvut" in operator.get(PAGE).content.decode()
    with django_assert_num_queries(1):
        assert [(one.words, one.times) for one in frequent_zero_results()] == [("zyxwvut", FLOOR)]


def test_only_whoever_runs_kodeks_sees_them() -> None:
    for role in Role:
        assert client_of(role).get(PAGE).status_code == (200 if role == Role.OPERATOR else 404)
    assert PageClient().get(PAGE).status_code == 302


def test_no_row_says_who_asked_or_when() -> None:
    assert {field.name for field in Unanswered._meta.get_fields()} == {"id", "words", "day", "times"}


def test_nonsense_does_not_fill_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zero_results, "VAIN", replace(zero_results.VAIN, most=3))
    for word, last in (("aa", 1), ("bb", 1), ("cc", 1), ("dd", 1), ("aa", 1), ("aa", 2)):
        request = RequestFactory(REMOTE_ADDR=f"203.0.113.{last}").get("/")
        request.user = AnonymousUser()
        count_zero_result(request, word)
    assert dict(Unanswered.objects.values_list("words", "times")) == {"aa": 2, "bb": 1, "cc": 1}


def test_old_counts_are_deleted() -> None:
    Unanswered.objects.create(
        words="old", day=local_now().date() - timedelta(days=zero_results.DAYS), times=9
    )
    assert frequent_zero_results() == [] and forget_unanswered() == 1
