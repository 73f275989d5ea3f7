"""A stage or a text comes to its end in the moment in which somebody asked leaves or a delegate ends."""

from __future__ import annotations

import json
from datetime import date, timedelta

from django.utils import timezone

from audit.models import Entry
from documents.actions.adopt_edition import adopt_edition
from documents.actions.classify import change_classification
from documents.models import Edition
from people.actions.invite import enter_role
from people.actions.leave import end_membership, hand_over
from people.models import Membership, User
from people.roles import Role
from tests.support.reviews import Cast, act, make_cast, open_review, person, seat_in, seat_of
from tests.support.workflows.at_once import ROUNDS, Job, at_once, vote
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.end_coordination import end_consultation
from workflows.actions.restart import withdraw_review
from workflows.models import Review, SignOff, Stage

Jobs = tuple[Job, Job]


def leaves(cast: Cast, leader: User) -> Job:
    """The role of Biljana, of Social Policy, ends."""
    held = Membership.objects.active().get(user=cast.biljana)
    return lambda: end_membership(leader, held)


def last_vote(cast: Cast, leader: User, vesna: User) -> Jobs:
    review = cast.start()
    gone = leaves(cast, leader)
    vote(cast.biljana, seat_of(review, cast.social))()
    return vote(cast.goran, seat_of(review, cast.interior)), gone


def adoption(cast: Cast, leader: User, vesna: User) -> Jobs:
    review = cast.start()
    gone = leaves(cast, leader)
    for who, body in (
        (cast.goran, cast.interior),
        (cast.biljana, cast.social),
        (cast.teuta, cast.justice),
    ):
        vote(who, seat_of(review, body))()
    edition = Edition.objects.get(pk=cast.edition.pk)
    return lambda: adopt_edition(cast.coordinator, edition, [act()], date(2026, 2, 1)), gone


def _delegated(cast: Cast, vesna: User) -> tuple[Review, Job]:
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
    held = Membership.objects.active().get(user=cast.biljana)
    zoran = User.objects.filter(name="Zoran").first() or person("Zoran", cast.social, Role.REVIEWER)
    return vote(cast.biljana, seat_of(review, cast.social)), lambda: hand_over(leader, held, zoran)


def delegate_votes(cast: Cast, leader: User, vesna: User) -> Jobs:
    """Vesna answers instead of Goran in the moment in which that is ended."""
    review, ends = _delegated(cast, vesna)
    return vote(vesna, seat_in(review, 1, cast.interior)), ends


def closed_to(cast: Cast, leader: User, vesna: User) -> Jobs:
    """Goran answers in the moment in which the document is closed to him."""
    review, instrument = cast.start(), cast.edition.instrument
    return vote(cast.goran, seat_of(review, cast.interior)), lambda: change_classification(
        cast.coordinator, instrument, "tlp_amber_strict", "Not for others."
    )


def left() -> None:
    cast = make_cast()
    vesna = person("Vesna", cast.interior, Role.REVIEWER)
    leader = person("Liljana", cast.social, Role.COORDINATOR)
    said: dict[str, list[list[str]]] = {}
    for place, kind in enumerate(
        (last_vote, adoption, going_on, withdrawal, handing_over, delegate_votes, closed_to)
    ):
        for number in range(ROUNDS):
            here = cast.another(f"text-{place}-{number}")
            if not Membership.objects.active().filter(user=cast.biljana).exists():
                enter_role(cast.biljana, cast.social, Role.REVIEWER)  # who left is there again
            said.setdefault(kind.__name__, []).append(at_once(*kind(here, leader, vesna)))
    voted = SignOff.objects.filter(seat__institution=cast.social, seat__user__name="Zoran")
    # A vote that stands in the trail after what took the right to it away.
    late = 0
    for ended in Entry.objects.filter(verb__in=("end_delegate", "classify"), refused=False):
        next_one = Entry.objects.filter(pk__gt=ended.pk, refused=False).exclude(verb="open").first()
        late += next_one is not None and next_one.verb == "sign_off"
    print(json.dumps({"said": said, "of_another": voted.count(), "late": late}))
