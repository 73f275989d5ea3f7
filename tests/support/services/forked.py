"""The processes in which Word files are read, forked from one that has imported what they need: as separate,
with the same limits, for a hundredth of the quarter of a second of the processor that each takes to start.

The process (``python -m tests.support.services.forked``) takes at a socket the file with a request and the two
pipes into which the new process writes. Tests with the fixture `started_anew` start each process as a
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
from typing import IO

from documents.word.file import confined

MODULES = (
    "documents.comparison.files",
    "documents.signatures.judge",
    "documents.signatures.still",
    "documents.word.file.confined",
    "documents.word.read.files",
    "documents.word.languages.received",
    "documents.word.redline.files",
    "documents.word.resolve.files",
    "documents.word.review.read",
    "documents.word.source_patch.files",
    "documents.word.template.files",
    "documents.word.show.contents",
    "workflows.pages.matrix.read_sheet",
)
"""Imported once, for all."""
LONGEST = 1 << 16
STARTED = confined.in_a_process
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
                        "tests.support.services.forked",
                        str(listener.fileno()),
                    ]
                    self.server = subprocess.Popen(
                        command,
                        cwd=confined.ROOT,
                        env=confined.ENVIRONMENT,
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

    def run(self, request: IO[bytes], seconds: float) -> Ended:
        """Answers a request. Raises TimeoutExpired after so many seconds, as `subprocess.run` does."""
        until = time.monotonic() + seconds
        pipes = [os.pipe(), os.pipe()]
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
            asking.connect(self._start())
            request.flush()
            socket.send_fds(asking, [b"."], [request.fileno(), *(writing for _reading, writing in pipes)])
            for _reading, writing in pipes:
                os.close(writing)
            process = int(asking.recv(LONGEST))
            try:
                written = _read([reading for reading, _writing in pipes], until)
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                raise subprocess.TimeoutExpired("forked", seconds) from None
            finally:
                code, took = json.loads(asking.recv(LONGEST))
                self.took += took
                for reading, _writing in pipes:
                    os.close(reading)
        return subprocess.CompletedProcess("forked", code, *written)


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
    _message, streams, _flags, _address = socket.recv_fds(asked, LONGEST, 3)
    process = os.fork()
    if process == 0:
        asked.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os._exit(_work())
    for stream in streams:
        os.close(stream)
    asked.send(str(process).encode())
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked.send(json.dumps([code, used.ru_utime + used.ru_stime]).encode())


def _work() -> int:
    code = 1
    try:
        with open(0, "rb", closefd=False) as request:
            code = confined.main(request)
    except BaseException:  # as Python itself ends with one
        traceback.print_exc()
    with contextlib.suppress(OSError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    return code


if __name__ == "__main__":
    for name in MODULES:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
