"""The earlier texts of a section: every state that the log of this draft's changes has, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.models import Entry
from audit.trail import thing_name
from documents.editions.text_storage import check_language
from documents.models import Comment, Edition, SectionChange, Suggestion
from documents.models.sections import is_erased
from documents.pages.compare.labels import summary_html
from documents.pages.desk.rendering import section_change
from documents.text import text_hash
from documents.text.types import Json
from people.models import User

A_PAGE = 20
BEGINNING = 0
"""The number of the text that was before the first change."""
WRITTEN = (SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT)


@dataclass(frozen=True, slots=True)
class Source:
    """Who suggested a text (``name`` is empty where they have none any more). Of a Word file, its name and
    who uploaded it (``brought``)."""

    name: str = ""
    file: str = ""
    brought: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One state of a section. ``number`` is that of the change that made it, or BEGINNING."""

    number: int
    body: Json
    verb: str
    at: datetime | None
    who: str
    summary: str = ""
    """What that change did, in a sentence."""
    same: bool = False
    """Whether this is the very text that the section has now."""
    again: bool = False
    """Whether this change gave the section a text back that it had before."""
    source: Source | None = None
    """Who had suggested the words of this change."""

    @property
    def erased(self) -> bool:
        """Whether an operator erased the words of this state."""
        return is_erased(self.body)


class Revisions:
    """The states of a section in one language; ``now`` is the hash of its text as it is."""

    def __init__(self, edition: Edition, uid: str, language: str, now: str) -> None:
        self.edition, self.uid, self.language, self.now = edition, uid, check_language(language), now

    @property
    def changes(self) -> QuerySet[SectionChange]:
        """The changes that wrote this text in this draft, the newest first."""
        own = SectionChange.objects.filter(edition=self.edition, uid=self.uid, language=self.language)
        return own.filter(verb__in=WRITTEN).order_by("-id")

    def page(self, number: str | None) -> tuple[Page[SectionChange], list[Earlier]]:
        """A page of the list, and its states, the newest first; after the oldest change comes the text before
        it. As many queries for a long list as for a short one."""
        page = Paginator(self.changes, A_PAGE).get_page(number)
        changes = list(page.object_list)
        states = self._states(changes)
        if changes and not page.has_next() and changes[-1].before:
            states.append(self._beginning(changes[-1]))
        hashes = [text_hash(state.body) if state.body and not state.erased else "" for state in states]
        states = [
            replace(state, again=own != "" and own in hashes[place + 2 :] and own != hashes[place + 1])
            for place, (state, own) in enumerate(zip(states, hashes, strict=True))
        ]
        return page, states

    def one(self, number: int) -> Earlier | None:
        """One state; None where this section of this draft never had it in this language."""
        if number != BEGINNING:
            change = self.changes.filter(pk=number).first()
            return self._states([change])[0] if change is not None and change.after else None
        first = self.changes.last()
        return self._beginning(first) if first is not None and first.before else None

    def of_this_file(self, state: Earlier) -> bool:
        """Whether no other Word file was imported over this text since: Word's XML belongs to its file."""
        later = self.changes.filter(pk__gt=state.number, verb=SectionChange.Verb.IMPORT)
        return not later.exists()

    def _states(self, changes: list[SectionChange]) -> list[Earlier]:
        names, sources = _names(change.actor for change in changes), self._sources(changes)
        states = []
        for change in changes:
            did, both = None, (change.before, change.after)
            if all(both) and not any(map(is_erased, both)):
                did = section_change(change.before, change.after, self.language)
            verb = change.get_verb_display()
            if change.verb == SectionChange.Verb.SAVE and change.actor is None:
                # A save that the log gives nobody was made when the draft was begun.
                verb = _("corrected by a corrigendum to the previous edition")
            states.append(
                Earlier(
                    number=change.pk,
                    body=change.after or {},
                    verb=verb,
                    at=change.at,
                    who=names.get(change.actor, ""),
                    summary=summary_html(did) if did else "",
                    same=bool(change.after) and text_hash(change.after) == self.now,
                    source=sources.get(change.pk),
                )
            )
        return states

    def _beginning(self, first: SectionChange) -> Earlier:
        every = SectionChange.objects.filter(edition=self.edition, uid=self.uid)
        added = every.filter(verb=SectionChange.Verb.ADD).first()
        return Earlier(
            number=BEGINNING,
            body=first.before or {},
            verb=added.get_verb_display() if added else _("initial text of the draft"),
            at=added.at if added else None,
            who=_names([added.actor]).get(added.actor, "") if added else "",
            same=text_hash(first.before) == self.now,
        )

    def _sources(self, changes: list[SectionChange]) -> dict[int, Source]:
        """Who suggested the words of changes, by their numbers. The trail names the text after a suggestion,
        by its hash, and who accepted it."""
        results = {change.pk: (change.actor, text_hash(change.after)) for change in changes if change.after}
        sources = self._of_comments() | self._of_files({sha256 for _actor, sha256 in results.values()})
        return {pk: sources[key] for pk, key in results.items() if key in sources}

    def _of_comments(self) -> dict[tuple[UUID | None, str], Source]:
        comments = Comment.objects.filter(edition=self.edition, uid=self.uid, language=self.language)
        applied = comments.filter(applied__isnull=False).values_list("pk", flat=True)
        if not applied:
            return {}
        entries = list(
            Entry.objects.filter(
                verb="apply_suggestion", thing__in=[f"comment:{pk}" for pk in applied], refused=False
            )
        )
        authors = {entry.pk: entry.detail.get("suggested_by") or None for entry in entries}
        names = _names(UUID(author) for author in authors.values() if author)
        return {
            (entry.actor, entry.detail.get("sha256", "")): Source(
                names.get(UUID(author), "") if author else ""
            )
            for entry in entries
            for author in [authors[entry.pk]]
        }

    def _of_files(self, hashes: set[str]) -> dict[tuple[UUID | None, str], Source]:
        accepted = Suggestion.objects.filter(language=self.language, state=Suggestion.State.ACCEPTED)
        if not accepted.filter(edition=self.edition).exists():
            return {}
        entries = Entry.objects.filter(
            verb="suggestion_accepted",
            thing=thing_name(self.edition),
            refused=False,
            detail__sha256__in=sorted(hashes),
        )
        of = {entry.detail.get("suggestion"): (entry.actor, entry.detail["sha256"]) for entry in entries}
        rows = Suggestion.objects.filter(pk__in=list(of), language=self.language)
        return {
            of[row.pk]: Source(row.author_name, row.returned.name, row.returned.by.name)
            for row in rows.select_related("returned__by").defer("before", "after")
        }


def _names(actors: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The present names for the opaque ids; a nameless person has none."""
    wanted = {actor for actor in actors if actor}
    return dict(User.objects.filter(actor__in=wanted).values_list("actor", "name")) if wanted else {}
