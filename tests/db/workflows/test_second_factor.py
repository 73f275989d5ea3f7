"""Where the procedure asks for it, nobody answers without a second factor shown in this session."""

from __future__ import annotations

from urllib.parse import quote

import pyotp
import pytest
from django.db import DatabaseError, transaction

from audit.models import Entry
from people.models import SecondFactor
from tests.support.html import PageClient
from tests.support.reviews import PASSWORD, Cast, seat_of
from workflows.models import Review, SignOff, Stage


def test_an_answer_waits_for_the_code(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=1).update(second_factor=True)
    client = PageClient()
    client.force_login(cast.goran)
    form = {
        "seat": seat_of(review, cast.interior).pk,
        "choice": "agree",
        "reason": "kept",
        "seen": review.manifest.sha256,
    }
    page = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "Type the code" in page and 'name="choice"' not in page
    # The code leads back to the page as it was read: language, view, seat.
    seat = form["seat"]
    page = client.get(f"/en/review/{review.pk}/?text=mk&view=whole").content.decode()
    there = f"/en/review/{review.pk}/?text=mk&view=whole&seat={seat}#answer"
    assert f"second-factor/?next={quote(there)}" in page
    answer = client.post(f"/en/review/{review.pk}/answer/", form)
    assert answer.status_code == 409 and "code from your app" in answer.content.decode()
    assert not SignOff.objects.exists()
    assert Entry.objects.filter(refused=True, detail__why="second_factor").exists()
    client.post("/en/second-factor/", {"password": PASSWORD})
    client.get("/en/second-factor/")
    code = pyotp.TOTP(SecondFactor.objects.get(user=cast.goran).secret).now()
    assert client.post("/en/second-factor/", {"code": code}).status_code == 200
    assert client.post(f"/en/review/{review.pk}/answer/", form).status_code == 302
    assert SignOff.objects.get().person == cast.goran


def test_it_is_not_let_off_while_a_stage_runs(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=1).update(second_factor=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Stage.objects.filter(review=review, order=1).update(second_factor=False)
