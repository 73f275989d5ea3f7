"""Kodeks with the production settings, on a PostgreSQL, an Elasticsearch, a storage and a mail server of its
own, each of which can be killed at any moment and started again."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from config import embedded
from tests.support.services import elasticsearch, postgres, production, smtp, storage
from tests.support.services.processes import temporary_folder
from tests.support.services.production import Production


@dataclass
class Battered:
    """``nodes``: of Elasticsearch."""

    kodeks: Production
    cluster: Path
    nodes: list[elasticsearch.Elasticsearch]
    turn: int = field(default=0)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, once it answers."""
        end = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(self.kodeks.env["KODEKS_DATABASE_URL"], connect_timeout=5) as own:
                    return own.execute(query, values).fetchall()  # type: ignore[arg-type]
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def one(self, query: str, *values: object) -> Any:
        return self.rows(query, *values)[0][0]

    def shell(self, script: str, timeout: float = 600) -> Any:
        """What a script prints last, as JSON, on the site's database."""
        printed = self.kodeks.manage("shell", "-v", "0", "-c", script, timeout=timeout)
        return json.loads(printed.strip().splitlines()[-1])

    def kill(self, what: str, rest: float) -> Callable[[], None]:
        """Ends it as a power cut does, and gives what brings it back; a storage is away for ``rest``
        seconds."""
        self.turn += 1
        return {
            "web": self._kill_web,
            "worker": self._kill_worker,
            "database": self._kill_database,
            "search": self._kill_search,
            "storage": lambda: self._hang_storage(rest),
        }[what]()

    def _server(self, name: str) -> Any:
        return next(one for one in self.kodeks.servers if one.name == name)

    def _kill_web(self) -> Callable[[], None]:
        """By turns one process, which gunicorn replaces, and all, which systemd starts again."""
        server = self._server("site")
        if self.turn % 2:
            os.kill(children(server.process.pid)[0], signal.SIGKILL)
            return lambda: None
        server.kill()
        return lambda: self._start_again(self.kodeks.start_site)

    def _kill_worker(self) -> Callable[[], None]:
        self._server("worker").kill()
        return lambda: self._start_again(self.kodeks.start_worker)

    @staticmethod
    def _start_again(start: Callable[[], object]) -> None:
        """As systemd does, after RestartSec."""
        time.sleep(2)
        start()

    def _kill_database(self) -> Callable[[], None]:
        """By turns one of its processes, after which it ends the others and recovers, and all."""
        master = int((self.cluster / "postmaster.pid").read_text().split()[0])
        every = children(master)
        if self.turn % 2:
            os.kill(every[-1], signal.SIGKILL)
            return lambda: None
        for process in (master, *every):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

        def again() -> None:
            time.sleep(2)
            embedded.start.cache_clear()
            embedded.start(self.cluster)

        return again

    def _kill_search(self) -> Callable[[], None]:
        node = self.nodes[self.turn % len(self.nodes)]
        node.server.kill()
        return node.restart

    def _hang_storage(self, rest: float) -> Callable[[], None]:
        """It takes connections and answers none: worse than one that is not there."""
        server = self.kodeks.storage.server
        os.killpg(server.process.pid, signal.SIGSTOP)
        end = time.monotonic() + rest

        def again() -> None:
            time.sleep(max(0.0, end - time.monotonic()))
            os.killpg(server.process.pid, signal.SIGCONT)

        return again


def children(process: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(number) for number in listed.stdout.split()]


@contextmanager
def battered(nodes: int, own: dict[str, str]) -> Iterator[Battered]:
    """Started with so many nodes of Elasticsearch; ``own``: more variables of the environment."""
    folder, stops = temporary_folder("battered"), contextlib.ExitStack()
    with stops:
        host = embedded.start(folder / "postgres")
        stops.callback(stop_database, folder / "postgres")
        embedded.create(host, "kodeks")
        _fill(embedded.url(host, "kodeks"))
        store, mailbox = storage.start(), smtp.start()
        stops.callback(store.stop)
        stops.callback(mailbox.stop)
        search = elasticsearch.start_cluster(nodes) if nodes > 1 else [elasticsearch.start()]
        for node in search:
            stops.callback(node.stop)
        known = {"KODEKS_PAGES": str(folder / "pages"), "KODEKS_SEARCH_SPARE": str(folder / "spare")}
        kodeks = production.start(
            database_url=embedded.url(host, "kodeks"),
            search_url=",".join(node.url for node in search),
            storage=store,
            mailbox=mailbox,
            own=known | {"KODEKS_SEARCH_REPLICAS": "1" if nodes > 1 else "0"} | own,
            migrated=True,
        )
        stops.callback(kodeks.stop)
        yield Battered(kodeks, folder / "postgres", search)


def _fill(address: str) -> None:
    """With the tables of the tests' own server, which are made already."""
    made = postgres.start().new_database()
    with subprocess.Popen([postgres.program("pg_dump"), "--no-owner", made], stdout=subprocess.PIPE) as dump:
        into: list[str | Path] = [
            postgres.program("psql"),
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-o",
            "/dev/null",
            address,
        ]
        subprocess.run(into, stdin=dump.stdout, check=True)


def stop_database(cluster: Path) -> None:
    running = cluster / "postmaster.pid"
    if running.exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(running.read_text().split()[0]), signal.SIGQUIT)
