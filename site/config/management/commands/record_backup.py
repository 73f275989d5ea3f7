"""Notes that a backup has ended: the last step of whatever makes the backups."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

import audit


class Command(BaseCommand):
    help = "Notes in the audit trail that a backup has ended. The page Health shows when the last one was."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            audit.record("record_backup", "backup")
        self.stdout.write("Noted.")
