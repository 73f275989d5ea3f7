"""`manage.py reconcile`: compare the search index with the database, and mend it."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.outbox import reconcile
from search.outbox.reconciliation import Busy

_NAMED = 10


class Command(BaseCommand):
    help = "Compares every text with the search index, says where they differ, and mends it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="mend nothing; fail where something differs"
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        try:
            drift = reconcile(mend=not dry_run)
        except Busy as error:
            raise CommandError("Another process writes to the index. Try again later.") from error
        except EngineError as error:
            raise CommandError(f"The index can't be compared: {error}") from error
        self.stdout.write(f"{drift.texts:,} texts compared")
        for what, names in (
            ("not in the index", drift.missing),
            ("otherwise in the index", drift.different),
            ("in the index alone", drift.extra),
        ):
            if names:
                more = ", …" if len(names) > _NAMED else ""
                self.stdout.write(f"{len(names):,} {what}: {', '.join(names[:_NAMED])}{more}")
        if not drift.any:
            self.stdout.write("No difference.")
        elif dry_run:
            raise CommandError("The index differs from the database.")
        else:
            self.stdout.write("Mended.")
