"""What was told to everybody of a stage, so that it is told once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from workflows.models.reviews import Stage


class Reminder(models.Model):
    """That the reminders of a stage went out: of which kind, for which deadline; or the mails about what it
    adopted, on which day. Each goes once."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="reminders")
    due = models.DateField()
    kind = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "due", "kind"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.due} {self.kind}"
