"""Which stage gave a right."""

from __future__ import annotations

from django.db import models

from people.models import Grant
from workflows.models.reviews import Stage


class StageGrant(models.Model):
    """A grant that a stage gave. ``Grant.reason`` only says the same in words."""

    grant = models.OneToOneField(Grant, models.CASCADE, primary_key=True, related_name="of_stage")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="grants")

    def __str__(self) -> str:
        return f"{self.grant}: {self.stage}"
