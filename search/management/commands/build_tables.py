"""`manage.py build_tables`: compile the dictionaries of the text analysis."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from search.analysis import Analyser
from search.analysis.build import Built, build_tables
from search.glossary.dictionary import build_dictionaries


class Command(BaseCommand):
    help = "Compiles the dictionaries of search. What is there and of the right version stays."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="compile all of them anew")
        parser.add_argument("--processes", type=int, default=2, help="how many to compile at a time")

    def handle(self, *args: Any, force: bool, processes: int, verbosity: int, **options: Any) -> None:
        def report(built: Built) -> None:
            if verbosity:
                state = "compiled" if built.new else "up to date"
                self.stdout.write(
                    f"{built.family}: {state}, {built.forms:,} forms, {built.size / 1e6:.1f} MB "
                    f"({built.version})"
                )

        build_tables(settings.KODEKS_TABLES, force=force, processes=processes, report=report)
        analyser = Analyser(settings.KODEKS_TABLES)
        for source, words in build_dictionaries(
            settings.KODEKS_TABLES, analyser, settings.KODEKS_DICTIONARIES
        ):
            if verbosity:
                state = f"{words:,} words" if words else "not read: the file is broken"
                self.stdout.write(f"{source.name} ({source.licence}): {state}")
