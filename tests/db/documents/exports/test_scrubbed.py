"""A file for readers holds nothing that Word hides: a secret is planted in each place, and every export
searched."""

from __future__ import annotations

import re

from django.test import Client

from documents.models import Edition
from people.roles import Role
from tests.support.documents.exports.scrubbed import PLACES, SECRET, opened, source
from tests.support.documents.exports.scrubbed import edition as edition
from tests.support.factories import make_person


def test_the_secrets_are_in_the_source_and_in_no_file_for_readers(edition: Edition, client: Client) -> None:
    planted = opened(source())
    assert not [place for place in PLACES if SECRET[place].encode() not in planted]
    reader = make_person(Role.COORDINATOR, edition.instrument.owner)
    client.force_login(reader)
    base = f"/bs/i/rs/{edition.instrument.slug}/1"
    pages = [f"{base}.{kind}" for kind in ("docx", "template.docx", "pdf", "json", "html", "md")] + [
        f"{base}/"
    ]
    pages += [f"{base}.bilingual.{kind}?with=hr" for kind in ("html", "docx")]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        data = opened(response.getvalue() if response.streaming else response.content)
        leaked = [place for place in PLACES if SECRET[place].encode() in data]
        assert not leaked, (address, leaked)
        if not address.endswith(".pdf"):
            assert b"Vidljivo." in data and b"Posle polja." in data and b"Izbor." in data, address
    for address in set(re.findall(rb'/files/[0-9a-f]{64}/[^"\s\\]*', client.get(f"{base}/").content)):
        response = client.get(address.decode())
        data = response.getvalue() if response.streaming else response.content
        assert not [place for place in PLACES if SECRET[place].encode() in data]
