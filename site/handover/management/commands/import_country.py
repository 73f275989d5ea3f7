"""``kodeks import-country EXPORT``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backup import archive
from backup.errors import BackupError
from handover.take_in import take_in


class Command(BaseCommand):
    help = "Takes in what a country owned in another installation: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("export", type=Path, help="the folder, or the encrypted file")
        parser.add_argument("--key", type=Path, help="the file with the secret key of age")
        parser.add_argument(
            "--add-institutions",
            action="store_true",
            help="take in the names of other countries' institutions that are not here",
        )
        parser.add_argument("--hash", required=True, help="its hash, as the origin told you by telephone")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with archive.opened(options["export"], options["key"]) as bag:
                country = take_in(bag, options["hash"], add_institutions=options["add_institutions"])
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{country.upper()} was taken in. Its people have no accounts here: invite them. "
            "Then run kodeks verify_audit."
        )
