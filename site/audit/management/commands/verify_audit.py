"""Checks the audit trail, and that sign-offs and adopted texts are still those of which it tells."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.verify import Head, head, one_moment, problems


class Command(BaseCommand):
    help = "Checks the audit trail, and the sign-offs and adopted texts of which it tells."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", default="", help="a head that was printed before, kept elsewhere: NUMBER:HASH"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        expected = None
        if options["head"]:
            try:
                expected = Head.parse(options["head"])
            except ValueError as problem:
                raise CommandError(
                    "--head is NUMBER:HASH, as this command prints it", returncode=2
                ) from problem
        found = 0
        with one_moment():
            for line in problems(expected):
                found += 1
                self.stderr.write(line)
            now = head()
        if found:
            count = f"{found} problem{'s' if found > 1 else ''}"
            raise CommandError(f"{count}: the database was changed behind the trail's back.", returncode=1)
        self.stdout.write(f"The trail holds. Keep this elsewhere, for --head next time:\n{now}")
