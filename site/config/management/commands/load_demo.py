"""Fills an empty Kodeks with the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.instruments import load_first_edition, load_next_draft, sources
from config.demo.people import load_people
from config.demo.reviews import leave_running, run_to_the_end
from documents.choices import State
from public.demo import load_campaign


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


def load_everything() -> Iterator[str]:
    """Loads what is not there yet; gives a line for each thing done."""
    people = load_people()
    yield f"{len(people)} people"
    for source in sources():
        first = load_first_edition(source)
        if first is None:
            continue
        yield f"{first.instrument.path}, edition 1"
        if len(source.data["edition"]) > 1:
            draft = load_next_draft(source, first)
            yield f"{draft.instrument.path}, edition {draft.number}"
            state = source.data["edition"][1]["state"]
            if state == State.IN_FORCE:
                run_to_the_end(source, draft)
            elif state == State.IN_REVIEW:
                leave_running(source, draft, people)
    pages = load_campaign()
    yield f"campaign in {len(pages)} languages"
