"""A PostgreSQL cluster of our own, in a temporary folder, on a free local port."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.services.missing import Missing
from tests.services.processes import (
    Server,
    free_port,
    identity,
    start_server,
    temporary_folder,
    unprivileged_user,
)

APT = ("postgresql",)


def find() -> Path:
    """The folder with initdb and postgres. Raises Missing."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("initdb")
    # Debian links single programs into a folder of their own: the real folder has the ones beside them too.
    folders = [Path(on_path).resolve().parent, *installed] if on_path else installed
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Missing(
        "PostgreSQL (initdb and postgres)",
        "Install it (Debian: apt-get install postgresql), or put its bin folder on the PATH.",
    )


@dataclass(frozen=True)
class Postgres:
    """A running cluster. Databases are made in it by name."""

    server: Server
    port: int
    password: str

    def url(self, database: str) -> str:
        """The address of one database, as KODEKS_DATABASE_URL takes it."""
        return f"postgresql://kodeks:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self, database: str, template: str = "template1") -> str:
        """Make an empty database, or a copy of ``template``, and give its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(database), sql.Identifier(template)
                )
            )
        return self.url(database)

    def stop(self) -> None:
        self.server.stop()


def start() -> Postgres:
    """Make a cluster and start it. Raises Missing, or RuntimeError when it does not come up."""
    programs = find()
    user = unprivileged_user()
    folder = temporary_folder("postgres", user)
    password = secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(password)
    if user is not None:
        os.chown(secret, user.pw_uid, user.pw_gid)
    secret.chmod(0o600)
    data = folder / "data"
    made = subprocess.run(
        [
            str(programs / "initdb"),
            f"--pgdata={data}",
            "--username=kodeks",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            # Upper and lower case of Cyrillic and of č, ć, ë need a locale that knows them; plain C does not.
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **identity(user),
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
    port = free_port()
    address = f"postgresql://kodeks:{password}@127.0.0.1:{port}/postgres"

    def ready() -> bool:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
        # The cluster is thrown away: nothing of it has to survive a power cut.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "60",
    }
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = start_server(
        "postgres",
        [programs / "postgres", "-D", data, *settings],
        ready=ready,
        folder=folder,
        timeout=60,
        env={**os.environ, "HOME": str(folder)},
        user=user,
    )
    return Postgres(server, port, password)
