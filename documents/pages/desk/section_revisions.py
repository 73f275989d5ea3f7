"""The earlier texts of a section: every state that the log of this draft's changes kept, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.models import Edition, SectionChange
from documents.pages.compare.labels import summary_html
from documents.pages.desk.change_authors import Whose, change_authors
from documents.pages.desk.rendering import section_change
from documents.text import text_hash
from documents.text.types import Json
from documents.text_storage import check_language
from people.models import User

A_PAGE = 20
BEGINNING = 0
"""The number of the text that stood before the first change."""
WRITTEN = (SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One state of a section. ``number`` is that of the change that made it, or BEGINNING."""

    number: int
    body: Json
    verb: str
    at: datetime | None
    who: str
    said: str = ""
    """What that change did, in a sentence."""
    same: bool = False
    """Whether this is the very text that the section has now."""
    again: bool = False
    """Whether this change gave the section a text back that it had before."""
    whose: Whose | None = None
    """Whose words this change put in, where they were suggested."""


def changes_of(edition: Edition, uid: str, language: str) -> QuerySet[SectionChange]:
    """The changes that wrote this text in this draft, the newest first."""
    check_language(language)
    own = SectionChange.objects.filter(edition=edition, uid=uid, language=language, verb__in=WRITTEN)
    return own.order_by("-id")


def earlier_page(
    edition: Edition, uid: str, language: str, now: str, number: str | None
) -> tuple[Page[SectionChange], list[Earlier]]:
    """A page of the list, and its states, the newest first; after the oldest change comes the text before it.

    ``now`` is the hash of the section's text as it is. As many queries for a long list as for a short one.
    """
    page = Paginator(changes_of(edition, uid, language), A_PAGE).get_page(number)
    changes = list(page.object_list)
    added = None if page.has_next() else _added(edition, uid)
    names = _names([*changes, *([added] if added else [])])
    found = [_state(change, names, now, language) for change in changes]
    if changes and not page.has_next() and changes[-1].before:
        found.append(_beginning(changes[-1], added, names, now))
    return page, _with_suggestions(_with_those_put_back(found), changes, edition, uid, language)


def _with_those_put_back(states: list[Earlier]) -> list[Earlier]:
    """Says of each state whether it brought an older one of the list back; the newest comes first."""
    hashes = [text_hash(state.body) if state.body else "" for state in states]
    return [
        replace(state, again=own != "" and own in hashes[place + 2 :] and own != hashes[place + 1])
        for place, (state, own) in enumerate(zip(states, hashes, strict=True))
    ]


def _with_suggestions(
    states: list[Earlier], changes: list[SectionChange], edition: Edition, uid: str, language: str
) -> list[Earlier]:
    """Says of each state whose words it brought, where those were suggested."""
    whose = change_authors(changes, edition, uid, language)
    return [replace(state, whose=whose.get(state.number)) for state in states]


def earlier_text(edition: Edition, uid: str, language: str, now: str, number: int) -> Earlier | None:
    """One state; None where this section of this draft never had it in this language."""
    changes = changes_of(edition, uid, language)
    if number != BEGINNING:
        change = changes.filter(pk=number).first()
        if change is None or not change.after:
            return None
        (state,) = _with_suggestions(
            [_state(change, _names([change]), now, language)], [change], edition, uid, language
        )
        return state
    first = changes.last()
    if first is None or not first.before:
        return None
    added = _added(edition, uid)
    return _beginning(first, added, _names([added] if added else []), now)


def of_this_file(edition: Edition, uid: str, language: str, state: Earlier) -> bool:
    """Whether no other Word file was taken in over this text since: what was kept of Word's XML is of the
    file that it is in."""
    later = changes_of(edition, uid, language).filter(pk__gt=state.number)
    return not later.filter(verb=SectionChange.Verb.IMPORT).exists()


def _added(edition: Edition, uid: str) -> SectionChange | None:
    return SectionChange.objects.filter(edition=edition, uid=uid, verb=SectionChange.Verb.ADD).first()


def _names(changes: Iterable[SectionChange]) -> dict[UUID, str]:
    """The names behind the opaque ids, as they are now: whoever was made nameless has none."""
    wanted = {change.actor for change in changes if change.actor}
    return dict(User.objects.filter(actor__in=wanted).values_list("actor", "name"))


def _who(change: SectionChange, names: dict[UUID, str]) -> str:
    return names.get(change.actor, "") if change.actor else ""


def _verb(change: SectionChange) -> str:
    """What was done. A save that the log gives nobody is a corrigendum of the edition before, put in when the
    draft was begun."""
    if change.verb == SectionChange.Verb.SAVE and change.actor is None:
        return _("corrected by a corrigendum to the edition before")
    return change.get_verb_display()


def _state(change: SectionChange, names: dict[UUID, str], now: str, language: str) -> Earlier:
    did = section_change(change.before, change.after, language) if change.before and change.after else None
    return Earlier(
        number=change.pk,
        body=change.after or {},
        verb=_verb(change),
        at=change.at,
        who=_who(change, names),
        said=summary_html(did) if did else "",
        same=bool(change.after) and text_hash(change.after) == now,
    )


def _beginning(
    first: SectionChange, added: SectionChange | None, names: dict[UUID, str], now: str
) -> Earlier:
    return Earlier(
        number=BEGINNING,
        body=first.before or {},
        verb=added.get_verb_display() if added else _("the text that the draft began with"),
        at=added.at if added else None,
        who=_who(added, names) if added else "",
        same=text_hash(first.before) == now,
    )
