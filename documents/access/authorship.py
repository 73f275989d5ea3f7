"""Who wrote a text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from audit.models import Entry
from audit.trail import thing_name
from documents.models import Comment, Edition, SectionChange, Suggestion
from people.models import User


def authors_in(edition: Edition, language: str) -> set[UUID]:
    """The authors of one language, as :func:`authors` finds them."""
    wrote = SectionChange.objects.filter(edition=edition, language=language)
    brought = _accepted().filter(edition=edition, language=language)
    commented = _put_in().filter(edition=edition, language=language)
    found = [
        *wrote.values_list("actor", flat=True),
        *brought.values_list("returned__by__actor", flat=True),
        *commented.values_list("author__actor", flat=True),
    ]
    return {actor for actor in found if actor}


def authors(edition: Edition) -> set[UUID]:
    """The opaque ids of everybody with text in this edition. They wrote in it or its titles, uploaded a Word
    file, or suggested accepted words. None of them may sign it off (docs/decisions/0026)."""
    wrote = SectionChange.objects.filter(edition=edition).values_list("actor", flat=True).distinct()
    # The log of changes is about sections; of a title the trail alone tells.
    named = Entry.objects.filter(thing=thing_name(edition), verb="title", refused=False)
    brought = _accepted().filter(edition=edition).values_list("returned__by__actor", flat=True).distinct()
    commented = _put_in().filter(edition=edition).values_list("author__actor", flat=True).distinct()
    return {
        actor for actor in [*wrote, *named.values_list("actor", flat=True), *brought, *commented] if actor
    }


def wrote_in(actor: UUID, edition: Edition) -> bool:
    """Whether this person is among the authors; one query, whatever the length of the log."""
    return Edition.objects.filter(_whose(edition, actor), pk=edition.pk).exists()


def wrote_who(edition: Edition, actor: str) -> Any:
    """The condition of a query about people: the column ``actor`` is that of an author."""
    return _whose(edition, OuterRef(actor))


def _whose(edition: Edition, actor: Any) -> Any:
    wrote = SectionChange.objects.filter(edition=edition, actor=actor)
    named = Entry.objects.filter(thing=thing_name(edition), verb="title", refused=False, actor=actor)
    brought = _accepted().filter(edition=edition, returned__by__actor=actor)
    commented = _put_in().filter(edition=edition, author__actor=actor)
    return Exists(wrote) | Exists(named) | Exists(brought) | Exists(commented)


def wrote_title(by: User, edition: Edition) -> bool:
    """Whether a title may be theirs: they began the edition, gave a title, or brought one in a Word file."""
    gave = Entry.objects.filter(
        thing=thing_name(edition), verb__in=("title", "import"), refused=False, actor=by.actor
    )
    return edition.created_by_id == by.pk or gave.exists()


def places_of(actor: UUID, edition: Edition) -> list[tuple[str, str]]:
    """The sections with text of this person, each with the language. Where the title is theirs, "" with its
    language too. By language and then as they were written."""
    wrote = SectionChange.objects.filter(edition=edition, actor=actor).order_by("pk")
    brought = _accepted().filter(edition=edition, returned__by__actor=actor).order_by("pk")
    commented = _put_in().filter(edition=edition, author__actor=actor).order_by("pk")
    named = Entry.objects.filter(thing=thing_name(edition), verb="title", refused=False, actor=actor)
    source = edition.instrument.source_language
    found = [
        *(("", source) for _entry in named[:1]),
        *((str(uid), language or source) for uid, language in wrote.values_list("uid", "language")),
        *((str(uid), language) for uid, language in brought.values_list("uid", "language")),
        *((str(uid), language) for uid, language in commented.values_list("uid", "language")),
    ]
    return sorted(dict.fromkeys(found), key=lambda place: place[1])


def _put_in() -> QuerySet[Comment]:
    """The comments whose suggested words were put into the text, word for word, by one click."""
    return Comment.objects.filter(applied__isnull=False)


def _accepted() -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(state=Suggestion.State.ACCEPTED)
