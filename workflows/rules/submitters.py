"""Who may not answer though they are asked: who submitted the text, and who has answered for another
institution in the same stage."""

from __future__ import annotations

from django.db.models import Q

from documents.models import Manifest
from people.models import User
from workflows.models import Review, Seat, SignOff
from workflows.rules.respondents import people_of


def submitters(review: Review) -> dict[int, User]:
    """By their number: who began the round or locked its text, and who did either in a round before it with
    these very words (the hash of what was submitted is the same one)."""
    made = Manifest.objects.filter(edition=review.edition_id, sha256=review.manifest.sha256)
    begun = Review.objects.filter(manifest__in=made)
    found = User.objects.filter(
        Q(pk=review.submitted_by_id)
        | Q(pk__in=made.values("made_by"))
        | Q(pk__in=begun.values("submitted_by"))
    )
    return {user.pk: user for user in found}


def answered_beside(seat: Seat) -> dict[int, Seat]:
    """The other institutions of the stage that have answered, by the number of the person who did: with an
    answer that counts, or by a silence that was only theirs; who was asked and let a delegate answer has
    spoken too. One person speaks for one institution in a stage: else a quorum of several would be the word
    of one."""
    given = SignOff.objects.filter(seat__stage=seat.stage_id, voided_at=None).exclude(seat=seat.pk)
    found: dict[int, Seat] = {}
    for one in given.select_related("seat__institution"):
        found[one.person_id] = one.seat
        if one.instead_of_id is not None:
            found.setdefault(one.instead_of_id, one.seat)  # what a delegate said was their word
    silent = Seat.objects.filter(stage=seat.stage_id, assented__isnull=False).exclude(pk=seat.pk)
    for other in silent.select_related("institution"):
        people = people_of(other)
        if len(people) == 1:
            found.setdefault(people[0].pk, other)
    return found
