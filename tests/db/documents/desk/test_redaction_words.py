"""What a redaction and its pages say of it."""

from __future__ import annotations

from pathlib import Path

from django.test import Client
from django.urls import reverse

from documents.actions import publish_redaction, redact
from documents.actions.find_citations import find_all, without_notes
from documents.models import Citation, Edition, Ground
from people.models import User
from people.roles import Role
from tests.support.documents.exports.files import pdf_text
from tests.support.documents.exports.scrubbed import opened
from tests.support.documents.redacted import SEEN, TRANSLATED, UIDS, make_redaction, publish
from tests.support.documents.redacted import original as original
from tests.support.factories import make_person
from tests.support.html import flat, signed_in
from tests.support.public.fixtures import reader as reader


def test_a_translation_gives_the_check_number_as_that_of_the_redacted_edition(
    original: Edition, reader: Client, tmp_path: Path
) -> None:
    """The original, whose text is authentic, has another one."""
    public = publish(original)
    address = f"/en/library/i/mk/{public.instrument.slug}/1"
    names, means = (
        "Check number of the redacted edition",
        "This number belongs to the redacted edition in Bosanski",
    )
    page = flat(reader.get(f"{address}/?text=en").content.decode())
    assert names in page and f"{means}, not to this translation." in page
    own = flat(reader.get(f"{address}/?text=bs").content.decode())
    assert names not in own and "If the number on paper is the same" in own
    for ending in ("docx", "md", "html", "pdf"):
        answer = reader.get(f"{address}.{ending}", {"text": "en"})
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        words = " ".join(
            (pdf_text(data, tmp_path) if ending == "pdf" else opened(data).decode(errors="replace")).split()
        )
        assert f"{names}:" in words and "authentic text" not in words, ending
        assert means in words or ending in ("docx", "md"), ending


def test_who_proposed_it_waits_or_takes_it_back_without_a_reason(original: Edition) -> None:
    redaction, first, second = make_redaction(original)
    publish_redaction.propose_redaction(first, redaction)
    page = reverse("desk:redaction", "config.urls_office", args=[original.pk])
    own, other = (flat(signed_in(one).get(page).content.decode()) for one in (first, second))
    assert "Waiting for another coordinator." in own and "Take it back" in own
    for words in ("asks for your approval", "You prepared this", 'name="reason"', "Send it back"):
        assert words not in own
    assert "asks for your approval" in other and 'name="reason"' in other and "Send it back" in other
    signed_in(first).post(page, {"act": "back"})
    redaction.refresh_from_db()
    assert redaction.state == "draft"


def test_words_marked_in_two_languages_ask_for_their_confirmation_until_it_is_given(
    original: Edition,
) -> None:
    owner = original.instrument.owner
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    now = redact.start(first, original)
    page = reverse("desk:redaction", "config.urls_office", args=[original.pk])
    here = reverse("desk:redact_section", "config.urls_office", args=[original.pk, UIDS[1], "en"])

    def read(person: User, address: str = page) -> str:
        return flat(signed_in(person).get(address).content.decode())

    asks = "Words are marked in another language too. Confirm on the page Redacted edition"
    whole, words = (
        "These paragraphs are left out whole",
        "In these paragraphs only the marked words are left out.",
    )
    to_mark, to_confirm = (
        f'href="{here}">Mark the words there',
        'href="#spots-h">Confirm that all words are marked',
    )
    redact.mark_words(first, now, f"{SEEN}.", "bs", Ground.SAFETY, "why", UIDS[1])
    assert to_mark in read(first) and to_confirm not in read(first) and asks not in read(first, here)

    redact.mark_words(first, now, TRANSLATED, "en", Ground.SAFETY, "why", UIDS[1])
    assert to_mark not in read(first) and read(first).count(to_confirm) == 2
    assert asks in read(first, here) and f'href="{page}#spots-h"' in read(first, here)
    assert whole in read(first) and words not in read(first)

    # A second person reads nothing of places that nobody confirmed.
    publish_redaction.propose_redaction(first, now)
    assert whole not in read(second) and words not in read(second) and "left out whole: " in read(second)
    now.refresh_from_db()
    publish_redaction.send_back(first, now, "")
    now.refresh_from_db()

    redact.confirm_all_words(first, now, redact.to_confirm(now, redact.texts(original)))
    shown = read(first)
    assert words in shown and whole not in shown and to_confirm not in shown and shown.count("checked>") == 2
    assert asks not in read(first, here)
    publish_redaction.propose_redaction(first, now)
    for person in (first, second):
        shown = read(person)
        assert (
            words in shown
            and whole not in shown
            and 'name="spot"' not in shown
            and f"“{TRANSLATED}”" in shown
        )


def test_the_reason_of_a_redaction_is_no_citation_of_its_text(original: Edition, reader: Client) -> None:
    now, first, second = make_redaction(original)
    law = "Law on Police, Article 10"
    redact.mark_words(first, now, SEEN, "en", Ground.OTHER_LAW, law, UIDS[4])
    publish_redaction.propose_redaction(first, now)
    now.refresh_from_db()
    public = publish_redaction.approve(second, now, now.source_sha256, now.sha256)
    find_all()
    address = f"/en/library/i/mk/{public.instrument.slug}/1/?text=en"
    page = flat(reader.get(f"{address}&whole=1").content.decode())
    assert law in page and "Acts cited that are not held here" not in page
    assert not Citation.objects.filter(edition=public).exists()
    # What the text itself cites beside a note is still found.
    line = f"By the {law} [Left out: Another law. {law}] and the Law on Asylum."
    assert without_notes(line, [law]).count(law) == 1 and len(without_notes(line, [law])) == len(line)
