"""Panels of the office's first page: for those who are asked, and for coordinators."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.authorship import wrote_in
from people.access import has_role, memberships
from people.roles import Role
from theme.dates import of_date
from theme.home_panels import Line, Panel
from workflows.pages.coordinator import pending
from workflows.pages.coordinator.pending import waiting_for
from workflows.pages.coordinator.rows import rows_for
from workflows.rules.vote_conflicts import waiting_for as waiting_for_user
from workflows.texts import title_for

MOST = 6


def waiting_for_answer(request: HttpRequest) -> Panel | None:
    """The reviews that wait for the person's answer."""
    if not has_role(request.user, Role.REVIEWER):
        return None
    seats = waiting_for_user(request.user).order_by("stage__due")[:MOST]
    active = {m.institution_id for m in memberships(request.user) if m.role == Role.REVIEWER}
    several = len(active) > 1  # then a line says for which of them
    lines = []
    for seat in seats:
        review = seat.stage.review
        due = (
            _("by %(date)s") % {"date": of_date(seat.stage.due_day, get_language() or "en")}
            if seat.stage.due_day
            else ""
        )
        title = title_for(review.edition)
        message = (
            _("You are an author of this text. Another reviewer must answer.")
            if wrote_in(request.user.actor, review.edition)  # type: ignore[union-attr]
            else f"{seat.stage.title}, {due}"
            if due
            else seat.stage.title
        )
        lines.append(
            Line(
                title,
                f"{reverse('review:room', args=[review.pk])}?seat={seat.pk}",
                f"{seat.body}: {message}" if several else message,
                "late" if seat.stage.late else "",
            )
        )
    return Panel(
        _("Your institution is asked to answer"),
        lines,
        empty=_("You have nothing to answer."),
        more=_("All my reviews"),
        more_url=reverse("review:list"),
        urgent=bool(lines),
    )


def to_check(request: HttpRequest) -> Panel | None:
    """The translations that the person could check; no panel where there are none."""
    found = pending.to_check(request.user, MOST)  # type: ignore[arg-type]
    lines = [Line(one.title, one.url, f"{one.big}. {one.text}", "") for one in found]
    return Panel(_("Translations that you can check"), lines, urgent=True) if lines else None


def coordinated(request: HttpRequest) -> Panel | None:
    """The reviews of a coordinator, with what to do next; drafts stand in "My work"."""
    if not has_role(request.user, Role.COORDINATOR):
        return None
    lines = []
    rows = [
        row
        for row in rows_for(request.user)  # type: ignore[arg-type]
        if not row.finished and (not row.is_draft or row.prior)
    ]
    for row in rows[:MOST]:
        text, url = row.action
        lines.append(Line(row.title, url, text, row.edition.state))
    around = waiting_for(request.user)  # type: ignore[arg-type]
    others = [Line(one.title, one.url, one.big, "") for one in around]
    # However many reviews run, what waits beside them is said too.
    lines = [*lines[: MOST - min(len(others), 2)], *others][:MOST]
    return Panel(
        _("Reviews that you coordinate"),
        lines,
        empty=_("No reviews in progress."),
        more=_("All reviews"),
        more_url=reverse("coordinate:desk"),
        urgent=bool(around) or any(row.late for row in rows),
    )
