"""A language that is still written after the adoption goes out to no program: it has no text yet, or its former
number."""

from __future__ import annotations

from django.test import Client

from documents.actions import adopt_language
from metadata.records import public_records
from tests.support.documents.following import Cast, approved, version, write
from tests.support.documents.following import cast as cast
from tests.support.documents.following import no_review as no_review

SECRET = "Nedovrseno"
DOORS = (
    "/data/translations.tmx", "/oai/?verb=ListRecords&metadataPrefix=akn", "/oai/?verb=ListRecords&metadataPrefix=oai_dc",
    "/sq/feeds/all.atom", "/en/feeds/all.atom", "/sitemap.xml", "/en/library/i/mk/sop/1.akn",
)  # fmt: skip


def test_what_is_still_written_goes_out_nowhere(db: None, cast: Cast, reader: Client) -> None:
    assert {record.language for record in public_records()} == {"mk", "en"}
    write(cast, "sq", SECRET)
    adopt_language.begin_next(cast["coordinator"], cast["edition"], "en")
    write(cast, "en", f"{SECRET} two")
    assert {(record.language, record.version.number) for record in public_records()} == {("mk", 1), ("en", 1)}
    for address in DOORS:
        answer = reader.get(address)
        data = answer.getvalue() if answer.streaming else answer.content
        assert answer.status_code == 200 and SECRET not in data.decode(), address
    approved(cast, "en")
    assert version(cast, "en").number == 2
    assert SECRET in reader.get(DOORS[1]).content.decode()
