"""The review room over HTTP: what each person sees, does and is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import get_resolver, reverse
from django.utils import translation

from documents.models import Comment
from people.actions.invite import enter_role
from people.roles import Role
from tests.support.documents.exports.every_export import addresses
from tests.support.html import PageClient
from tests.support.reviews import CONFIRMED, Cast, client_of, page_of, person, say, seat_of, sign, to
from workflows.actions.reopen import reopen
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Review, SectionRead, SignOff


def test_the_list_says_what_is_asked_and_by_when(cast: Cast, review: Review) -> None:
    page = page_of(cast.goran, to("review:list"))
    assert "Procedures" in page and "Ministry of Interior" in page
    # Ten days, and the working day after them where the tenth is none.
    assert re.search(r"1[0-4] days left", page)
    sign(cast.goran, seat_of(review, cast.interior))
    page = page_of(cast.goran, to("review:list"))
    assert "You have nothing to answer now" in page and "Procedures" in page
    other = page_of(cast.outsider, to("review:list"))
    assert "Procedures" not in other


def test_the_room_asks_and_shows_the_text(cast: Cast, review: Review) -> None:
    response = client_of(cast.goran).get(to("review:room", review.pk))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Your sign-off: Ministry of Interior" in page
    assert "within 24 hours" in page
    assert review.manifest.sha256 in page
    assert 'name="choice"' in page and "checked" not in page
    assert "Check and sign" in page


@pytest.mark.parametrize("who", ["outsider", "teuta"])
@pytest.mark.parametrize("name", ["room", "answer", "read", "comment"])
def test_who_was_not_asked_finds_nothing(cast: Cast, review: Review, who: str, name: str) -> None:
    client = client_of(getattr(cast, who))
    address = to(f"review:{name}", review.pk)
    data = {"seat": seat_of(review, cast.interior).pk, "uid": cast.uids[0], "text": "x", "choice": "agree"}
    response = client.get(address) if name == "room" else client.post(address, data)
    assert response.status_code == 404
    assert not SignOff.objects.exists() and not Comment.objects.exists()


def test_somebody_who_is_not_signed_in_is_led_to_the_door(cast: Cast, review: Review) -> None:
    for name, args in (("list", []), ("room", [review.pk]), ("room", [999_999])):
        response = PageClient().get(to(f"review:{name}", *args))
        assert response.status_code == 302 and "/sign-in/" in response["Location"]


def test_the_text_can_be_read_in_its_languages(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    assert "Социјалниот работник" in client.get(to("review:room", review.pk) + "?text=mk").content.decode()
    assert "The social worker" in client.get(to("review:room", review.pk) + "?text=en").content.decode()
    odd = client.get(to("review:room", review.pk) + "?text=%3Cscript%3E&view=no&against=no")
    assert odd.status_code == 200 and "<script>" not in odd.content.decode()


def test_a_reader_of_a_translation_is_told_what_is_not_seen_in_it(cast: Cast) -> None:
    review = cast.start()
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A shorter time limit.")
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 2 часа.")
    room = to("review:room", cast.start().pk)
    page = page_of(cast.goran, room)
    assert "Nothing has changed in this language." in page and "Nothing has changed." not in page
    # The change counts, though this language does not show it, and has a link to where it is read.
    assert "Changed (1)" in page
    assert f'text=mk#s-{cast.uids[0]}" lang="mk">1 Идентификација</a>' in page
    assert "1 section of the original has changed since it was translated" in page
    assert "?text=mk#changes" in page
    original = page_of(cast.goran, room + "?text=mk")
    assert "nothing has changed" not in original.lower() and "not visible in this language" not in original
    assert "Changed (1)" in original and "since it was translated" not in original


def test_an_answer_is_kept_and_shown(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    data = {
        "seat": seat_of(review, cast.interior).pk,
        "seen": review.manifest.sha256,
        "choice": "agree_with_remarks",
        "reason": "Mind chapter 2.",
    }
    response = client.post(to("review:answer", review.pk), data | CONFIRMED, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert (
        "Your answer was recorded." in page
        and "Signed: Ministry of Interior" in page
        and "Mind chapter 2." in page
    )
    assert 'name="choice"' not in page
    again = client.post(to("review:answer", review.pk), data)
    assert again.status_code == 409 and "has already answered" in again.content.decode()
    assert SignOff.objects.count() == 1


def test_an_answer_marks_nothing_as_read(cast: Cast, review: Review) -> None:
    client, room = client_of(cast.goran), to("review:room", review.pk) + "?text=mk"
    data = {"seat": seat_of(review, cast.interior).pk, "seen": review.manifest.sha256, "choice": "agree"}
    checked = client.post(to("review:answer", review.pk) + "?text=mk", data).content.decode()
    assert "You have marked 0 of 3 changed sections as read" in checked
    assert client.post(to("review:answer", review.pk) + "?text=mk", data | CONFIRMED).status_code == 302
    assert "Unread (3)" in client.get(room).content.decode()
    # In the next round only what has changed since is new, without a click on every section.
    reopen(cast.coordinator, review, "A word was wrong.")
    cast.change(1, "Разговорот се води на мирно место.")
    again = cast.start()
    page = client.get(to("review:room", again.pk) + "?text=mk").content.decode()
    assert "Since I last read it (1)" in page


def test_a_refusal_keeps_what_was_typed(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    seat = seat_of(review, cast.interior)
    data = {"seat": seat.pk, "seen": review.manifest.sha256, "choice": "return", "reason": ""}
    response = client.post(to("review:answer", review.pk), data)
    page = response.content.decode()
    assert response.status_code == 400 and "Give a reason" in page and "checked" in page
    stale = client.post(to("review:answer", review.pk), data | {"seen": "0" * 64, "reason": "My long reason"})
    assert stale.status_code == 409 and "My long reason" in stale.content.decode()


def test_who_comes_to_the_address_of_a_form_by_a_link_is_led_to_the_room(cast: Cast, review: Review) -> None:
    """The language menu after a refused answer leads there."""
    room = to("review:room", review.pk)
    for name in ("answer", "read"):
        came = client_of(cast.goran).get(to(f"review:{name}", review.pk) + "?text=mk")
        assert came.status_code == 302 and came["Location"] == f"{room}?text=mk"
        assert client_of(cast.outsider).get(to(f"review:{name}", review.pk)).status_code == 404
    for name in ("reply", "resolve", "decide", "accept"):
        came = client_of(cast.goran).get(to(f"review:{name}", review.pk, 7))
        assert came.status_code == 302 and came["Location"] == f"{room}?comment=7#k7"


def test_what_was_read_is_marked_and_forgotten(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    room = to("review:room", review.pk)
    assert "0 of 3 read" in client.get(room).content.decode()
    response = client.post(to("review:read", review.pk), {"uid": cast.uids[0], "next": f"s-{cast.uids[1]}"})
    assert response["Location"].endswith(f"#s-{cast.uids[1]}")
    assert "1 of 3 read" in client.get(room).content.decode()
    unread = client.get(room + "?view=since").content.decode()
    assert f'id="s-{cast.uids[0]}"' not in unread and f'id="s-{cast.uids[1]}"' in unread
    client.post(to("review:read", review.pk), {"uid": cast.uids[0], "unread": "1"})
    assert not SectionRead.objects.exists()
    for uid in ("", "x", "00000000-0000-4000-8000-000000000000"):
        assert client.post(to("review:read", review.pk), {"uid": uid}).status_code == 404


def test_the_next_round_shows_only_the_difference(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    for uid in cast.uids:
        client.post(to("review:read", review.pk) + "?text=mk", {"uid": uid})
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "The limit must be shorter.")
    old = client.get(to("review:room", review.pk)).content.decode()
    assert "no longer counts" in old and "The limit must be shorter." in old
    assert "24 hours" not in old and "24 часа" not in old
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 2 часа.")
    again = cast.start()
    page = client.get(to("review:room", again.pk) + "?text=mk").content.decode()
    assert "Changes since your answer in round 1" in page
    assert f'id="s-{cast.uids[0]}"' in page and f'id="s-{cast.uids[1]}"' not in page
    assert "Since I last read it (1)" in page
    assert to("review:room", again.pk) in client.get(to("review:room", review.pk)).content.decode()


def test_a_comment_with_its_quote_needs_no_script(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    address = to("review:comment", review.pk) + "?text=en"
    form = client.get(address + f"&uid={cast.uids[0]}").content.decode()
    assert "within 24 hours" in form and 'name="quote"' in form
    marked = client.post(
        address, {"uid": cast.uids[0], "step": "mark", "quote": "within 24 hours", "suggest": "1"}
    )
    assert marked.status_code == 200 and not Comment.objects.exists()
    assert marked.content.decode().count("within 24 hours") >= 3
    saved = client.post(
        address,
        {"uid": cast.uids[0], "quote": "within 24 hours", "suggestion": "within 2 hours", "text": "Sooner."},
    )
    comment = Comment.objects.get()
    assert saved["Location"].endswith(f"#k{comment.pk}")
    assert comment.quote == "within 24 hours" and comment.prefix.endswith("the danger ")
    assert comment.institution == cast.interior and comment.language == "en"
    page = client.get(to("review:room", review.pk)).content.decode()
    assert "<ins>within 2 hours</ins>" in page and "Sooner." in page


def test_like_words_elsewhere_are_not_those_that_were_marked(cast: Cast, review: Review) -> None:
    """As marked on a page that shows changes: struck words, whose like stand in another place of the
    section."""
    client = client_of(cast.goran)
    given = {"uid": cast.uids[0], "quote": "24", "suggestion": "12", "text": "Sooner."}
    struck = given | {
        "prefix": "The interview is held not later than after ",
        "suffix": " days, in a calm place.",
    }
    address = to("review:comment", review.pk) + "?text=en"
    refused = client.post(address, struck)
    assert refused.status_code == 400 and "are no longer in this section" in refused.content.decode()
    assert not Comment.objects.exists()
    there = given | {"prefix": "The centre meets the person in danger within ", "suffix": " hours."}
    assert client.post(address, there).status_code == 302
    assert Comment.objects.get().quote == "24"


def test_typed_words_that_stand_there_twice_are_asked_for_again(cast: Cast, review: Review) -> None:
    given = {"uid": cast.uids[0], "quote": "er", "text": "Which?"}
    answer = client_of(cast.goran).post(to("review:comment", review.pk) + "?text=en", given)
    page = answer.content.decode()
    assert answer.status_code == 400 and "2 times. Add a few words around them." in page and "Which?" in page
    assert not Comment.objects.exists()


def test_a_comment_that_can_not_be_saved_is_not_lost(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    address = to("review:comment", review.pk) + "?text=en"
    response = client.post(
        address, {"uid": cast.uids[0], "quote": "words of another text", "text": "My thought."}
    )
    page = response.content.decode()
    assert response.status_code == 400 and "My thought." in page and "no longer in this section" in page
    assert client.post(address, {"uid": "not-a-uid", "text": "x"}).status_code == 404
    assert not Comment.objects.exists()


def test_threads_are_answered_and_settled(cast: Cast, review: Review) -> None:
    goran, biljana, coordinator = client_of(cast.goran), client_of(cast.biljana), client_of(cast.coordinator)
    goran.post(to("review:comment", review.pk), {"uid": cast.uids[0], "text": "<b>Why?</b>"})
    first = Comment.objects.get()
    reply, settle = to("review:reply", review.pk, first.pk), to("review:resolve", review.pk, first.pk)
    assert biljana.post(reply, {"text": "Because."}).status_code == 302
    assert biljana.post(settle).status_code == 404
    assert client_of(cast.outsider).post(reply, {"text": "x"}).status_code == 404
    assert coordinator.post(settle).status_code == 302
    first.refresh_from_db()
    assert first.resolved_by == cast.coordinator and first.replies.get().author == cast.biljana
    page = goran.get(to("review:room", review.pk)).content.decode()
    assert "&lt;b&gt;Why?" in page and "Resolved by Elena" in page and "Because." in page
    goran.post(settle, {"open": "1"})
    first.refresh_from_db()
    assert first.resolved is None


def test_the_coordinator_and_the_drafter_read_along(cast: Cast, review: Review) -> None:
    for user in (cast.coordinator, cast.drafter):
        page = page_of(user, to("review:room", review.pk))
        assert "within 24 hours" in page and 'name="choice"' not in page


def test_an_author_is_told_why_there_is_no_panel(cast: Cast) -> None:
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    person("Vera", cast.interior, Role.REVIEWER)
    cast.change(0, "Ново.", by=cast.goran)
    plans = [
        Plan((Respondent(cast.interior), Respondent(cast.social))),
        Plan((Respondent(cast.justice),)),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    page = page_of(cast.goran, to("review:room", review.pk))
    assert "You are an author of this text" in page and 'name="choice"' not in page


def test_the_room_asks_the_database_the_same_number_of_times(
    cast: Cast, review: Review, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(cast.goran)
    client.get(to("review:room", review.pk))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(to("review:room", review.pk))
    for number in range(10):
        client.post(
            to("review:comment", review.pk), {"uid": cast.uids[number % 3], "text": f"Comment {number}"}
        )
    with CaptureQueriesContext(connection) as many:
        client.get(to("review:room", review.pk))
    assert len(many) <= len(few) + 1, (len(few), len(many))


def test_who_comments_on_an_unchanged_section_sees_its_words(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A correction.")
    again = cast.start()
    address = to("review:comment", again.pk) + f"?text=mk&uid={cast.uids[0]}"
    page = page_of(cast.goran, address)
    assert f'<details class="same" id="s-{cast.uids[0]}" open>' in page


SPACES = ("review:", "coordinate:", "desk:", "documents:")
PART = re.compile(r"[<](?:\w+:)?(\w+)>")


def test_no_address_of_a_form_is_a_bare_refusal_for_who_comes_by_a_link(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    values: dict[str, Any] = {
        "pk": review.pk,
        "comment_pk": comment.pk,
        "edition_id": cast.edition.pk,
        "assignment_id": 1,
        "uid": cast.uids[0],
        "language": "mk",
        "country": "mk",
        "slug": "sop",
        "number": 1,
        "day": "2026-03-14",
        "key": "urgent",
        "batch": cast.uids[0],
        "sha256": "f" * 64,
    }
    client = client_of(cast.coordinator)
    led = []
    for route, name in addresses(get_resolver("config.urls_office")):
        if not name.startswith(SPACES):
            continue
        known = values | ({"key": cast.uids[0], "kind": "docx"} if name.startswith("desk:") else {})
        with translation.override("sq"):
            address = reverse(name, kwargs={part: known.get(part, "1") for part in PART.findall(route)})
        allowed = client.put(address).headers.get("Allow", "")
        if "POST" not in allowed:
            continue
        assert "GET" in allowed, name
        came = client.get(address)
        assert came.status_code in (200, 302, 404, 409), (name, came.status_code)
        if came.status_code == 302 and allowed:
            led.append(name)
            assert came["Location"].startswith("/sq/"), name
            assert client.get(came["Location"]).status_code in (200, 404, 409), name
    assert {
        "coordinate:go_on",
        "coordinate:extend",
        "review:reply",
        "review:delegate_end",
        "desk:resolve_conflict",
    } < set(led)


def test_a_deadline_that_was_not_moved_can_be_read_in_another_language(cast: Cast, review: Review) -> None:
    client = client_of(cast.coordinator)
    refused = client.post(to("coordinate:extend", review.pk), {"stage": review.stages.get(order=1).pk})
    assert refused.status_code == 409
    menu = re.findall(r'href="(/sq/[^"]+extend/)"', refused.content.decode())
    assert client.get(menu[0], follow=True).status_code == 200
