"""Run by test_votes_at_once.py on a PostgreSQL database of its own: a stage or a text comes to its end in the
moment in which somebody asked in it leaves or a delegate ends. Prints what came of it, round by round."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

from tests.support.workflows import votes_at_once as before  # it sets Django up

from django.utils import timezone  # isort: skip

from documents.actions.adopt_edition import adopt_edition  # isort: skip
from audit.models import Entry  # isort: skip
from documents.actions.classify import change_classification  # isort: skip
from documents.actions.create_instrument import create_instrument  # isort: skip
from documents.models import Edition  # isort: skip
from people.actions.leave import end_membership, hand_over  # isort: skip
from people.models import Membership, User  # isort: skip
from people.roles import Role  # isort: skip
from tests.support.reviews import Cast, act, fill, make_cast, person, seat_of  # isort: skip
from tests.support.reviews import open_review, seat_in  # isort: skip
from workflows.actions.end_coordination import end_consultation  # isort: skip
from workflows.actions.delegate import delegate, end_delegate  # isort: skip
from workflows.actions.restart import withdraw_review  # isort: skip
from workflows.models import Review, SignOff, Stage  # isort: skip

ROUNDS = 4
Jobs = tuple[Callable[[], object], Callable[[], object]]


def next_text(cast: Cast, number: int) -> None:
    cast.edition = create_instrument(
        cast.coordinator,
        owner=cast.commission,
        slug=f"text-{number}",
        kind="sop",
        titles={"mk": f"Текст {number}", "en": f"Text {number}"},
        languages=["mk", "en"],
        source_language="mk",
        classification="public",
    )
    cast.uids = fill(cast.edition)


def leaves(cast: Cast, leader: User) -> Callable[[], object]:
    """The role of Biljana, of Social Policy, ends."""
    held = Membership.objects.get(user=cast.biljana)
    return lambda: end_membership(leader, held)


def last_vote(cast: Cast, leader: User, vesna: User) -> Jobs:
    review = cast.start()
    gone = leaves(cast, leader)
    before.vote(cast.biljana, seat_of(review, cast.social))()
    return before.vote(cast.goran, seat_of(review, cast.interior)), gone


def adoption(cast: Cast, leader: User, vesna: User) -> Jobs:
    review = cast.start()
    gone = leaves(cast, leader)
    for who, body in (
        (cast.goran, cast.interior),
        (cast.biljana, cast.social),
        (cast.teuta, cast.justice),
    ):
        before.vote(who, seat_of(review, body))()
    edition = Edition.objects.get(pk=cast.edition.pk)
    return lambda: adopt_edition(cast.coordinator, edition, [act()], date(2026, 2, 1)), gone


def _delegated(cast: Cast, vesna: User) -> tuple[Review, Callable[[], object]]:
    """A consultation in which Vesna may answer instead of Goran, and what ends that."""
    review = open_review(cast)
    today = timezone.localdate()
    made = delegate(cast.goran, cast.goran, cast.interior, vesna, today, today + timedelta(days=5), "Leave.")
    return review, lambda: end_delegate(cast.goran, made)


def going_on(cast: Cast, leader: User, vesna: User) -> Jobs:
    review, ends = _delegated(cast, vesna)
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=1))
    return lambda: end_consultation(cast.coordinator, review.stages.get(order=1)), ends


def withdrawal(cast: Cast, leader: User, vesna: User) -> Jobs:
    review, ends = _delegated(cast, vesna)
    return lambda: withdraw_review(cast.coordinator, review, "Not now.", text_too=False), ends


def handing_over(cast: Cast, leader: User, vesna: User) -> Jobs:
    """Biljana answers in the moment in which her work goes to a colleague."""
    review = cast.start()
    held = Membership.objects.get(user=cast.biljana)
    zoran = User.objects.filter(name="Zoran").first() or person("Zoran", cast.social, Role.REVIEWER)
    return before.vote(cast.biljana, seat_of(review, cast.social)), lambda: hand_over(leader, held, zoran)


def delegate_votes(cast: Cast, leader: User, vesna: User) -> Jobs:
    """Vesna answers instead of Goran in the moment in which that is ended."""
    review, ends = _delegated(cast, vesna)
    return before.vote(vesna, seat_in(review, 1, cast.interior)), ends


def closed_to(cast: Cast, leader: User, vesna: User) -> Jobs:
    """Goran answers in the moment in which the document is closed to him."""
    review, instrument = cast.start(), cast.edition.instrument
    return before.vote(cast.goran, seat_of(review, cast.interior)), lambda: change_classification(
        cast.coordinator, instrument, "tlp_amber_strict", "Not for others."
    )


def main() -> None:
    cast = make_cast()
    vesna = person("Vesna", cast.interior, Role.REVIEWER)
    leader = person("Liljana", cast.social, Role.COORDINATOR)
    said: dict[str, list[list[str]]] = {}
    for place, kind in enumerate(
        (last_vote, adoption, going_on, withdrawal, handing_over, delegate_votes, closed_to)
    ):
        for number in range(ROUNDS):
            next_text(cast, place * ROUNDS + number)
            Membership.objects.filter(user=cast.biljana).update(ends=None)  # who left is there again
            said.setdefault(kind.__name__, []).append(before.at_once(*kind(cast, leader, vesna)))
    voted = SignOff.objects.filter(seat__institution=cast.social, seat__user__name="Zoran")
    # A vote that stands in the trail after what took the right to it away.
    late = 0
    for ended in Entry.objects.filter(verb__in=("end_delegate", "classify"), refused=False):
        next_one = Entry.objects.filter(pk__gt=ended.pk, refused=False).exclude(verb="open").first()
        late += next_one is not None and next_one.verb == "sign_off"
    print(json.dumps({"said": said, "of_another": voted.count(), "late": late}))
