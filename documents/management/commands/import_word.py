"""Imports a Word file: ``manage.py import_word FILE --instrument mk/sop --language mk``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from documents.actions.errors import ActionError
from documents.actions.import_word import Decided, ImportOutcome, import_word
from documents.actions.replace_text import WouldReplace
from documents.choices import State
from documents.editions.text_storage import load_outline
from documents.management.who import person
from documents.models import Edition
from documents.word.read.report import Severity
from people.models import User

TITLES = {Severity.LEFT_OUT: "Left out", Severity.CHANGED: "Converted", Severity.KEPT: "Kept"}


class Command(BaseCommand):
    help = "Takes a Word file in as the text of a draft and prints what became of everything in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a .docx file")
        parser.add_argument(
            "--instrument", required=True, metavar="COUNTRY/ADDRESS", help="for example mk/sop"
        )
        parser.add_argument("--language", required=True, help="the language of the file, for example mk")
        parser.add_argument("--edition", type=int, help="the number of the draft (the draft that there is)")
        parser.add_argument(
            "--replace", action="store_true", help="the file may take the place of the text that is there"
        )
        parser.add_argument("--by", metavar="E-MAIL", help="who takes it in (the owner's first coordinator)")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = self._edition(options["instrument"], options["edition"])
        by = person(options["by"], edition.instrument.owner_id)
        path = Path(options["file"])
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise CommandError(f"{path} can't be read: {problem.strerror}") from problem
        try:
            outcome = self._take_in(by, edition, options["language"], data, path.name, options["replace"])
        except Http404:
            raise CommandError(f"{by.email} may not write this draft in {options['language']}.") from None
        except LookupError:
            raise CommandError(f"No texts are kept in {options['language']}.") from None
        except ActionError as problem:
            raise CommandError(problem.message) from problem
        count = len(load_outline(edition, edition.instrument.source_language))
        self.stdout.write(
            f"{edition.instrument.path}, edition {edition.number}, {options['language']}: {count} sections"
        )
        for severity in (Severity.LEFT_OUT, Severity.CHANGED, Severity.KEPT):
            findings = outcome.report.of(severity)
            if findings:
                self.stdout.write(f"{TITLES[severity]}:")
            for finding in findings:
                self.stdout.write(f"  {finding.count:5} x {finding.text_en}")
                for place in finding.places:
                    self.stdout.write(f"          {place}")

    def _take_in(
        self, by: User, edition: Edition, language: str, data: bytes, name: str, may_replace: bool
    ) -> ImportOutcome:
        try:
            return import_word(by, edition, language, data, name)
        except WouldReplace as refusal:
            if not may_replace:
                raise CommandError(f"{refusal.message} Say --replace to take it in.") from refusal
            return import_word(by, edition, language, data, name, Decided(refusal.replacement.expected))

    def _edition(self, address: str, number: int | None) -> Edition:
        country, _slash, slug = address.partition("/")
        found = Edition.objects.filter(instrument__country=country, instrument__slug=slug).select_related(
            "instrument__owner"
        )
        if not found.exists():
            raise CommandError(f"There is no document at {address}.")
        chosen = found.filter(number=number) if number else found.filter(state=State.DRAFT)
        edition = chosen.first()
        if edition is None:
            raise CommandError(
                f"{address} has no edition {number}." if number else f"{address} has no draft."
            )
        return edition
