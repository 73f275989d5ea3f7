"""`manage.py find_citations`: find what every text cites, from the start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from documents.actions.find_citations import find_all


class Command(BaseCommand):
    help = "Finds the citations of every text again. The worker does it by itself after a change."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{find_all():,} citations")
