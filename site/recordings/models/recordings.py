"""One recording of one text in one language."""

from __future__ import annotations

from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Country, User
from public.models import CampaignPage, Hotline


class RecordingQuerySet(models.QuerySet["Recording"]):
    def published(self) -> Self:
        """Those that the public hears, where they still read what is shown."""
        return self.filter(published__isnull=False, ended=None)

    def waiting(self) -> Self:
        """Uploaded; somebody has to listen first."""
        return self.filter(published=None, ended=None)


class Recording(models.Model):
    """Of a block of a campaign page (``block`` empty: of its title and first sentence), or of the text of a
    number. ``text`` is what was read; whether that is still shown is asked whenever a page is drawn."""

    page = models.ForeignKey(CampaignPage, models.CASCADE, null=True, related_name="recordings")
    block = models.CharField(max_length=36, blank=True)
    hotline = models.ForeignKey(Hotline, models.CASCADE, null=True, related_name="recordings")
    country = models.ForeignKey(Country, models.PROTECT, null=True, related_name="+")
    """Of what it reads, when it was uploaded: whose coordinators find it in the trail."""
    language = models.CharField(max_length=10)
    """As it is heard (recordings.script.spoken)."""
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    sound = models.FileField(upload_to="recordings")
    archive = models.FileField(upload_to="recordings/archive", blank=True, editable=False)
    """Of a recording from before Kodeks took finished files: it goes with its recording."""
    sha256 = models.CharField(max_length=64)
    """Of the sound that is served."""
    seconds = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    by_machine = models.BooleanField(_("made by a machine"), default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    published = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, hotline=None) | Q(page=None, hotline__isnull=False),
                name="recording_of_one_text",
            ),
            *(
                models.UniqueConstraint(
                    fields=["page", "hotline", "block", "language"],
                    condition=Q(ended=None, published__isnull=is_waiting),
                    nulls_distinct=False,
                    name=f"recording_one_{state}",
                )
                for state, is_waiting in (("waits", True), ("published", False))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id or self.hotline_id} {self.language}"

    @property
    def ending(self) -> str:
        return str(self.sound.name).rpartition(".")[2]


@receiver(post_delete, sender=Recording)
def delete_files(instance: Recording, **kwargs: Any) -> None:
    def delete() -> None:
        for field in (instance.sound, instance.archive):
            if field.name:
                field.storage.delete(field.name)

    transaction.on_commit(delete)
