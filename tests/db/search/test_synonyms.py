"""Synonyms in the database and in the admin: who would find what, by whom edited; candidates that are learned
from questions put again with other words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from audit.models import Entry
from documents.choices import Classification
from mail.digest import local_now
from people.actions.groups import sync_groups
from people.roles import Role
from search.models import RewordedQuestion, SynonymGroup, Unanswered
from search.outbox import drain
from search.pages.rewordings import FLOOR, WEEKS, candidates, forget_rewordings, replaced
from search.synonym_store import import_shipped_groups
from tests.support.factories import make_in_force, make_person, make_tree
from tests.support.html import PageClient
from tests.support.public.fixtures import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
ADMIN = "/admin/snippets/search/synonymgroup"


def in_admin(role: Role) -> Client:
    browser, person = PageClient(), make_person(role)
    sync_groups(person)
    browser.force_login(person)
    return browser


def test_taken_in_once_and_never_over_what_people_wrote() -> None:
    assert SynonymGroup.objects.count() >= 270
    assert import_shipped_groups() == (0, 0)
    SynonymGroup.objects.filter(key="boss").update(en="somebody wrote this", edited=True)
    SynonymGroup.objects.filter(key="wage").update(en="an older update had this")
    SynonymGroup.objects.filter(key="debt").delete()
    assert import_shipped_groups() == (1, 1)
    assert SynonymGroup.objects.get(key="boss").en == "somebody wrote this"


def test_a_page_shows_who_would_find_what_before_a_group_is_saved() -> None:
    for slug, text, kind in (
        ("open", "The landlord keeps the keys.", Classification.PUBLIC),
        ("closed", "The landlord keeps the secret keys.", Classification.OFFICIAL),
    ):
        tree = make_tree("en", slug, [(1, f"Keys of {slug}", text)])
        make_in_force(slug=slug, languages=("en",), tree=tree, classification=kind)
    Unanswered.objects.create(words="houseowner ana", day=local_now().date(), times=50)
    drain()
    reader = PageClient(headers={"host": PUBLIC})

    def found() -> bool:
        return "Keys of open" in reader.get("/en/library/search/", {"q": "houseowner"}).content.decode()

    assert not found()
    browser = in_admin(Role.PUBLISHER)
    data = {"key": "landlord", "en": "houseowner;; landlord ", "shown": "on", "seen": ""}
    checked = browser.post(f"{ADMIN}/add/", data)
    page = checked.content.decode()
    assert checked.status_code == 200 and not SynonymGroup.objects.filter(key="landlord").exists()
    assert "1 of the questions tried" in page and "houseowner" in page and "Keys of open" in page
    assert "houseowner ana" not in page, "what few asked is shown to nobody"
    assert "Keys of closed" not in page, "the rights are those of the public"
    reopened = browser.post(f"{ADMIN}/add/", data | {"reopen": "1"}).content.decode()
    assert "houseowner;; landlord" in reopened and not SynonymGroup.objects.filter(key="landlord").exists()
    assert browser.post(f"{ADMIN}/add/", data | {"confirm": "1"}).status_code == 302
    group = SynonymGroup.objects.get(key="landlord")
    assert (group.en, group.edited) == ("houseowner; landlord", True) and found()
    assert Entry.objects.get(verb="add_synonyms").detail == {"languages": ["en"], "is_shown": True}

    # A form that was filled before another person's change is refused; a hidden group is not used.
    edit = f"{ADMIN}/edit/{group.pk}/"
    seen = {"seen": group.changed.isoformat(), "confirm": "1"}
    hidden = {name: value for name, value in (data | seen).items() if name != "shown"}
    assert browser.post(edit, hidden).status_code == 302 and not found()
    assert browser.post(edit, data | seen).status_code == 200
    assert not SynonymGroup.objects.get(key="landlord").shown
    assert Entry.objects.filter(verb="change_synonyms").count() == 1
    for wrong in ({"en": " ; ~"}, {"key": "boss"}):
        assert browser.post(f"{ADMIN}/add/", data | {"key": "new", "confirm": "1"} | wrong).status_code == 200
    assert not SynonymGroup.objects.filter(key="new").exists()


def test_words_that_were_replaced_are_candidates_from_five_on_without_persons() -> None:
    office, reader = PageClient(), PageClient(headers={"host": PUBLIC}, REMOTE_ADDR="203.0.113.1")
    office.force_login(make_person(Role.PRACTITIONER))
    nothing = reader.get("/en/library/search/", {"q": "kettle taken"})
    assert '<input type="hidden" name="before" value="kettle taken">' in nothing.content.decode()
    for last in (*range(1, FLOOR), 1, 1):
        for before in ("kettle taken", "zyxwring taken"):
            asker = PageClient(headers={"host": PUBLIC}, REMOTE_ADDR=f"203.0.113.{last}")
            answer = asker.get("/en/library/search/", {"q": "passport taken", "before": before})
            assert not answer.cookies
    office.get("/en/search/", {"q": "kettle taken"})
    assert candidates() == []
    office.get("/en/search/", {"q": "passport taken"})
    row = RewordedQuestion.objects.get()
    assert (row.before, row.after, row.times) == ("kettle", "passport", FLOOR)
    assert row.week.weekday() == 0
    assert [(one.before, one.after, one.times) for one in candidates()] == [("kettle", "passport", FLOOR)]
    page = in_admin(Role.OPERATOR).get("/admin/search/synonyms/candidates/").content.decode()
    assert "kettle" in page and "?in=hbs&amp;words=kettle%3B%20passport" in page
    prefilled = in_admin(Role.OPERATOR).get(f"{ADMIN}/add/", {"in": "hbs", "words": "kettle; passport"})
    assert "kettle; passport" in prefilled.content.decode()
    SynonymGroup.objects.create(key="ring", en="kettle; passport")
    assert candidates() == [], "what a group has already is no candidate"
    RewordedQuestion.objects.update(week=local_now().date() - timedelta(weeks=WEEKS, days=7))
    assert forget_rewordings() == 1


@pytest.mark.parametrize(
    ("before", "after", "pair"),
    [
        ("papers taken", "passport taken", ("papers", "passport")),
        ("boss", "employer", ("boss", "employer")),
        ("papers taken", "passport seized", None),
        ("papers", "papers taken", None),
        ("papers taken", "papers", None),
        ("papers of 4711", "passport of 4711", None),
        ("papers a1", "passport a1", None),
        ("", "passport", None),
        ("one two three four five", "six seven eight nine five", None),
    ],
)
def test_what_counts_as_replaced(before: str, after: str, pair: tuple[str, str] | None) -> None:
    assert replaced(before, after, "en") == pair
