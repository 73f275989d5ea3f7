"""Roles of people in institutions, and what may be asked of :func:`people.access.may`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in an institution."""

    DRAFTER = "drafter", _("Drafter")
    TRANSLATOR = "translator", _("Translator")
    REVIEWER = "reviewer", _("Reviewer")
    COORDINATOR = "coordinator", _("Coordinator")
    PRACTITIONER = "practitioner", _("Practitioner")
    PUBLISHER = "publisher", _("Campaign publisher")
    REGIONAL_PARTNER = "regional_partner", _("Regional partner")
    OPERATOR = "operator", _("Operator")


SECOND_PERSON = frozenset({Role.COORDINATOR, Role.REVIEWER, Role.PUBLISHER})
"""Roles that count as the second person: what somebody proposes or submits, one of these confirms or signs
off. So a coordinator alone gives them to nobody."""


DRAFTING = frozenset({Role.DRAFTER, Role.COORDINATOR})
"""Roles that work on the texts of their institution."""


class Verb(models.TextChoices):
    """Everything that somebody may or may not do."""

    READ = "read", _("Read")
    CREATE = "create", _("Create a new document")
    DRAFT = "draft", _("Edit the text")
    TRANSLATE = "translate", _("Translate the text")
    OUTLINE = "outline", _("Change the outline")
    ASSIGN = "assign", _("Assign people")
    REVISE = "revise", _("Start a new edition")
    SUBMIT = "submit", _("Submit for review")
    COMMENT = "comment", _("Comment")
    SIGN_OFF = "sign_off", _("Sign off")
    REOPEN = "reopen", _("Reopen the text")
    ADOPT = "adopt", _("Record the adoption")
    CORRECT = "correct", _("Propose a correction")
    RECORD = "record", _("Record an earlier adoption")
    CLASSIFY = "classify", _("Change the classification")
    SHARE = "share", _("Add readers")
    CALLS = "calls", _("Edit telephone numbers")
    TEMPLATES = "templates", _("Manage Word templates")
    INVITE = "invite", _("Invite people")
    AUDIT = "audit", _("Read the audit trail")
