"""``kodeks backup TARGET``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backup.errors import BackupError
from backup.schedule import remove_expired
from backup.take import take


class Command(BaseCommand):
    help = "Writes a backup of database and files into a folder, while people work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="the folder; each backup gets a name with its time")
        parser.add_argument("--key", default=settings.KODEKS_BACKUP_KEY, help="a public key of age: age1…")
        parser.add_argument(
            "--expire",
            action="store_true",
            help="then remove older backups: the last of 7 days, 5 weeks and 12 months stay",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(str(take(options["target"], options["key"])))
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        if options["expire"]:
            remove_expired(options["target"])
