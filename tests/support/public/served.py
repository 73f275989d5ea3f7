"""The public host as it is served: gunicorn with two processes, on an own PostgreSQL that can be stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from django.db import connection

from config import embedded
from tests.support.public.fixtures import PUBLIC
from tests.support.services.postgres import program
from tests.support.services.processes import free_port, start_server

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Served:
    """``base``: where it answers; send the Host header of ``client``."""

    base: str
    cluster: Path
    pages: Path
    client: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str) -> requests.Response:
        return self.client.get(self.base + path, timeout=30, allow_redirects=False)

    def stop_database(self) -> None:
        """At once, as a cut does."""
        running = self.cluster / "postmaster.pid"
        if not running.exists():
            return
        postmaster = int(running.read_text().split()[0])
        os.kill(postmaster, signal.SIGQUIT)
        end = time.monotonic() + 20
        while embedded.is_running(postmaster) and time.monotonic() < end:
            time.sleep(0.05)

    def start_database(self) -> Path:
        embedded.start.cache_clear()
        return embedded.start(self.cluster)


@contextmanager
def served(seconds: float = 15.0) -> Iterator[Served]:
    """A copy of the database of this test, in a server of its own; the test must have committed."""
    with tempfile.TemporaryDirectory(prefix="kodeks-served-") as name:
        folder = Path(name)
        site = Served("", folder / "postgres", folder / "pages")
        host = site.start_database()
        try:
            embedded.create(host, "kodeks")
            address = embedded.url(host, "kodeks")
            _copy_to(address)
            site.base = f"http://127.0.0.1:{free_port()}"
            site.client.trust_env = False
            site.client.headers["Host"] = PUBLIC
            server = start_server(
                "public site",
                [Path(sys.executable).with_name("gunicorn"), "--config=deploy/gunicorn.py", "config.wsgi"],
                ready=lambda: _answers(site),
                folder=folder,
                timeout=90,
                env={
                    "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
                    "HOME": name,
                    "DJANGO_SETTINGS_MODULE": "config.settings.test",
                    "KODEKS_DATABASE_URL": address,
                    "KODEKS_PAGES": str(site.pages),
                    "KODEKS_PAGE_SECONDS": str(seconds),
                    "KODEKS_TEST_VAR": name,
                    "KODEKS_BIND": site.base.removeprefix("http://"),
                    "KODEKS_WORKERS": "2",
                },
                cwd=ROOT,
            )
            try:
                yield site
            finally:
                server.stop()
        finally:
            site.stop_database()


def _answers(site: Served) -> bool:
    try:
        return site.get("/readyz").status_code == 200
    except requests.RequestException:
        return False


def _copy_to(address: str) -> None:
    own = connection.settings_dict
    source = f"postgresql://{own['USER']}@/{own['NAME']}?host={own['HOST']}"
    dump = subprocess.Popen([program("pg_dump"), "--no-owner", source], stdout=subprocess.PIPE)
    subprocess.run(
        [program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", address],
        stdin=dump.stdout,
        check=True,
    )
    assert dump.wait() == 0
