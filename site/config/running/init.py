"""``kodeks init FILE``: asks for the settings of an installation and writes them as one environment file."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.env import Environment, Variable

ROOT = Path(__file__).resolve().parents[3]
SECRET = re.compile("SECRET|PASSWORD|TOKEN")
USE = (
    "kodeks init FILE [OWNER]\n\nAsks for every setting and writes FILE. Enter takes what stands in "
    "brackets, a minus sign leaves the setting out. For containers, OWNER gets what their database "
    "alone may know.\n"
)
SUGGESTED = {
    "KODEKS_SEARCH_URL": "file://{KODEKS_DATA}/index",
    "KODEKS_FILES": "{KODEKS_DATA}/files",
    "KODEKS_SMTP_URL": "smtp://localhost:25",
    "KODEKS_BACKUP": "/srv/backups",
}
"""What one machine needs on which nothing else runs."""


def init(arguments: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Gives 0 where the settings are complete, 1 where some are missing or wrong, 2 for wrong use."""
    if len(arguments) not in (1, 2) or any(one.startswith("-") for one in arguments):
        stderr.write(USE)
        return 2
    path = Path(arguments[0])
    known = read(path)
    values: dict[str, str] = {}
    for variable in variables():
        if variable.name.startswith("KODEKS_S3_") and values.get("KODEKS_FILES"):
            continue
        default = known.get(variable.name, _default(variable, values, is_new=not known))
        shown = _shown(variable.name, default, variable.name in known)
        question = f"{variable.name} [{shown}]: "
        stdout.write(f"\n{variable.what or variable.name}\n{question}")
        answer = _line(stdin, stdout) or default
        if not answer and variable.default is None:
            stdout.write(f"Kodeks can't start without it.\n{question}")
            answer = _line(stdin, stdout)
        if answer and answer != "-":
            values[variable.name] = answer
    values |= {name: value for name, value in known.items() if name.startswith("KODEKS_OIDC_")}
    # For compose, where the database has another address and the site's role the same password.
    if password := urlsplit(values.get("KODEKS_DATABASE_URL", "")).password:
        values["DATABASE_PASSWORD"] = unquote(password)
    write(path, values)
    for owner in map(Path, arguments[1:]):
        if not owner.exists():
            write(owner, _superuser())
    problems = check(values)
    stdout.write(f"\n{path} is written. Only its owner can read it.\n{problems}")
    return 1 if problems else 0


def _line(stdin: TextIO, stdout: TextIO) -> str:
    stdout.flush()
    return stdin.readline().strip()


def variables() -> list[Variable]:
    """What the production settings read, in their order."""
    Environment.read.clear()
    sys.modules.pop("config.settings.production", None)
    with suppress(ImproperlyConfigured):  # nothing is set yet: what is missing is what is asked for
        import config.settings.production  # noqa: F401
    return list({variable.name: variable for variable in Environment.read}.values())


def _default(variable: Variable, values: dict[str, str], *, is_new: bool) -> str:
    if variable.name == "KODEKS_SECRET_KEY":
        return secrets.token_urlsafe(48)
    if variable.name == "KODEKS_DATABASE_URL":
        return f"postgres://kodeks:{secrets.token_urlsafe(24)}@localhost:5432/kodeks"
    suggested = SUGGESTED.get(variable.name, "").format_map({"KODEKS_DATA": ""} | values) if is_new else ""
    return variable.default or suggested


def _superuser() -> dict[str, str]:
    """Of the PostgreSQL of compose.yaml. The site never reads it: web and worker are not given this file."""
    password = secrets.token_urlsafe(24)
    server = f"postgres://postgres:{password}@database/postgres"
    return {"POSTGRES_PASSWORD": password, "KODEKS_DATABASE_SERVER": server}


def _shown(name: str, value: str, is_stored: bool) -> str:
    """What the brackets say: nothing secret, for a terminal and its log may be read by others."""
    is_secret = SECRET.search(name) or ("://" in value and "@" in value)
    return value if not value or not is_secret else "as it is" if is_stored else "a new one"


def read(path: Path) -> dict[str, str]:
    """The settings of a file that :func:`write` wrote; none where there is no file."""
    if not path.exists():
        return {}
    lines = [line.partition("=") for line in path.read_text("utf-8").splitlines() if "=" in line]
    return {name: _unquoted(value) for name, _, value in lines}


def _quoted(value: str) -> str:
    """As systemd, compose and a shell read it alike."""
    if "'" not in value:
        return f"'{value}'"
    return '"' + re.sub(r'(["\\$`])', r"\\\1", value) + '"'


def _unquoted(value: str) -> str:
    if value[:1] == "'":
        return value[1:-1]
    return re.sub(r'\\(["\\$`])', r"\1", value[1:-1]) if value[:1] == '"' else value


def write(path: Path, values: dict[str, str]) -> None:
    """Nobody but the owner may read the file."""
    text = "".join(f"{name}={_quoted(value)}\n" for name, value in values.items())
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.touch(0o600)
    part.chmod(0o600)
    part.write_text(text, "utf-8")
    part.replace(path)


def check(values: dict[str, str]) -> str:
    """What is wrong with these settings, in words; empty where nothing is."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("KODEKS_")}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=ROOT / "site",
        env=others | values,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.rpartition("ImproperlyConfigured: ")[2] if done.returncode else ""
