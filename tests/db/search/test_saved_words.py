"""The form that saves a search says in words what is saved, and of nothing that the person may not know."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from documents.choices import Classification
from people.models import User
from tests.support.factories import make_institution
from tests.support.html import squeeze
from tests.support.search.saved import LIST, publish, save
from tests.support.search.saved import client as client
from tests.support.search.saved import person as person
from theme.localized_names import localized_name

__all__ = ["client", "person"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


def test_the_form_says_what_is_saved(client: Client, person: User) -> None:
    edition = publish("one")
    closed = publish("closed", Classification.TLP_AMBER_STRICT)
    other = make_institution("mk-health")
    query = (
        f"q=shelter -fire&country=mk&language=en&topic=children&institution={edition.instrument.owner_id}"
        "&in=mk/one&on=2026-01-31&sort=newest&across=1"
    )

    def said(query: str, address: str = "/en/search/saved/new/") -> dict[str, str]:
        page = squeeze(client.get(f"{address}?{query}").content.decode())
        rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
        return {name: unescape(re.sub("<[^>]+>", "", value)) for name, value in rows}

    assert said(query) == {
        "Search words": "shelter -fire",
        "Day": "In force on 31 January 2026",
        "Country": "MK",
        "Language of the text": "English",
        "Topic": "Children",
        "Institution": str(localized_name(edition.instrument.owner)),
        "Document": "Title en",
        "Sort order": "Newest first",
        "Other languages": "included, using translations of your words",
    }
    assert said("q=shelter") == {"Search words": "shelter", "State": "In force"}
    assert said("q=shelter&status=all&in=mk/closed") == {
        "Search words": "shelter",
        "State": "All editions",
        "Document": "not available to you",
    }, closed
    assert said(f"q=shelter&institution={other.pk}")["Institution"] == "not available to you"
    saved = save(person, "q=shelter&status=draft&status=superseded")
    assert said("", f"{LIST}{saved.pk}/") == {"Search words": "shelter", "State": "Draft, Superseded"}
