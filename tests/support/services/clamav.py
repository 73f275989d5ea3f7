"""ClamAV's daemon, with one signature of our own: that of the test file EICAR, which every scanner knows."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from files.clamav import answers
from tests.support.services.missing import Missing
from tests.support.services.processes import (
    Server,
    free_port,
    start_server,
    temporary_folder,
    unprivileged_user,
)

APT = ("clamav-daemon",)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Kodeks.Test"


@dataclass
class Scanner:
    address: str
    server: Server

    def stop(self) -> None:
        self.server.stop()


def find() -> Path:
    """The program `clamd`. Raises Missing."""
    if program := shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin"):
        return Path(program)
    raise Missing("clamd", "Install it (Debian: apt-get install clamav-daemon).")


def start() -> Scanner:
    user, port = unprivileged_user(), free_port()
    folder = temporary_folder("clamav", user)
    database = folder / "database"
    database.mkdir()
    # The whole file by its hash, and its words anywhere in another file.
    (database / "own.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:{NAME}\n")
    (database / "own.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {database}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\n"
        "AlertExceedsMax yes\nMaxThreads 2\n"
    )
    address = f"tcp://127.0.0.1:{port}"
    command: list[str | Path] = [find(), "--foreground", f"--config-file={settings}"]
    server = start_server(
        "clamd", command, ready=lambda: answers(address), folder=folder, timeout=60, user=user
    )
    return Scanner(address, server)
