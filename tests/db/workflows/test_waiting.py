"""Who is told why something waits: the coordinator of an author's seat, who could check a translation of that
translation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.actions import adopt_language
from documents.models import SectionChange
from people.actions.invite import enter_role
from people.roles import Role
from tests.support.documents.following import Cast as Following
from tests.support.documents.following import approved, no_review, read, version, write
from tests.support.documents.following import cast as following
from tests.support.factories import make_institution, make_person
from tests.support.reviews import Cast, client_of, open_review, pass_all, say, seat_in, seat_of, sign, to
from workflows.choices import Delegation
from workflows.models import Review, Seat, Stage
from workflows.reminders.deadlines import take_silence_as_assent

pytestmark = pytest.mark.django_db
__all__ = ["following", "no_review"]


@pytest.mark.parametrize("named", [True, False])
def test_the_coordinator_reads_why_an_authors_seat_stays_open(cast: Cast, named: bool) -> None:
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    review = open_review(cast)
    if not named:
        Seat.objects.filter(pk=seat_in(review, 1, cast.interior).pk).update(user=None)
    client, address = client_of(cast.coordinator), to("coordinate:review", review.pk)
    assert "wrote in this text" not in client.get(address).content.decode()
    cast.change(0, "Друго.", by=cast.goran)
    take_silence_as_assent(timezone.now() + timedelta(days=60))
    page = client.get(address).content.decode()
    said = page[page.index("Ministry of Interior") :].split("</li>")[0]
    who = "Goran wrote in this text" if named else "Every reviewer of this institution wrote in this text"
    assert who in said and "The silence of who wrote in a text is no assent" in said
    assert to("people:invite") in said and to("coordinate:withdraw", review.pk) not in said
    # In the stage that comes later too, where they are asked by name.
    later = page.split('id="stage-3"')[1]
    assert "Goran wrote in this text" in later and to("people:invite") in later


def test_of_a_text_that_is_signed_it_says_to_reopen_it(cast: Cast, review: Review) -> None:
    SectionChange.objects.create(
        edition=cast.edition,
        uid=cast.uids[0],
        language="mk",
        actor=cast.goran.actor,
        before="",
        after="x" * 64,
    )
    address = to("coordinate:review", review.pk)
    said = client_of(cast.coordinator).get(address).content.decode()
    assert "Goran wrote in this text" in said and "is no assent" not in said
    # Somebody who is invited can be asked instead; where the procedure lets nobody hand it over, it takes
    # another round.
    assert "Reopen the text and ask somebody else" not in said and "Invite a reviewer" in said
    Stage.objects.filter(review=review).update(delegate=Delegation.NOBODY)
    assert (
        "Reopen the text and ask somebody else" in client_of(cast.coordinator).get(address).content.decode()
    )


def test_who_could_check_a_translation_finds_it_on_the_first_page(following: Following) -> None:
    edition = following["edition"]
    owner = edition.instrument.owner
    there = f"/en/desk/{edition.pk}/versions/sq/check/"
    others = {
        "of the language": make_person(Role.TRANSLATOR, make_institution("mk-second"), languages=["sq"]),
        "of another": make_person(Role.TRANSLATOR, owner, languages=["en"]),
        "drafter": make_person(Role.DRAFTER, owner),
    }
    write(following, "sq", "Shqip")
    assert there not in read(following["reviewer"], "/en/")
    adopt_language.submit(following["translator"], version(following))
    for person in (following["reviewer"], others["of the language"], others["drafter"]):
        page = read(person, "/en/")
        assert there in page and "waits for its check" in page
        assert read(person, there)
    for person in (
        following["translator"],
        following["practitioner"],
        following["stranger"],
        others["of another"],
    ):
        assert there not in read(person, "/en/")
    assert read(following["coordinator"], "/en/").count(there) == 1
    waiting = version(following)
    adopt_language.check(following["reviewer"], waiting, True, "", waiting.sha256)
    assert there not in read(others["drafter"], "/en/")


def test_a_translation_that_is_checked_asks_nobody(following: Following) -> None:
    write(following, "sq", "Shqip")
    approved(following, "sq")
    assert "/versions/sq/check/" not in read(following["reviewer"], "/en/")


def test_after_a_return_everybody_reads_what_comes_next(cast: Cast, review: Review) -> None:
    room, desk = to("review:room", review.pk), to("coordinate:review", review.pk)
    said = "The text was returned and does not go on."
    assert said not in client_of(cast.goran).get(room).content.decode()
    sign(cast.goran, seat_of(review, cast.interior), "return", "Article 4.")
    for person in (cast.goran, cast.biljana):
        assert said in client_of(person).get(room).content.decode()
    client = client_of(cast.coordinator)
    page = client.get(desk).content.decode()
    assert said in page and f'<a class="btn" href="{to("coordinate:reopen", review.pk)}">' in page
    assert "then 10 days" not in page and page.count("not begun") == 2
    came = client.post(to("coordinate:reopen", review.pk), {"reason": "Mended."})
    assert came["Location"] == desk and said not in client.get(desk).content.decode()


def test_what_can_never_be_answered_again_is_said_before_the_act_is_typed(cast: Cast, review: Review) -> None:
    say(cast, review)
    pass_all(cast, review)
    page = client_of(cast.coordinator).get(to("coordinate:adopt", review.pk)).content.decode()
    assert page.index("1 comment has no answer") < page.index("act0-body")
