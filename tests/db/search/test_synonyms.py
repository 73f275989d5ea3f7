"""Synonyms in the database and in the admin: who would find what, by whom edited."""

from __future__ import annotations

import pytest
from django.test import Client

from audit.models import Entry
from documents.choices import Classification
from mail.digest import local_now
from people.actions.groups import sync_groups
from people.roles import Role
from search.models import SynonymGroup, Unanswered
from search.outbox import drain
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
    Unanswered.objects.create(words="houseowner ana", day=local_now().date(), times=2)
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
