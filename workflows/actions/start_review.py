"""Start a review: the stages are laid out, and the first of them opens."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import audit
from documents.actions.adopt_edition import today_in
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold_draft
from documents.actions.record_refusal import record_refusals
from documents.actions.submit_edition import make_manifest, submit_edition
from documents.authorship import authors
from documents.models import Edition, Manifest, Section
from documents.models.instruments import let_in
from documents.trail.audit_payloads import manifest_payload
from people.access import require
from people.models import Institution, User
from people.roles import Verb
from theme.localized_names import localized_name
from workflows.actions.advance_stages import open_step
from workflows.actions.confirm_unapplied import tell_left_out
from workflows.actions.locking import hold_review
from workflows.actions.too_late import too_late
from workflows.choices import OF_COORDINATOR, StageKind
from workflows.models import Procedure, Review, Seat, Stage
from workflows.models.procedures import MOST_DAYS
from workflows.procedures import quorum, steps
from workflows.procedures.names import words
from workflows.rules.passed_stages import answered_by, kept_stages, may_begin_with
from workflows.rules.respondents import people_of
from workflows.rules.unapplied_suggestions import left_out, problem_of
from workflows.trail.audit_payloads import start_payload


@dataclass(frozen=True)
class Asked:
    """An institution that is asked, and the person; nobody named: any of its reviewers."""

    institution: Institution
    person: User | None = None


@dataclass(frozen=True)
class Plan:
    """What the coordinator decides for one stage: whom to ask, and by when. ``due`` counts for the first
    stage, which opens at once; the others have ``days`` from the day on which they open (None: as the
    procedure says)."""

    asked: tuple[Asked, ...] = ()
    days: int | None = None
    due: date | None = None


@record_refusals("start_review")
def start_review(
    by: User,
    edition: Edition,
    procedure: Procedure,
    plans: Sequence[Plan],
    begin: int = 1,
    behind_because: str = "",
    without: Collection[int] = (),
) -> Review:
    """Begins the review of a draft and gives it; ``plans`` has one plan for each stage of the procedure, in
    order.

    Where the procedure begins with a consultation the text stays open for changes until a stage locks it
    (:mod:`workflows.actions.end_coordination`); else it is submitted and locked here. ``begin`` is the order
    of the stage to begin with: those before it are kept from the last round (:func:`may_begin_with`), and
    ``by`` has answered in none of them (:func:`answered_by`). ``behind_because`` says why the text is locked
    here although an authentic translation is older than its source, ``without`` which accepted suggestions,
    by the numbers of their comments (:mod:`workflows.rules.unapplied_suggestions`).

    Raises NotReady with everything that is wrong with the plans or the text, Locked where the edition is no
    draft, ActionError where a review of it runs already, Http404 where ``by`` may not submit it.
    """
    require(by, Verb.SUBMIT, edition)
    with transaction.atomic():
        held = hold_draft(edition)
        last = Review.objects.filter(edition=held).order_by("-round").first()
        if last is not None and last.running:
            raise ActionError(_("A review of this text is running already."), "running")
        copy = procedure.copy()
        stages = copy["stages"]
        problems = _problems(held, procedure, stages, plans, begin, by)
        kept = kept_stages(last, stages)
        if begin != 1 and begin not in may_begin_with(last, stages):
            said = _("A stage can't be skipped: begin with the first one that was not passed.")
            problems.append(Problem(said, "begin", "not_reached"))
        own = answered_by(by, kept[: begin - 1])
        if own is not None:
            said = _(
                "The answer of %(institution)s in the stage “%(stage)s”, which would be kept, is yours, and "
                "nobody submits a text "
                "that they answered for. Begin with that stage, or ask another coordinator to start the "
                "review."
            )
            said %= {"institution": own[1].body, "stage": own[0].title}
            problems.append(Problem(said, "begin", "submitter"))
        locks_at_once = begin > steps.first_locked(stages)
        left = left_out(held) if locks_at_once else []
        if (open_problem := problem_of(left, without)) is not None:
            problems.append(open_problem)
        if problems:
            raise NotReady(problems)
        manifest = submit_edition(by, held, behind_because) if locks_at_once else _note_draft(by, held)
        review = Review.objects.create(
            edition_id=held.pk,
            manifest=manifest,
            round=last.round + 1 if last else 1,
            procedure=copy,
            submitted_by=by,
        )
        lay_out(review, stages, plans, {stage.order: stage for stage in kept[: begin - 1]})
        noted = {} if locks_at_once else manifest_payload(manifest)  # else told where it was submitted
        audit.record(
            "start_review",
            review,
            by,
            edition=held.pk,
            round=review.round,
            **start_payload(review),
            **noted,
        )
        tell_left_out(by, review, [row.pk for row in left])
        review = hold_review(review.pk)
        first = review.stages.get(order=begin)
        open_step(review, first.step, plans[begin - 1].due)
    return review


def _note_draft(by: User, edition: Edition) -> Manifest:
    """What the text is as the consultation begins; it stays a draft."""
    if not Section.objects.filter(edition=edition).exists():
        raise NotReady([Problem(_("The document has no sections yet."), "text", "no_text")])
    return make_manifest(edition, by)


def lay_out(
    review: Review, stages: Sequence[dict[str, Any]], plans: Sequence[Plan], kept: Mapping[int, Stage]
) -> None:
    """Writes the stages of a review and whom they ask; those of ``kept``, by their order, as they were in the
    round before."""
    locked = steps.first_locked(stages)
    for place, (stage, of_step, own) in enumerate(zip(stages, steps.steps(stages), plans, strict=True)):
        before = kept.get(place + 1)
        made = Stage.objects.create(
            review=review,
            order=place + 1,
            step=of_step,
            kind=stage["kind"],
            name=stage["name"],
            names=stage.get("names", {}),
            quorum=stage["quorum"],
            days=own.days or stage["days"],
            working=stage["working"],
            silence=stage["silence"],
            delegate=stage["delegate"],
            second_factor=stage["second_factor"],
            locked=place >= locked,
            kept=(before.kept or before) if before else None,
            opened=before.opened if before else None,
            due=before.due if before else None,
            closed=before.closed if before else None,
            outcome=before.outcome if before else "",
        )
        if before is None:
            Seat.objects.bulk_create(
                Seat(stage=made, institution=asked.institution, user=asked.person) for asked in own.asked
            )


def _problems(
    edition: Edition,
    procedure: Procedure,
    stages: Sequence[dict[str, Any]],
    plans: Sequence[Plan],
    begin: int,
    by: User,
) -> list[str]:
    """What is wrong with a plan, in words. The fields are called as in the plan: "stage-2" for whom the
    second stage asks, "stage-2-asked-7" for the person asked of the institution with that number,
    "stage-2-days", "due"."""
    country = edition.instrument.country_id
    if not procedure.active or procedure.country_id not in (None, country):
        return [Problem(_("This procedure can't be chosen for this document."), "procedure", "procedure")]
    if len(plans) != len(stages):
        return [_("Every stage of the procedure needs its institutions and its deadline.")]
    problems: list[str] = []
    wrote = authors(edition)
    for number, (stage, own) in enumerate(zip(stages, plans, strict=True), 1):
        if number < begin:
            continue
        name = words(stage["name"], stage.get("names")) or str(StageKind(stage["kind"]).label)
        due = own.due if number == begin else None
        if stage["kind"] not in OF_COORDINATOR:
            problems += _problems_of_asking(edition, number, name, stage, own, wrote, by)
        elif own.asked:
            said = _("Nobody signs off in the stage “%(stage)s”.") % {"stage": name}
            problems.append(Problem(said, f"stage-{number}"))
        problems += _problems_of_days(edition, number, name, stage, own.days, due)
    return problems


def _problems_of_days(
    edition: Edition, number: int, name: str, stage: dict[str, Any], given: int | None, due: date | None
) -> Iterator[Problem]:
    """What is wrong with the deadline of a stage: so many days, or a day (``due``)."""
    field, days, today = f"stage-{number}-days", given or stage["days"], today_in(edition)
    if due is None and 1 <= days <= MOST_DAYS:
        said = too_late(days, edition.instrument.country_id, today, working=stage["working"])
        if said:
            yield Problem(f"{number}. {name}: {said}", field, "deadline")
    if given is not None and not 1 <= given <= MOST_DAYS:
        yield Problem(_("The deadline of “%(stage)s” is not possible.") % {"stage": name}, field, "deadline")
    if due is not None and not today <= due <= today + timedelta(days=MOST_DAYS):
        yield Problem(_("The deadline must lie between today and a year from now."), "due", "deadline")


def _problems_of_asking(
    edition: Edition,
    number: int,
    name: str,
    stage: dict[str, Any],
    own: Plan,
    wrote: set[UUID],
    by: User,
) -> Iterator[Problem]:
    """What is wrong with whom a stage asks. The stage stands first: the same person may be asked in
    several."""
    for one in _problems_of_stage(name, stage, own):
        yield Problem(one, f"stage-{number}", one.code)
    for asked in own.asked:
        for one in _problems_of_asked(asked, edition, wrote, by):
            field = f"stage-{number}-asked-{asked.institution.pk}"
            yield Problem(f"{number}. {name}: {one}", field, one.code)


def _problems_of_stage(name: str, stage: dict[str, Any], own: Plan) -> list[Problem]:
    problems: list[Problem] = []
    if len(own.asked) < stage["least"]:
        said = ngettext(
            "“%(stage)s” asks at least %(least)d institution.",
            "“%(stage)s” asks at least %(least)d institutions.",
            stage["least"],
        )
        problems.append(Problem(said % {"stage": name, "least": stage["least"]}, code="too_few"))
    if len({asked.institution.pk for asked in own.asked}) < len(own.asked):
        said = _("“%(stage)s” asks an institution twice; each has one vote.")
        problems.append(Problem(said % {"stage": name}, code="asked_twice"))
    problems += _one_voice(name, own)
    try:
        quorum.check(stage["quorum"], len(own.asked))
    except ValueError:
        said = _("“%(stage)s” asks fewer institutions than must agree.")
        if stage["kind"] == StageKind.CONSULTATION:
            said = _("“%(stage)s” asks fewer institutions than must answer.")
        problems.append(Problem(said % {"stage": name}, code="too_few"))
    return problems


def _one_voice(name: str, own: Plan) -> Iterator[Problem]:
    """Who would have to answer for two institutions of a stage: one person answers for one."""
    speaks: dict[User, str] = {}
    for asked in own.asked:
        seat = Seat(institution=asked.institution, user=asked.person)
        people = people_of(seat)
        if len(people) != 1:
            continue
        other = speaks.setdefault(people[0], seat.body)
        if other != seat.body:
            said = _(
                "“%(stage)s” asks %(name)s for %(one)s and for %(other)s. One person answers for one "
                "institution."
            )
            said %= {"stage": name, "name": localized_name(people[0].name), "one": other, "other": seat.body}
            yield Problem(said, code="asked_beside")


def _problems_of_asked(asked: Asked, edition: Edition, wrote: set[UUID], by: User) -> list[Problem]:
    institution = {"institution": Seat(institution=asked.institution).body}
    people = people_of(Seat(institution=asked.institution, user=asked.person))
    reviewers = people_of(Seat(institution=asked.institution))
    if not reviewers:
        said = _("%(institution)s has no reviewer yet. Invite one first.")
        return [Problem(said % institution, code="no_reviewer")]
    if asked.person is not None and asked.person not in reviewers:
        said = _("%(name)s is not a reviewer of %(institution)s.")
        return [
            Problem(said % {"name": localized_name(asked.person.name), **institution}, code="no_reviewer")
        ]
    if people == [by]:
        said = _("You submit this text, so you can't answer for %(institution)s. Ask somebody else there.")
        return [Problem(said % institution, code="submitter")]
    if all(user.actor in wrote for user in people):
        if asked.person is None:
            said = _("Every reviewer of %(institution)s wrote in this text and can't sign it off.")
            return [Problem(said % institution, code="author")]
        said = _("%(name)s wrote in this text and can't sign it off. Ask somebody else.")
        return [Problem(said % {"name": localized_name(asked.person.name)}, code="author")]
    said = _(
        "The classification of this document does not let %(name)s (%(institution)s) read it. "
        "Change it, or share the document with the institution, or ask somebody else."
    )
    return [
        Problem(said % {"name": localized_name(user.name), **institution}, code="may_not_read")
        for user in people
        if not let_in(user, edition.instrument)
    ]
