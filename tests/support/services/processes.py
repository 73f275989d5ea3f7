"""Start a server as a child process, wait until it answers, and end it with everything it started.

Every process started here is ended when the test run ends, in the reverse order of starting.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict


def free_port() -> int:
    """A port on this machine that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged_user() -> pwd.struct_passwd | None:
    """Who runs the servers that refuse to run as root, or None where we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("Neither a user 'postgres' nor a user 'nobody' exists on this machine.")


class Identity(TypedDict, total=False):
    """The arguments of subprocess that make a process somebody else's."""

    user: int
    group: int
    extra_groups: list[int]


def identity(user: pwd.struct_passwd | None) -> Identity:
    """What to give subprocess so that `user` runs the process; nothing for None."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def temporary_folder(name: str, owner: pwd.struct_passwd | None = None) -> Path:
    """A new folder outside the checkout, removed at exit. `owner` gets it where a server runs as somebody
    else."""
    folder = Path(tempfile.mkdtemp(prefix=f"kodeks-{name}-"))
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@dataclass
class Server:
    """A running child process. `stop()` may be called more than once."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    _stopped: bool = field(default=False, repr=False)

    def output(self, characters: int = 3000) -> str:
        """The end of what the server printed."""
        return self.log.read_text(errors="replace")[-characters:] if self.log.exists() else ""

    def kill(self) -> None:
        """End the server as a power cut would: at once, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self, timeout: float = 15) -> None:
        """End the server and its children: asked first, then killed after `timeout` seconds."""
        if self._stopped:
            return
        self._stopped = True
        atexit.unregister(self.stop)
        for how, patience in ((signal.SIGTERM, timeout), (signal.SIGKILL, 10.0)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
                break
        # A child that outlived its parent is still in the group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def start_server(
    name: str,
    command: Sequence[str | os.PathLike[str]],
    *,
    ready: Callable[[], bool],
    folder: Path,
    timeout: float,
    env: Mapping[str, str] | None = None,
    user: pwd.struct_passwd | None = None,
    cwd: Path | None = None,
) -> Server:
    """Start `command` and wait until `ready()` is true.

    Raises RuntimeError, with the end of the server's output, when it ends early or is not ready after
    `timeout` seconds.
    """
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [os.fspath(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(os.environ if env is None else env),
            cwd=cwd or folder,
            start_new_session=True,
            **identity(user),
        )
    server = Server(name, process, log)
    atexit.register(server.stop)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if process.poll() is not None:
            server.stop()
            raise RuntimeError(f"{name} ended with code {process.returncode}:\n{server.output()}")
        if ready():
            return server
        time.sleep(0.2)
    server.stop()
    raise RuntimeError(f"{name} did not answer within {timeout:.0f} seconds:\n{server.output()}")


def answers(port: int) -> bool:
    """Whether something accepts connections on a local port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        return True
    return False
