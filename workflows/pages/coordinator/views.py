"""The desk itself, one review on it, reminders, more time, the table as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.actions.errors import ActionError, Problem
from documents.actions.submit_edition import behind_source
from documents.choices import State
from documents.display import links
from documents.display.acts import acts_of
from people.access import has_role
from people.decorators import post_or
from people.models import User
from people.roles import Role
from theme import dates
from theme.dates import one_dot
from theme.day_field import parse_day
from theme.localized_names import localized_name
from workflows.actions.ask_another import ask_another
from workflows.actions.end_coordination import own_opinion
from workflows.actions.remind import extend_deadline, remind
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import Review, Stage
from workflows.pages.coordinator import stage_descriptions
from workflows.pages.coordinator.cannot_answer import notes_of
from workflows.pages.coordinator.cards import cards_of
from workflows.pages.coordinator.check_numbers import numbers_of
from workflows.pages.coordinator.events import events_of, on_one_day
from workflows.pages.coordinator.pending import waiting_for
from workflows.pages.coordinator.pictures import head_of, picture_of
from workflows.pages.coordinator.rows import CARRIED_OVER, SEATS, Row, fetch_stages, rows_for
from workflows.pages.coordinator.timeline import scale_of
from workflows.pages.review.views import seat_sent, stage_sent
from workflows.pages.review.visit import number_in
from workflows.pages.unapplied_suggestions import unapplied_for
from workflows.procedures.deadlines import day_there
from workflows.rules.rounds import rounds_of
from workflows.rules.unanswered_comments import open_comments
from workflows.texts import title_for

ROWS_A_PAGE, MOST_CARDS = 25, 9


def coordinator(request: HttpRequest) -> User:
    """The person, if they coordinate anywhere; Http404 otherwise."""
    if not has_role(request.user, Role.COORDINATOR):
        raise Http404
    return request.user  # type: ignore[return-value]


def owned_review(request: HttpRequest, pk: int) -> Review:
    """A review that the person runs; Http404 otherwise."""
    found = (
        Review.objects.owned_by(request.user)
        .select_related(
            "manifest", "submitted_by", "edition__instrument__country", "edition__instrument__owner__country"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What to do now, then every review; ``?show=late`` only those that are late."""
    user = coordinator(request)
    rows = rows_for(user)
    late = [row for row in rows if row.late]
    only_late = request.GET.get("show") == "late"
    page = Paginator(late if only_late else rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    fetch_stages([row for row in shown if row.finished])
    today = timezone.localdate()
    drawn = {row.edition.pk: row.segments(today) for row in shown}
    running = [drawn[row.edition.pk] for row in shown if not row.finished]
    scale = scale_of([segment for segments in running for segment in segments], today)
    context = {
        "rows": [
            {"row": row, "picture": picture_of(row, drawn[row.edition.pk], scale, today)} for row in shown
        ],
        "page": page,
        "count": len(rows),
        "late": len(late),
        "only_late": only_late,
        "now": [*cards_of(rows)[:MOST_CARDS], *(vars(one) for one in waiting_for(user))],
        "head": head_of(scale, today),
        "legends": stage_descriptions.legends([(row.review, row.stages) for row in shown if row.review]),
    }
    return render(request, "workflows/desk.html", context)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review for who runs it: institutions with reminders, the deadline, what can be done."""
    found = owned_review(request, pk)
    return show_review(request, found)


def show_review(request: HttpRequest, found: Review, *problems: str, given: Any = None) -> HttpResponse:
    """The page of a review; after a refusal with what was wrong and what was typed."""
    tag = get_language() or "en"
    stages = list(found.stages.prefetch_related(*SEATS, *CARRIED_OVER))
    for stage in stages:
        stage.review = found
    plan_words = stage_descriptions.described(found.procedure["stages"]) if stages else []
    row = Row(found.edition, title_for(found.edition, tag), found, stages)
    row.comments = open_comments([found.edition_id]).get(found.edition_id, {}).get("n", 0)
    today = timezone.localdate()
    segments = row.segments(today)
    # A review that has ended fills the picture, however long ago that was.
    ended = day_there(found.ended, found.zone) if found.ended else None
    scale = scale_of(segments, ended or today)
    rounds = rounds_of(found, request.user)
    one_day = on_one_day(found)
    context = {
        **_going_on(request, found, stages),
        **_ending(row, is_last=rounds.is_last),
        "row": row,
        "review": found,
        "notes": notes_of(found, stages),
        "problems": problems,
        "given": given or {},
        "rounds": rounds,
        "numbers": numbers_of(found),
        "plan": stage_descriptions.picture_of_review(stages, _where(stages)),
        "plan_words": plan_words,
        "picture": "" if one_day else picture_of(row, segments, scale, today),
        "head": head_of(scale, today),
        "one_day": one_day,
        "events": events_of(found, stages, rounds.state_label(found)),
    }
    return render(request, "workflows/coordinate.html", context, status=409 if problems else 200)


def _going_on(request: HttpRequest, review: Review, stages: list[Stage]) -> dict[str, Any]:
    """What is confirmed before the review goes on, and why the reader can't let it."""
    locking = _locks_next(review, stages)
    by: User = request.user  # type: ignore[assignment]
    coordinated = review.running and any(one.open and one.kind == StageKind.COORDINATION for one in stages)
    return {
        "older": behind_source(review.edition) if locking else {},
        "own_opinion": own_opinion(by, review, locking) if locking else "",
        "left_out": unapplied_for(request, review) if coordinated else None,
    }


def _ending(row: Row, *, is_last: bool) -> dict[str, Any]:
    """How a round can be ended, and what it ended with."""
    edition, review = row.edition, row.review
    waits = is_last and (row.running or row.returned)
    may_end = review is not None and not review.withdrawn
    may_end = may_end and (row.running or (review is not None and review.state == ReviewState.RETURNED))
    return {
        "is_last": is_last,
        "may_reopen": waits and edition.state == State.IN_REVIEW,
        "may_end": is_last and may_end,
        "acts": acts_of(edition) if edition.adopted and is_last else (),
        "read_url": links.edition_url(edition) if edition.adopted else "",
    }


def _locks_next(review: Review, stages: list[Stage]) -> Stage | None:
    """The open stage after which going on submits the text, as the next one is the first that locks it."""
    if not review.running or review.edition.state != State.DRAFT:
        return None
    return next((stage for stage, following in pairwise(stages) if stage.open and following.locked), None)


def _where(stages: list[Stage]) -> str:
    """Where a review is, in words."""
    now = ", ".join(stage.title for stage in stages if stage.open)
    done = sum(stage.outcome == Outcome.PASSED for stage in stages)
    message = _("%(done)d of %(all)d stages are complete.") % {"done": done, "all": len(stages)}
    return f"{message} {_('Now: %(stages)s') % {'stages': now}}" if now else message


@post_or("coordinate:review", "pk")
def remind_seat(request: HttpRequest, pk: int) -> HttpResponse:
    found = owned_review(request, pk)
    seat = seat_sent(request, found)
    try:
        people = remind(request.user, seat)  # type: ignore[arg-type]
    except ActionError as refusal:
        return show_review(request, found, refusal.message)
    messages.success(
        request,
        _("Reminder sent to: %(names)s.")
        % {"names": ", ".join(localized_name(user.name) for user in people)},
    )
    return redirect("coordinate:review", pk)


def say_moved(request: HttpRequest, named: date | None, last: date | None) -> None:
    """Says where a deadline ends later than the coordinator named, on a day on which people work."""
    if named and last and named != last:
        message = _("That day is not a working day. The deadline moves to the next working day, %(date)s.")
        messages.info(request, one_dot(message % {"date": dates.of_date(last, get_language() or "en")}))


@post_or("coordinate:review", "pk")
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    found = owned_review(request, pk)
    stage = stage_sent(request, found)
    given: dict[str, Any] = {name: request.POST.get(name, "")[:2000] for name in ("day", "reason")}
    given["order"] = stage.order
    day = parse_day(given["day"])
    if day is None:
        message = Problem(
            _("Choose a date after the current deadline and within one year."), f"day-{stage.order}"
        )
        return show_review(request, found, message, given=given)
    try:
        last = extend_deadline(request.user, stage, day, given["reason"])  # type: ignore[arg-type]
    except ActionError as refusal:
        part = {"no_later_day": "day", "no_reason": "reason"}.get(refusal.code)
        message = Problem(refusal.message, f"{part}-{stage.order}" if part else "")
        return show_review(request, found, message, given=given)
    messages.success(
        request, _("The deadline was extended. The institutions that have not answered get an e-mail.")
    )
    say_moved(request, day, last)
    return redirect("coordinate:review", pk)


@post_or("coordinate:review", "pk")
def ask_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the person who was chosen; a refusal is on the page of the review."""
    found = owned_review(request, pk)
    seat = seat_sent(request, found)
    person = User.objects.filter(pk=number_in(request.POST.get("person"))).first()
    if person is None:
        raise Http404
    try:
        former = ask_another(request.user, seat, person)  # type: ignore[arg-type]
    except ActionError as refusal:
        return show_review(request, found, refusal.message)
    message = _("%(name)s will now answer instead of %(former)s. Both get an e-mail.")
    if seat.stage.opened is None:
        message = _(
            "%(name)s will answer instead of %(former)s. The stage has not started yet. %(name)s "
            "gets an e-mail when it starts."
        )
    messages.success(
        request, message % {"name": localized_name(person.name), "former": localized_name(former.name)}
    )
    return redirect("coordinate:review", pk)


@dataclass(frozen=True)
class Closed:
    """Why in words, and where to go on; ``next``: the number of a later round."""

    words: str
    url: str
    next: int | None = None


def closed_reason(review: Review, user: Any) -> Closed | None:
    """Why a review can't be changed any more; None for the last round while it runs or was returned."""
    rounds = rounds_of(review, user)
    if not rounds.is_last:
        last = rounds.last
        text = _("This round has ended. The latest round is round %(n)s.") % {"n": last.round}
        return Closed(text, reverse("coordinate:review", args=[last.pk]), last.round)
    here = reverse("coordinate:review", args=[review.pk])
    if review.withdrawn:
        return Closed(_("The review was withdrawn."), here)
    if review.ended is None or review.state == ReviewState.RETURNED:
        return None
    text = (
        _("The text was adopted. This was recorded on %(date)s.")
        if review.state == ReviewState.DONE
        else _("The text was reopened on %(date)s.")
    )
    day = day_there(review.ended, review.zone)
    return Closed(one_dot(text % {"date": dates.of_date(day, get_language() or "en")}), here)
