"""For those who are asked to answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from documents.authorship import wrote_in
from documents.models import Edition, Section
from people.access import has_role, memberships
from people.roles import Role
from theme.dates import of_date
from theme.home_panels import Figure, Line, Mark, Panel, Rank
from workflows.models import Seat, SectionRead
from workflows.pages.coordinator import pending
from workflows.rules.vote_conflicts import waiting_for
from workflows.texts import content_language, title_for

MOST = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """How many sections an edition changes, and how many of these somebody has read."""

    changed: int = 0
    read: int = 0


def waiting_for_answer(request: HttpRequest) -> Panel | None:
    """The reviews that wait for the person's answer."""
    if not has_role(request.user, Role.REVIEWER):
        return None
    seats = list(waiting_for(request.user).order_by("stage__due", "pk"))
    shown = seats[:MOST]
    readings = readings_of(request.user, [seat.stage.review.edition for seat in shown])
    late = sum(seat.stage.late for seat in seats)
    active = {m.institution_id for m in memberships(request.user) if m.role == Role.REVIEWER}
    several = len(active) > 1
    unread = sum(reading.changed - reading.read for reading in readings.values())
    every = reverse("review:list")
    first = _room(seats[0]) if seats else every
    return Panel(
        _("Your institution is asked to answer"),
        [_line(request.user, seat, readings, several=several) for seat in shown],
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


def _line(user: Any, seat: Seat, readings: dict[int, Reading], *, several: bool) -> Line:
    review, stage = seat.stage.review, seat.stage
    reading = readings.get(review.edition_id, Reading())
    marks = [Mark(seat.body, "office")] if several else []
    wrote = wrote_in(user.actor, review.edition)
    if wrote:
        marks.append(Mark(_("You are an author of this text. Another reviewer must answer."), icon="info"))
    elif reading.changed:
        text = ngettext("%(n)d changed section", "%(n)d changed sections", reading.changed)
        read = ngettext("%(n)d read", "%(n)d read", reading.read)
        marks.append(Mark(f"{text % {'n': reading.changed}}, {read % {'n': reading.read}}", "eye"))
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


def readings_of(user: Any, editions: Sequence[Edition]) -> dict[int, Reading]:
    """By edition: the sections whose text is another one than in the edition that it replaces."""
    tag = get_language() or "en"
    languages = {edition.pk: content_language(edition, tag) for edition in editions}
    former = {edition.pk: edition.supersedes_id for edition in editions}
    wanted = {pk for pk in [*former, *former.values()] if pk}
    columns = sorted(set(languages.values()))
    hashes: dict[int, dict[Any, dict[str, str]]] = defaultdict(dict)
    names = [f"text_hash_{language}" for language in columns]
    for pk, uid, *found in Section.objects.filter(edition__in=wanted).values_list("edition", "uid", *names):
        hashes[pk][uid] = dict(zip(columns, found, strict=True))
    known = {
        (row[0], row[1], row[2]): row[3]
        for row in SectionRead.objects.filter(user=user, edition__in=list(former)).values_list(
            "edition", "uid", "language", "text_hash"
        )
    }
    readings = {}
    for pk, language in languages.items():
        now = {uid: own[language] or "" for uid, own in hashes[pk].items()}
        then = {uid: own[language] or "" for uid, own in hashes[former[pk] or 0].items()}
        changed = {uid: now.get(uid, "") for uid in {*now, *then} if now.get(uid) != then.get(uid)}
        read = sum(known.get((pk, uid, language)) == text for uid, text in changed.items())
        readings[pk] = Reading(len(changed), read)
    return readings


def to_check(request: HttpRequest) -> Panel | None:
    """The translations that the person could check; no panel where there are none."""
    found = pending.to_check(request.user, MOST)  # type: ignore[arg-type]
    lines = [Line(one.title, one.url, one.big, button=one.words, marks=[Mark(one.text)]) for one in found]
    return Panel(_("Translations that you can check"), lines, rank=Rank.TO_DO) if lines else None
