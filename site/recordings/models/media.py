"""Audio and video that was uploaded for campaigns, with what it needs for those who cannot hear or see it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from people.models import Country
from public.models import Picture


def content_languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


class Medium(AbstractMedia):
    """A file with sound or film; the worker cleans it when it comes (recordings.actions.clean_medium)."""

    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        help_text=_("Your country. Only its publishers can change this file."),
    )
    language = models.CharField(_("language spoken"), max_length=10, choices=content_languages)
    description = models.CharField(
        _("description"),
        max_length=250,
        help_text=_("What one hears or sees, for people who can't. One sentence."),
    )
    transcript = models.TextField(
        _("transcript"), help_text=_("All that is spoken, and each sound that matters.")
    )
    poster = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture before the video plays"),
    )
    size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    """Of the clean file; empty until the worker has cleaned it, and nobody gets it before."""
    problem = models.CharField(max_length=10, blank=True, editable=False, default="", db_default="")
    """Why it can't be served (recordings.clean.Problem)."""
    changed = models.DateTimeField(auto_now=True)

    search_fields = [*AbstractMedia.search_fields, index.FilterField("country"), index.FilterField("id")]
    """The list and the chooser show each publisher the media of their own countries."""
    admin_form_fields = ("title", "file", "country", "language", "description", "transcript", "poster")

    class Meta(AbstractMedia.Meta):
        verbose_name = _("audio or video")
        verbose_name_plural = _("audio and video")

    @property
    def seen(self) -> list[Any]:
        """What a reader gets of it."""
        captions = [[one.language, one.text] for one in self.captions.all()]
        poster = self.poster.seen if self.poster else []
        return [
            *(self.file.name, self.sha256, self.title, self.language, self.description, self.transcript),
            *(captions, poster),
        ]

    @property
    def is_clean(self) -> bool:
        """Whether the worker has cleaned it; readers get nothing else."""
        return bool(self.sha256)

    @property
    def url(self) -> str:
        """On whichever host shows it; the store behind it may have an address of its own."""
        return reverse("medium", args=[self.pk])

    @property
    def length(self) -> str:
        return f"{int(self.duration) // 60}:{int(self.duration) % 60:02}"


class Captions(models.Model):
    """Captions in one language, as WebVTT."""

    medium = models.ForeignKey(Medium, models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=10, choices=content_languages)
    text = models.TextField()

    class Meta:
        ordering = ["language"]
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = [models.UniqueConstraint(fields=["medium", "language"], name="captions_once")]

    def __str__(self) -> str:
        return f"{self.medium_id} {self.language}"

    @property
    def url(self) -> str:
        return reverse("captions", args=[self.medium_id, self.language])
