"""Sections: the rows that hold a document's text, and the log of every change to them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.choices import SectionKind
from documents.models.editions import Edition


class UnicodeJSONEncoder(json.JSONEncoder):
    """JSON with letters as they are. Python's own writes each Cyrillic letter as six signs (``\\u0430``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})


class Section(models.Model):
    """A node of an edition's tree, by ``position`` and ``level``. ``uid`` is the same in the next edition.

    The text has one column per language (``body_mk`` …, by django-modeltranslation), ``text_hash_mk`` its
    hash (empty: no text). ``source_hash_mk`` is the hash of the source of its translation. Never read the
    columns without a language; read texts through :mod:`documents.editions.text_storage`.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections")
    uid = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(
        _("kind"), max_length=10, choices=SectionKind.choices, default=SectionKind.SECTION
    )
    origins = models.JSONField(default=list, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    label = models.CharField(_("number"), max_length=120, default="", blank=True)
    heading = models.CharField(_("heading"), max_length=1000, default="", blank=True)
    body = models.JSONField(_("text"), null=True, blank=True, encoder=UnicodeJSONEncoder)
    text_hash = models.CharField(max_length=64, default="", blank=True)
    source_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        ordering = ["edition", "position"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.UniqueConstraint(fields=["edition", "uid"], name="section_uid")]
        indexes = [models.Index(fields=["edition", "position"]), models.Index(fields=["uid"])]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.uid}"


ERASED: dict[str, Any] = {"heading": [{"type": "text", "text": "[erased]"}], "blocks": []}
"""In place of a text that held case data (documents.actions.erase_earlier)."""


def is_erased(body: Any) -> bool:
    """Whether this stands in the place of an erased text; it is no text of a section."""
    return isinstance(body, dict) and body.get("heading") == ERASED["heading"] and not body.get("blocks")


class SectionChange(models.Model):
    """One change to a section: who, when, the text before and after. Never removed. Never changed, but that
    an operator erases words.

    Of a removed section ``before`` has the texts by language, ``after`` the place it was at
    (documents.editions.removed_sections).
    """

    class Verb(models.TextChoices):
        IMPORT = "import", _("imported from Word")
        SAVE = "save", _("edited")
        ADD = "add", _("added")
        MOVE = "move", _("moved")
        REMOVE = "remove", _("removed")
        RESTORE = "restore", _("restored")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="changes")
    uid = models.UUIDField()
    language = models.CharField(max_length=5, blank=True)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    at = models.DateTimeField(default=timezone.now)
    actor = models.UUIDField(null=True)
    before = models.JSONField(null=True, encoder=UnicodeJSONEncoder)
    after = models.JSONField(null=True, encoder=UnicodeJSONEncoder)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["edition", "uid"])]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.uid} {self.language} {self.verb}"
