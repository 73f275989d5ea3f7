"""After the end of a review its forms say at once why there is nothing to do, and lead on; what is sent is
refused all the same."""

from __future__ import annotations

import re
from datetime import date

import pytest

from audit.models import Entry
from tests.support.reviews import Cast, adopt, client_of, pass_all
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.models import Review

pytestmark = pytest.mark.django_db
FORMS = ("adopt", "restart", "withdraw", "reopen")


def pages(cast: Cast, review: Review) -> dict[str, str]:
    client = client_of(cast.coordinator)
    found = {name: client.get(f"/en/desk/reviews/{review.pk}/{name}/") for name in FORMS}
    assert {one.status_code for one in found.values()} == {200}
    return {name: one.content.decode() for name, one in found.items()}


def assert_over(found: dict[str, str], words: str, link: str) -> None:
    for name, page in found.items():
        main = page[page.index("<main") : page.index("</main>")]
        assert words in main and "There is nothing to do here any more." in main, name
        assert link in main and 'method="post"' not in main, name
        assert "yet" not in main, name


def test_after_the_adoption(cast: Cast, restarted: Review) -> None:
    adopt(cast, restarted)
    back = f'<a href="/en/desk/reviews/{restarted.pk}/">Back to the review</a>'
    assert_over(pages(cast, restarted), "The text was adopted; this was recorded on", back)
    client = client_of(cast.coordinator)
    sent = client.post(f"/en/desk/reviews/{restarted.pk}/restart/", {"stage": "1", "reason": "Again."})
    assert sent.status_code == 409 and "has ended already" in sent.content.decode()
    assert (
        client.post(f"/en/desk/reviews/{restarted.pk}/adopt/", {"valid_from": "2026-01-15"}).status_code
        == 409
    )
    assert Entry.objects.filter(verb="restart", refused=True).exists()


@pytest.mark.parametrize("tag", ["sr-cyrl", "hr", "mk"])
def test_a_sentence_that_ends_in_a_date_ends_in_one_dot(cast: Cast, restarted: Review, tag: str) -> None:
    adopt(cast, restarted)
    for user, page in (
        (cast.coordinator, f"desk/reviews/{restarted.pk}/adopt/"),
        (cast.goran, f"review/{restarted.pk}/"),
    ):
        main = client_of(user).get(f"/{tag}/{page}").content.decode()
        main = main[main.index("<main") : main.index("</main>")]
        assert str(date.today().year) in main and not re.search(r"\w\.\.(?!\.)", main)


def test_in_a_round_that_another_one_followed(cast: Cast, restarted: Review) -> None:
    first = Review.objects.get(round=1)
    on = f'<a href="/en/desk/reviews/{restarted.pk}/">Go to round 3</a>'
    assert_over(pages(cast, first), "This round has ended; round 3 is the last one.", on)


def test_in_one_that_was_withdrawn_or_reopened(cast: Cast, review: Review) -> None:
    back = f'<a href="/en/desk/reviews/{review.pk}/">Back to the review</a>'
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    assert_over(pages(cast, review), "The text was reopened on", back)
    second = cast.start()
    withdraw_review(cast.coordinator, second, "Later.", text_too=False)
    back = f'<a href="/en/desk/reviews/{second.pk}/">Back to the review</a>'
    assert_over(pages(cast, second), "The review was withdrawn.", back)


def test_while_it_can_be_done_the_forms_are_there(cast: Cast, review: Review) -> None:
    found = pages(cast, review)
    for name in ("restart", "withdraw", "reopen"):
        assert "There is nothing to do" not in found[name] and 'name="reason"' in found[name]
    # What stands in the way of an adoption is said, with a way back.
    assert "be adopted yet:" in found["adopt"] and "Back to the review" in found["adopt"]
    pass_all(cast, review)
    assert 'enctype="multipart/form-data"' in pages(cast, review)["adopt"]
