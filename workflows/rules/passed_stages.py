"""Which stages of a round the next one keeps, so that they are not asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from documents.editions.hashing import version_hashes
from documents.models import Edition, LanguageVersion
from people.models import User
from workflows.choices import OF_COORDINATOR, Outcome, StageKind
from workflows.models import Review, Seat, Stage
from workflows.procedures import steps
from workflows.procedures.deadlines import day_there
from workflows.rules.respondents import people_of
from workflows.rules.tacit_assent import barred


def passed_stages(last: Review | None, stages: Sequence[dict[str, Any]]) -> list[Stage]:
    """The first stages of the last round that passed unlocked and are the same in ``stages``. They end
    before the first opinion on another text."""
    found = _same(last, stages)
    other = opinions_to_repeat(last, stages)
    return [stage for stage in found if not other or stage.order < other[0].order]


def opinions_to_repeat(last: Review | None, stages: Sequence[dict[str, Any]]) -> list[Stage]:
    """The opinions that would be carried over if the text had not changed since."""
    return for_another_text(last.edition, _same(last, stages)) if last is not None else []


def _same(last: Review | None, stages: Sequence[dict[str, Any]]) -> list[Stage]:
    found: list[Stage] = []
    if last is None:
        return found
    was: list[dict[str, Any]] = last.procedure["stages"]
    unnamed: dict[str, Any] = {"names": {}}
    for stage, before, now in zip(last.stages.select_related("kept"), was, stages, strict=False):
        if stage.locked or stage.outcome != Outcome.PASSED or before | unnamed != now | unnamed:
            break
        found.append(stage)
    return found


def for_another_text(edition: Edition, stages: Iterable[Stage]) -> list[Stage]:
    """The opinions among ``stages`` that were given on another text than the edition's, by its authentic
    languages. Tacit assent names no text and counts as another."""
    binding = [one for one in stages if one.kind not in (StageKind.CONSULTATION, *OF_COORDINATOR)]
    if not binding:
        return []
    authentic = LanguageVersion.objects.filter(edition=edition, authentic=True)
    now = version_hashes(edition, list(authentic.values_list("language", flat=True)))
    found = []
    for stage in binding:
        seats = Seat.objects.filter(stage=stage.kept or stage).prefetch_related("sign_offs")
        given = [[one.covers for one in seat.sign_offs.all() if one.counts] for seat in seats]
        if any(seat.assented for seat in seats) or any(texts not in ([], [now]) for texts in given):
            found.append(stage)
    return found


def may_begin_with(last: Review | None, stages: Sequence[dict[str, Any]]) -> list[int]:
    """The orders of the stages with which a next round may begin."""
    of_step = steps.steps(stages)
    stored = len(passed_stages(last, stages))
    return [n + 1 for n in range(stored + 1) if n < len(stages) and (n == 0 or of_step[n] != of_step[n - 1])]


def _only_there(seat: Seat) -> list[User]:
    """Who could have answered for a seat on the last day of its stage."""
    last = seat.stage.due or seat.assented
    excluded = barred(seat.stage.review)
    there = people_of(seat, day_there(last, seat.stage.review.zone)) if last else []
    return [user for user in there if user.actor not in excluded]


def answered_by(user: User, passed: Iterable[Stage]) -> tuple[Stage, Seat] | None:
    """The first of ``passed`` stages, with its seat, that ``user`` answered, also as a delegate or by
    silence. Who submits a round has answered in none of its stages."""
    for stage in passed:
        seats = Seat.objects.filter(stage=stage.kept or stage).select_related(
            "institution__country", "user", "stage__review__edition__instrument__country"
        )
        for seat in seats.prefetch_related("sign_offs"):
            given = {pk for one in seat.sign_offs.all() for pk in (one.person_id, one.instead_of_id)}
            silent = seat.assented is not None and (seat.user_id == user.pk or _only_there(seat) == [user])
            if user.pk in given or silent:
                return stage, seat
    return None
