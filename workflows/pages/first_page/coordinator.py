"""For coordinators: each review with what holds it up, the drafts, and what is due for revision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from documents.actions.report_ready import ready_drafts
from documents.choices import State
from documents.editions.behind import Lack, lacks_of
from documents.models import Edition
from documents.pages.behind_marks import language_marks
from people.access import has_role, memberships
from people.roles import Role
from theme import dates
from theme.home_panels import Figure, Line, Mark, Panel, Rank
from theme.localized_names import localized_name
from workflows.pages.coordinator.pending import waiting_for
from workflows.pages.coordinator.pictures import head_of, picture_of
from workflows.pages.coordinator.rows import Row, rows_for
from workflows.pages.coordinator.timeline import scale_of
from workflows.pages.first_page.reviewer import task_line
from workflows.texts import title_for

MOST = 8
YEARS_IN_FORCE = 3
"""An edition that has been in force for so long is due for revision."""


def _rows(request: HttpRequest) -> list[Row]:
    """What is at work where the person coordinates, asked for once in a request."""
    known: list[Row] | None = getattr(request, "_rows_at_work", None)
    if known is None:
        known = rows_for(request.user, at_work=True)  # type: ignore[arg-type]
        request._rows_at_work = known  # type: ignore[attr-defined]
    return known


def running(request: HttpRequest) -> Panel | None:
    """The reviews that run or were returned, late ones first; then corrigenda and languages that wait."""
    if not has_role(request.user, Role.COORDINATOR):
        return None
    rows = [row for row in _rows(request) if row.running or row.returned or row.to_confirm]
    shown = rows[:MOST]
    lacks = lacks_of([row.edition for row in shown])
    today = timezone.localdate()
    drawn = {row.edition.pk: row.segments(today) for row in shown}
    scale = scale_of([one for segments in drawn.values() for one in segments], today)
    lines = [
        _line(row, lacks.get(row.edition.pk, {}), picture_of(row, drawn[row.edition.pk], scale, today))
        for row in shown
    ]
    others = [
        Line(one.title, one.url, one.big, button=one.words, marks=[Mark(one.text)])
        for one in waiting_for(request.user)  # type: ignore[arg-type]
    ]
    late = sum(len(row.late) for row in rows)
    stopped = any(row.returned for row in rows)
    return Panel(
        _("Reviews that you coordinate"),
        [*lines, *others],
        empty=_("No reviews in progress."),
        more=_("All reviews"),
        more_url=reverse("coordinate:desk"),
        rank=Rank.LATE if late or stopped else Rank.DUE if lines or others else Rank.TO_READ,
        figures=_figures(rows, late),
        wide=any(line.picture for line in lines),
        head=head_of(scale, today) if any(line.picture for line in lines) else "",
        hint=_("Full: completed. Yellow: current. Red: late or returned. Dashed: later.")
        if any(line.picture for line in lines)
        else "",
    )


def _figures(rows: Sequence[Row], late: int) -> list[Figure]:
    desk = reverse("coordinate:desk")
    comments = sum(row.comments for row in rows)
    commented = [row for row in rows if row.comments and row.review]
    now = sum(row.running for row in rows)
    one = reverse("review:room", args=[commented[0].review.pk]) if commented and commented[0].review else desk
    return [
        Figure(
            late,
            ngettext("institution is late", "institutions are late", late),
            f"{desk}?show=late" if late else desk,
            "warn",
            Rank.LATE if late else Rank.TO_READ,
        ),
        Figure(
            comments,
            ngettext("comment without an answer", "comments without an answer", comments),
            f"{one}?view=comments#changes" if len(commented) == 1 else desk,
            "comment",
            Rank.DUE if comments else Rank.TO_READ,
        ),
        Figure(now, ngettext("review in progress", "reviews in progress", now), desk, "half", Rank.TO_DO),
    ]


def _line(row: Row, lacks: dict[str, list[Lack]], picture: str) -> Line:
    text, url = row.action
    stage = row.stage
    stages = ", ".join(one.title for one in row.open_stages)
    return Line(
        row.title,
        url,
        task_line(stages, stage.due_day if stage else None) if row.running else "",
        state="" if row.returned or (stage and stage.due_day) else row.edition.state,
        button=text,
        due=stage.due_day if stage and row.running else None,
        today=row.review.today if row.review else None,
        marks=list(_marks(row, lacks)),
        picture=picture,
    )


def _marks(row: Row, lacks: dict[str, list[Lack]]) -> Iterator[Mark]:
    for seat in row.sent_back:
        yield Mark(_("Returned by: %(name)s") % {"name": seat.body}, "previous", Rank.LATE)
    if row.late:
        names = ", ".join(seat.body for seat in row.late)
        yield Mark(_("No answer yet: %(names)s") % {"names": names}, "warn", Rank.LATE)
    elif row.waiting:
        n = len(row.waiting)
        yield Mark(ngettext("%(n)d waiting, none late", "%(n)d waiting, none late", n) % {"n": n}, "clock")
    yield from language_marks(row.edition, lacks)
    if row.comments:
        text = ngettext("%(n)d comment needs an answer", "%(n)d comments need an answer", row.comments)
        yield Mark(text % {"n": row.comments}, "comment", Rank.DUE)


def drafts(request: HttpRequest) -> Panel | None:
    """The drafts of which no review runs."""
    if not has_role(request.user, Role.COORDINATOR):
        return None
    rows = [row for row in _rows(request) if row.is_draft and not row.returned and not row.to_confirm]
    if not rows:
        return None
    reports = ready_drafts([row.edition for row in rows])
    shown = sorted(rows, key=lambda row: row.edition.pk not in reports)[:MOST]
    lacks = lacks_of([row.edition for row in shown])
    lines = []
    for row in shown:
        text, url = row.action
        marks = list(language_marks(row.edition, lacks.get(row.edition.pk, {})))
        if report := reports.get(row.edition.pk):
            ready = _("Ready for review: %(name)s") % {"name": localized_name(report.name)}
            marks.insert(0, Mark(ready, "check", Rank.DUE))
        aside = _("Edition %(number)s") % {"number": row.edition.number}
        lines.append(Line(row.title, url, aside, State.DRAFT, button=text, marks=marks))
    n = len(rows)
    return Panel(
        _("Drafts"),
        lines,
        more=_("All my work"),
        more_url=reverse("desk:home"),
        rank=Rank.DUE if reports else Rank.TO_DO,
        figures=[Figure(n, ngettext("draft", "drafts", n), reverse("desk:home"), "pen", Rank.TO_DO)],
    )


def due_for_revision(request: HttpRequest) -> Panel | None:
    """The editions that have been in force for years and have no draft of the next one."""
    owners = [m.institution_id for m in memberships(request.user) if m.role == Role.COORDINATOR]
    if not owners:
        return None
    today = timezone.localdate()
    before = today - timedelta(days=round(365.25 * YEARS_IN_FORCE))
    at_work = Edition.objects.filter(state__in=(State.DRAFT, State.IN_REVIEW, State.APPROVED))
    editions = (
        Edition.objects.visible_to(request.user)
        .filter(state=State.IN_FORCE, instrument__owner__in=owners, valid_from__lte=before)
        .exclude(instrument__in=at_work.values("instrument"))
        .select_related("instrument__country")
        .order_by("valid_from")[:MOST]
    )
    lines = [
        Line(
            title_for(edition),
            reverse("desk:revise", args=[edition.pk]),
            _since(edition.valid_from),
            button=_("Start the next edition"),
        )
        for edition in editions
    ]
    if not lines:
        return None
    rule = ngettext(
        "In force for more than %(n)d year, and no next edition is being drafted.",
        "In force for more than %(n)d years, and no next edition is being drafted.",
        YEARS_IN_FORCE,
    )
    return Panel(_("Due for revision"), lines, hint=rule % {"n": YEARS_IN_FORCE}, rank=Rank.TO_DO)


def _since(day: date | None) -> str:
    return _("since %(date)s") % {"date": dates.of_date(day, get_language() or "en")} if day else ""
