"""Scripts of this folder, each run in a process of its own on a PostgreSQL database of its own. All are
forked from one process in which Django is ready: its imports, more than half of what such a script takes, are
made once.

The process (``python -m tests.support.workflows.forked``) takes a line of JSON for each run, and answers with
the code that it ended with.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ("at_once", "commented_at_once", "killed", "left_at_once")

Run = Callable[..., subprocess.CompletedProcess[str]]
"""``run(script, *arguments, database=…, files=…)``: ``main`` of a script, or the function that it names after
a dot; ``files`` is the folder for what the site keeps in files."""


@contextmanager
def ready(any_database: str) -> Iterator[Run]:
    """Starts the process; ``any_database`` is the address of one of the cluster, and is not touched."""
    env = {
        **os.environ,
        "KODEKS_DATABASE_URL": any_database,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.support.workflows.forked"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None and server.stdout is not None
    to, answers = server.stdin, server.stdout

    def run(script: str, *arguments: str, database: str, files: Path) -> subprocess.CompletedProcess[str]:
        asked = {"script": script, "arguments": arguments, "database": database, "files": str(files)}
        print(json.dumps(asked), file=to, flush=True)
        code = int(answers.readline())
        said = [(files / name).read_text() for name in ("stdout", "stderr")]
        return subprocess.CompletedProcess([script, *arguments], code, *said)

    try:
        yield run
    finally:
        to.close()
        server.wait(timeout=30)


def main() -> None:
    import django

    django.setup()
    scripts = {name: importlib.import_module(f"tests.support.workflows.{name}") for name in SCRIPTS}
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(asked["database"], Path(asked["files"]))
            code = 1
            try:
                module, _, name = asked["script"].partition(".")
                getattr(scripts[module], name or "main")(*asked["arguments"])
                code = 0
            except BaseException:  # whatever it is, the test must see it
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)  # what is to be done at the end of a process is the first one's
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(database: str, files: Path) -> None:
    """In the new process: its own database, its own files, and what it prints into two of them."""
    from django.conf import settings
    from django.db import connections

    from config.settings.env import database_url

    connections.settings["default"]["NAME"] = database_url(database)["NAME"]
    settings.MEDIA_ROOT = files / "media"
    settings.KODEKS_SEARCH = {"engine": "tantivy", "path": files / "index"}
    for name, stream in (("stdout", sys.stdout), ("stderr", sys.stderr)):
        opened = os.open(files / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, stream.fileno())


if __name__ == "__main__":
    main()
