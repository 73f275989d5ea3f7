"""What a redaction and its pages say of it."""

from __future__ import annotations

from pathlib import Path

from django.test import Client
from django.urls import reverse

from documents.actions import publish_redaction
from documents.models import Edition
from tests.support.documents.exports.files import pdf_text
from tests.support.documents.exports.scrubbed import opened
from tests.support.documents.redacted import make_redaction, publish
from tests.support.documents.redacted import original as original
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
    publish_redaction.propose(first, redaction)
    page = reverse("desk:redaction", "config.urls_office", args=[original.pk])
    own, other = (flat(signed_in(one).get(page).content.decode()) for one in (first, second))
    assert "Waiting for another coordinator." in own and "Take it back" in own
    for words in ("asks for your approval", "You prepared this", 'name="reason"', "Send it back"):
        assert words not in own
    assert "asks for your approval" in other and 'name="reason"' in other and "Send it back" in other
    signed_in(first).post(page, {"act": "back"})
    redaction.refresh_from_db()
    assert redaction.state == "draft"
