"""``kodeks restore BAG``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.verify import head
from backup import check
from backup.archive import opened
from backup.errors import BackupError


class Command(BaseCommand):
    help = "Fills an empty database and an empty storage from a backup."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument("--key", type=Path, help="file with the secret key of age")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["backup"], options["key"]) as bag:
                check.restore(bag)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Restored. Head of the audit trail: {head()}\nNow run deploy/prepare, then kodeks rebuild_index."
        )
