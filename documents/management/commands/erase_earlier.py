"""Erases the words of a section's earlier versions, after case data was removed from it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from documents.actions.erase_earlier import erase_earlier
from documents.actions.errors import ActionError
from documents.models import Edition
from people.models import User


class Command(BaseCommand):
    help = "Erases all but the present text of a section of a draft, after case data was removed from it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", type=int, help="number in the address of the draft: /desk/NUMBER/")
        parser.add_argument("section", type=UUID, help="in the address of the section: /s/SECTION/")
        parser.add_argument("language", help="in the address of the section, such as mk")
        parser.add_argument("--by", required=True, help="address of the operator who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email=options["by"]).first()
        edition = Edition.objects.filter(pk=options["edition"]).first()
        if by is None or edition is None:
            raise CommandError("There is no such person or no such draft.")
        if options["language"] not in edition.instrument.languages:
            raise CommandError("The document does not have this language.")
        try:
            count = erase_earlier(by, edition, str(options["section"]), options["language"])
        except Http404 as problem:
            raise CommandError("Only an operator can do this.") from problem
        except ActionError as problem:
            raise CommandError(problem.message) from problem
        self.stdout.write(f"Erased in {count} changes. Backups still contain the words: docs/case-data.md")
