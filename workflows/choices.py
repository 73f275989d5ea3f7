"""The words for stages, states of a review, answers and outcomes."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy


class StageKind(models.TextChoices):
    """What a stage asks for; of coordination and adoption the coordinator takes care."""

    CONSULTATION = "consultation", _("Consultation")
    COORDINATION = "coordination", _("Coordination")
    OPINION = "opinion", _("Opinion")
    TRANSLATION = "translation", _("Translation check")
    SIGN_OFF = "sign_off", _("Sign-off")
    ADOPTION = "adoption", _("Adoption")


OF_COORDINATOR = (StageKind.COORDINATION, StageKind.ADOPTION)
"""Stages in which no institution is asked: the coordinator ends them."""


class Silence(models.TextChoices):
    """What it means when an institution has not answered by the deadline."""

    NOTHING = "nothing", _("the answer is still required and marked as late")
    ASSENT = "assent", _("it counts as agreement")


class Delegation(models.TextChoices):
    """Who may hand an institution's answer to another of its reviewers."""

    NOBODY = "nobody", _("nobody")
    ASSIGNED = "asked", _("the assigned reviewer")
    COORDINATOR = "coordinator", _("only the coordinator")


class ReviewState(models.TextChoices):
    RUNNING = "running", _("In progress")
    DONE = "done", _("Adopted")
    VOIDED = "voided", _("Ended without a result")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETURNED = "returned", _("Returned")


class Outcome(models.TextChoices):
    """How a stage ended."""

    PASSED = "passed", _("Passed")
    RETURNED = "returned", _("Returned")
    FAILED = "failed", _("Too few agreed")
    VOIDED = "voided", _("Ended without a result")


def outcome_label(kind: str, outcome: str) -> str:
    """How a stage ended, in words; a consultation was held. Empty before its end."""
    if kind == StageKind.CONSULTATION and outcome == Outcome.PASSED:
        return pgettext("a consultation", "Held")
    return str(Outcome(outcome).label) if outcome else ""


def too_few_agreed(state: str, outcomes: Collection[str]) -> bool:
    """Whether a review was stopped although nobody returned the text."""
    return state == ReviewState.RETURNED and Outcome.FAILED in outcomes and Outcome.RETURNED not in outcomes


class Choice(models.TextChoices):
    """The four answers of an institution."""

    AGREE = "agree", pgettext_lazy("answer of an institution", "Agree")
    REMARKS = "agree_with_remarks", pgettext_lazy("answer of an institution", "Agree with remarks")
    RETURN = "return", pgettext_lazy("answer of an institution", "Return")
    ABSTAIN = "abstain", pgettext_lazy("answer of an institution", "Abstain")


AGREEING = (Choice.AGREE, Choice.REMARKS)
"""The answers by which an institution lets the text go on."""
