"""What waits for a coordinator beside reviews: corrigenda that were proposed, languages that follow an
adoption."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest

from documents.actions import adopt_language, record_corrigendum
from documents.actions.adopt_edition import adopt_edition
from documents.actions.save_section import save_section
from documents.models import Corrigendum, LanguageVersion, Section
from mail.models import Message
from people.roles import Role
from tests.support.documents.following import Cast as Following
from tests.support.documents.following import approved, no_review, read, version, write
from tests.support.documents.following import cast as following
from tests.support.factories import body, make_act, make_person
from tests.support.reviews import Cast, client_of, page_of, pass_all, to
from theme.check_number import check_groups
from workflows.models import Review, Stage
from workflows.procedures.deadlines import free, next_working

pytestmark = pytest.mark.django_db
__all__ = ["following", "no_review"]


def test_a_proposed_corrigendum_is_told_and_stands_on_the_desk_until_it_is_decided(
    following: Following,
) -> None:
    edition, owner = following["edition"], following["edition"].instrument.owner
    drafter, other = make_person(Role.DRAFTER, owner), make_person(Role.COORDINATOR, owner)
    uid = Section.objects.filter(edition=edition).order_by("position")[0].uid
    made = record_corrigendum.propose_corrigendum(drafter, edition, uid, "mk", "Текст", "Правила", "A slip.")
    told = Message.objects.filter(template="proposal_waits")
    assert {following["coordinator"].email, other.email} <= {one.to for one in told}
    assert drafter.email not in {one.to for one in told}
    assert "/proposals/" in told[0].text and "Текст" not in told[0].text
    for page in (to("coordinate:desk"), "/en/"):
        said = unescape(read(other, page))
        assert "A corrigendum was proposed" in said and f"/en/desk/corrigenda/{made.pk}/" in said, page
    assert "Nothing needs your attention" not in read(other, to("coordinate:desk"))
    record_corrigendum.take_back(drafter, made)
    own = record_corrigendum.propose_corrigendum(other, edition, uid, "mk", "Текст", "Правила", "A slip.")
    assert "Proposed by you. A second person must record it." in read(other, to("coordinate:desk"))
    record_corrigendum.take_back(other, own)
    assert "A corrigendum was proposed" not in read(other, to("coordinate:desk"))

    # Of what may be case data a page warns before it is proposed, in the words and in the reason.
    client, page = client_of(drafter), to("desk:correct", edition.pk, uid, "mk")
    number, before = "ЈМБГ 0101006500006", Corrigendum.objects.count()
    for given in ({"words": number, "reason": "A slip."}, {"words": "Правила", "reason": number}):
        form = given | {"exact": "Текст"}
        assert "This may be case data" in client.post(page, form).content.decode()
        assert number in client.post(page, form | {"answers": "change"}).content.decode()
        assert Corrigendum.objects.count() == before
    assert client.post(page, form | {"answers": "confirmed"}).status_code == 302
    assert Corrigendum.objects.count() == before + 1


def test_a_language_waits_for_its_check_then_for_its_act(following: Following) -> None:
    coordinator, edition = following["coordinator"], following["edition"]
    desk = to("coordinate:desk")
    assert "awaits its check" not in read(coordinator, desk)
    write(following, "sq", "Shqip")
    adopt_language.submit(following["translator"], version(following))
    assert f"/en/desk/{edition.pk}/versions/sq/check/" in read(coordinator, desk)
    adopt_language.send_back(coordinator, version(following), "A word.")
    adopt_language.submit(coordinator, version(following))
    # Who submitted it is not sent to check it.
    said = read(coordinator, desk)
    assert "versions/sq/check/" not in said and "check a translation that you wrote or submitted" in said
    waiting = version(following)
    adopt_language.check(following["reviewer"], waiting, True, "", waiting.sha256)
    said = read(coordinator, desk)
    assert "awaits its act (shqip)" in said.lower() and f"/en/desk/{edition.pk}/versions/sq/adopt/" in said
    adopt_language.adopt_language(coordinator, version(following), [make_act(number="9", protocol="p")])
    assert "awaits its act" not in read(coordinator, desk)


def test_a_language_that_followed_is_known_by_its_own_check_number(following: Following) -> None:
    edition = following["edition"]
    write(following, "sq", "Shqip")
    adopt_language.adopt_language(
        following["coordinator"], approved(following, "sq"), [make_act(number="9", protocol="p")]
    )
    own = LanguageVersion.objects.get(edition=edition, language="sq").sha256
    for language, sha256, other in (("sq", own, edition.sha256), ("mk", edition.sha256, own)):
        for address in (f"/en/i/mk/sop/1/?text={language}", f"/en/i/mk/sop/1.html?text={language}"):
            said = read(following["practitioner"], address)
            assert check_groups(sha256)[0] in said and check_groups(other)[0] not in said, address


def test_a_translation_that_is_still_being_written_is_not_said_to_be_missing(no_review: None) -> None:
    from documents.actions.adopt_edition import adopt_edition
    from documents.actions.submit_edition import submit_edition
    from tests.support.factories import make_draft

    draft = make_draft(authentic=["mk"])
    coordinator = make_person(Role.COORDINATOR, draft.instrument.owner)
    submit_edition(coordinator, draft)
    draft.refresh_from_db()
    adopt_edition(coordinator, draft, [make_act()], date(2024, 1, 1), ["sq"])
    said = read(make_person(Role.PRACTITIONER, draft.instrument.owner), "/en/i/mk/sop/1/?text=en")
    assert "still being written" in said and "There is no translation" not in said


def test_a_deadline_on_a_free_day_ends_on_the_next_working_day_and_that_is_said(
    cast: Cast, review: Review
) -> None:
    stage = Stage.objects.get(review=review, order=1)
    stage.review = review
    day = (stage.due_day or date.max) + timedelta(days=1)
    while not free(day, "mk"):
        day += timedelta(days=1)
    sent = {"stage": stage.pk, "day": day.isoformat(), "reason": "Holidays."}
    page = (
        client_of(cast.coordinator)
        .post(to("coordinate:extend", review.pk), sent, follow=True)
        .content.decode()
    )
    stage.refresh_from_db()
    assert stage.due_day == next_working(day, "mk") > day
    assert "That day is not a working day" in page
    letter = Message.objects.filter(template="extended").first()
    assert letter is not None


def test_the_room_of_a_reviewed_text_shows_nothing_that_is_written_afterwards(
    cast: Cast, review: Review
) -> None:
    """Who reviewed a text reads on in its room what was adopted; a translation that is being made anew is not
    for them yet."""
    pass_all(cast, review)
    adopt_edition(cast.coordinator, cast.edition, [make_act()], date(2024, 1, 1))
    cast.edition.refresh_from_db()
    room = to("review:room", review.pk) + "?text=en&view=whole"
    assert "social worker" in page_of(cast.goran, room)
    adopt_language.begin_next(cast.coordinator, cast.edition, "en")
    seen = Section.objects.values_list("text_hash_en", flat=True).get(edition=cast.edition, uid=cast.uids[0])
    save_section(cast.drafter, cast.edition, cast.uids[0], "en", body("Zxunchecked", "Zxunchecked."), seen)
    for query in ("?text=en&view=whole", "?text=mk&beside=en&view=whole", "?text=en"):
        page = client_of(cast.goran).get(to("review:room", review.pk) + query)
        assert page.status_code == 200 and "Zxunchecked" not in page.content.decode(), query


def test_a_coordinator_who_checked_an_authentic_language_is_led_to_its_act(following: Following) -> None:
    write(following, "sq", "Shqip")
    adopt_language.submit(following["translator"], version(following))
    there = f"/en/desk/{following['edition'].pk}/versions/sq"
    given = {"answer": "agree", "seen": version(following).sha256}
    made = client_of(following["coordinator"]).post(f"{there}/check/", given)
    assert made["Location"] == f"{there}/adopt/"
