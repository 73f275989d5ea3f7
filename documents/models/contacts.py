"""Whom to call beside a section. Numbers change without a new edition, so they stand next to the text and in
no hash."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.instruments import Instrument


class Contact(models.Model):
    """A line of the call box of a section: who answers, when, under which number, and when that was last
    checked.

    It holds for the section in every edition, like its ``uid``. ``names`` and ``hours`` are texts by content
    language.
    """

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="contacts", verbose_name=_("document")
    )
    uid = models.UUIDField(_("section"))
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(_("names"), default=dict)
    hours = models.JSONField(_("when and for whom"), default=dict, blank=True)
    number = models.CharField(_("number as it is read"), max_length=40)
    tel = models.CharField(_("number as it is dialled"), max_length=40)
    checked = models.DateField(_("last checked"))

    class Meta:
        ordering = ["instrument", "uid", "position", "id"]
        indexes = [models.Index(fields=["instrument", "uid"])]
        verbose_name = _("number to call")
        verbose_name_plural = _("numbers to call")

    def __str__(self) -> str:
        return f"{self.number} ({self.instrument_id}/{self.uid})"
