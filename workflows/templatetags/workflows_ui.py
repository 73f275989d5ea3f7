"""Small helpers of the review pages: `{% load workflows_ui %}`."""

from __future__ import annotations

from django import template
from django.urls import reverse

from documents.choices import CommentOutcome
from documents.display.script import Convert, as_page
from documents.models import Comment
from workflows.models import Review, Seat
from workflows.pages.coordinator.cannot_answer import SeatNote
from workflows.pages.desk_links import DeskLinks
from workflows.pages.matrix.rows import Row
from workflows.pages.review.comment_list import Batch
from workflows.pages.review.page import RoomPage
from workflows.pages.review.threads import Thread, author_name
from workflows.pages.review.views import AtComment
from workflows.rules.rounds import Rounds

register = template.Library()


@register.filter
def of_seat(notes: dict[int, SeatNote], seat: Seat) -> SeatNote | None:
    """The coordinator's note on a seat."""
    return notes.get(seat.pk)


@register.filter
def state_of(rounds: Rounds, review: Review) -> str:
    """The state of a round, in words."""
    return rounds.state_label(review)


@register.filter
def author(comment: Comment) -> str:
    """Who wrote a comment."""
    return author_name(comment)


@register.filter
def shown(text: str, page: RoomPage) -> str:
    """Words of the text in the script in which the page shows it."""
    return page.compared.convert(text)


@register.filter
def quoted(thread: Thread, page: RoomPage) -> str:
    """The words that a comment is about, in the script in which the page shows its text."""
    return _script_of(thread, page)(thread.first.quote)


@register.filter
def suggested(thread: Thread, page: RoomPage) -> str:
    """The words that a comment suggests, likewise."""
    return _script_of(thread, page)(thread.first.suggestion)


@register.filter
def quoted_lang(thread: Thread, page: RoomPage) -> str:
    """The language and script of these words, for the browser."""
    return thread.first.language if thread.other_language else page.compared.text.html_lang


def _script_of(thread: Thread, page: RoomPage) -> Convert:
    language = thread.first.language
    if language == page.compared.text.language:
        return page.compared.convert
    return as_page(language, thread.first.quote)


@register.simple_tag
def comment_url(page: RoomPage, thread: Thread, name: str) -> str:
    """The address of a form of a comment: "reply", "resolve", "decide" or "accept"."""
    # With the anchor: a refusal comes back as the page of this address, and it opens at the comment.
    address = reverse(f"review:{name}", args=[page.visit.review.pk, thread.first.pk])
    return f"{address}{page.links.query}#{thread.anchor}"


@register.filter
def batch_url(page: RoomPage, batch: Batch) -> str:
    """The page with these comments open."""
    wanted = {"of": batch.uid, "page": str(batch.number) if batch.number > 1 else ""}
    return f"{page.links.link(**wanted)}#c-{batch.uid}"


@register.filter
def desk_url(hand: DeskLinks, comment: Comment) -> str:
    """The section of a comment on the drafting desk, for who may write there now."""
    return hand.desk_url(comment)


@register.simple_tag
def clickable(row: Row, hand: DeskLinks, decides: bool) -> bool:
    """Whether a button of the table applies the suggestion, for this reader."""
    stand = row.can_put_in and not (row.lost or row.unsure)
    return stand and row.comment.language in hand.languages and (decides or bool(row.comment.outcome))


@register.simple_tag
def outcomes() -> list[tuple[str, str]]:
    """The outcomes of a comment, to choose from."""
    return [(value, str(label)) for value, label in CommentOutcome.choices]


@register.simple_tag
def outcome_given(comment: Comment, at: AtComment | str) -> dict[str, str]:
    """What the form of an outcome shows: the typed text where it was refused (``at``), else the stored
    one."""
    if isinstance(at, AtComment) and at.form == "decide" and at.comment == comment.pk:
        return at.given
    return {"outcome": comment.outcome, "answer": comment.outcome_text}
