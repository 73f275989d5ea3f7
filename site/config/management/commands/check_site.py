"""``kodeks check``: what is wrong with an installation, and what to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.running.site_checks import Advice, look


class Command(BaseCommand):
    help = "Says what is wrong with an installation, and what to do."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        for name, found in look():
            self.stdout.write(f"{name}: {'ok' if not found else ''}".rstrip())
            for one in found:
                text = f"advice: {one.text}" if isinstance(one, Advice) else one
                self.stdout.write(f"  {text}")
            if any(not isinstance(one, Advice) for one in found):
                wrong.append(name)
        if wrong:
            raise CommandError(f"Not everything works: {', '.join(wrong)}.")
        self.stdout.write("Everything works.")
