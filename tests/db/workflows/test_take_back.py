"""An answer that is taken back within minutes, and the receipt for it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError
from documents.models import Edition
from mail.models import Message
from tests.support.documents.schema import DOCS
from tests.support.records import exports, fits, sign_for
from tests.support.reviews import CONFIRMED, Cast, act, client_of, seat_of, sign
from workflows.actions.sign_off import covered
from workflows.actions.take_back import take_back
from workflows.models import Review, Seat, SignOff
from workflows.record.build import build
from workflows.record.format import as_bytes
from workflows.record.pdf import as_data
from workflows.record.verify import problems as problems_of


def form_of(review: Review, seat: Seat, choice: str = "agree", reason: str = "") -> dict[str, Any]:
    return {"seat": seat.pk, "seen": review.manifest.sha256, "choice": choice, "reason": reason}


def test_a_receipt_says_what_was_answered(cast: Cast, review: Review) -> None:
    given = sign(cast.goran, seat_of(review, cast.interior), "agree_with_remarks", "Shorter.")
    message = Message.objects.get(template="receipt")
    assert message.to == cast.goran.email
    assert (
        "Answer: Agree with remarks" in message.text and "Institution: Ministry of Interior" in message.text
    )
    assert "(Europe/" in message.text and f"/review/{review.pk}/?seat={given.seat_id}" in message.text
    assert "Shorter." not in message.text


def test_what_is_signed_is_shown_first_and_can_be_changed(cast: Cast, review: Review) -> None:
    client, seat = client_of(cast.goran), seat_of(review, cast.interior)
    path, form = f"/en/review/{review.pk}/answer/", form_of(review, seat, "return", "The deadline.")
    shown = client.post(path, form).content.decode()
    for words in (
        "Ministry of Interior",
        "The deadline.",
        "Return",
        "Check number",
        "Your return ends this round at once, for all institutions.",
        "1 institution has not answered and will no longer be asked.",
    ):
        assert words in shown, words
    assert not SignOff.objects.exists()
    changed = client.post(path, form | {"answers": "change"}).content.decode()
    assert "The deadline.</textarea>" in changed and not SignOff.objects.exists()
    other = client.post(path, form_of(review, seat)).content.decode()
    assert "take your answer back for 10 minutes" in other
    wrong = client.post(path, form_of(review, seat, "return"))
    assert wrong.status_code == 400 and 'id="reason-err"' in wrong.content.decode()
    none = client.post(path, form_of(review, seat, ""))
    assert none.status_code == 400 and 'id="choice-err"' in none.content.decode()


def test_an_answer_is_taken_back_and_given_again(cast: Cast, review: Review) -> None:
    client, seat = client_of(cast.goran), seat_of(review, cast.interior)
    room, path = f"/en/review/{review.pk}/", f"/en/review/{review.pk}/answer/take-back/"
    sign(cast.goran, seat)
    assert "Take the answer back (10 minutes left)" in client.get(room).content.decode()
    assert client_of(cast.biljana).post(path, {"seat": seat.pk}).status_code == 302
    assert seat.answer is not None, "it is another's"
    assert client_of(cast.outsider).post(path, {"seat": seat.pk}).status_code == 404
    assert client.get(path).status_code == 302 and seat.answer is not None
    assert client.post(path, {"seat": seat.pk}).status_code == 302
    seat = Seat.objects.get(pk=seat.pk)
    assert seat.answer is None and seat in seat.stage.seats_waiting()
    assert Entry.objects.filter(verb="take_back_answer", refused=False).count() == 1
    assert Message.objects.filter(template="taken_back", to=cast.goran.email).exists()
    assert 'name="choice"' in client.get(room).content.decode()
    client.post(f"{room}answer/", form_of(review, seat, "agree_with_remarks", "Now so.") | CONFIRMED)
    assert Seat.objects.get(pk=seat.pk).answer.choice == "agree_with_remarks"
    sign(cast.biljana, seat_of(review, cast.social))
    assert review.stages.get(order=1).closed is not None
    assert SignOff.every.count() == 3 and SignOff.objects.count() == 2
    assert not list(problems())


def test_the_record_says_what_was_taken_back(cast: Cast, review: Review) -> None:
    take_back_of(cast, review)
    for who in (cast.goran, cast.biljana, cast.teuta):
        sign_for(cast, review, who)
    adopt_edition(cast.coordinator, cast.edition, [act()], date(2026, 1, 20))
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    record = build(edition)
    seat = record["rounds"][0]["stages"][0]["institutions"][0]
    assert [one["answer"] for one in seat["taken_back"]] == ["return"] and len(seat["sign_offs"]) == 1
    assert list(problems_of(as_bytes(record), exports(edition))) == []
    schema = json.loads((DOCS / "approval-record.schema.json").read_text())
    fits(record, schema, schema)
    assert "taken back" in str(as_data(edition, record))


def take_back_of(cast: Cast, review: Review) -> None:
    """An answer that was given and taken back at once, while another institution is waited for."""
    seat = seat_of(review, cast.interior)
    with transaction.atomic():
        SignOff.objects.create(
            seat=seat,
            choice="return",
            reason="No.",
            person=cast.goran,
            manifest=review.manifest,
            manifest_sha256=review.manifest.sha256,
            covers=covered(review.manifest),
        )
        take_back(cast.goran, seat)


def test_too_late(cast: Cast, review: Review) -> None:
    seat = seat_of(review, cast.interior)
    with pytest.raises(ActionError) as refusal:
        take_back(cast.goran, seat)
    assert refusal.value.code == "no_answer"
    with transaction.atomic():
        given = sign(cast.goran, seat)
    later = timezone.now() + timedelta(minutes=11)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workflows.actions.take_back.timezone.now", lambda: later)
        with pytest.raises(ActionError) as refusal:
            take_back(cast.goran, seat)
    assert refusal.value.code == "too_late"
    sign(cast.biljana, seat_of(review, cast.social))
    with pytest.raises(ActionError) as refusal:
        take_back(cast.goran, seat)
    assert refusal.value.code == "too_late"
    with pytest.raises(DatabaseError), transaction.atomic():
        SignOff.every.filter(pk=given.pk).update(voided_at=later, taken_back=True)
    assert (
        "Take the answer back" not in client_of(cast.goran).get(f"/en/review/{review.pk}/").content.decode()
    )
