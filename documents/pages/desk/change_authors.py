"""Whose words a change put into a section, where they were suggested: in a comment, or in a Word file that
came back.

The trail names the text that came of it, by its hash, and who put it in: so each change of the log finds its
suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.models import Entry
from audit.trail import thing_name
from documents.models import Comment, Edition, SectionChange, Suggestion
from documents.text import text_hash
from people.models import User


@dataclass(frozen=True, slots=True)
class Whose:
    """``name``: who had suggested the words, empty for whom has no name any more; ``file``: the Word file
    that they came in, empty for those of a comment; ``brought``: who brought that file."""

    name: str = ""
    file: str = ""
    brought: str = ""


def change_authors(
    changes: Sequence[SectionChange], edition: Edition, uid: str, language: str
) -> dict[int, Whose]:
    """By the number of a change, whose words it put in; the others are not there. As many queries for many
    changes as for few."""
    by = {change.pk: (change.actor, text_hash(change.after)) for change in changes if change.after}
    said = _of_comments(edition, uid, language) | _of_files(
        edition, language, {made for _who, made in by.values()}
    )
    return {pk: said[own] for pk, own in by.items() if own in said}


def _of_comments(edition: Edition, uid: str, language: str) -> dict[tuple[object, str], Whose]:
    """By who put words in and the hash of the text that came of it, whose they were."""
    put_in = Comment.objects.filter(edition=edition, uid=uid, language=language, applied__isnull=False)
    things = [f"comment:{pk}" for pk in put_in.values_list("pk", flat=True)]
    if not things:
        return {}
    told = list(Entry.objects.filter(verb="apply_suggestion", thing__in=things, refused=False))
    names = _names(str(entry.detail.get("suggested_by") or "") for entry in told)
    return {
        (entry.actor, entry.detail.get("sha256", "")): Whose(names.get(entry.detail.get("suggested_by"), ""))
        for entry in told
    }


def _of_files(edition: Edition, language: str, made: set[str]) -> dict[tuple[object, str], Whose]:
    """The same of words that came in Word files."""
    if not Suggestion.objects.filter(
        edition=edition, language=language, state=Suggestion.State.ACCEPTED
    ).exists():
        return {}
    told = Entry.objects.filter(
        verb="suggestion_accepted", thing=thing_name(edition), refused=False, detail__sha256__in=sorted(made)
    )
    of = {entry.detail.get("suggestion"): (entry.actor, entry.detail["sha256"]) for entry in told}
    rows = Suggestion.objects.filter(pk__in=list(of), language=language).select_related("returned__by")
    return {
        of[row.pk]: Whose(row.author_name, row.returned.name, row.returned.by.name)
        for row in rows.defer("before", "after")
    }


def _names(actors: Iterable[str]) -> dict[str, str]:
    wanted = {actor for actor in actors if actor}
    found = User.objects.filter(actor__in=wanted).values_list("actor", "name")
    return {str(actor): name for actor, name in found}
