"""Whom a comment can mention: the institutions of a review, those asked by name, those who run it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.models import Edition
from people.access import may
from people.models import Institution, User
from people.roles import Verb
from theme.localized_names import localized_name
from workflows.models import Review, Seat
from workflows.rules.respondents import coordinators, people_of


@dataclass(frozen=True)
class Mention:
    """An institution or a person; ``key`` represents it in a form, ``people`` gives the recipients."""

    key: str
    name: str
    people: Callable[[], list[User]]
    institution: Institution | None = None
    person: User | None = None


def mentionable(review: Review, seats: Iterable[Seat] | None = None) -> list[Mention]:
    """Whom a comment of this review can mention: institutions of opened stages, people, coordinators."""
    if seats is None:
        asking = Seat.objects.filter(stage__review=review).order_by("stage__order", "pk")
        seats = asking.select_related("institution__country", "user", "stage")
    found: dict[str, Mention] = {}
    for seat in seats:
        if seat.stage.opened is None:
            continue
        key = f"i{seat.institution_id}"
        people = partial(people_of, seat)
        found.setdefault(key, Mention(key, seat.body, people, institution=seat.institution))
        if seat.user is not None and seat.user.is_active:
            found.setdefault(f"u{seat.user.pk}", _person(seat.user, seat.body))
    owner = localized_name(str(review.edition.instrument.owner))
    for user in coordinators(review):
        found.setdefault(f"u{user.pk}", _person(user, owner))
    return list(found.values())


def find(review: Review, key: str) -> Mention | None:
    """What was chosen in a form; None for nothing. Raises ActionError for what can't be mentioned here."""
    if not key:
        return None
    chosen = next((one for one in mentionable(review) if one.key == key), None)
    if chosen is None:
        raise ActionError(_("You can mention only people who take part in this review."))
    return chosen


def recipients(mention: Mention, edition: Edition, by: User) -> list[User]:
    """Who gets the mail: those who may read the text now, never the writer."""
    return [user for user in mention.people() if user.pk != by.pk and may(user, Verb.READ, edition)]


def _person(user: User, body: str) -> Mention:
    return Mention(f"u{user.pk}", f"{localized_name(user.name)} ({body})", lambda: [user], person=user)
