"""Grants that a review gives: written when a stage opens, ended with it or with the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

import audit
from documents.choices import State
from people.models import Grant, Membership, User
from people.roles import Role, Verb
from workflows.choices import Delegation, ReviewState
from workflows.models import Delegate, Review, Seat, SignOff, Stage

BOTH = (Verb.SIGN_OFF, Verb.COMMENT)


def key_of(review: Review) -> str:
    """The key that opens the edition of a review."""
    return f"ed:{review.edition_id}"


def reason_of(stage: Stage) -> str:
    return f"review {stage.review_id}, stage {stage.order}"


def people_of(seat: Seat, on: date | None = None) -> list[User]:
    """Who answers for a seat today, or answered ``on`` a day: the person named, while they review for the institution, or every
    reviewer of it."""
    reviewers = _reviewers(seat, on)
    return list(reviewers if seat.user_id is None else reviewers.filter(pk=seat.user_id))


def _reviewers(seat: Seat, on: date | None = None) -> QuerySet[User]:
    held = Membership.objects.active(on).filter(institution=seat.institution_id, role=Role.REVIEWER)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def give(stage: Stage) -> None:
    """Opens the text to those who answer in a stage. Asked again, it adds only what is missing.

    The right to sign off ends with the stage; the one to read and comment lasts as long as the review.
    """
    for seat in stage.seats.select_related("user", "institution"):
        for user in people_of(seat):
            give_person(stage, user, seat.institution_id)
        for one in delegates_of(seat):
            give_person(stage, one.to, seat.institution_id, one.starts, one.until)


def delegates_of(seat: Seat) -> list[Delegate]:
    """Who may answer instead of the person asked, now or later."""
    left = _named_for(seat).filter(ended=None, until__gte=timezone.localdate())
    return list(left.select_related("to"))


def _named_for(seat: Seat) -> QuerySet[Delegate]:
    """The delegations by which somebody may answer for a seat, or might have, ended ones too."""
    if seat.user_id is None or seat.stage.delegate == Delegation.NOBODY:
        return Delegate.objects.none()
    named = Delegate.objects.filter(asked=seat.user_id, institution=seat.institution_id)
    if seat.stage.delegate == Delegation.COORDINATOR:
        named = named.filter(by_coordinator=True)
    return named


def delegates_now(seat: Seat) -> list[User]:
    """Who may answer today instead of the person asked."""
    today = timezone.localdate()
    begun = [one.to_id for one in delegates_of(seat) if one.starts <= today]
    return list(_reviewers(seat).filter(pk__in=begun)) if begun else []


def give_person(
    stage: Stage,
    user: User,
    institution: int,
    starts: date | None = None,
    until: date | None = None,
    *,
    verbs: Sequence[Verb] = BOTH,
) -> None:
    """The grants of one person in one stage, for as long as they review for the institution that was asked; of a delegate, from
    one day until another."""
    for verb in verbs:
        grant = {
            "user": user,
            "key": key_of(stage.review),
            "verb": verb,
            "reason": reason_of(stage),
            "for_role": Role.REVIEWER,
            "for_institution_id": institution,
        }
        day = max(starts or timezone.localdate(), timezone.localdate())
        ends = until + timedelta(days=1) if until and until < date.max else None  # the calendar ends there
        if not Grant.objects.active(day).filter(**grant).exclude(ends__lt=ends or date.max).exists():
            audit.hold()  # grants are changed with the trail in hand (documents.actions.locking)
            Grant.objects.create(**grant, starts=day, ends=ends)


def give_again(stage: Stage, user: User) -> None:
    """What one person holds by a stage, told anew when something that gave it is no more: a delegation, or that the seat was theirs.
    All of it ends, and what is left gives its own again, today and later: a seat of theirs, another delegation, and what they
    said. Who commented reads on as long as the review runs, so that they learn what became of their words; who answered as a
    delegate until the day that was named for it; both sign nothing by that.

    Where nothing is waited for any more (the seat was answered, the stage has ended) nobody is given what they did not hold.
    """
    audit.hold()
    today = timezone.localdate()
    mine = Grant.objects.filter(user=user, key=key_of(stage.review), reason=reason_of(stage))
    held = mine.filter(Q(ends__isnull=True) | Q(ends__gt=today))
    ends = list(held.values_list("for_institution", "ends"))
    spoken = set(Seat.objects.spoken_at(user).filter(stage=stage).values_list("pk", flat=True))
    _end(mine)
    verbs = BOTH if stage.open else (Verb.COMMENT,)
    for seat in stage.seats.select_related("user", "institution").prefetch_related("sign_offs"):
        place = seat.institution_id
        # Silence that was taken for an answer can still be answered while the stage is open.
        silent = seat.assented or stage.closed
        settled = seat.answer.at if seat.answer else silent if stage.closed else None
        if settled and place not in {institution for institution, _day in ends}:
            continue
        if seat.pk in spoken:
            give_person(stage, user, place, verbs=[Verb.COMMENT])
        if user in people_of(seat) and (not settled or (place, None) in ends):
            give_person(stage, user, place, verbs=verbs)
        for one in delegates_of(seat):
            if one.to_id == user.pk and (not settled or one.given <= settled):
                give_person(stage, user, place, one.starts, one.until, verbs=verbs)
        answered_by = _answered_by(seat, user)
        if answered_by is not None:
            give_person(stage, user, place, until=answered_by.until, verbs=[Verb.COMMENT])


def _answered_by(seat: Seat, user: User) -> Delegate | None:
    """The delegation by which a person answered for a seat, ended or not, while its days last; of several the longest."""
    given = seat.answer
    if given is None or given.person_id != user.pk or given.instead_of_id is None:
        return None
    day = timezone.localdate(given.at)
    held = _named_for(seat).filter(to=user, given__lte=given.at, starts__lte=day)
    return held.filter(until__gte=max(day, timezone.localdate())).order_by("until").last()


def read_on(review: Review, user: User, institution: int | None) -> None:
    """Who has commented in the name of an institution reads and answers as long as the review runs: as a delegate too, whose right
    to sign off ends with the delegation. What another institution's delegation gives ends with that."""
    grants = Grant.objects.active().filter(
        user=user,
        key=key_of(review),
        verb=Verb.COMMENT,
        reason__startswith=f"review {review.pk}, stage ",
        for_institution=institution,
    )
    grants.filter(ends__isnull=False).update(ends=None)


def end_person(stage: Stage, user: User) -> None:
    """Ends everything that one person has by a stage."""
    _end(Grant.objects.filter(user=user, key=key_of(stage.review), reason=reason_of(stage)))


def end(stage: Stage) -> None:
    """Ends the right to sign off in a stage."""
    _end(Grant.objects.filter(key=key_of(stage.review), verb=Verb.SIGN_OFF, reason=reason_of(stage)))


def let_read_until_in_force(review: Review) -> None:
    """Who answered for the text that was adopted goes on reading it, and its record, until everybody does: on the day on which it
    comes into force what is given here ends. A delegate's ends with the delegation (:func:`end_reading`); the person for whom they
    answered reads on. Who was asked and never answered is given nothing."""
    for stage in review.stages.select_related("kept"):
        _let_answerers_read(stage)


def end_reading(made: Delegate) -> None:
    """A delegation has ended: what a text that is adopted and not yet in force was opened by it ends, unless another delegation or an
    answer of their own gives the same."""
    done = Stage.objects.filter(review__state=ReviewState.DONE, review__edition__state=State.APPROVED)
    for stage in done.select_related("review", "kept"):
        by_it = _answers(stage).filter(
            person=made.to_id, instead_of=made.asked_id, seat__institution=made.institution_id
        )
        if by_it.exists():
            end_person(stage, made.to)
            _let_answerers_read(stage, made.to)


def _let_answerers_read(stage: Stage, only: User | None = None) -> None:
    """Opens an adopted text to those who answered for it in a stage, or to one of them alone."""
    for given in _answers(stage):
        institution = given.seat.institution_id
        own = given.instead_of or given.person
        if only in (None, own):
            _let_read(stage, own, institution)
        if given.instead_of is not None and only in (None, given.person):
            held = _delegations(given.instead_of, given.person, institution).order_by("until").last()
            if held is not None:
                _let_read(stage, given.person, institution, held.until)


def _answers(stage: Stage) -> QuerySet[SignOff]:
    found = SignOff.objects.filter(seat__stage=stage.kept or stage, voided_at=None)
    return found.select_related("seat", "person", "instead_of").order_by("id")


def _delegations(asked: User, to: User, institution: int) -> QuerySet[Delegate]:
    today = timezone.localdate()
    return Delegate.objects.filter(
        asked=asked, to=to, institution=institution, ended=None, starts__lte=today, until__gte=today
    )


def _let_read(stage: Stage, user: User, institution: int, until: date | None = None) -> None:
    grant = {"user": user, "key": key_of(stage.review), "verb": Verb.COMMENT, "reason": reason_of(stage)}
    ends = until + timedelta(days=1) if until and until < date.max else None
    if not Grant.objects.active().filter(**grant).exclude(ends__lt=ends or date.max).exists():
        Grant.objects.create(**grant, for_role=Role.REVIEWER, for_institution_id=institution, ends=ends)


def end_all(review: Review) -> None:
    """Ends every right that the review gave, those too that were to begin later: of a delegate from a later day on."""
    audit.hold()  # a reviewer who is confirmed at this moment gets theirs before it, or not at all
    _end(Grant.objects.filter(key=key_of(review), reason__startswith=f"review {review.pk}, stage "))


def _end(grants: QuerySet[Grant]) -> None:
    today = timezone.localdate()
    audit.hold()  # before the first of them: who votes has the trail in hand when the stage ends, and its grants with it
    grants.filter(starts__gt=today).delete()
    grants.filter(Q(ends__isnull=True) | Q(ends__gt=today)).update(ends=today)
