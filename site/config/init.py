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

from django.core.exceptions import ImproperlyConfigured

from config.settings.env import Environment, Variable

ROOT = Path(__file__).resolve().parents[2]
SECRET = re.compile("SECRET|PASSWORD|TOKEN")
USE = "kodeks init FILE\n\nAsks for every setting and writes FILE. Enter leaves what stands in brackets.\n"


def init(arguments: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Gives 0 where the settings are complete, 1 where some are missing or wrong, 2 for wrong use."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        stderr.write(USE)
        return 2
    path = Path(arguments[0])
    known = read(path)
    values: dict[str, str] = {}
    for variable in variables():
        default = known.get(variable.name, _default(variable))
        shown = _shown(variable.name, default, variable.name in known)
        stdout.write(f"\n{variable.what or variable.name}\n{variable.name} [{shown}]: ")
        stdout.flush()
        if answer := stdin.readline().strip() or default:
            values[variable.name] = answer
    write(path, values)
    problems = check(values)
    stdout.write(f"\n{path} is written. Only its owner can read it.\n{problems}")
    return 1 if problems else 0


def variables() -> list[Variable]:
    """What the production settings read, in their order."""
    Environment.read.clear()
    sys.modules.pop("config.settings.production", None)
    with suppress(ImproperlyConfigured):  # nothing is set yet: what is missing is what is asked for
        import config.settings.production  # noqa: F401
    return list({variable.name: variable for variable in Environment.read}.values())


def _default(variable: Variable) -> str:
    if variable.name == "KODEKS_SECRET_KEY":
        return secrets.token_urlsafe(48)
    return variable.default or ""


def _shown(name: str, value: str, is_stored: bool) -> str:
    """What the brackets say: nothing secret, for a terminal and its log may be read by others."""
    is_secret = SECRET.search(name) or ("://" in value and "@" in value)
    return value if not value or not is_secret else "as it is" if is_stored else "a new one"


def read(path: Path) -> dict[str, str]:
    """The settings of a file that :func:`write` wrote; none where there is no file."""
    if not path.exists():
        return {}
    lines = [line.partition("=") for line in path.read_text("utf-8").splitlines() if "=" in line]
    return {name: value.strip('"').replace('\\"', '"').replace("\\\\", "\\") for name, _, value in lines}


def write(path: Path, values: dict[str, str]) -> None:
    """As systemd and compose read it. Nobody but the owner may read the file."""
    quoted = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in values.items()}
    text = "".join(f'{name}="{value}"\n' for name, value in quoted.items())
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
