"""From which text of the source each part of a translation was made, and who answers for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from public.translation.parts import Part
from public.translation.states import Origin


class BlockTranslation(models.Model):
    """``block``: the id of a block, or the name of a field above the blocks (public.translation.parts)."""

    page = models.ForeignKey("public.CampaignPage", models.CASCADE, related_name="block_translations")
    block = models.CharField(max_length=40)
    source_hash = models.CharField(max_length=64)
    source_texts = models.JSONField(default=dict)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PERSON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("translation of a block")
        verbose_name_plural = _("translations of blocks")
        constraints = [
            models.UniqueConstraint(fields=["page", "block"], name="public_one_translation_a_block")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}:{self.block}"

    @classmethod
    def of(cls, page: Any, part: Part, **fields: Any) -> BlockTranslation:
        """That the page has a translation of this part of its source, not saved yet."""
        return cls(page=page, block=part.key, source_hash=part.hash, source_texts=part.filled, **fields)

    @property
    def is_unreviewed(self) -> bool:
        return self.origin == Origin.MACHINE and self.reviewed is None
