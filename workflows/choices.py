"""The words for stages, states of a review, answers and outcomes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StageKind(models.TextChoices):
    """What a stage asks for. Consultation, sign-off and opinion ask institutions; adoption waits for the act."""

    CONSULTATION = "consultation", _("Consultation")
    SIGN_OFF = "sign_off", _("Sign-off")
    OPINION = "opinion", _("Opinion")
    ADOPTION = "adoption", _("Adoption")


class ReviewState(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Adopted")
    VOIDED = "voided", _("Ended: the text was reopened")
    RETURNED = "returned", _("Returned")


class Outcome(models.TextChoices):
    """How a stage ended."""

    PASSED = "passed", _("Passed")
    RETURNED = "returned", _("Returned")
    FAILED = "failed", _("Too few agreed")
    VOIDED = "voided", _("Ended: the text was reopened")


class Choice(models.TextChoices):
    """The four answers of an institution."""

    AGREE = "agree", pgettext_lazy("answer of an institution", "Agree")
    REMARKS = "agree_with_remarks", pgettext_lazy("answer of an institution", "Agree, with remarks")
    RETURN = "return", pgettext_lazy("answer of an institution", "Return")
    ABSTAIN = "abstain", pgettext_lazy("answer of an institution", "Abstain")


AGREEING = (Choice.AGREE, Choice.REMARKS)
"""The answers by which an institution lets the text go on."""
