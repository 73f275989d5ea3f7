"""Every address that gives a file is known to the search for planted secrets: the list comes from the
addresses themselves."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from documents.actions.record_prior_adoption import propose_prior
from documents.actions.start_revision import start_revision
from documents.models import Edition
from people.roles import Role
from proposals.actions.decide import confirm
from tests.support.documents.exports.every_export import addresses
from tests.support.documents.exports.scrubbed import PLACES, SECRET, opened
from tests.support.documents.exports.scrubbed import edition as edition
from tests.support.factories import make_act, make_person
from theme.file_answers import SAFE

FILE = re.compile(r"\.[a-z]+\$?$|\\\.|<str:name>$|/word/<slug:language>/$")
"""An address with an ending, or one that is known to give a file without."""
FOR_READERS = {
    "documents:pdf": {}, "documents:docx": {}, "documents:on_template": {}, "documents:html": {}, "documents:md": {},
    "documents:akn": {}, "documents:json": {}, "documents:bilingual": {"with": "hr"},
    "documents:bilingual_docx": {"with": "hr"},
    "documents:compare_docx": {}, "documents:compare_json": {},
}  # fmt: skip
FOR_TRANSLATORS = ("desk:take_along",)
NOT_FROM_WORD = {
    "desk:own_file": "for its drafters, and by design what the source is (documents/exports/own_file.py)",
    "desk:compared_docx": "of two files that the person brought, for them alone",
    "desk:compared_json": "the same",
    "desk:default_template": "no document's text",
    "desk:try_template": "no document's text; the template is scrubbed by tests/unit/documents/word/test_template.py",
    "files:file": "pictures: searched by test_scrubbed.py, by the addresses on the page",
    "picture": "pictures of campaigns",
    "review:record_pdf": "names, votes and hashes; no text",
    "review:record_json": "the same",
    "review:matrix_docx": "comments that reviewers wrote, with the words that they quote",
    "review:matrix_xlsx": "the same",
    "coordinate:csv": "who is asked and who is late",
    "audit:csv": "who did what",
    "calendar": "deadlines",
    "search:feed": "what the search finds: the words of the page",
    "search-api:openapi-json": "a description of the search for programs",
    "hsds-api:openapi-json": "a description of the directory for programs",
}
OF_CAMPAIGNS_AND_PROGRAMS = {
    "data:robots": "addresses",
    "data:sitemap": "addresses",
    "data:sitemap_part": "addresses",
    "data:glossary": "no document's text",
    "data:translations": "searched below",
    "metadata:feed": "titles and states",
    "metadata:documents_feed": "the same",
    "metadata:country_feed": "the same",
    "metadata:campaigns_feed": "campaigns",
    "archive": "posters and cards of campaigns",
    "material_file": "the same",
    "material_thumb": "the same",
    "captions": "what audio and video of campaigns say",
    "transcript": "the same",
    "poster": "pictures of recordings",
    "outreach:csv": "weekly counts",
}
FOR_PROGRAMS = ("/data/translations.tmx", "/oai/?verb=ListRecords&metadataPrefix=akn")


@pytest.mark.parametrize("host", ["config.urls_office", "config.urls_public"])
def test_no_address_of_a_file_was_forgotten(host: str) -> None:
    found = {name for route, name in addresses(get_resolver(host)) if name and FILE.search(route)}
    found = {name for name in found if not name.startswith(("wagtail", "people:"))}
    known = {*FOR_READERS, *FOR_TRANSLATORS, *NOT_FROM_WORD}
    assert len(found) > 8
    assert not found - known - set(OF_CAMPAIGNS_AND_PROGRAMS), "search it for secrets here, or say why not"
    if host == "config.urls_office":
        assert not known - found, "these are no addresses any more"


def test_no_secret_of_the_source_is_in_any_of_them(edition: Edition, client: Client) -> None:
    owner = edition.instrument.owner
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    confirm(second, propose_prior(first, edition, make_act(), date(2024, 1, 1)))
    draft = start_revision(first, edition)
    client.force_login(make_person(Role.COORDINATOR, edition.instrument.owner))
    place = {"country": "rs", "slug": edition.instrument.slug, "number": 1}
    asked = []
    for name, query in FOR_READERS.items():
        more = {"other": 2} if name.startswith("documents:compare") else {}
        asked.append((reverse(name, "config.urls_office", kwargs=place | more), query))
    for kind in ("xlf", "docx"):
        values = {"edition_id": draft.pk, "language": "hr", "kind": kind}
        asked.append((reverse(FOR_TRANSLATORS[0], "config.urls_office", kwargs=values), {}))
    for address, query in asked:
        response = client.get(address, query, follow=True)
        assert response.status_code == 200, address
        for header, value in SAFE.items():
            assert response.headers[header] == value, (address, header)
        assert response.headers["Content-Disposition"].startswith(("attachment", "inline")), address
        data = opened(response.getvalue() if response.streaming else response.content)
        leaked = [place for place in PLACES if SECRET[place].encode() in data]
        assert not leaked, (address, leaked)
        if not address.endswith((".pdf", "compare/2.json")):  # where nothing changed, there are no words
            assert b"Vidljivo." in data, address
    for address in FOR_PROGRAMS:
        response = client.get(address, headers={"host": "public.test"})
        assert "sandbox" in response.headers["Content-Security-Policy"], address
        data = response.getvalue() if response.streaming else response.content
        leaked = [place for place in PLACES if SECRET[place].encode() in data]
        assert not leaked and b"Vidljivo." in data, (address, leaked)
