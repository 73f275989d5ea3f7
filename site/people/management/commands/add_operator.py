"""The first person of a new Kodeks: an operator, who can then invite everybody else."""

from __future__ import annotations

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

import audit
from people.actions.groups import sync_groups
from people.models import Country, Institution, Membership, User
from people.roles import Role


class Command(BaseCommand):
    help = "Makes a person an operator of an institution; both are entered where they are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="name of the person")
        parser.add_argument("--country", required=True, help="two letters: al ba me mk rs xk")
        parser.add_argument(
            "--country-name", default="", help="in English, where the country is not entered yet"
        )
        parser.add_argument("--institution", required=True, metavar="KEY", help="for example mk-coordinator")
        parser.add_argument("--institution-name", default="", help="in English, where it is not entered yet")
        parser.add_argument("--language", default="en", help="language of e-mails and pages")
        parser.add_argument("--password", help="asked for where it is not given")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        known = User.objects.filter(email=email).first()
        password = None if known else options["password"] or getpass("Password: ")
        if password is not None:
            try:
                validate_password(password)
            except ValidationError as problem:
                raise CommandError(" ".join(problem.messages)) from problem
        with transaction.atomic():
            country, new_country = Country.objects.get_or_create(
                code=options["country"].lower(),
                defaults={"name_en": options["country_name"] or options["country"].upper()},
            )
            institution, new_institution = Institution.objects.get_or_create(
                key=options["institution"],
                defaults={
                    "country": country,
                    "name_en": options["institution_name"] or options["institution"],
                },
            )
            for row, new in ((country, new_country), (institution, new_institution)):
                if new:
                    audit.record(f"save_{row._meta.model_name}", row, None)
            user = known or User.objects.create_user(
                email, password, name=options["name"], language=options["language"]
            )
            membership, created = Membership.objects.active().get_or_create(
                user=user, institution=institution, role=Role.OPERATOR
            )
            sync_groups(user)
            if created:
                audit.record(
                    "add_operator",
                    membership,
                    None,
                    institution=institution.key,
                    to=str(user.actor),
                    address_sha256=user.address_sha256,
                    name_sha256=user.name_sha256(user.name),
                )
        self.stdout.write(f"{email} is an operator of {institution}.")
