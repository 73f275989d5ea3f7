"""``kodeks check``: what is wrong with an installation, and what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, SystemCheckError

from config.status import NEEDS, works

HINTS = {
    "database": "Check KODEKS_DATABASE_URL, and that PostgreSQL runs. Then run deploy/prepare.",
    "storage": "Check KODEKS_S3_BUCKET, the endpoint and the keys.",
    "search": "Check KODEKS_SEARCH_URL. Then run manage.py rebuild_index.",
    "worker": "Start deploy/work.",
    "trail": "The audit trail is empty. Add an operator: manage.py add_operator.",
    "backup": "Set KODEKS_BACKUP, or run kodeks backup.",
}


class Command(BaseCommand):
    help = "Says what is wrong with an installation, and what to do."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        away = [need.name for need in NEEDS if not works(need)]
        for need in NEEDS:
            self.stdout.write(f"{need.name}: {'away. ' + HINTS[need.name] if need.name in away else 'ok'}")
        try:
            get_connection().open()
        except OSError as problem:
            away.append("mail")
            self.stdout.write(f"mail: away ({problem}). Check KODEKS_SMTP_URL.")
        else:
            self.stdout.write(f"mail: ok, from {settings.DEFAULT_FROM_EMAIL}")
        if "database" not in away:
            try:
                call_command("check", databases=["default"], stdout=self.stdout, stderr=self.stderr)
            except SystemCheckError as problem:
                away.append("guards")
                self.stdout.write(str(problem))
        if away:
            raise CommandError(f"Not everything works: {', '.join(away)}.")
        self.stdout.write("Everything works.")
