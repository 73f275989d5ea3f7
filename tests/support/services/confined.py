"""The processes in which Word files are read, forked from one that has imported what they need: as separate,
with the same limits, for a hundredth of the quarter of a second of the processor that each takes to start.

The process (``python -m tests.support.services.confined``) takes a module and its arguments at a socket, with
the two pipes into which the new process writes. Tests with the fixture `started_anew` start each process as a
site does.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator

from documents.word.file import child

MODULES = (
    "documents.comparison.child",
    "documents.signatures.child",
    "documents.word.file.child",
    "documents.word.source_patch.child",
    "documents.word.whole",
    "documents.word.redline.child",
    "documents.word.resolve.child",
    "documents.word.received",
    "documents.word.review.read",
    "documents.word.template.child",
    "workflows.pages.matrix.read_sheet",
)
LATER = (
    "documents.comparison.serialization",
    "documents.comparison.compare",
    "documents.signatures.judge",
    "documents.signatures.still",
    "documents.word.source_patch",
    "documents.word.read.read",
    "documents.word.redline",
    "documents.word.resolve",
    "documents.word.template.read",
    "documents.word.template.write",
)
"""What they import when they begin to work."""
LONGEST = 1 << 16
STARTED = child.in_a_process
"""As a site does it."""
Ended = subprocess.CompletedProcess[bytes]


class Forking:
    """The process, started when it is first asked. ``took``: seconds of the processor in those that it
    forked."""

    def __init__(self) -> None:
        self.took = 0.0
        self._one_starts = threading.Lock()
        self._listens: str | None = None
        self.server: subprocess.Popen[bytes] | None = None

    def _start(self) -> str:
        with self._one_starts:
            if self._listens is None:
                listens = f"\0kodeks-confined-{os.getpid()}-{time.monotonic_ns()}"  # a name without a file
                with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
                    listener.bind(listens)
                    listener.listen(16)
                    command = [
                        sys.executable,
                        "-m",
                        "tests.support.services.confined",
                        str(listener.fileno()),
                    ]
                    self.server = subprocess.Popen(
                        command,
                        cwd=child.ROOT,
                        env=child.ENVIRONMENT,
                        stdin=subprocess.PIPE,
                        pass_fds=[listener.fileno()],
                    )
                self._listens = listens
            return self._listens

    def stop(self) -> None:
        """It ends when nobody can ask any more."""
        if self.server is not None and self.server.stdin is not None:
            self.server.stdin.close()
            self.server.wait(timeout=30)

    def run(self, module: str, arguments: list[str], seconds: float) -> Ended:
        """Runs ``main`` of the module. Raises TimeoutExpired after so many seconds, as `subprocess.run` does."""
        until = time.monotonic() + seconds
        pipes = [os.pipe(), os.pipe()]
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
            asking.connect(self._start())
            socket.send_fds(
                asking, [json.dumps([module, arguments]).encode()], [writing for _reading, writing in pipes]
            )
            for _reading, writing in pipes:
                os.close(writing)
            process = int(asking.recv(LONGEST))
            try:
                written = _read([reading for reading, _writing in pipes], until)
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                raise subprocess.TimeoutExpired(module, seconds) from None
            finally:
                code, took = json.loads(asking.recv(LONGEST))
                self.took += took
                for reading, _writing in pipes:
                    os.close(reading)
        return subprocess.CompletedProcess([module, *arguments], code, *written)


def _read(pipes: list[int], until: float) -> list[bytes]:
    """All that is written into the pipes. Raises TimeoutError."""
    written = {pipe: bytearray() for pipe in pipes}
    with selectors.DefaultSelector() as open_ones:
        for pipe in pipes:
            open_ones.register(pipe, selectors.EVENT_READ)
        while open_ones.get_map():
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for key, _events in open_ones.select(left):
                read = os.read(key.fd, LONGEST)
                written[key.fd] += read
                if not read:
                    open_ones.unregister(key.fd)
    return [bytes(written[pipe]) for pipe in pipes]


@contextlib.contextmanager
def forking() -> Iterator[Forking]:
    process = Forking()
    try:
        yield process
    finally:
        process.stop()


def _serve(listener: socket.socket) -> None:
    """Answers each asking in a process of its own, which waits for the one that works, until the standard
    input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with selectors.DefaultSelector() as either:
        either.register(listener, selectors.EVENT_READ)
        either.register(0, selectors.EVENT_READ)
        while all(key.fd != 0 for key, _events in either.select()):
            asked, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _answer(asked)
                os._exit(0)
            asked.close()


def _answer(asked: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message, written_to, _flags, _address = socket.recv_fds(asked, LONGEST, 2)
    process = os.fork()
    if process == 0:
        asked.close()
        for stream, pipe in zip((1, 2), written_to, strict=True):
            os.dup2(pipe, stream)
            os.close(pipe)
        os.close(0)
        os.open(os.devnull, os.O_RDONLY)
        os._exit(_work(*json.loads(message)))
    for pipe in written_to:
        os.close(pipe)
    asked.send(str(process).encode())
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked.send(json.dumps([code, used.ru_utime + used.ru_stime]).encode())


def _work(module: str, arguments: list[str]) -> int:
    code = 1
    try:
        code = importlib.import_module(module).main(arguments)
    except BaseException:  # as Python itself ends with one
        traceback.print_exc()
    with contextlib.suppress(OSError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    return code


if __name__ == "__main__":
    for name in (*MODULES, *LATER):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
