"""A redacted edition: what two people leave out is in nothing that everybody can read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from audit.verify import problems as trail_problems
from documents.access.rights import access_keys
from documents.actions import classify, publish_redaction, record_corrigendum, redact, redact_acts
from documents.actions.adopt_edition import today_in
from documents.actions.withdraw import repeal
from documents.choices import State
from documents.models import Edition, Instrument
from mail.models import Message
from people.roles import Role
from proposals.actions import decide
from public import saved_pages
from search.factory import engine
from search.outbox import drain
from tests.support.documents.exports.files import pdf_text
from tests.support.documents.exports.scrubbed import opened
from tests.support.documents.redacted import (
    CANARIES,
    SEEN,
    UIDS,
    WORDS,
    leaked,
    make_redaction,
    publish,
)
from tests.support.documents.redacted import original as original
from tests.support.factories import make_institution, make_person
from tests.support.html import flat, signed_in
from tests.support.public.fixtures import reader as reader
from tests.support.reviews import act_form
from tests.support.search.fixtures import analyser as analyser
from tests.support.search.fixtures import search_index as search_index

FILES = {
    "pdf": {}, "docx": {}, "on_template": {}, "html": {}, "bilingual": {"with": "en"}, "md": {},
    "bilingual_docx": {"with": "en"}, "akn": {}, "json": {},
}  # fmt: skip
DOORS = (
    "/sitemap.xml", "/robots.txt", "/data/glossary.tbx", "/data/translations.tmx",
    "/oai/?verb=ListRecords&metadataPrefix=oai_dc", "/oai/?verb=ListRecords&metadataPrefix=akn",
    "/en/feeds/all.atom", "/en/feeds/documents.atom", "/en/feeds/documents/mk.atom", "/en/data/", "/en/",
    "/en/library/", "/bs/library/", "/en/library/i/mk/", "/api/v1/openapi.json",
)  # fmt: skip


def test_an_act_says_nothing_of_a_text_that_has_changed_since(original: Edition) -> None:
    redaction, _first, _second = make_redaction(original)
    assert redact_acts.acts_as_read(redaction)[0].body == f"{SEEN}, [Left out: Safety of a person]"
    for spelled, left in ((f"Kvar-čova {SEEN}", 0), (f"JMBG 0101006500006 {SEEN}", 0), (SEEN, 1)):
        assert redact_acts.without(spelled, {WORDS: "safety"}).count(SEEN) == left
    # A word of two letters is left out where it stands alone.
    assert redact_acts.without("Abeceda, AB.", {"AB": "safety"}).startswith("Abeceda, [Left out")
    prefetch_related_objects([redaction], "marks")
    for mark in redaction.marks.all():
        mark.text_hash = "0" * 64
    act = redact_acts.acts_as_read(redaction)[0]
    assert act.body == act.number == "[Left out: Safety of a person]"


def content(response: Any) -> bytes:
    data: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return data


def pages_of(slug: str, host: str, number: int = 1) -> list[str]:
    place = {"country": "mk", "slug": slug}
    whole = reverse("documents:edition", host, kwargs=place | {"number": number})
    found = [
        whole, f"{whole}?whole=1", f"{whole}?text=en&whole=1",
        *(reverse("documents:section", host, kwargs=place | {"number": number, "uid": uid}) for uid in UIDS),
        *(reverse("documents:section_in_force", host, kwargs=place | {"uid": uid}) for uid in UIDS),
        *(reverse("documents:section_editions", host, kwargs=place | {"uid": uid}) for uid in UIDS),
    ]  # fmt: skip
    for name in ("instrument", "dates"):
        found.append(reverse(f"documents:{name}", host, kwargs=place))
    for name in ("corrigenda",):
        found.append(reverse(f"documents:{name}", host, kwargs=place | {"number": number}))
    return found


def test_nothing_that_was_left_out_is_found_anywhere(
    original: Edition, reader: Client, search_index: object, tmp_path: Path, settings: Any
) -> None:
    before = Entry.objects.latest("pk").pk  # the trail of the original names its address
    public = publish(original)
    drain()
    slug = public.instrument.slug
    assert (
        slug == f"{original.instrument.kind}-{original.instrument_id}-redacted"
        and public.instrument.classification == "public"
    )
    assert (public.number, public.state, public.valid_from) == (1, "in_force", original.valid_from)
    outsider = signed_in(make_person(Role.COORDINATOR, make_institution("al-interior")))
    asked = 0
    for client, host, prefix in (
        (reader, "config.urls_public", ""),
        (outsider, "config.urls_office", ""),
    ):
        for own in (slug, original.instrument.slug):
            for address in pages_of(own, host):
                for tag in ("/en/", "/bs/"):
                    response = client.get(prefix + address.replace("/en/", tag, 1), follow=True)
                    assert response.status_code in (200, 404), (host, address)
                    # The page of what is not found repeats the address that was asked for.
                    data = content(response).replace(original.instrument.slug.encode(), b"")
                    assert not leaked(data), (host, address)
                    asked += 1
        for name, query in FILES.items():
            if host == "config.urls_office" and name in ("pdf", "on_template"):
                continue
            kwargs = {"country": "mk", "slug": slug, "number": 1}
            address = reverse(f"documents:{name}", host, kwargs=kwargs)
            for language in ("bs", "en"):
                if "with" in query:
                    query = {"with": "en" if language == "bs" else "bs"}
                response = client.get(address, query | {"text": language}, follow=True)
                data = content(response)
                assert response.status_code == 200, address
                assert not leaked(data), (host, address, leaked(data))
                left_out = {"bs": "Left out" if host else "", "en": "[Left out: "}[language]
                if name == "json":
                    act = json.loads(data)["acts"][0]
                    assert act["session"].startswith("[Left out") or language == "bs", act
                    assert act["body"].startswith(f"{SEEN}, [") and act["number"] == "41-1/24", act
                if name == "pdf":
                    words = pdf_text(data, tmp_path)
                    assert not [one for one in CANARIES if one.lower() in words.lower()]
                    assert SEEN in words
                    assert language == "bs" or "Left out: Safety of a person" in " ".join(words.split())
                else:
                    assert language == "bs" or b"Left out: " in opened(data), (address, left_out)
                asked += 1
    for address in (*DOORS, *(f"/en/library/search/?q={one}" for one in (*CANARIES, SEEN))):
        response = reader.get(address)
        found = leaked(content(response).replace(address.encode(), b""))
        said = [one for one in found if one.lower() not in address.lower()]
        assert response.status_code in (200, 404) and not said, address
    for one in CANARIES:
        answer = reader.get("/api/v1/search", {"q": one})
        assert '"uid"' not in content(answer).decode().lower(), one
    page = content(reader.get(f"/en/library/search/?q={SEEN}&language=en")).decode()
    assert "redacted edition" in page
    # The page lists the places in the order of the text, with the ground and the reason.
    listed = flat(content(reader.get(f"/en/library/i/mk/{slug}/1/?whole=1")).decode())
    listed = re.sub("<[^>]+>|  +", " ", listed.partition(">Left out<")[2].partition(">Editions<")[0])
    places = listed.split("Safety of a person.")
    assert len(places) == 5 and "Title" in places[0] and "5 places left out" in places[1], places
    assert "The whole section. Working methods of the police." in places[-1] and "član 9" in listed
    for address in saved_pages.to_save():
        assert not leaked(content(reader.get(address)))
    files = [one for one in Path(settings.MEDIA_ROOT).rglob("*") if f"/{public.pk}/" in str(one)]
    assert not any(leaked(one.read_bytes()) for one in files if one.is_file())

    # In no row of the redacted edition, in no document of the index that others may read, in no mail or trail.
    rows = json.dumps(
        [list(public.sections.values()), list(Instrument.objects.filter(pk=public.instrument_id).values())],
        default=str,
        ensure_ascii=False,
    )
    assert not leaked(rows.encode())
    told = [json.dumps(one.detail) + one.verb for one in Entry.objects.filter(pk__gt=before)]
    mails = [f"{one.subject} {one.text} {one.html}" for one in Message.objects.all()]
    told += mails
    assert any("Waiting for a second person" in one for one in mails)
    assert not leaked("\n".join(told).encode())
    assert asked > 100 and engine() is not None

    # Who may read the original reads all of it, under its own address.
    insider = signed_in(make_person(Role.PRACTITIONER, original.instrument.owner))
    whole = content(insider.get(reverse("documents:edition", "config.urls_office", kwargs={"country": "mk", "slug": original.instrument.slug, "number": 1}) + "?whole=1&text=bs"))  # fmt: skip
    assert leaked(whole)
    assert list(trail_problems()) == []


def test_it_follows_its_original_and_is_replaced_and_withdrawn(original: Edition, reader: Client) -> None:
    first_public = publish(original)
    first = make_person(Role.COORDINATOR, original.instrument.owner)
    second = make_person(Role.COORDINATOR, original.instrument.owner)
    again = redact.start(first, original)
    assert again.marks.count() == first_public.redaction.marks.count()
    redact.mark_part(first, again, UIDS[4], "bs", [], "business", "why")
    publish_redaction.propose_redaction(first, again)
    again.refresh_from_db()
    public = publish_redaction.approve(second, again, again.source_sha256, again.sha256)
    first_public.refresh_from_db()
    assert (first_public.state, public.state, public.number) == (State.WITHDRAWN, State.IN_FORCE, 1)
    assert not Edition.objects.visible_to(first).filter(pk=first_public.pk).exists()
    assert access_keys(first_public) == frozenset()

    repeal(first, original, "Ended.", today_in(original))
    public.refresh_from_db()
    assert (public.state, public.valid_until) == (State.REPEALED, today_in(original))
    address = f"/en/library/i/mk/{public.instrument.slug}/1/"
    assert reader.get(address).status_code == 200
    publish_redaction.end(first, again, "A mistake.")
    assert reader.get(address).status_code == 404
    assert reader.get(f"/en/library/i/mk/{original.instrument.slug}/1/").status_code == 404
    # Who harvested it reads that it is gone, and nothing else of it.
    gone = content(reader.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc"))
    assert gone.count(b'status="deleted"') == 4 and not leaked(gone)
    assert list(trail_problems()) == []


def test_a_corrigendum_of_the_original_asks_for_another_redacted_edition(original: Edition) -> None:
    publish(original)
    owner = original.instrument.owner
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    page = reverse("desk:redaction", "config.urls_office", args=[original.pk])
    note = "The redacted edition does not have it yet."
    assert note not in flat(content(signed_in(first).get(page)).decode())
    double = f"{SEEN} {SEEN}."
    slip = record_corrigendum.propose_corrigendum(first, original, UUID(UIDS[1]), "bs", double, SEEN, "Slip.")
    record = reverse("desk:corrigendum", "config.urls_office", args=[slip.pk])
    recorded = signed_in(second).post(record, act_form(), follow=True)
    assert f'<a href="{page}">{note}' in flat(content(recorded).decode())
    assert note in flat(content(signed_in(first).get(page)).decode())


def test_an_address_that_was_never_public_leads_nowhere(original: Edition, reader: Client) -> None:
    """Else it would confirm a guess of the original's address."""
    public = publish(original)
    outsider = signed_in(make_person(Role.COORDINATOR, make_institution("al-interior")))
    pages = [f"i/mk/{original.instrument.slug}/{rest}" for rest in ("", "1/", "dates/", f"1/{UIDS[0]}/")]
    for page in pages:
        assert reader.get(f"/en/library/{page}").status_code == 404, page
        assert outsider.get(f"/en/{page}").status_code == 404, page

    # What everybody could read under this address leads to what is left of it.
    first, second = (make_person(Role.COORDINATOR, original.instrument.owner) for _n in range(2))
    publish_redaction.end(first, public.redaction, "Opened.")
    proposal = classify.change_classification(first, original.instrument, "public", "why")
    assert proposal is not None
    decide.confirm(second, proposal)
    original.instrument.refresh_from_db()
    classify.change_classification(first, original.instrument, "official", "why")
    original = Edition.objects.get(pk=original.pk)
    again = publish(original)
    answer = reader.get(f"/en/library/{pages[1]}")
    assert (answer.status_code, answer.url) == (302, f"/en/library/i/mk/{again.instrument.slug}/1/")
