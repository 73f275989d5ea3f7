"""What somebody has to do: the drafts that they work on, and in these the sections that wait for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from documents.access import assignments_of
from documents.choices import FOLLOWED, State, Translation
from documents.language_versions import writable_after_adoption
from documents.models import Assignment, Edition, LanguageVersion
from documents.models import Section as SectionRow
from documents.pages import display_script
from documents.pages.display_language import content_language
from documents.text_storage import OutlineRow, load_outline
from people.access import grants, keys, memberships
from people.models import User
from people.requests import OfficeRequest
from people.roles import Role, Verb

AT_WORK = (State.DRAFT, State.IN_REVIEW)
WRITING = frozenset({Role.DRAFTER, Role.TRANSLATOR, Role.COORDINATOR})


def at_the_desk(user: Any) -> QuerySet[Edition]:
    """The editions that the person works on at the desk: those of their institution's drafters and
    coordinators, those assigned to them, those given to them for drafting. Reviewers read elsewhere."""
    held = keys(user)
    owners = [int(key[5:]) for key in held if key.startswith("work:")]
    given = [
        int(g.key[3:])
        for g in grants(user)
        if g.verb == Verb.DRAFT and g.key[:3] == "ed:" and g.key[3:].isdecimal()
    ]
    own = assignments_of(user).values("edition")
    return (
        Edition.objects.visible_to(user)
        .filter(Q(instrument__owner__in=owners) | Q(pk__in=given) | Q(pk__in=own))
        .select_related("instrument__country", "instrument__owner")
    )


def title_of(edition: Edition) -> str:
    """The edition's title in the language of the page, or in the source's; a Serbian one in the script of the
    page."""
    return display_script.title_of(edition, content_language(get_language() or ""))


def edition_or_404(request: OfficeRequest, edition_id: int) -> Edition:
    """An edition that the person works on, in whatever state; Http404 for any other."""
    found = at_the_desk(request.user).filter(pk=edition_id).first()
    if found is None:
        raise Http404
    return found


def has_a_desk(request: HttpRequest) -> bool:
    """Whether the bar shows the desk: to those who write, by role or because something was assigned to
    them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    known: bool | None = getattr(request, "_has_a_desk", None)
    if known is None:
        known = any(m.role in WRITING for m in memberships(user)) or assignments_of(user).exists()
        request._has_a_desk = known
    return known


@dataclass(frozen=True, slots=True)
class Part:
    """One section in one language that waits for somebody. ``what`` is write, translate or update."""

    what: str
    language: str
    row: OutlineRow


@dataclass(frozen=True, slots=True)
class LanguageWork:
    """The parts of one language of one draft, and by when."""

    language: str
    is_source: bool
    parts: tuple[Part, ...]
    done: int
    total: int
    due: date | None = None

    @property
    def first(self) -> Part | None:
        return self.parts[0] if self.parts else None

    @property
    def writes(self) -> int:
        return sum(part.what == "write" for part in self.parts)

    @property
    def translates(self) -> int:
        return sum(part.what == "translate" for part in self.parts)

    @property
    def updates(self) -> int:
        return sum(part.what == "update" for part in self.parts)


@dataclass(frozen=True)
class DraftWork:
    """A draft and what waits in it for one person, by language."""

    edition: Edition
    languages: tuple[LanguageWork, ...] = ()
    scope: frozenset[str] = field(default_factory=frozenset)

    @property
    def title(self) -> str:
        return title_of(self.edition)

    @property
    def parts(self) -> list[Part]:
        return [part for work in self.languages for part in work.parts]

    @property
    def due(self) -> date | None:
        return min((work.due for work in self.languages if work.due and work.parts), default=None)


def work_of(user: User) -> list[DraftWork]:
    """Everything that the person works on, what is due first at the top."""
    following = Exists(LanguageVersion.objects.filter(edition=OuterRef("pk"), unfinished=True))
    at_work = at_the_desk(user).filter(Q(state__in=AT_WORK) | Q(following, state__in=FOLLOWED))
    editions = list(at_work.order_by("instrument", "-number"))
    assigned: dict[int, list[Assignment]] = {}
    for assignment in assignments_of(user).filter(edition__in=editions):
        assigned.setdefault(assignment.edition_id, []).append(assignment)
    drafting = {m.institution_id for m in memberships(user) if m.role in (Role.DRAFTER, Role.COORDINATOR)}
    found = [
        _draft_work(edition, assigned.get(edition.pk, []), edition.instrument.owner_id in drafting)
        for edition in editions
    ]
    return sorted(found, key=lambda w: (w.edition.state != State.DRAFT, w.due or date.max, not w.parts))


def _draft_work(edition: Edition, assigned: list[Assignment], drafts: bool) -> DraftWork:
    there = set(edition.instrument.languages)
    if edition.state != State.DRAFT:
        there = set(writable_after_adoption(edition))
        if not there:
            return DraftWork(edition)
    source = edition.instrument.source_language
    mine: dict[str, list[Assignment]] = {}
    for assignment in assigned:
        mine.setdefault(assignment.language, []).append(assignment)
    if drafts and source not in mine:
        mine[source] = []
    if drafts and edition.state != State.DRAFT:
        mine |= {language: [] for language in there - set(mine)}
    order = [language for language in edition.instrument.languages if language in mine and language in there]
    return DraftWork(edition, tuple(_language_work(edition, language, mine[language]) for language in order))


def _language_work(edition: Edition, language: str, assigned: list[Assignment]) -> LanguageWork:
    rows = display_script.headings(load_outline(edition, language), language)
    named = {str(a.uid) for a in assigned if a.uid}
    if named and not any(a.uid is None for a in assigned):
        rows = [row for row in rows if row.uid in named]
    unwritten = without_text(edition)
    is_source = language == edition.instrument.source_language
    parts = tuple(_parts(rows, language, is_source, unwritten))
    due = min((a.due for a in assigned if a.due), default=None)
    return LanguageWork(language, is_source, parts, len(rows) - len(parts), len(rows), due)


def _parts(rows: Iterable[OutlineRow], language: str, is_source: bool, unwritten: set[str]) -> Iterable[Part]:
    for row in rows:
        if is_source:
            if row.uid in unwritten:
                yield Part("write", language, row)
        elif row.state == Translation.MISSING:
            yield Part("translate", language, row)
        elif row.state == Translation.STALE:
            yield Part("update", language, row)


def without_text(edition: Edition) -> set[str]:
    """The sections that have a heading at most in the source, and nothing that stands in them: somebody has
    to write them."""
    source = edition.instrument.source_language
    rows = list(SectionRow.objects.filter(edition=edition).order_by("position").values_list("uid", "level"))
    empty = set(
        SectionRow.objects.filter(edition=edition)
        .filter(Q(**{f"body_{source}__isnull": True}) | Q(**{f"body_{source}__blocks": []}))
        .values_list("uid", flat=True)
    )
    return {
        str(uid)
        for index, (uid, level) in enumerate(rows)
        if uid in empty and not (index + 1 < len(rows) and rows[index + 1][1] > level)
    }
