"""The lists that signatures are checked against, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.actions.errors import ActionError
from documents.actions.trust_lists import import_list, remove_list
from documents.models import TrustList


class Command(BaseCommand):
    help = "Imports, lists and removes what the signatures of papers are checked against."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="do", required=True)
        reads = commands.add_parser("import", help="a trusted list (XML), certificates (PEM), or a CRL")
        reads.add_argument("file", type=Path)
        reads.add_argument(
            "--operator", type=Path, metavar="CERTIFICATE", help="whose signature the trusted list must have"
        )
        commands.add_parser("list", help="the lists in use")
        removes = commands.add_parser("remove", help="stops trusting a list")
        removes.add_argument("id", type=int, help="its number, by: kodeks trust list")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["do"]:
            case "import":
                self._import(options["file"], options["operator"])
            case "remove":
                one = TrustList.objects.filter(pk=options["id"]).first()
                if one is None:
                    raise CommandError("There is no such list.")
                remove_list(None, one)
                self.stdout.write(f"Removed: {one}")
            case _:
                for one in TrustList.objects.all():
                    until = f", valid until {one.until:%Y-%m-%d}" if one.until else ""
                    verified = f", signed by {one.signed_by}" if one.signed_by else ""
                    self.stdout.write(f"{one.pk}  {one}: {one.kind}, {one.services}{until}{verified}")

    def _import(self, file: Path, operator: Path | None) -> None:
        try:
            one = import_list(None, file.read_bytes(), operator.read_bytes() if operator else b"")
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}") from problem
        except ActionError as problem:
            raise CommandError(problem.message) from problem
        verified = f"signed by {one.signed_by}" if one.signed_by else "its signature is not verified"
        self.stdout.write(f"Imported: {one} ({one.services} entries, {verified}).")
