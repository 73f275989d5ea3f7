"""``kodeks check_upgrade``: what stands against bringing the database to this release, for deploy/prepare."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError

from config.running import upgrade_checks


class Command(BaseCommand):
    help = "Says what stands against bringing the database to this release, and changes nothing."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = list(upgrade_checks.problems())
        except OperationalError as problem:
            found = [f"The database does not answer: {str(problem).strip()}"]
        for one in found:
            self.stderr.write(one)
        if found:
            sys.exit(1)
