"""Redacting: what two people mark, confirm and publish, and its pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

import audit
from documents.access.rights import access_keys
from documents.actions import classify, explain_case_data, publish_redaction, redact
from documents.actions.errors import ActionError, NotReady
from documents.actions.store_redacted import store_redacted
from documents.models import Edition, Redaction, RedactionMark
from documents.text import SectionText, SectionTree
from documents.text.section import Section
from mail.models import Message
from people.access import may
from people.roles import Role, Verb
from proposals.errors import Decided
from tests.support.audit.guards_hold import sql
from tests.support.documents.redacted import (
    BELOW,
    SEEN,
    UIDS,
    WHOLE,
    WORDS,
    body,
    leaked,
    make_redaction,
    paragraph,
    text,
)
from tests.support.documents.redacted import original as original
from tests.support.factories import make_draft, make_in_force, make_institution, make_person, put_in_force
from tests.support.html import flat, signed_in
from tests.support.public.fixtures import reader as reader
from tests.support.search.fixtures import analyser as analyser
from tests.support.search.fixtures import search_index as search_index


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
    publish_redaction.propose_redaction(third, redaction)
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
    publish_redaction.propose_redaction(proposed, redaction)
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
            publish_redaction.propose_redaction(first, redaction, given)

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


def test_two_people_and_both_hashes(original: Edition) -> None:
    free = make_in_force(slug="free", owner=original.instrument.owner)
    with pytest.raises(ActionError, match="Restrict"):
        redact.start(make_person(Role.COORDINATOR, original.instrument.owner), free)
    redaction, first, second = make_redaction(original)
    with pytest.raises(ActionError, match="already being prepared"):
        redact.start(second, original)
    publish_redaction.propose_redaction(first, redaction)
    redaction.refresh_from_db()
    source, sha256 = redaction.source_sha256, redaction.sha256
    assert len({source, sha256, original.sha256}) == 3
    with pytest.raises(Http404):
        publish_redaction.approve(first, redaction, source, sha256)
    for given in (("0" * 64, sha256), (source, "0" * 64)):
        with pytest.raises(ActionError) as refusal:
            publish_redaction.approve(second, redaction, *given)
        assert refusal.value.code == "changed"
    with pytest.raises(ActionError):
        redact.mark_part(first, redaction, UIDS[4], "bs", [], "safety", "why")
    with pytest.raises(ActionError, match="should change"):
        publish_redaction.send_back(second, redaction, "")
    publish_redaction.send_back(second, redaction, "More of it.")
    returned = Message.objects.get(template="proposal_returned")
    assert (returned.to, "/proposals/" in returned.text) == (first.email, True)
    assert not leaked(f"{returned.subject} {returned.text} {returned.html}".encode())
    redaction.refresh_from_db()
    assert publish_redaction.sent_back_because(redaction) == "More of it."
    with pytest.raises(Decided):
        publish_redaction.approve(second, redaction, source, sha256)
    publish_redaction.propose_redaction(first, redaction)
    publish_redaction.send_back(first, redaction, "")
    assert Message.objects.filter(template="proposal_returned").count() == 1
    publish_redaction.propose_redaction(first, redaction)
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
    assert now.state == "proposed" and "You prepared this" not in client.get(page).content.decode()

    # The second person has a mail with the redacted title and a line on the first page; the first has none.
    other = signed_in(second)
    mails = Message.objects.filter(template="proposal_waits", about__startswith="proposal:")
    addresses = [one.to for one in mails]
    assert second.email in addresses and elena.email not in addresses
    told = f"{mails[0].subject} {mails[0].text}"
    assert WORDS not in told and "/proposals/" in told
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
        publish_redaction.propose_redaction(elena, redact.start(elena, original))
    discard = client.post(page, {"act": "discard"}).content.decode()
    assert "Check before you discard these marks" in discard
    client.post(page, {"act": "discard", "answers": "change"})
    assert Redaction.objects.filter(state="draft").exists()
    client.post(page, {"act": "discard", "answers": "confirmed"})
    assert not Redaction.objects.filter(state="draft").exists()
