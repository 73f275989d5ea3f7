"""Fills an empty Kodeks with the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.load import load_everything


class Command(BaseCommand):
    help = "Loads the demonstration's people, documents, reviews and campaign, where they are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KODEKS_DEMO:
            raise CommandError("These settings are not those of the demonstration.")
        for line in load_everything():
            if not options["quiet"]:
                self.stdout.write(line)
