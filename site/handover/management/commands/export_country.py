"""``kodeks export --country RS TARGET``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backup.errors import BackupError
from handover.export import export


class Command(BaseCommand):
    help = "Writes all that a country owns into a folder, as open files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="the folder; each export gets a name with its time")
        parser.add_argument("--country", required=True, help="its code: RS")
        parser.add_argument("--key", default="", help="a public key of age that encrypts it: age1…")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = export(options["country"].lower(), options["target"], options["key"])
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{done.path}\nTell this hash by telephone to whoever takes it in:\n{done.sha256}")
        if done.lost:
            self.stderr.write(
                f"The storage has lost {len(done.lost)} files of this country, the first is {done.lost[0]}. "
                "No other site takes this export in. Restore them from a backup and export again."
            )
