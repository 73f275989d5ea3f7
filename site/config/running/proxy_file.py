"""``kodeks proxy``: prints the file for Caddy or nginx with the two names of this installation."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
FILES = {"caddy": DEPLOY / "caddy" / "Caddyfile", "nginx": DEPLOY / "nginx" / "kodeks.conf"}
USE = (
    "kodeks proxy caddy|nginx\n\nPrints the file with the names of KODEKS_PUBLIC_URL and KODEKS_OFFICE_URL.\n"
)


def proxy(arguments: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Gives 0, 1 where the settings name no addresses, 2 for wrong use."""
    if len(arguments) != 1 or arguments[0] not in FILES:
        stderr.write(USE)
        return 2
    values = {f"KODEKS_{name}_URL": os.environ.get(f"KODEKS_{name}_URL", "") for name in ("PUBLIC", "OFFICE")}
    if not all(values.values()):
        stderr.write("kodeks proxy: KODEKS_PUBLIC_URL or KODEKS_OFFICE_URL is not set.\n")
        return 1
    values["KODEKS_UPSTREAM"] = os.environ.get("KODEKS_BIND", "127.0.0.1:8000").partition(",")[0]
    text = FILES[arguments[0]].read_text("utf-8")
    for name, value in values.items():
        host = urlsplit(value).hostname or ""
        text = text.replace(f"{{${name}}}", value).replace(f"{{${name.replace('_URL', '_HOST')}}}", host)
    stdout.write(text)
    return 0
