"""Start a review: the text is submitted and locked, the stages are laid out, the first one opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import audit
from documents.actions.adopt_edition import today_in
from documents.actions.errors import NotReady
from documents.actions.locking import hold
from documents.actions.submit_edition import submit_edition
from documents.authors import authors
from documents.models import Edition, Instrument
from documents.models.instruments import open_by_classification
from people.access import keys, require
from people.models import Institution, User
from people.roles import Verb
from workflows import quorum
from workflows.actions.locking import hold_review
from workflows.actions.stages import open_stage
from workflows.choices import StageKind
from workflows.models import Procedure, Review, Seat, Stage
from workflows.models.procedures import MOST_DAYS, words
from workflows.rights import people_of


@dataclass(frozen=True)
class Asked:
    """An institution that is asked, and the person; nobody named: any of its reviewers."""

    institution: Institution
    person: User | None = None


@dataclass(frozen=True)
class Plan:
    """What the coordinator decides for one stage: whom to ask, and by when. ``due`` counts for the first stage, which opens
    at once; the others have ``days`` from the day on which they open (None: as the procedure says)."""

    asked: tuple[Asked, ...] = ()
    days: int | None = None
    due: date | None = None


def start_review(by: User, edition: Edition, procedure: Procedure, plans: Sequence[Plan]) -> Review:
    """Submits the draft and gives the review; ``plans`` has one plan for each stage of the procedure, in order.

    Raises NotReady with everything that is wrong with the plans or the text, Locked where the edition is no draft, Http404
    where ``by`` may not submit it.
    """
    require(by, Verb.SUBMIT, edition)
    with transaction.atomic():
        held = hold(edition)
        copy = procedure.copy()
        problems = _problems(held, procedure, copy["stages"], plans)
        if problems:
            raise NotReady(problems)
        manifest = submit_edition(by, held)
        last = Review.objects.filter(edition=held).order_by("-round").first()
        review = Review.objects.create(
            edition_id=held.pk,
            manifest=manifest,
            round=last.round + 1 if last else 1,
            procedure=copy,
            submitted_by=by,
        )
        for order, (stage, plan) in enumerate(zip(copy["stages"], plans, strict=True), 1):
            made = Stage.objects.create(
                review=review,
                order=order,
                kind=stage["kind"],
                name=stage["name"],
                quorum=stage["quorum"],
                days=plan.days or stage["days"],
            )
            Seat.objects.bulk_create(
                Seat(stage=made, institution=asked.institution, user=asked.person) for asked in plan.asked
            )
        audit.record("start_review", review, by, edition=held.pk, round=review.round, sha256=manifest.sha256)
        review = hold_review(review.pk)
        first = Stage.objects.get(review=review, order=1)
        first.review = review
        open_stage(first, plans[0].due)
    return review


def _problems(
    edition: Edition, procedure: Procedure, stages: Sequence[dict[str, Any]], plans: Sequence[Plan]
) -> list[str]:
    """What is wrong with a plan, in words."""
    country = edition.instrument.country_id
    if not procedure.active or procedure.country_id not in (None, country):
        return [_("This procedure can't be chosen for this document.")]
    if len(plans) != len(stages):
        return [_("Every stage of the procedure needs its institutions and its deadline.")]
    problems = []
    wrote = authors(edition)
    for number, (stage, plan) in enumerate(zip(stages, plans, strict=True), 1):
        name = words(stage["name"]) or str(StageKind(stage["kind"]).label)
        if stage["kind"] == StageKind.ADOPTION:
            if plan.asked:
                problems.append(_("Nobody signs off in the stage “%(stage)s”.") % {"stage": name})
            continue
        problems += _problems_of_stage(name, stage, plan)
        for asked in plan.asked:
            problems += _problems_of_asked(asked, edition, wrote)
        if plan.days is not None and not 1 <= plan.days <= MOST_DAYS:
            problems.append(_("The deadline of “%(stage)s” is not possible.") % {"stage": name})
        if number == 1 and plan.due is not None:
            today = today_in(edition)
            if not today <= plan.due <= today + timedelta(days=MOST_DAYS):
                problems.append(_("The deadline must lie between today and a year from now."))
    return problems


def _problems_of_stage(name: str, stage: dict[str, Any], plan: Plan) -> list[str]:
    problems = []
    if len(plan.asked) < stage["least"]:
        problems.append(
            ngettext(
                "“%(stage)s” asks at least %(least)d institution.",
                "“%(stage)s” asks at least %(least)d institutions.",
                stage["least"],
            )
            % {"stage": name, "least": stage["least"]}
        )
    if len({asked.institution.pk for asked in plan.asked}) < len(plan.asked):
        problems.append(_("“%(stage)s” asks an institution twice; each has one vote.") % {"stage": name})
    try:
        quorum.check(stage["quorum"], len(plan.asked))
    except ValueError:
        problems.append(_("“%(stage)s” asks fewer institutions than must agree.") % {"stage": name})
    return problems


def _problems_of_asked(asked: Asked, edition: Edition, wrote: set[UUID]) -> list[str]:
    institution = {"institution": Seat(institution=asked.institution).body}
    people = people_of(Seat(institution=asked.institution, user=asked.person))
    reviewers = people_of(Seat(institution=asked.institution))
    if not reviewers:
        return [_("%(institution)s has no reviewer yet. Invite one first.") % institution]
    if asked.person is not None and asked.person not in reviewers:
        return [
            _("%(name)s is not a reviewer of %(institution)s.") % {"name": asked.person.name, **institution}
        ]
    if all(user.actor in wrote for user in people):
        if asked.person is None:
            return [
                _("Every reviewer of %(institution)s wrote in this text and can't sign it off.") % institution
            ]
        return [
            _("%(name)s wrote in this text and can't sign it off. Ask somebody else.")
            % {"name": asked.person.name}
        ]
    return [
        _(
            "The classification of this document does not let %(name)s (%(institution)s) read it. "
            "Change it, or share the document with the institution, or ask somebody else."
        )
        % {"name": user.name, **institution}
        for user in people
        if _classification_keeps_out(user, edition)
    ]


def _classification_keeps_out(user: User, edition: Edition) -> bool:
    """Whether a person could not read the text even when asked: named before anything is sent."""
    allowed = open_by_classification(keys(user), user.pk)
    return not Instrument.objects.filter(allowed, pk=edition.instrument_id).exists()
