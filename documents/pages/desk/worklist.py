"""What somebody has to do: the drafts that they work on, and in these the sections that wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from documents.access.rights import assignments_of
from documents.choices import BEHIND, FOLLOWED, State, Translation
from documents.display import script as display_script
from documents.display.language import content_language
from documents.editions.behind import unwritten_of
from documents.editions.language_versions import writable_after_adoption
from documents.editions.text_storage import OutlineRow, load_outlines
from documents.models import Assignment, Edition, LanguageVersion
from people.access import grants, keys, memberships
from people.models import User
from people.requests import OfficeRequest
from people.roles import Role, Verb

AT_WORK = (State.DRAFT, State.IN_REVIEW)
WRITING = frozenset({Role.DRAFTER, Role.TRANSLATOR, Role.COORDINATOR})


def at_the_desk(user: Any) -> QuerySet[Edition]:
    """The editions that the person works on at the desk. They are of their institution's drafters and
    coordinators, assigned to them, or given to them for drafting. Reviewers read elsewhere."""
    reader_keys = keys(user)
    owners = [int(key[5:]) for key in reader_keys if key.startswith("work:")]
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


def coordinated(user: Any) -> set[int]:
    """The institutions that the person coordinates for."""
    return {m.institution_id for m in memberships(user) if m.role == Role.COORDINATOR}


def title_of(edition: Edition) -> str:
    """The title in the language of the page, or in the source's; a Serbian one in the page's script."""
    return display_script.title_of(edition, content_language(get_language() or ""))


def edition_or_404(request: OfficeRequest, edition_id: int) -> Edition:
    """An edition that the person works on, in whatever state; Http404 for any other."""
    found = at_the_desk(request.user).filter(pk=edition_id).first()
    if found is None:
        raise Http404
    return found


def has_a_desk(request: HttpRequest) -> bool:
    """Whether the bar shows the desk: to those who write, by role or by an assignment."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    known: bool | None = getattr(request, "_has_a_desk", None)
    if known is None:
        known = any(m.role in WRITING for m in memberships(user)) or assignments_of(user).exists()
        request._has_a_desk = known
    return known


@dataclass(frozen=True, slots=True)
class LanguageWork:
    """The sections of one language of a draft that wait for a person, and by when."""

    language: str
    is_source: bool
    waiting: tuple[OutlineRow, ...]
    total: int
    due: date | None = None

    @property
    def done(self) -> int:
        return self.total - len(self.waiting)

    @property
    def updates(self) -> int:
        """How many are translated, but older than the original."""
        return sum(row.state == Translation.STALE for row in self.waiting)


@dataclass(frozen=True)
class DraftWork:
    """A draft and what waits in it for one person, by language."""

    edition: Edition
    languages: tuple[LanguageWork, ...] = ()

    @property
    def title(self) -> str:
        return title_of(self.edition)

    @property
    def waiting(self) -> int:
        return sum(len(work.waiting) for work in self.languages)

    @property
    def due(self) -> date | None:
        return min((work.due for work in self.languages if work.due and work.waiting), default=None)


def work_of(user: User) -> list[DraftWork]:
    """Everything that the person works on, what is due first at the top."""
    following = Exists(LanguageVersion.objects.filter(edition=OuterRef("pk"), unfinished=True))
    at_work = at_the_desk(user).filter(Q(state__in=AT_WORK) | Q(following, state__in=FOLLOWED))
    editions = list(at_work.order_by("instrument", "-number"))
    assigned: dict[int, list[Assignment]] = {}
    for assignment in assignments_of(user).filter(edition__in=editions):
        assigned.setdefault(assignment.edition_id, []).append(assignment)
    drafting = {m.institution_id for m in memberships(user) if m.role in (Role.DRAFTER, Role.COORDINATOR)}
    languages = {
        edition: _languages(edition, assigned.get(edition.pk, []), edition.instrument.owner_id in drafting)
        for edition in editions
    }
    outlines = {
        language: load_outlines([one for one in editions if language in languages[one]], language)
        for language in set().union(*languages.values())
    }
    unwritten = {pk: {lack.uid for lack in lacks} for pk, lacks in unwritten_of(editions).items()}
    found = [
        DraftWork(
            edition,
            tuple(
                _language_work(
                    edition,
                    language,
                    outlines[language][edition.pk],
                    unwritten.get(edition.pk, set()),
                    [one for one in assigned.get(edition.pk, []) if one.language == language],
                )
                for language in languages[edition]
            ),
        )
        for edition in editions
    ]
    return sorted(found, key=lambda w: (w.edition.state != State.DRAFT, w.due or date.max, not w.waiting))


def _languages(edition: Edition, assigned: list[Assignment], drafts: bool) -> list[str]:
    """Those that the person writes, in the document's order."""
    languages, source = edition.instrument.languages, edition.instrument.source_language
    at_draft = edition.state == State.DRAFT
    open_languages = set(languages if at_draft else writable_after_adoption(edition))
    mine = {assignment.language for assignment in assigned}
    if drafts:
        mine |= {source} if at_draft else {source, *open_languages}
    return [language for language in languages if language in mine & open_languages]


def _language_work(
    edition: Edition,
    language: str,
    outline: list[OutlineRow],
    unwritten: set[str],
    assigned: list[Assignment],
) -> LanguageWork:
    rows = display_script.headings(outline, language)
    sections = {str(one.uid) for one in assigned if one.uid}
    if sections and all(one.uid for one in assigned):
        rows = [row for row in rows if row.uid in sections]
    due = min((one.due for one in assigned if one.due), default=None)
    is_source = language == edition.instrument.source_language
    waiting = _waiting(rows, unwritten if is_source else None)
    return LanguageWork(language, is_source, tuple(waiting), len(rows), due)


def waiting_rows(edition: Edition, language: str, rows: list[OutlineRow]) -> list[OutlineRow]:
    """Those without a text in the drafting language; in another one, those that are not up to date."""
    is_source = language == edition.instrument.source_language
    return _waiting(rows, without_text(edition) if is_source else None)


def _waiting(rows: list[OutlineRow], unwritten: set[str] | None) -> list[OutlineRow]:
    """``unwritten``: of the drafting language, the sections that somebody has to write; None of another."""
    return [row for row in rows if (row.state in BEHIND if unwritten is None else row.uid in unwritten)]


def without_text(edition: Edition) -> set[str]:
    """The sections without a text in the source and without sections below: somebody has to write them."""
    return {lack.uid for lack in unwritten_of([edition]).get(edition.pk, [])}
