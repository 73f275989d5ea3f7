"""A redacted edition: what two people leave out is in nothing that everybody can read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.test import Client
from django.urls import reverse

import audit
from audit.models import Entry
from audit.verify import problems as trail_problems
from documents.access import access_keys
from documents.actions import classify, explain_case_data, publish_redaction, redact, redact_acts
from documents.actions.adopt_edition import today_in
from documents.actions.errors import ActionError, NotReady
from documents.actions.store_redacted import store_redacted
from documents.actions.withdraw import repeal
from documents.choices import State
from documents.models import Edition, Instrument, Redaction, RedactionMark
from documents.text import SectionText, SectionTree
from documents.text.section import Section
from mail.models import Message
from people.access import may
from people.roles import Role, Verb
from public import saved_pages
from search.factory import engine
from search.outbox import drain
from tests.support.audit.guards_hold import sql
from tests.support.documents.exports.files import pdf_text
from tests.support.documents.exports.scrubbed import opened
from tests.support.documents.redacted import (
    BELOW,
    CANARIES,
    SEEN,
    UIDS,
    WHOLE,
    WORDS,
    body,
    make_original,
    make_redaction,
    paragraph,
    publish,
    text,
)
from tests.support.factories import make_draft, make_in_force, make_institution, make_person, put_in_force
from tests.support.html import flat, signed_in
from tests.support.public.fixtures import reader as reader
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


@pytest.fixture
def original(db: Any) -> Edition:
    cache.clear()
    return make_original()


def test_whoever_had_a_hand_in_it_is_no_second_person_and_confirmations_end_with_a_change(
    original: Edition,
) -> None:
    redaction, first, second = make_redaction(original)
    owner = original.instrument.owner
    third = make_person(Role.COORDINATOR, owner)
    assert redact.confirmed(redaction) and redaction.marks.filter(end=0).exists()
    spot = next(one for one in redact.confirmed(redaction) if one[0] == UIDS[0])
    assert redact.confirmed(redaction) == set(redact.to_confirm(redaction, redact.texts(original)))
    redact.mark_words(first, redaction, SEEN, "bs", "safety", "član 9", UIDS[0])
    assert spot not in redact.confirmed(redaction)
    assert "zna" not in json.dumps(redact.make(redaction).trees["en"].by_uid[UIDS[0]].text.body)
    redact.unmark(second, redaction, [redaction.marks.filter(end__gt=0).latest("pk").pk])
    assert not redaction.marks.filter(by=second).exists()
    publish_redaction.propose(third, redaction)
    redaction.refresh_from_db()
    for by in (first, second, third):
        assert "You prepared this" in publish_redaction.why_not(by, redaction)
    assert not publish_redaction.why_not(make_person(Role.COORDINATOR, owner), redaction)


def test_the_database_asks_for_a_second_person_who_had_no_hand_in_it(original: Edition) -> None:
    owner = original.instrument.owner
    began, marked, unmarked, confirmed, proposed, other = (
        make_person(Role.COORDINATOR, owner) for _n in range(6)
    )
    redaction = redact.start(began, original)
    for language in ("bs", "en"):
        redact.mark_words(marked, redaction, WORDS, language, "safety", "član 9")
    redact.mark_part(confirmed, redaction, UIDS[4], "bs", [], "safety", "član 9")
    redact.unmark(unmarked, redaction, [redaction.marks.latest("pk").pk])
    redact.confirm_all_words(confirmed, redaction, redact.to_confirm(redaction, redact.texts(original)))
    redact.confirm_all_words(proposed, redaction, ())
    publish_redaction.propose(proposed, redaction)
    redaction.refresh_from_db()
    assert not redaction.marks.filter(by=confirmed).exists()
    public = store_redacted(other, original, redact.make(redaction))
    approve = (
        "UPDATE documents_redaction SET state = 'published', public_edition_id = %s, approved_by_id = %s, "
        "approved = now() WHERE id = %s"
    )
    for by in (began, marked, unmarked, confirmed, proposed):
        audit.record("approve_redaction", original, by, sha256=redaction.sha256)
        with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
            sql(approve, public.pk, by.pk, redaction.pk)
    audit.record("approve_redaction", original, other, sha256=redaction.sha256)
    sql("UPDATE documents_redaction SET proposed_by_id = NULL WHERE id = %s", redaction.pk)
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        sql(approve, public.pk, other.pk, redaction.pk)
    sql("UPDATE documents_redaction SET proposed_by_id = %s WHERE id = %s", proposed.pk, redaction.pk)
    sql(approve, public.pk, other.pk, redaction.pk)


def test_the_title_that_everybody_reads_holds_no_case_data(original: Edition) -> None:
    redaction, _first, _second = make_redaction(original)
    made = redact.make(redaction)
    publish_redaction.check_case_data(original, made)
    trees = {"bs": replace(made.trees["bs"], title="Predmet: lični broj 0101006500006")}
    with pytest.raises(NotReady, match="case data"):
        publish_redaction.check_case_data(original, replace(made, trees=trees))


def test_an_act_says_nothing_of_a_text_that_has_changed_since(original: Edition) -> None:
    redaction, _first, _second = make_redaction(original)
    assert redact_acts.changed_acts(redaction)[0].body == f"{SEEN}, [Left out: Safety of a person]"
    for spelled, left in ((f"Kvar-čova {SEEN}", 0), (f"JMBG 0101006500006 {SEEN}", 0), (SEEN, 1)):
        assert redact_acts.without(spelled, {WORDS: "safety"}).count(SEEN) == left
    prefetch_related_objects([redaction], "marks")
    for mark in redaction.marks.all():
        mark.text_hash = "0" * 64
    act = redact_acts.acts_as_read(redaction)[0]
    assert act.body == act.number == "[Left out: Safety of a person]"


def test_a_reason_for_the_original_is_confirmed_for_what_is_left_by_both(db: Any) -> None:
    number = "0101006500006"
    title = f"Primer {number}"
    one = Section(UIDS[0], 1, "section", SectionText("1", body(SEEN, paragraph(text(f"{WORDS}, {number}")))))
    draft = make_draft(
        languages=["bs"], classification="official", tree=SectionTree("bs", title, (one,)), slug="form"
    )
    Edition.objects.filter(pk=draft.pk).update(title_bs=title)
    draft.refresh_from_db()
    first, second = (make_person(Role.COORDINATOR, draft.instrument.owner) for _n in range(2))
    for found in explain_case_data.find(draft):
        explain_case_data.explain(second, draft, found.uid, "bs", found.text_hash, "An invented number.")
    original = put_in_force(draft)
    redaction = redact.start(first, original)
    redact.mark_words(first, redaction, WORDS, "bs", "personal_data", "član 9")
    for given in ("", "0" * 64):
        with pytest.raises(NotReady, match="Confirm"):
            publish_redaction.propose(first, redaction, given)

    def check(client: Client, name: str) -> str:
        page = reverse(f"desk:{name}", "config.urls_office", args=[original.pk])
        shown = flat(client.post(page).content.decode())
        assert shown.count(f"{number} (personal number)") == 2 and f"{second.name}: An invented" in shown
        tick = re.search(r'name="no_case_data" value="(\w{64})" required', shown)
        hashes = dict(re.findall(r'name="(source|redacted)" value="(\w+)"', shown))
        assert tick
        refused = client.post(page, hashes | {"answers": "confirmed"}, follow=True)
        assert "Confirm that what is left is no case data." in refused.content.decode()
        client.post(page, hashes | {"answers": "confirmed", "no_case_data": tick[1]})
        return Redaction.objects.get().state

    assert check(signed_in(first), "propose_redaction") == "proposed"
    assert check(signed_in(second), "approve_redaction") == "published"


def leaked(data: bytes) -> list[str]:
    found = opened(data).lower()
    return [one for one in CANARIES if one.lower().encode() in found]


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
    assert any("Redacted edition to approve" in one for one in mails)
    assert not leaked("\n".join(told).encode())
    assert asked > 100 and engine() is not None

    # Who may read the original reads all of it, under its own address.
    insider = signed_in(make_person(Role.PRACTITIONER, original.instrument.owner))
    whole = content(insider.get(reverse("documents:edition", "config.urls_office", kwargs={"country": "mk", "slug": original.instrument.slug, "number": 1}) + "?whole=1&text=bs"))  # fmt: skip
    assert leaked(whole)
    assert list(trail_problems()) == []


def test_two_people_and_both_hashes(original: Edition) -> None:
    free = make_in_force(slug="free", owner=original.instrument.owner)
    with pytest.raises(ActionError, match="Restrict"):
        redact.start(make_person(Role.COORDINATOR, original.instrument.owner), free)
    redaction, first, second = make_redaction(original)
    with pytest.raises(ActionError, match="already being prepared"):
        redact.start(second, original)
    publish_redaction.propose(first, redaction)
    redaction.refresh_from_db()
    source, sha256 = redaction.source_sha256, redaction.sha256
    assert len({source, sha256, original.sha256}) == 3
    for by, given, code in (
        (first, (source, sha256), "not_second"),
        (second, ("0" * 64, sha256), "changed"),
        (second, (source, "0" * 64), "changed"),
    ):
        with pytest.raises(ActionError) as refusal:
            publish_redaction.approve(by, redaction, *given)
        assert refusal.value.code == code
    with pytest.raises(ActionError):
        redact.mark_part(first, redaction, UIDS[4], "bs", [], "safety", "why")
    with pytest.raises(ActionError, match="should change"):
        publish_redaction.send_back(second, redaction, "")
    publish_redaction.send_back(second, redaction, "More of it.")
    returned = Message.objects.get(template="redaction_returned")
    assert (returned.to, f"/desk/{original.pk}/redaction/" in returned.text) == (first.email, True)
    assert not leaked(f"{returned.subject} {returned.text} {returned.html}".encode())
    redaction.refresh_from_db()
    assert publish_redaction.sent_back_because(redaction) == "More of it."
    with pytest.raises(ActionError):
        publish_redaction.approve(second, redaction, source, sha256)
    publish_redaction.propose(first, redaction)
    publish_redaction.send_back(first, redaction, "")
    assert Message.objects.filter(template="redaction_returned").count() == 1
    publish_redaction.propose(first, redaction)
    public = publish_redaction.approve(second, redaction, source, sha256)
    assert public.sha256 == sha256 and Edition.objects.get(pk=original.pk).sha256 == original.sha256
    assert access_keys(public) == {"pub"}

    # The public document is changed nowhere else, and the original is not opened beside it.
    for verb in (Verb.REVISE, Verb.CLASSIFY, Verb.ADOPT, Verb.DRAFT, Verb.COMMENT, Verb.CORRECT):
        assert not may(second, verb, public), verb
    assert not may(second, Verb.CLASSIFY, public.instrument)
    with pytest.raises(ActionError, match="Withdraw it first"):
        classify.change_classification(first, original.instrument, "public", "why")

    # The database holds both people and the marks.
    redaction.refresh_from_db()
    for change in (
        lambda: Redaction.objects.filter(pk=redaction.pk).update(approved_by=first),
        lambda: Redaction.objects.filter(pk=redaction.pk).update(sha256="0" * 64),
        lambda: RedactionMark.objects.filter(redaction=redaction).delete(),
        lambda: Edition.objects.filter(pk=public.pk).update(state="withdrawn"),
        lambda: Redaction.objects.create(edition=original, created_by=first, state="published"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_it_follows_its_original_and_is_replaced_and_withdrawn(original: Edition, reader: Client) -> None:
    first_public = publish(original)
    first = make_person(Role.COORDINATOR, original.instrument.owner)
    second = make_person(Role.COORDINATOR, original.instrument.owner)
    again = redact.start(first, original)
    assert again.marks.count() == first_public.redaction.marks.count()
    redact.mark_part(first, again, UIDS[4], "bs", [], "business", "why")
    publish_redaction.propose(first, again)
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
    classify.confirm(second, proposal)
    original.instrument.refresh_from_db()
    classify.change_classification(first, original.instrument, "official", "why")
    original = Edition.objects.get(pk=original.pk)
    again = publish(original)
    answer = reader.get(f"/en/library/{pages[1]}")
    assert (answer.status_code, answer.url) == (302, f"/en/library/i/mk/{again.instrument.slug}/1/")


def test_its_pages_for_coordinators_alone(original: Edition) -> None:
    owner = original.instrument.owner
    elena, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    client = signed_in(elena)

    def to(name: str, *more: object) -> str:
        return reverse(f"desk:{name}", "config.urls_office", args=[original.pk, *more])

    page = to("redaction")
    for person in (
        make_person(Role.DRAFTER, owner),
        make_person(Role.COORDINATOR, make_institution("al-interior")),
        None,
    ):
        assert signed_in(person).get(page).status_code in (302, 404)
    assert "Make a redacted edition" in client.get(page).content.decode()
    client.post(page, {"act": "start"})
    given = {"ground": "safety", "why": "član 9"}
    section = to("redact_section", UIDS[1], "bs")
    empty = client.post(section, {})
    said = flat(empty.content.decode())
    assert empty.status_code == 422 and "There is a problem" in said
    for error in ("Choose what to leave out.", "Choose the legal ground.", "Enter the reason."):
        assert said.count(error) == 2, error  # in the summary and at its field
    assert client.post(section, given | {"what": "blocks"}).status_code == 422
    assert client.post(section, {"what": "section"}).status_code == 422
    empty = client.post(page, {"act": "words"})
    assert empty.status_code == 422
    assert flat(empty.content.decode()).count("Enter the words as they stand in the text") == 2
    assert client.post(section, given | {"what": "words", "words": "Nema toga"}).status_code == 422
    answer = client.post(section, given | {"what": "blocks", "block": ["2"]}, follow=True).content.decode()
    assert "1 place is left out." in answer and "[" in answer
    answer = client.post(
        page, given | {"act": "words", "language": "bs", "words": WORDS}, follow=True
    ).content.decode()
    assert "6 places are left out." in answer
    client.post(page, given | {"act": "words", "language": "en", "words": WORDS})
    answer = client.get(page).content.decode()
    assert f"{SEEN}, [Left out: Safety of a person], no. 41-1/24" in answer
    assert "Confirm that all words are marked" in answer
    spots = re.findall(r'name="spot" value="([^"]+)"', answer)
    assert "/en/" in spots and f"{UIDS[0]}/bs/1" in spots
    confirmed = client.post(page, {"act": "confirm", "spot": ["/en/", "bad", "x/y/z"]}, follow=True)
    assert re.findall(r'value="([^"]+)"[^>]*\bchecked', confirmed.content.decode()) == ["/en/"]
    preview = client.get(to("redaction_preview", "bs")).content.decode()
    # The address of a picture is still that of the original, for who may read it.
    text = re.sub(r'/files/[^"]+', "", preview.partition('class="stack narrow"')[2])
    assert WORDS not in text and SEEN in text
    mark = RedactionMark.objects.latest("pk")
    client.post(page, {"act": "unmark", "mark": [mark.pk]})
    assert not RedactionMark.objects.filter(pk=mark.pk).exists()
    # A whole section takes along the marks in it; they come back with the section.
    now = Redaction.objects.get()
    for uid, words in ((UIDS[2], WHOLE), (UIDS[3], BELOW)):
        redact.mark_words(elena, now, words, "bs", "safety", "why", uid)
    redact.mark_part(elena, now, UIDS[2], "bs", [], "methods", "why")
    listed = flat(client.get(page).content.decode())
    assert f"“{WHOLE}”" not in listed and f"“{BELOW}”" not in listed and "The whole section" in listed
    redact.unmark(elena, now, [now.marks.latest("pk").pk])
    listed = flat(client.get(page).content.decode())
    assert f"“{WHOLE}”" in listed and f"“{BELOW}”" in listed

    # Words of one language: the page says what the others lose, and leads to where they are marked.
    redact.mark_words(elena, Redaction.objects.get(), f"{SEEN}.", "bs", "safety", "why", UIDS[1])
    listed = flat(client.get(page).content.decode())
    assert "English, left out whole: Paragraph 1" in listed and "Mark the words there" in listed
    assert to("redact_section", UIDS[1], "en") in listed
    checked = client.post(to("propose_redaction")).content.decode()
    assert "English, left out whole: Paragraph 1" in checked and to("redaction_preview", "bs") in checked
    assert "Check what is left out" in checked and "Check number of the redacted edition" in checked
    client.post(to("propose_redaction"), {"answers": "confirmed"})
    now = Redaction.objects.get()
    assert now.state == "proposed" and "You prepared this" in client.get(page).content.decode()

    # The second person has a mail with the redacted title and a line on the first page; the first has none.
    other = signed_in(second)
    mails = Message.objects.filter(template="to_approve")
    addresses = [one.to for one in mails]
    assert second.email in addresses and elena.email not in addresses
    told = f"{mails[0].subject} {mails[0].text}"
    assert WORDS not in told and "(" in told and f"/desk/{original.pk}/redaction/" in told
    assert "asks for your approval" in other.get("/en/").content.decode()
    assert "asks for your approval" not in client.get("/en/").content.decode()

    assert "Check and publish" in other.get(page).content.decode()
    checked = flat(other.post(to("approve_redaction")).content.decode())
    assert now.source_sha256 in checked and now.sha256 in checked
    both = {"source": now.source_sha256, "redacted": now.sha256, "answers": "confirmed"}
    done = other.post(to("approve_redaction"), both, follow=True).content.decode()
    assert "The redacted edition is public." in done
    withdraw = to("withdraw_redaction")
    assert other.post(withdraw, {"reason": ""}).status_code == 422
    assert "Check before you withdraw" in other.post(withdraw, {"reason": "Slip."}).content.decode()
    other.post(withdraw, {"reason": "Slip.", "answers": "confirmed"})
    assert Redaction.objects.get().state == "ended"
    with pytest.raises(NotReady):
        publish_redaction.propose(elena, redact.start(elena, original))
    discard = client.post(page, {"act": "discard"}).content.decode()
    assert "Check before you discard these marks" in discard
    client.post(page, {"act": "discard", "answers": "change"})
    assert Redaction.objects.filter(state="draft").exists()
    client.post(page, {"act": "discard", "answers": "confirmed"})
    assert not Redaction.objects.filter(state="draft").exists()
