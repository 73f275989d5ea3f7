"""Settings read from environment variables; what is missing or wrong is named, all of it at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import embedded


@dataclass(frozen=True)
class Variable:
    """A setting that was asked for; ``default`` is None where it must be set."""

    name: str
    what: str
    default: str | None


class Environment:
    """Reads variables and gathers what is wrong with them; :meth:`check` raises with the whole list."""

    read: ClassVar[list[Variable]] = []
    """Every variable that was asked for in this process."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values
        self.problems: list[str] = []

    def text(self, name: str, what: str, default: str | None = None, least: int = 0) -> str:
        """The variable ``name``; ``what`` says in words what it is for, ``least`` how long it must be."""
        self.read.append(Variable(name, what, default))
        value = self.values.get(name, "").strip()
        if not value:
            if default is None:
                self.problems.append(f"{name} is not set: {what}")
            return default or ""
        if len(value) < least:
            self.problems.append(f"{name} is too short: {what}")
        return value

    def url(self, name: str, what: str, schemes: tuple[str, ...], default: str | None = None) -> str:
        """A variable that holds a URL with one of ``schemes``."""
        value = self.text(name, what, default)
        if (
            value
            and value != default
            and (urlsplit(value).scheme not in schemes or not (urlsplit(value).netloc or _is_folder(value)))
        ):
            self.problems.append(
                f"{name} is no address that starts with {' or '.join(s + '://' for s in schemes)}: {what}"
            )
        return value

    def check(self) -> None:
        """Raises ImproperlyConfigured with every problem found."""
        if self.problems:
            raise ImproperlyConfigured(
                "Kodeks can't start with these settings:\n  - " + "\n  - ".join(self.problems)
            )


def _is_folder(address: str) -> bool:
    return address.startswith("file:///")


def database_url(url: str) -> dict[str, Any]:
    """A DATABASES entry for postgres://user:password@host:port/name?option=value; without a host, the local
    socket (``?host=/run/postgresql``)."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A page must not wait for a server that is switched off.
        "OPTIONS": {"connect_timeout": "5"} | options,
    }


def database(folder: Path, name: str) -> dict[str, Any]:
    """A DATABASES entry: what KODEKS_DATABASE_URL names, else the embedded PostgreSQL in ``folder``."""
    address = os.environ.get("KODEKS_DATABASE_URL", "")
    return database_url(address) if address else embedded.settings(folder, name)
