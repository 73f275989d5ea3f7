"""`manage.py rebuild_index`: rebuild the search index next to the one in use, and swap."""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.factory import analyser, engine
from search.outbox import rebuild
from search.outbox.full_rebuild import AlreadyBuilding

_LINE = 40


class Command(BaseCommand):
    help = "Rebuilds the search index. The one in use answers until the new one takes its place."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only where there is none, or where another version wrote it",
        )

    def handle(self, *args: Any, if_needed: bool, verbosity: int, **options: Any) -> None:
        health = engine().health()
        if if_needed and health.ok and not health.stale:
            return
        if not analyser().has_tables():
            self.stderr.write(
                "The dictionaries are not compiled: run build_tables first, or words are known less well."
            )
        # About as many as before: counting first would take as long as the work.
        expected, started = health.documents, time.monotonic()

        def progress(count: int) -> None:
            if verbosity and self.stdout.isatty():
                done = min(1.0, count / expected) if expected else 0.0
                self.stdout.write(f"\r[{'#' * int(done * _LINE):<{_LINE}}] {count:,} texts", ending="")
                self.stdout.flush()
            elif verbosity > 1:
                self.stdout.write(f"{count:,} texts")

        try:
            count = rebuild(progress)
        except AlreadyBuilding as error:
            raise CommandError("Another process is building the index.") from error
        except EngineError as error:
            raise CommandError(
                f"The index could not be built: {error}. The one in use is as it was."
            ) from error
        if verbosity:
            ending = "\n" if self.stdout.isatty() else ""
            self.stdout.write(f"{ending}Search index: {count:,} texts in {time.monotonic() - started:.1f} s")
