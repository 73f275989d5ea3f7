"""Which answer the room asks for: one stage or several at once, what the answer leads to, what silence
means."""

from __future__ import annotations

import re
from datetime import timedelta

from mail.models import Message
from people.models import User
from tests.support.reviews import CONFIRMED, Cast, client_of, open_review, page_of, seat_of, sign, to
from workflows.actions.remind import extend_deadline, remind
from workflows.actions.reopen import reopen
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review, Seat, SignOff

TWO = [
    {"kind": "opinion", "name": "Legal opinion"},
    {"kind": "opinion", "name": "Financial opinion", "together": True},
    {"kind": "adoption"},
]
ASSENT = "it counts as agreement"


def asked_twice(cast: Cast) -> tuple[Review, Seat, Seat]:
    """Justice is asked for its legal and for its financial opinion at the same time; the two seats in this
    order."""
    procedure = Procedure.objects.create(key="mk-two", name="Two", stages=TWO)
    asked = Plan((Respondent(cast.justice, cast.teuta),))
    review = start_review(cast.coordinator, cast.edition, procedure, [asked, asked, Plan()])
    legal, financial = Seat.objects.filter(stage__review=review).order_by("stage__order")
    return review, legal, financial


def panel(page: str) -> str:
    found = re.search(r'<section class="sign">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def box(page: str) -> str:
    found = re.search(r'<section class="todo.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def answer(user: User, seat: Seat, choice: str = "agree", **more: str) -> str:
    """The page after an answer, or after its refusal."""
    data = {"seat": seat.pk, "seen": seat.stage.review.manifest.sha256, "choice": choice} | more | CONFIRMED
    came = client_of(user).post(to("review:answer", seat.stage.review_id), data, follow=True)
    return came.content.decode()


def test_who_is_asked_in_two_stages_at_once_is_led_to_each_of_them(cast: Cast) -> None:
    review, legal, financial = asked_twice(cast)
    room = to("review:room", review.pk)
    client = client_of(cast.teuta)
    for address in (to("review:list"), "/en/"):
        page = client.get(address).content.decode()
        assert f'href="{room}?seat={legal.pk}"' in page and f'href="{room}?seat={financial.pk}"' in page
        assert "Legal opinion" in page and "Financial opinion" in page
    mails = Message.objects.filter(template="asked").order_by("pk")
    for mail, seat in zip(mails, (legal, financial), strict=True):
        assert f"{room}?seat={seat.pk}" in mail.text and seat.stage.title in mail.subject
    # Without a choice it is the first one that waits; the other one has its link.
    for query, own, other in (("", legal, financial), (f"?seat={financial.pk}", financial, legal)):
        page = client.get(room + query).content.decode()
        assert f'name="seat" value="{own.pk}"' in page
        assert own.stage.title in panel(page)
        assert other.stage.title not in panel(page)
        assert f"Stage: {own.stage.title}" in box(page)
        assert f'href="{room}?seat={other.pk}#answer"' in box(page)


def test_a_refused_answer_and_a_kept_one_stay_with_their_stage(cast: Cast) -> None:
    review, legal, financial = asked_twice(cast)
    refused = answer(cast.teuta, financial, "return", reason="")
    assert "Give a reason" in panel(refused) and f'name="seat" value="{financial.pk}"' in refused
    kept = answer(cast.teuta, financial, "agree_with_remarks", reason="Mind the costs.")
    assert SignOff.objects.get().seat == financial
    assert "Mind the costs." in panel(kept) and "Financial opinion" in panel(kept)
    assert f"?seat={legal.pk}#answer" in box(kept)
    # What was chosen is kept by the links and forms of the page.
    page = client_of(cast.teuta).get(f"{to('review:room', review.pk)}?seat={financial.pk}&text=mk")
    assert f"seat={financial.pk}" in re.search(r'action="([^"]*read/[^"]*)"', page.content.decode())[1]  # type: ignore[index]


def test_a_seat_that_is_not_the_readers_is_not_shown(cast: Cast, review: Review) -> None:
    other = seat_of(review, cast.social)
    for wanted in (other.pk, "x", "999999999999999999999"):
        page = page_of(cast.goran, f"{to('review:room', review.pk)}?seat={wanted}")
        assert f'name="seat" value="{seat_of(review, cast.interior).pk}"' in page


def test_a_return_is_not_shown_as_agreement(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "return", "No.")
    shown = panel(page_of(cast.goran, to("review:room", review.pk)))
    assert 'class="i-back"' in shown and 'class="i-ok"' not in shown
    listed = page_of(cast.goran, to("review:list"))
    assert 'class="i-back"' in listed and 'class="i-ok"' not in listed


def test_a_consultation_says_what_its_answers_lead_to(cast: Cast, review: Review) -> None:
    signed = panel(page_of(cast.goran, to("review:room", review.pk)))
    assert "The text goes back to the coordinator." in signed and "Check and sign" in signed
    assert "If no institution agrees" in signed
    assert (
        "applies to the text as it was submitted"
        in Message.objects.filter(template="asked", to=cast.goran.email).latest("pk").text
    )


def test_a_consultation_stops_no_text_and_signs_nothing(cast: Cast) -> None:
    review = open_review(cast)
    shown = panel(page_of(cast.goran, to("review:room", review.pk)))
    assert "The text goes back to the coordinator." not in shown and "Check and sign" not in shown
    assert "The coordinator reads your reason, and the text moves to the next stage." in shown
    assert "Check and send" in shown
    mail = Message.objects.filter(template="asked", to=cast.goran.email).latest("pk").text
    assert "applies to the text as it was submitted" not in mail and "as it is when you send it" in mail


def test_a_reviewer_is_told_that_silence_is_assent(cast: Cast) -> None:
    review = open_review(cast)
    seat = Seat.objects.filter(stage__review=review).first()
    assert seat is not None
    assert ASSENT in box(page_of(cast.goran, to("review:room", review.pk)))
    remind(cast.coordinator, seat)
    assert seat.stage.due_day is not None
    extend_deadline(cast.coordinator, seat.stage, seat.stage.due_day + timedelta(days=7), "Holidays.")
    for template in ("asked", "reminder", "extended"):
        mail = Message.objects.filter(template=template, to=cast.goran.email).latest("pk")
        assert ASSENT in mail.text, template


def test_where_silence_is_nothing_nothing_is_said_of_it(cast: Cast, review: Review) -> None:
    assert ASSENT not in page_of(cast.goran, to("review:room", review.pk))
    remind(cast.coordinator, seat_of(review, cast.interior))
    for mail in Message.objects.filter(to=cast.goran.email):
        assert ASSENT not in mail.text


def test_the_languages_that_are_signed_are_named(cast: Cast, review: Review) -> None:
    """The check number covers the authentic text; what the room shows by itself may be a courtesy
    translation."""
    client = client_of(cast.goran)
    room = to("review:room", review.pk)
    english = client.get(room).content.decode()
    assert "in these languages: Македонски. The text was submitted" in " ".join(panel(english).split())
    assert "You are reading a translation. You sign the text in: Македонски." in english
    assert "You are reading a translation" not in client.get(room + "?text=mk").content.decode()
    sign(cast.goran, seat_of(review, cast.interior))
    assert list(SignOff.objects.get().covers) == ["mk"]


def test_where_nothing_is_signed_no_translation_is_set_apart(cast: Cast) -> None:
    review = open_review(cast)
    page = page_of(cast.goran, to("review:room", review.pk))
    assert "You are reading a translation" not in page and "in these languages" not in page


def test_the_institutions_stand_under_their_stages(cast: Cast) -> None:
    review, _legal, financial = asked_twice(cast)
    answer(cast.teuta, financial, "agree")
    page = page_of(cast.teuta, to("review:room", review.pk))
    groups = re.findall(r'<h3 class="xs of-stage">(.*?)</h3>', page)
    assert [" ".join(re.sub("<[^>]*>", "", group).split()) for group in groups] == [
        "1 Legal opinion 0 of 1",
        "2 Financial opinion 1 of 1",
    ]
    assert "1 of 2 answers received" in page


def test_what_no_longer_counts_is_not_said_to_be_in(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "Comments.")
    page = page_of(cast.coordinator, to("review:room", review.pk))
    assert "0 of 2 answers received" in page and "1 answer no longer counts." in page


def test_why_a_deadline_was_moved_is_read_on_the_page(cast: Cast, review: Review) -> None:
    stage = seat_of(review, cast.interior).stage
    assert stage.due_day is not None
    extend_deadline(cast.coordinator, stage, stage.due_day + timedelta(days=7), "The holidays.")
    assert "The deadline was extended: The holidays." in box(
        page_of(cast.goran, to("review:room", review.pk))
    )
    desk = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert "The deadline was extended: The holidays." in desk


def test_no_line_of_the_coordinators_room_begins_with_a_dot(cast: Cast, review: Review) -> None:
    page = page_of(cast.coordinator, to("review:room", review.pk))
    assert re.search(r"</strong>\s*(<span[^>]*>)?by ", page) and "· by " not in page
