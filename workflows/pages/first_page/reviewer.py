"""For those who are asked to answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from documents.access.authorship import wrote_in
from people.access import has_role, memberships
from people.models import User
from people.roles import Role
from theme.dates import of_date
from theme.home_panels import Figure, Line, Mark, Panel, Rank
from workflows.models import Seat
from workflows.pages.coordinator import pending
from workflows.pages.review.changes import Changes, changes_for
from workflows.rules.vote_conflicts import waiting_for
from workflows.texts import title_for

MOST = 6


def waiting_for_answer(request: HttpRequest) -> Panel | None:
    """The reviews that wait for the person's answer."""
    if not has_role(request.user, Role.REVIEWER):
        return None
    seats = list(waiting_for(request.user).order_by("stage__due", "pk"))
    shown = seats[:MOST]
    user: User = request.user  # type: ignore[assignment]
    changes = {seat.pk: changes_for(seat, user, get_language() or "en") for seat in shown}
    late = sum(seat.stage.late for seat in seats)
    active = {m.institution_id for m in memberships(request.user) if m.role == Role.REVIEWER}
    several = len(active) > 1
    unread = sum(one.count - one.read for one in changes.values())
    every = reverse("review:list")
    first = _room(seats[0]) if seats else every
    return Panel(
        _("Your institution is asked to answer"),
        [_line(user, seat, changes[seat.pk], several=several) for seat in shown],
        empty=_("You have nothing to answer."),
        more=_("All my reviews"),
        more_url=every,
        rank=Rank.LATE if late else Rank.DUE if seats else Rank.TO_READ,
        figures=[
            Figure(late, ngettext("late answer", "late answers", late), first, "warn", _if(late, Rank.LATE)),
            Figure(
                len(seats),
                ngettext("review to answer", "reviews to answer", len(seats)),
                first if len(seats) == 1 else every,
                "check",
                _if(len(seats), Rank.DUE),
            ),
            Figure(
                unread,
                ngettext("changed section to read", "changed sections to read", unread),
                first,
                "eye",
                _if(unread, Rank.TO_DO),
            ),
        ],
    )


def _if(count: int, rank: Rank) -> Rank:
    return rank if count else Rank.TO_READ


def _room(seat: Seat) -> str:
    return f"{reverse('review:room', args=[seat.stage.review_id])}?seat={seat.pk}"


def _line(user: Any, seat: Seat, changes: Changes, *, several: bool) -> Line:
    review, stage = seat.stage.review, seat.stage
    marks = [Mark(seat.body, "office")] if several else []
    wrote = wrote_in(user.actor, review.edition)
    if wrote:
        marks.append(Mark(_("You are an author of this text. Another reviewer must answer."), icon="info"))
    elif changes.count:
        text = ngettext(
            "%(n)d changed section (%(language)s)", "%(n)d changed sections (%(language)s)", changes.count
        ) % {"n": changes.count, "language": changes.language}
        read = ngettext("%(n)d read", "%(n)d read", changes.read) % {"n": changes.read}
        marks.append(Mark(f"{text}, {read}", "eye"))
    return Line(
        title_for(review.edition),
        _room(seat),
        task_line(stage.title, stage.due_day),
        button=_("Open") if wrote else _("Read and answer"),
        due=stage.due_day,
        today=review.today,
        marks=marks,
    )


def task_line(what: str, day: date | None) -> str:
    """The task and its last day, in one line."""
    if day is None:
        return what
    by = _("by %(date)s") % {"date": of_date(day, get_language() or "en", weekday=True)}
    return f"{what}, {by}" if what else by


def to_check(request: HttpRequest) -> Panel | None:
    """The translations that the person could check; no panel where there are none."""
    found = pending.to_check(request.user, MOST)  # type: ignore[arg-type]
    lines = [Line(one.title, one.url, one.big, button=one.words, marks=[Mark(one.text)]) for one in found]
    return Panel(_("Translations that you can check"), lines, rank=Rank.TO_DO) if lines else None
