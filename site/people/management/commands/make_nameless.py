"""Takes the name and the address of somebody who has left out of Kodeks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from people.actions.make_nameless import StillHere, make_nameless
from people.models import User


class Command(BaseCommand):
    help = "Removes name and address of a person who has left; what they did stays in the audit trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--by", required=True, help="address of the operator who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        people = {
            user.email: user for user in User.objects.filter(email__in=[options["email"], options["by"]])
        }
        if set(people) != {options["email"], options["by"]}:
            raise CommandError("There is no person with one of these addresses.")
        try:
            make_nameless(people[options["by"]], people[options["email"]])
        except Http404 as problem:
            raise CommandError("Only an operator can do this.") from problem
        except StillHere as problem:
            raise CommandError("End the person's roles first, on the page People.") from problem
        self.stdout.write("Done. The audit trail holds as before: kodeks verify_audit")
