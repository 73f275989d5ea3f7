"""``kodeks verify BAG``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backup import check
from backup.archive import opened
from backup.errors import BackupError


class Command(BaseCommand):
    help = (
        "Checks that a backup, or an export of a country, is whole. Of a damaged database it names the rows."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument("--key", type=Path, help="file with the secret key of age")
        parser.add_argument(
            "--with-site",
            action="store_true",
            help="compare with the database and files of the site, too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["backup"], options["key"]) as bag:
                kind = check.kind(bag)
                found = list(check.problems(bag))
                if options["with_site"] and not found:
                    found = list(check.compare(bag))
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} problem{'s' if len(found) > 1 else ''}.")
        self.stdout.write(f"The {kind} is whole.")
