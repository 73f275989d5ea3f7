"""The worker that stands beside the site."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.running.logs import log_what_ends_it
from config.running.worker import jobs, work


class Command(BaseCommand):
    help = "Runs the worker: mails, background tasks, search index, reminders, texts that come into force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        log_what_ends_it()
        going = [True]

        def stop(*_: object) -> None:
            going[0] = False

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

        def keep_on() -> bool:
            now, going[0] = going[0], going[0] and not options["once"]
            return now

        work(jobs(), keep_on)
