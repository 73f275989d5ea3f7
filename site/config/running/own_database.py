"""``kodeks database``: makes the database of KODEKS_DATABASE_URL, with two roles: on this machine, or on the
server of --server or KODEKS_DATABASE_SERVER.

The site's role reads and writes rows. The owner, whom ``deploy/prepare`` uses, has the tables. So the site
can't take the guards away (docs/operators.md).
"""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO
from urllib.parse import quote, unquote, urlsplit

import psycopg
from psycopg import sql

from config.running import init
from config.settings.env import database_url

OWNER = Path("/etc/kodeks/owner.env")
"""Where the owner's address is written; KODEKS_OWNER names another place."""
USE = "kodeks database [--server postgres://superuser@host/postgres]\n"
ROLE = "DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
DATABASE = "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8'"
OWNED = """DO $$ DECLARE one text; BEGIN FOR one IN
SELECT 'TABLE ' || oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace
AND relkind IN ('r', 'p', 'v', 'm') AND relowner <> '{owner}'::regrole
UNION ALL SELECT 'ROUTINE ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
AND proowner <> '{owner}'::regrole
LOOP EXECUTE 'ALTER ' || one || ' OWNER TO {owner}'; END LOOP; END $$"""
"""What another role made before there were two."""
GRANTS = (
    "ALTER DATABASE {name} OWNER TO {owner}",
    "GRANT CREATE ON SCHEMA public TO {owner}",
    OWNED,
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)


def database(arguments: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Gives 0 where it is made, 1 where PostgreSQL refused, 2 for wrong use. May be called again."""
    if not (list(arguments) == [] or (len(arguments) == 2 and arguments[0] == "--server")):
        stderr.write(USE)
        return 2
    site = database_url(os.environ.get("KODEKS_DATABASE_URL", ""))
    if not (site["NAME"] and site["USER"] and site["PASSWORD"]):
        stderr.write("kodeks database: KODEKS_DATABASE_URL names no database, role or password.\n")
        return 1
    owner, path = f"{site['USER']}_owner", Path(os.environ.get("KODEKS_OWNER", OWNER))
    try:
        password = _written_password(path, owner)
    except OSError as problem:
        stderr.write(
            f"kodeks database: {path} can't be written: {problem.strerror}. Nothing was changed. "
            "Run this as root, or name another file in KODEKS_OWNER.\n"
        )
        return 1
    names = {"role": site["USER"], "owner": owner, "name": site["NAME"]}
    statements = [
        *(_filled(ROLE, names | {"role": one}) for one in (site["USER"], owner)),
        _with_password(site["USER"], site["PASSWORD"]),
        _with_password(owner, password),
    ]
    server = arguments[1] if arguments else os.environ.get("KODEKS_DATABASE_SERVER", "")
    run = _by_address(server) if server else _by_psql
    try:
        run("postgres", statements)
        if not run(
            "postgres", [sql.SQL("SELECT 1 FROM pg_database WHERE datname = {}").format(site["NAME"])]
        ):
            run("postgres", [_filled(DATABASE, names)])
        run(site["NAME"], [_filled(one, names) for one in GRANTS])
    except (psycopg.Error, subprocess.CalledProcessError, FileNotFoundError) as problem:
        stderr.write(f"kodeks database: {getattr(problem, 'stderr', '') or problem}\n")
        return 1
    stdout.write(
        f"The database {site['NAME']} is ready. {owner} owns its tables, {site['USER']} uses them.\n"
        f"{path} has the password of {owner}. Only its owner can read it.\n"
    )
    return 0


def _written_password(path: Path, owner: str) -> str:
    """The owner's password, which stands in the file: the one of before, or a new one. Raises OSError."""
    known = init.read(path)
    before = urlsplit(known.get("KODEKS_DATABASE_URL", ""))
    is_same = before.password and unquote(before.username or "") == owner
    password = unquote(before.password or "") if is_same else secrets.token_urlsafe(24)
    site = urlsplit(os.environ["KODEKS_DATABASE_URL"])
    place = site.netloc.rpartition("@")[2]
    address = site._replace(netloc=f"{quote(owner, safe='')}:{quote(password, safe='')}@{place}")
    init.write(path, known | {"KODEKS_DATABASE_URL": address.geturl()})
    return password


def _filled(statement: str, names: dict[str, str]) -> sql.Composed:
    return sql.SQL(statement).format(**{key: sql.Identifier(value) for key, value in names.items()})  # type: ignore[arg-type]


def _with_password(role: str, password: str) -> sql.Composed:
    return sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))


def _by_psql(name: str, statements: Sequence[sql.Composed]) -> str:
    """As PostgreSQL's own user of this machine. No password stands in a list of processes."""
    text = "".join(f"{one.as_string(None)};\n" for one in statements)
    command = ["runuser", "-u", "postgres", "--", "psql", "-qtAX", "-v", "ON_ERROR_STOP=1", "-d", name]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd="/")  # noqa: S603
    return done.stdout.strip()


class _by_address:
    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(self, name: str, statements: Sequence[sql.Composed]) -> str:
        answers = []
        with psycopg.connect(self.address, dbname=name, autocommit=True) as server:
            for one in statements:
                cursor = server.execute(one)
                answers += [str(row[0]) for row in cursor.fetchall()] if cursor.description else []
        return "\n".join(answers)
