"""``kodeks proxy``: prints the file for Caddy or nginx with the two names of this installation."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
FILES = {"caddy": DEPLOY / "caddy" / "Caddyfile", "nginx": DEPLOY / "nginx" / "kodeks.conf"}
UPSTREAMS = (
    ("KODEKS_OFFICE_UPSTREAM", "KODEKS_BIND", "127.0.0.1:8000"),
    ("KODEKS_PUBLIC_UPSTREAM", "KODEKS_PUBLIC_BIND", "127.0.0.1:8001"),
)
BUFFERS = re.compile(r"\{\$KODEKS_BUFFERS:request_buffers (\w+)\}")
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
    for name, variable, default in UPSTREAMS:
        values[name] = os.environ.get(variable, default).partition(",")[0]
    text = BUFFERS.sub(_buffers, FILES[arguments[0]].read_text("utf-8"))
    for name, value in values.items():
        host = urlsplit(value).hostname or ""
        text = text.replace(f"{{${name}}}", value).replace(f"{{${name.replace('_URL', '_HOST')}}}", host)
    stdout.write(text)
    return 0


def _buffers(default: re.Match[str]) -> str:
    """The directive as the Caddy of this machine writes it: Debian's has an older name for it."""
    caddy = shutil.which("caddy")
    version = subprocess.run([caddy, "version"], capture_output=True, text=True).stdout if caddy else ""  # noqa: S603
    found = re.match(r"v?(\d+)\.(\d+)\.(\d+)", version)
    is_old = found is not None and tuple(map(int, found.groups())) < (2, 6, 3)
    size = default.group(1)
    return f"buffer_requests\n\tmax_buffer_size {size}" if is_old else f"request_buffers {size}"
