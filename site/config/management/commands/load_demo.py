"""Fills an empty Kodeks with the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.demo.clock import clock_at, moment_of
from config.demo.instruments import sources
from config.demo.people import load_people
from config.demo.schedule import Story, first_day, run
from config.demo.tiles import load_tiles
from directory.demo import load_services
from materials.demo import order_materials
from outreach.demo import load_counts
from public.demo import load_campaigns, load_situations
from recordings.demo import load_recordings


class Command(BaseCommand):
    help = "Loads the demonstration's people, documents, reviews and campaign, where they are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KODEKS_DEMO:
            raise CommandError("These settings are not those of the demonstration.")
        try:
            for line in load_everything():
                if not options["quiet"]:
                    self.stdout.write(line)
        except LookupError as problem:
            message = f"{problem}. Is var/ of an older Kodeks? Delete it and start again."
            raise CommandError(message) from problem


def load_everything() -> Iterator[str]:
    """Loads what is not there yet; gives a line for each thing done."""
    today = timezone.localdate()
    stories = [Story(source, {}, today) for source in sources()]
    with clock_at(moment_of(first_day(stories))):
        people = load_people()
    yield f"{len(people)} people"
    stories = [replace(story, people=people) for story in stories if not story.known]
    yield from run(stories)
    yield f"{load_tiles()} tiles of the first page"
    pages = load_campaigns()
    load_services()
    load_situations()
    yield f"{load_recordings()} recordings, read by a machine"
    yield f"{order_materials()} posters and cards, which the worker makes"
    yield f"{load_counts()} counts of weeks and sheets, made up"
    yield f"{len(pages)} pages of campaigns"
