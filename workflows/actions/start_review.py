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
from documents.access.authorship import authors
from documents.actions import explain_case_data
from documents.actions.adopt_edition import today_in
from documents.actions.audit_payloads import manifest_payload
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold_draft
from documents.actions.record_refusal import record_refusals
from documents.actions.submit_edition import make_manifest, submit_edition
from documents.models import Edition, Manifest, Section
from documents.models.instruments import let_in
from people.access import require
from people.models import Institution, User
from people.roles import Verb
from theme.localized_names import localized_name
from workflows.actions.advance_stages import open_step
from workflows.actions.confirm_unapplied import tell_left_out
from workflows.actions.locking import hold_review
from workflows.choices import OF_COORDINATOR, StageKind
from workflows.models import Procedure, Review, Seat, Stage
from workflows.models.procedures import MOST_DAYS, too_late
from workflows.procedures import quorum, steps
from workflows.procedures.names import display_name
from workflows.rules.passed_stages import answered_by, may_begin_with, passed_stages
from workflows.rules.respondents import people_of
from workflows.rules.unapplied_suggestions import problem_of, unapplied
from workflows.trail.audit_payloads import start_payload


@dataclass(frozen=True)
class Respondent:
    """An institution that is asked, and the person; nobody named: any of its reviewers."""

    institution: Institution
    person: User | None = None


@dataclass(frozen=True)
class Plan:
    """The coordinator's plan for one stage. ``due`` counts for the stage that opens at once, ``days`` for
    later ones."""

    respondents: tuple[Respondent, ...] = ()
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
    """Begin the review of a draft; ``plans`` has one plan for each stage, in order.

    ``begin`` is the order of the stage to begin with; those before it are carried over from the last round.
    Unless it begins with an open stage, the text is submitted. ``behind_because`` is the reason for an
    outdated translation, ``without`` names the confirmed comments whose suggestions are not in it. Raises
    NotReady with every problem, Locked, ActionError where a review runs, or Http404.
    """
    return _start(by, edition, procedure, plans, begin, behind_because, without)


@record_refusals("start_review")
def check_start(
    by: User,
    edition: Edition,
    procedure: Procedure,
    plans: Sequence[Plan],
    begin: int = 1,
    behind_because: str = "",
    without: Collection[int] = (),
) -> None:
    """Raises what :func:`start_review` would; changes nothing."""
    with transaction.atomic():
        _start(by, edition, procedure, plans, begin, behind_because, without)
        transaction.set_rollback(True)


def _start(
    by: User,
    edition: Edition,
    procedure: Procedure,
    plans: Sequence[Plan],
    begin: int,
    behind_because: str,
    without: Collection[int],
) -> Review:
    require(by, Verb.SUBMIT, edition)
    with transaction.atomic():
        locked = hold_draft(edition)
        last = Review.objects.filter(edition=locked).order_by("-round").first()
        if last is not None and last.running:
            raise ActionError(_("A review of this text is already in progress."), "running")
        copy = procedure.copy()
        stages = copy["stages"]
        problems = _problems(locked, procedure, stages, plans, begin, by)
        passed = passed_stages(last, stages)
        if begin != 1 and begin not in may_begin_with(last, stages):
            message = _("You cannot skip a stage. Start with the first stage that is not passed.")
            problems.append(Problem(message, "begin", "not_reached"))
        own = answered_by(by, passed[: begin - 1])
        if own is not None:
            message = _(
                "You answered for %(institution)s in the stage “%(stage)s”, which is not "
                "repeated. Therefore you cannot submit this text. Start with that stage, or ask "
                "another coordinator to start the review."
            )
            message %= {"institution": own[1].body, "stage": own[0].title}
            problems.append(Problem(message, "begin", "submitter"))
        locks_at_once = begin > steps.first_locked(stages)
        left = unapplied(locked) if locks_at_once else []
        if (open_problem := problem_of(left, without)) is not None:
            problems.append(open_problem)
        if problems:
            raise NotReady(problems)
        manifest = submit_edition(by, locked, behind_because) if locks_at_once else _note_draft(by, locked)
        review = Review.objects.create(
            edition_id=locked.pk,
            manifest=manifest,
            round=last.round + 1 if last else 1,
            procedure=copy,
            submitted_by=by,
        )
        lay_out(review, stages, plans, {stage.order: stage for stage in passed[: begin - 1]})
        noted = {} if locks_at_once else manifest_payload(manifest)  # else told where it was submitted
        audit.record(
            "start_review",
            review,
            by,
            edition=locked.pk,
            round=review.round,
            **start_payload(review),
            **noted,
        )
        tell_left_out(by, review, [comment.pk for comment in left])
        review = hold_review(review.pk)
        explain_case_data.ask(by, locked)
        first = review.stages.get(order=begin)
        open_step(review, first.step, plans[begin - 1].due)
    return review


def _note_draft(by: User, edition: Edition) -> Manifest:
    """What the text is as the consultation begins; it stays a draft."""
    if not Section.objects.filter(edition=edition).exists():
        raise NotReady([Problem(_("The document has no sections yet."), "text", "no_text")])
    return make_manifest(edition, by)


def lay_out(
    review: Review, stages: Sequence[dict[str, Any]], plans: Sequence[Plan], passed: Mapping[int, Stage]
) -> None:
    """Write the stages of a review and their seats; those ``passed``, by order, as in the round before."""
    locked = steps.first_locked(stages)
    for place, (stage, of_step, own) in enumerate(zip(stages, steps.steps(stages), plans, strict=True)):
        before = passed.get(place + 1)
        row = Stage.objects.create(
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
                Seat(stage=row, institution=wanted.institution, user=wanted.person)
                for wanted in own.respondents
            )


def _problems(
    edition: Edition,
    procedure: Procedure,
    stages: Sequence[dict[str, Any]],
    plans: Sequence[Plan],
    begin: int,
    by: User,
) -> list[str]:
    """Problems of a plan. Fields are "stage-2", "stage-2-asked-7" (an institution), "stage-2-days", "due"."""
    country = edition.instrument.country_id
    if not procedure.active or procedure.country_id not in (None, country):
        return [Problem(_("You cannot use this procedure for this document."), "procedure", "procedure")]
    if len(plans) != len(stages):
        return [_("Choose the institutions and the deadline for every stage.")]
    problems: list[str] = []
    wrote = authors(edition)
    shut_out = _shut_out(edition, plans, begin)
    if shut_out:
        message = _("These reviewers cannot read this document because of its classification: %(names)s.")
        message %= {"names": ", ".join(shut_out)}
        problems.append(Problem(message, "readers", "may_not_read"))
    for number, (stage, own) in enumerate(zip(stages, plans, strict=True), 1):
        if number < begin:
            continue
        name = display_name(stage["name"], stage.get("names")) or str(StageKind(stage["kind"]).label)
        due = own.due if number == begin else None
        if stage["kind"] not in OF_COORDINATOR:
            problems += _problems_of_asking(edition, number, name, stage, own, wrote, by)
        elif own.respondents:
            message = _("Do not choose institutions for the stage “%(stage)s”.") % {"stage": name}
            problems.append(Problem(message, f"stage-{number}"))
        problems += _problems_of_days(edition, number, name, stage, own.days, due)
    return problems


def _problems_of_days(
    edition: Edition, number: int, name: str, stage: dict[str, Any], given: int | None, due: date | None
) -> Iterator[Problem]:
    """What is wrong with the deadline of a stage: so many days, or a day (``due``)."""
    field, days, today = f"stage-{number}-days", given or stage["days"], today_in(edition)
    if due is None and 1 <= days <= MOST_DAYS:
        message = too_late(days, edition.instrument.country_id, today, working=stage["working"])
        if message:
            yield Problem(f"{number}. {name}: {message}", field, "deadline")
    if given is not None and not 1 <= given <= MOST_DAYS:
        yield Problem(_("The deadline of “%(stage)s” is not valid.") % {"stage": name}, field, "deadline")
    if due is not None and not today <= due <= today + timedelta(days=MOST_DAYS):
        yield Problem(_("Choose a deadline between today and one year from now."), "due", "deadline")


def _problems_of_asking(
    edition: Edition,
    number: int,
    name: str,
    stage: dict[str, Any],
    own: Plan,
    wrote: set[UUID],
    by: User,
) -> Iterator[Problem]:
    """Problems with whom a stage asks; each names the stage first."""
    for one in _problems_of_stage(name, stage, own):
        yield Problem(one, f"stage-{number}", one.code)
    for wanted in own.respondents:
        for one in _problems_of_respondent(wanted, edition, wrote, by):
            field = f"stage-{number}-asked-{wanted.institution.pk}"
            yield Problem(f"{number}. {name}: {one}", field, one.code)


def _problems_of_stage(name: str, stage: dict[str, Any], own: Plan) -> list[Problem]:
    problems: list[Problem] = []
    if len(own.respondents) < stage["least"]:
        message = ngettext(
            "Choose at least %(least)d institution for “%(stage)s”.",
            "Choose at least %(least)d institutions for “%(stage)s”.",
            stage["least"],
        )
        problems.append(Problem(message % {"stage": name, "least": stage["least"]}, code="too_few"))
    if len({wanted.institution.pk for wanted in own.respondents}) < len(own.respondents):
        message = _("“%(stage)s” lists an institution twice. Each institution has one vote.")
        problems.append(Problem(message % {"stage": name}, code="asked_twice"))
    problems += _one_voice(name, own)
    try:
        quorum.check(stage["quorum"], len(own.respondents))
    except ValueError:
        message = _("Choose more institutions for “%(stage)s”: it has fewer than must agree.")
        if stage["kind"] == StageKind.CONSULTATION:
            message = _("Choose more institutions for “%(stage)s”: it has fewer than must answer.")
        problems.append(Problem(message % {"stage": name}, code="too_few"))
    return problems


def _one_voice(name: str, own: Plan) -> Iterator[Problem]:
    """Who would have to answer for two institutions of a stage: one person answers for one."""
    speaks: dict[User, str] = {}
    for wanted in own.respondents:
        seat = Seat(institution=wanted.institution, user=wanted.person)
        people = people_of(seat)
        if len(people) != 1:
            continue
        other = speaks.setdefault(people[0], seat.body)
        if other != seat.body:
            message = _(
                "In “%(stage)s”, %(name)s is chosen for %(one)s and for %(other)s. One person "
                "can answer for one institution only."
            )
            message %= {
                "stage": name,
                "name": localized_name(people[0].name),
                "one": other,
                "other": seat.body,
            }
            yield Problem(message, code="asked_beside")


def _problems_of_respondent(
    respondent: Respondent, edition: Edition, wrote: set[UUID], by: User
) -> list[Problem]:
    institution = {"institution": Seat(institution=respondent.institution).body}
    people = people_of(Seat(institution=respondent.institution, user=respondent.person))
    reviewers = people_of(Seat(institution=respondent.institution))
    if not reviewers:
        message = _("%(institution)s has no reviewer yet. Invite a reviewer first.")
        return [Problem(message % institution, code="no_reviewer")]
    if respondent.person is not None and respondent.person not in reviewers:
        message = _("%(name)s is not a reviewer of %(institution)s.")
        return [
            Problem(
                message % {"name": localized_name(respondent.person.name), **institution}, code="no_reviewer"
            )
        ]
    if people == [by]:
        message = _(
            "You are submitting this text, so you cannot answer for %(institution)s. "
            "Choose somebody else from that institution."
        )
        return [Problem(message % institution, code="submitter")]
    if all(user.actor in wrote for user in people):
        if respondent.person is None:
            message = _("All reviewers of %(institution)s are authors of this text and cannot sign it off.")
            return [Problem(message % institution, code="author")]
        message = _("%(name)s is an author of this text and cannot sign it off. Choose somebody else.")
        return [Problem(message % {"name": localized_name(respondent.person.name)}, code="author")]
    return []


def _shut_out(edition: Edition, plans: Sequence[Plan], begin: int) -> list[str]:
    """Who of those asked can't read the document, each once, with the institution."""
    respondents = [wanted for plan in plans[begin - 1 :] for wanted in plan.respondents]
    found = {}
    for wanted in respondents:
        seat = Seat(institution=wanted.institution, user=wanted.person)
        for user in people_of(seat):
            if user not in found and not let_in(user, edition.instrument):
                found[user] = f"{localized_name(user.name)} ({seat.body})"
    return list(found.values())
