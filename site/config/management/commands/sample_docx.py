"""Writes a demonstration's document as a Word file of the kind that ministries send."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.demo.instruments import sources
from documents.word.sample import ministry_docx


class Command(BaseCommand):
    help = "Writes the demonstration's procedures as Word files, with automatic numbers, tables and notes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="where the files go")
        parser.add_argument("--document", default="mk-sop", help="a folder of documents/demo")
        parser.add_argument("--edition", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        folder.mkdir(parents=True, exist_ok=True)
        source = next(s for s in sources() if s.folder == options["document"])
        for language in source.languages:
            path = folder / f"{source.folder}-{options['edition']}-{language}.docx"
            path.write_bytes(ministry_docx(source.tree(options["edition"], language)))
            self.stdout.write(str(path))
