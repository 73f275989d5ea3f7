"""What the desk says on the first page of the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.access.rights import assignments_of
from documents.choices import FOLLOWED, State, Translation
from documents.editions.behind import Lack, lacks_of, unwritten_of
from documents.models import Assignment, Edition, LanguageVersion, SectionChange
from documents.pages.desk.worklist import at_the_desk, coordinated, has_a_desk, title_of
from people.access import memberships
from people.models import User
from people.roles import Role
from theme.home_panels import Figure, Line, Mark, News, Panel, Rank
from theme.locales import native_name

MOST = 8


@dataclass(frozen=True)
class Task:
    """What waits for a person in one language of a draft."""

    edition: Edition
    language: str
    lacks: list[Lack]
    due: date | None

    @property
    def is_source(self) -> bool:
        return self.language == self.edition.instrument.source_language

    @property
    def stale(self) -> list[Lack]:
        return [one for one in self.lacks if one.state == Translation.STALE]

    @property
    def next(self) -> Lack:
        """The section to open: one whose original has changed before one without a text."""
        return (self.stale or self.lacks)[0]


def panel(request: HttpRequest) -> Panel | None:
    """The languages of drafts in which sections wait for the person, then the drafts in which none does."""
    if not has_a_desk(request):
        return None
    user: User = request.user  # type: ignore[assignment]
    editions = _at_work(request)
    tasks = tasks_of(user, editions)
    waiting = {task.edition.pk for task in tasks}
    coordinates = coordinated(user)
    # A coordinator finds the other drafts among those of which no review runs.
    others = [one for one in editions if one.pk not in waiting and one.instrument.owner_id not in coordinates]
    others.sort(key=lambda one: one.state != State.DRAFT)
    lines = [*map(_line, tasks[:MOST]), *map(_draft, others)][:MOST]
    if not lines and coordinates:
        return None
    n, stale = sum(len(task.lacks) for task in tasks), sum(len(task.stale) for task in tasks)
    desk = reverse("desk:home")
    first = _next_url(tasks[0]) if tasks else desk
    return Panel(
        _("My work"),
        lines,
        empty=_("No drafts are waiting for you."),
        more=_("All my work"),
        more_url=desk,
        rank=Rank.DUE if tasks else Rank.TO_READ,
        figures=[
            Figure(
                n,
                ngettext("section is waiting for you", "sections are waiting for you", n),
                first,
                "pen",
                Rank.DUE if n else Rank.TO_READ,
            ),
            Figure(
                stale,
                ngettext("section whose original has changed", "sections whose original has changed", stale),
                first,
                "clock",
                Rank.TO_DO if stale else Rank.TO_READ,
            ),
            Figure(len(editions), ngettext("draft", "drafts", len(editions)), desk, "file", Rank.TO_READ),
        ],
    )


def _at_work(request: HttpRequest) -> list[Edition]:
    """The editions that the person works on, asked for once in a request."""
    known: list[Edition] | None = getattr(request, "_editions_at_work", None)
    if known is not None:
        return known
    following = Exists(LanguageVersion.objects.filter(edition=OuterRef("pk"), unfinished=True))
    at_work = Q(state__in=(State.DRAFT, State.IN_REVIEW)) | Q(following, state__in=FOLLOWED)
    found = list(at_the_desk(request.user).filter(at_work).order_by("instrument", "-number"))
    request._editions_at_work = found  # type: ignore[attr-defined]
    return found


def tasks_of(user: User, editions: list[Edition]) -> list[Task]:
    """The tasks of a person: by date, then those whose original changed."""
    assigned: dict[tuple[int, str], list[Assignment]] = defaultdict(list)
    for assignment in assignments_of(user).filter(edition__in=editions):
        assigned[assignment.edition_id, assignment.language].append(assignment)
    drafting = {m.institution_id for m in memberships(user) if m.role in (Role.DRAFTER, Role.COORDINATOR)}
    drafts = [one for one in editions if one.state == State.DRAFT]
    following = [one for one in editions if one.state in FOLLOWED]
    mine = [one for one in drafts if one.instrument.owner_id in drafting or _is_assigned(one, assigned)]
    unwritten = unwritten_of(mine)
    lacks = lacks_of([*drafts, *following])
    writable = {one.pk: [*one.instrument.languages] for one in drafts} | _unfinished(following)
    found = []
    for edition in [*drafts, *following]:
        drafts_it = edition.instrument.owner_id in drafting
        source = edition.instrument.source_language
        for language in writable[edition.pk]:
            assignments = assigned.get((edition.pk, language), [])
            by_role = drafts_it and (language == source or edition.state != State.DRAFT)
            if not assignments and not by_role:
                continue
            waiting = unwritten[edition.pk] if language == source else lacks[edition.pk].get(language, [])
            sections = {str(one.uid) for one in assignments if one.uid}
            if sections and all(one.uid for one in assignments):
                waiting = [one for one in waiting if one.uid in sections]
            if waiting:
                due = min((one.due for one in assignments if one.due), default=None)
                found.append(Task(edition, language, waiting, due))
    return sorted(found, key=lambda task: (task.due or date.max, not task.stale, task.edition.pk))


def _unfinished(editions: list[Edition]) -> dict[int, list[str]]:
    """The languages that may still be written although the edition is adopted."""
    found: dict[int, list[str]] = {one.pk: [] for one in editions}
    versions = LanguageVersion.objects.filter(edition__in=editions, unfinished=True, submitted=None)
    for edition, language in versions.values_list("edition", "language") if editions else ():
        found[edition].append(language)
    return found


def _is_assigned(edition: Edition, assigned: dict[tuple[int, str], list[Assignment]]) -> bool:
    return (edition.pk, edition.instrument.source_language) in assigned


def _next_url(task: Task) -> str:
    return reverse("desk:section", args=[task.edition.pk, task.next.uid, task.language])


def _line(task: Task) -> Line:
    stale = len(task.stale)
    missing = len(task.lacks) - stale
    marks = []
    if stale:
        text = ngettext(
            "the original of %(n)d section has changed", "the original of %(n)d sections has changed", stale
        )
        marks.append(Mark(text % {"n": stale}, "clock", Rank.DUE))
    if missing and task.is_source:
        text = ngettext("%(n)d section to write", "%(n)d sections to write", missing)
        marks.append(Mark(text % {"n": missing}, "pen"))
    elif missing:
        text = ngettext("%(n)d section to translate", "%(n)d sections to translate", missing)
        marks.append(Mark(text % {"n": missing}, "pen"))
    return Line(
        title_of(task.edition),
        _next_url(task),
        native_name(task.language),
        button=_("Open the next section"),
        due=task.due,
        marks=marks,
    )


def _draft(edition: Edition) -> Line:
    aside = _("Edition %(number)s") % {"number": edition.number}
    return Line(title_of(edition), reverse("desk:draft", args=[edition.pk]), aside, edition.state)


def news(request: HttpRequest, since: datetime) -> Iterator[News]:
    """How many sections of each draft others have changed."""
    if not has_a_desk(request):
        return
    editions = {one.pk: one for one in _at_work(request)}
    changed = (
        SectionChange.objects.filter(edition__in=list(editions), at__gt=since)
        .exclude(actor=request.user.actor)  # type: ignore[union-attr]
        .values("edition")
        .annotate(n=Count("uid", distinct=True), last=Max("at"))
    )
    for row in changed.order_by("-last")[:MOST]:
        edition = editions[row["edition"]]
        text = ngettext("%(n)d section was changed", "%(n)d sections were changed", row["n"]) % {
            "n": row["n"]
        }
        yield News(row["last"], text, reverse("desk:draft", args=[edition.pk]), title_of(edition))
