"""Everything for a first look, on one machine, with an embedded PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config import catalogues, embedded
from config.demo.people import FOLDER, PASSWORD, read_people
from search.factory import analyser
from search.glossary.dictionary import is_built

ROOT = Path(settings.ROOT)
MANAGE = (sys.executable, "manage.py")
WORD = FOLDER / "word"
"""Word files to try the import with."""


def address() -> str:
    """The database that this process uses, for those that it starts."""
    if named := os.environ.get("KODEKS_DATABASE_URL"):
        return named
    connection.ensure_connection()
    return embedded.url(Path(connection.settings_dict["HOST"]), connection.settings_dict["NAME"])


class Command(BaseCommand):
    help = "Sets the demonstration up where it is not yet, and runs the site and the worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--set-up-only", action="store_true", help="set up, start nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KODEKS_DEMO:
            raise CommandError("These settings are not those of the demonstration.")
        self.set_up()
        if options["set_up_only"]:
            return
        processes = [self.start(*self.site()), self.start(*MANAGE, "work")]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            self.wait_for(f"{settings.OFFICE_BASE_URL}/readyz", processes[0])
            self.say_where()
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
            raise CommandError("The site or the worker stopped; what it said stands above.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopped. What you changed is kept in var/.")
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=20)

    def set_up(self) -> None:
        catalogues.compile_all()
        call_command("migrate", verbosity=0)
        # Half a minute of a second core, once: meanwhile the content is loaded.
        tables, folders = settings.KODEKS_TABLES, settings.KODEKS_DICTIONARIES
        built = analyser().has_tables() and is_built(tables, analyser(), folders)
        dictionaries = None if built else self.start(*MANAGE, "build_tables", "-v0")
        if dictionaries:
            self.stdout.write("Compiling the dictionaries of the search (once)")
        call_command("load_demo", stdout=self.stdout)
        if dictionaries and dictionaries.wait() != 0:
            raise CommandError("The dictionaries could not be compiled; what was said stands above.")
        call_command("rebuild_index", if_needed=True, stdout=self.stdout)

    def site(self) -> list[str]:
        config = ("--config", "deploy/gunicorn.py", "--log-level", "warning")
        return [sys.executable, "-m", "gunicorn", *config, "config.wsgi"]

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        addresses = (settings.PUBLIC_BASE_URL, settings.OFFICE_BASE_URL)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.demo"),
            "KODEKS_DATABASE_URL": address(),
            "KODEKS_BIND": ",".join(f"127.0.0.1:{urlsplit(address).port}" for address in addresses),
            "KODEKS_WORKERS": "1",
            "KODEKS_THREADS": "8",
        }
        return subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603

    def wait_for(self, url: str, process: subprocess.Popen[bytes]) -> None:
        for _ in range(240):
            if process.poll() is not None:
                raise CommandError("The site did not start; what it said stands above.")
            try:
                with urllib.request.urlopen(url, timeout=2):  # noqa: S310  (our own address)
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.25)
        raise CommandError("The site did not answer within a minute.")

    def say_where(self) -> None:
        say = self.stdout.write
        say("")
        say(f"  Office, sign in:   {settings.OFFICE_BASE_URL}/")
        say(f"  Public site:       {settings.PUBLIC_BASE_URL}/")
        say(f"  Wagtail's admin:   {settings.OFFICE_BASE_URL}/admin/  (operator, publisher)")
        say("")
        say(f"  Word files to take in: {WORD}")
        say("")
        say(f"  Everybody's password: {PASSWORD}")
        say("  The page that asks for a second code shows it.")
        seen = set()
        for person in read_people()["person"]:
            for membership in person["memberships"]:
                if membership["role"] not in seen:
                    seen.add(membership["role"])
                    say(f"  {membership['role'].replace('_', ' '):<17}  {person['email']}")
        say("")
        say("  Stop with Ctrl+C.")
