"""The words for kinds, levels, states, topics and classifications."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.text.case_data import Kind as Trace


class Kind(models.TextChoices):
    STRATEGY = "strategy", _("Strategy")
    ACTION_PLAN = "action_plan", _("Action plan")
    SOP = "sop", _("Standard operating procedures")
    REFERRAL_MECHANISM = "referral_mechanism", _("Referral mechanism")
    GUIDELINE = "guideline", _("Guideline")
    AGREEMENT = "agreement", _("Agreement")
    MONITORING_REPORT = "monitoring_report", _("Monitoring report")
    TRAINING_PACK = "training_pack", _("Training material")


class Level(models.TextChoices):
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    INSTITUTIONAL = "institutional", _("Institutional")


class Topic(models.TextChoices):
    IDENTIFICATION = "identification", _("Identification")
    REFERRAL = "referral", _("Referral")
    PROTECTION = "protection", _("Protection")
    PROSECUTION = "prosecution", _("Prosecution")
    PREVENTION = "prevention", _("Prevention")
    PARTNERSHIP = "partnership", _("Partnership")
    SMUGGLING = "smuggling", _("Smuggling of migrants")
    ASYLUM = "asylum", _("Asylum")
    MIXED_MIGRATION = "mixed_migration", _("Mixed migration")
    CHILDREN = "children", _("Children")
    VIOLENCE = "violence", _("Violence and abuse")
    EMERGENCIES = "emergencies", _("Emergencies")


class Classification(models.TextChoices):
    """Who may read a text in force. TLP as FIRST defines it (version 2.0)."""

    PUBLIC = "public", _("Public")
    OFFICIAL = "official", _("Official use")
    TLP_CLEAR = "tlp_clear", "TLP:CLEAR"
    TLP_GREEN = "tlp_green", "TLP:GREEN"
    TLP_AMBER = "tlp_amber", "TLP:AMBER"
    TLP_AMBER_STRICT = "tlp_amber_strict", "TLP:AMBER+STRICT"
    TLP_RED = "tlp_red", "TLP:RED"


OPENNESS = {
    Classification.TLP_RED: 0,
    Classification.TLP_AMBER_STRICT: 1,
    Classification.TLP_AMBER: 2,
    Classification.OFFICIAL: 3,
    Classification.TLP_GREEN: 4,
    Classification.TLP_CLEAR: 5,
    Classification.PUBLIC: 5,
}
"""How wide a classification opens a text: a change to a higher number takes two people."""


def opens(old: Classification, new: Classification) -> bool:
    """Whether anybody could read with ``new`` who could not with ``old``. Official use and TLP:AMBER overlap
    without one containing the other, so a change between them counts as opening both ways."""
    pair = {old, new}
    return OPENNESS[new] > OPENNESS[old] or pair in (
        {Classification.OFFICIAL, Classification.TLP_AMBER},
        {Classification.OFFICIAL, Classification.TLP_RED},
        {Classification.TLP_AMBER_STRICT, Classification.TLP_RED},
        {Classification.TLP_AMBER, Classification.TLP_RED},
    )


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved (not yet in force)")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    REPEALED = "repealed", _("Repealed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLISHED = (State.IN_FORCE, State.SUPERSEDED, State.REPEALED)
"""States in which the classification alone says who reads; in the others, work on the text does."""

ADOPTED = (State.APPROVED, *PUBLISHED)
"""States whose text never changes again."""

FOLLOWED = (State.APPROVED, State.IN_FORCE)
"""States in which a further language, or a translation's next number, may follow the adoption."""


class SectionKind(models.TextChoices):
    CHAPTER = "chapter", _("Chapter")
    SECTION = "section", _("Section")
    ARTICLE = "article", _("Article")
    STEP = "step", _("Step")
    ANNEX = "annex", _("Annex")


class ActKind(models.TextChoices):
    GOVERNMENT_DECISION = "government_decision", _("Decision of the government")
    JOINT_ORDER = "joint_order", _("Joint order")
    MINISTER_ORDER = "minister_order", _("Order of a minister")
    LAW = "law", _("Law")
    OTHER = "other", _("Other act")


class Translation(models.TextChoices):
    """The state of a section in one language against the source."""

    SOURCE = "source", _("original text")
    CURRENT = "current", _("up to date")
    STALE = "stale", _("out of date")
    MISSING = "missing", _("not translated")


BEHIND = (Translation.STALE, Translation.MISSING)
"""States in which a translator still has something to do."""


class CommentOutcome(models.TextChoices):
    """What became of a comment, as the coordinator answers it."""

    ACCEPTED = "accepted", pgettext_lazy("outcome of a comment", "Accepted")
    PARTLY = "partly", pgettext_lazy("outcome of a comment", "Partly accepted")
    REJECTED = "rejected", pgettext_lazy("outcome of a comment", "Rejected")


CASE_DATA = {
    Trace.PERSON_NUMBER: pgettext_lazy("case data", "personal number"),
    Trace.PASSPORT: pgettext_lazy("case data", "number of a passport or identity card"),
    Trace.BANK_ACCOUNT: pgettext_lazy("case data", "bank account"),
    Trace.PERSON: pgettext_lazy("case data", "name, date of birth and phone number"),
}
"""The kinds of traces of a person (documents.text.case_data) in words."""
