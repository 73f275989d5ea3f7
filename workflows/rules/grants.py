"""Grants that a review gives: written when a stage opens, ended with it or with the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

import audit
from documents.choices import State
from people.models import Grant, User
from people.roles import Role, Verb
from workflows.choices import ReviewState
from workflows.models import Delegate, Review, Seat, SignOff, Stage, StageGrant
from workflows.rules.respondents import delegates_of, delegations_for, people_of

BOTH = (Verb.SIGN_OFF, Verb.COMMENT)


def key_of(review: Review) -> str:
    """The key that opens the edition of a review."""
    return f"ed:{review.edition_id}"


def give(stage: Stage) -> None:
    """Give what is missing: the right to sign off while the stage runs, to comment while the review does."""
    for seat in stage.seats.select_related("user", "institution"):
        for user in people_of(seat):
            give_person(stage, user, seat.institution_id)
        for one in delegates_of(seat):
            give_person(stage, one.to, seat.institution_id, one.starts, one.until)


def give_person(
    stage: Stage,
    user: User,
    institution: int,
    starts: date | None = None,
    until: date | None = None,
    *,
    verbs: Sequence[Verb] = BOTH,
) -> None:
    """Give one person's rights in a stage, for a delegate from one day to another."""
    day = max(starts or timezone.localdate(), timezone.localdate())
    ends = until + timedelta(days=1) if until and until < date.max else None
    for verb in verbs:
        wanted = {
            "user": user,
            "key": key_of(stage.review),
            "verb": verb,
            "for_role": Role.REVIEWER,
            "for_institution_id": institution,
        }
        active = Grant.objects.active(day).filter(**wanted, of_stage__stage=stage)
        if not active.exclude(ends__lt=ends or date.max).exists():
            audit.hold()  # grants are changed with the trail in hand (documents.actions.locking)
            reason = f"review {stage.review_id}, stage {stage.order}"
            grant = Grant.objects.create(**wanted, reason=reason, starts=day, ends=ends)
            StageGrant.objects.create(grant=grant, stage=stage)


def recompute_grants(stage: Stage, user: User) -> None:
    """End what a person holds by a stage, and give again what is left to them.

    That is a seat, another delegation, and reading where they commented or answered as a delegate. After the
    answer, or the end of the stage, nobody gets what they did not hold.
    """
    audit.hold()
    today = timezone.localdate()
    mine = Grant.objects.filter(user=user, of_stage__stage=stage)
    active = mine.filter(Q(ends__isnull=True) | Q(ends__gt=today))
    ends = list(active.values_list("for_institution", "ends"))
    spoken = set(Seat.objects.commented_by(user).filter(stage=stage).values_list("pk", flat=True))
    _end(mine)
    for seat in stage.seats.select_related("user", "institution").prefetch_related("sign_offs"):
        # Silence that was taken for an answer can still be answered while the stage is open.
        silent = seat.assented or stage.closed
        settled = seat.answer.at if seat.answer else silent if stage.closed else None
        if settled and seat.institution_id not in {institution for institution, _day in ends}:
            continue
        if seat.pk in spoken:
            give_person(stage, user, seat.institution_id, verbs=[Verb.COMMENT])
        _give_again(seat, user, settled, lasting=(seat.institution_id, None) in ends)


def _give_again(seat: Seat, user: User, settled: datetime | None, *, lasting: bool) -> None:
    """What a person has by one seat; ``lasting``: without an end."""
    stage, place = seat.stage, seat.institution_id
    verbs = BOTH if stage.open else (Verb.COMMENT,)
    if user in people_of(seat) and (not settled or lasting):
        give_person(stage, user, place, verbs=verbs)
    for one in delegates_of(seat):
        if one.to_id == user.pk and (not settled or one.given <= settled):
            give_person(stage, user, place, one.starts, one.until, verbs=verbs)
    answered_by = _answered_by(seat, user)
    if answered_by is not None:
        give_person(stage, user, place, until=answered_by.until, verbs=[Verb.COMMENT])


def _answered_by(seat: Seat, user: User) -> Delegate | None:
    """The delegation by which a person answered for a seat, while its days last; the longest."""
    given = seat.answer
    if given is None or given.person_id != user.pk or given.instead_of_id is None:
        return None
    day = timezone.localdate(given.at)
    delegations = delegations_for(seat).filter(to=user, given__lte=given.at, starts__lte=day)
    return delegations.filter(until__gte=max(day, timezone.localdate())).order_by("until").last()


def read_on(review: Review, user: User, institution: int | None) -> None:
    """Lets who commented for an institution read and answer as long as the review runs, a delegate too."""
    grants = Grant.objects.active().filter(
        user=user,
        verb=Verb.COMMENT,
        of_stage__stage__review=review,
        for_institution=institution,
    )
    grants.filter(ends__isnull=False).update(ends=None)


def end_person(stage: Stage, user: User) -> None:
    """Ends everything that one person has by a stage."""
    _end(Grant.objects.filter(user=user, of_stage__stage=stage))


def end(stage: Stage) -> None:
    """Ends the right to sign off in a stage."""
    _end(Grant.objects.filter(verb=Verb.SIGN_OFF, of_stage__stage=stage))


def let_read_until_in_force(review: Review) -> None:
    """Let those who answered read an adopted text until it is in force; a delegate until theirs ends."""
    for stage in review.stages.select_related("kept"):
        _let_answerers_read(stage)


def end_reading(ended: Delegate) -> None:
    """End what a delegation opened of texts that are adopted and not yet in force."""
    done = Stage.objects.filter(review__state=ReviewState.DONE, review__edition__state=State.APPROVED)
    for stage in done.select_related("review", "kept"):
        by_it = _answers(stage).filter(
            person=ended.to_id, instead_of=ended.asked_id, seat__institution=ended.institution_id
        )
        if by_it.exists():
            end_person(stage, ended.to)
            _let_answerers_read(stage, ended.to)


def _let_answerers_read(stage: Stage, only: User | None = None) -> None:
    """Opens an adopted text to those who answered for it in a stage, or to one of them alone."""
    for given in _answers(stage):
        institution = given.seat.institution_id
        own = given.instead_of or given.person
        if only in (None, own):
            give_person(stage, own, institution, verbs=[Verb.COMMENT])
        if given.instead_of is not None and only in (None, given.person):
            delegation = _delegations(given.instead_of, given.person, institution).order_by("until").last()
            if delegation is not None:
                give_person(stage, given.person, institution, until=delegation.until, verbs=[Verb.COMMENT])


def _answers(stage: Stage) -> QuerySet[SignOff]:
    found = SignOff.objects.filter(seat__stage=stage.kept or stage, voided_at=None)
    return found.select_related("seat", "person", "instead_of").order_by("id")


def _delegations(principal: User, to: User, institution: int) -> QuerySet[Delegate]:
    today = timezone.localdate()
    return Delegate.objects.filter(
        asked=principal, to=to, institution=institution, ended=None, starts__lte=today, until__gte=today
    )


def end_all(review: Review) -> None:
    """Ends every right that the review gave, also those that were to begin later."""
    audit.hold()  # a reviewer who is confirmed at this moment gets theirs before it, or not at all
    _end(Grant.objects.filter(of_stage__stage__review=review))


def _end(grants: QuerySet[Grant]) -> None:
    today = timezone.localdate()
    audit.hold()  # before the first grant: whoever votes holds the trail when the stage ends
    grants.filter(starts__gt=today).delete()
    grants.filter(Q(ends__isnull=True) | Q(ends__gt=today)).update(ends=today)
