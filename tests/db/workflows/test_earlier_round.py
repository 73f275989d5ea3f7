"""What somebody reads of a review who was asked in an earlier round of it alone."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from documents.actions.adopt_edition import adopt_edition
from tests.support.reviews import Cast, act, client_of, open_review, seat_in, seat_of, sign
from workflows.actions.restart import withdraw_review
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.actions.write_comment import write_comment
from workflows.models import Review

pytestmark = pytest.mark.django_db


def test_who_was_asked_in_an_earlier_round_alone_reads_what_was_said_until_it_ended(cast: Cast) -> None:
    first = open_review(cast)
    sign(cast.goran, seat_in(first, 1, cast.interior))
    write_comment(cast.goran, first, cast.uids[0], "mk", "Said in round one.")
    withdraw_review(cast.coordinator, Review.objects.get(pk=first.pk), "Later.", text_too=False)
    asked = (Asked(cast.social, cast.biljana), Asked(cast.health, cast.outsider))
    second = start_review(
        cast.coordinator,
        cast.edition,
        cast.procedure,
        [Plan(asked), Plan((Asked(cast.justice, cast.teuta),)), Plan()],
    )
    write_comment(cast.outsider, second, cast.uids[0], "mk", "Said in round two.")
    for user, institution in (
        (cast.biljana, cast.social),
        (cast.outsider, cast.health),
        (cast.teuta, cast.justice),
    ):
        sign(user, seat_of(second, institution))
    cast.edition.refresh_from_db()
    adopt_edition(cast.coordinator, cast.edition, [act()], date(2026, 2, 1))
    earlier = client_of(cast.goran)
    for path in ("comments/", "?view=comments"):
        page = earlier.get(f"/en/review/{first.pk}/{path}").content.decode()
        assert "Said in round one." in page and "Said in round two." not in page
        assert "/record.json" not in page
    document = Document(io.BytesIO(earlier.get(f"/en/review/{first.pk}/comments.docx").content))
    assert "round two" not in "".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    for ending in ("json", "pdf"):
        assert earlier.get(f"/en/review/{first.pk}/record.{ending}").status_code == 404
    for user, review in ((cast.coordinator, first), (cast.outsider, second)):
        page = client_of(user).get(f"/en/review/{review.pk}/?view=comments").content.decode()
        assert "Said in round two." in page and "/record.json" in page
