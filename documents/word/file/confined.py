"""Run one of our functions on a foreign file in a process of its own, with limits for time and memory.

The process gets the function's name and what it is given at its standard input, and writes the result to its
standard output. It can write nowhere else: its limit for the size of files is zero. It opens no connection,
because nothing that we run in it does.

None is started within a request: who reads a file waits for the worker (docs/decisions/0073).
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import logging
import pickle
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

import documents
from documents.word.file.guard import MB, Limits
from documents.word.file.refusal import RefusalCode, Refused

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)
FRAME = re.compile(r'File "([^"\n]+)", line (\d+), in (\S+)')
# A command has nobody who reads a log; a site hands what is told here to its own.
logger.addHandler(logging.NullHandler())

REFUSED, MEMORY = 3, 4
ROOM_TO_END = 8 * MB
"""Of its memory a process gets so much when it has none left."""
NEARLY_ALL = 4 * MB
PATIENCE = 20
"""Limits count seconds of the processor. Only what has not ended after so many times as many by the clock
hangs."""
LOOKED_AFTER = 1.0
"""Seconds after which somebody looks whether it needs that."""
DIES_WITH_PARENT = 1
"""Linux's PR_SET_PDEATHSIG."""
BYTES, VALUES = b"b", b"v"
"""How an answer begins: bytes follow as they are, or plain values as JSON."""
_serves_request: ContextVar[bool] = ContextVar("serves_request", default=False)
ROOT = Path(next(iter(documents.__path__))).resolve().parent
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
"""All that the child knows of the site's own."""


class WithinRequest(RuntimeError):
    """A confined process was to be started within a request."""


@contextlib.contextmanager
def serving_request(is_serving: bool = True) -> Iterator[None]:
    """Within it no confined process is started. With False it is, all the same: for the few that
    tests/unit/documents/word/test_confined.py names."""
    token = _serves_request.set(is_serving)
    try:
        yield
    finally:
        _serves_request.reset(token)


def run(limits: Limits, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What ``work`` returns: bytes, or what JSON holds. It is a function of a module of ours, and paths that
    it is given are absolute.

    What is given goes as a pickle, which nobody but us has made. The answer never does: a hostile file may
    have made it. Raises :class:`Refused` where the work was refused, took too long or too much memory, and
    WithinRequest.
    """
    name = f"{work.__module__}:{work.__qualname__}"
    if _serves_request.get():
        raise WithinRequest(name)
    with tempfile.TemporaryFile(prefix="kodeks-confined-") as request:
        pickle.dump((limits, name), request)
        pickle.dump((given, named), request)
        request.seek(0)
        try:
            done = in_a_process(request, limits.seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            raise Refused(RefusalCode.TOO_SLOW, limit=limits.seconds) from None
    if done.returncode == 0:
        answer: Any = done.stdout[1:]
        return answer if done.stdout[:1] == BYTES else json.loads(answer)  # type: ignore[no-any-return]
    raise _refusal(done, limits, name)


def _refusal(done: subprocess.CompletedProcess[bytes], limits: Limits, name: str) -> Refused:
    """Why a process ended without an answer."""
    if done.returncode == REFUSED:
        refusal = json.loads(done.stdout)
        return Refused(RefusalCode(refusal["code"]), refusal["message"], **refusal["details"])
    if done.returncode == -signal.SIGXCPU:
        return Refused(RefusalCode.TOO_SLOW, limit=limits.seconds)
    if done.returncode == MEMORY or done.returncode < 0:
        return Refused(RefusalCode.TOO_MUCH_MEMORY)
    # What no part of the reader foresaw: a fault of ours, told to whoever runs this; to the user a file
    # like any damaged one.
    trace = done.stderr.decode("utf-8", "replace")[-4000:]
    where = [f"{path}:{line} {name}" for path, line, name in FRAME.findall(trace)]
    logger.error("%s failed: %s", name, trace, extra={"where": where[-12:]})
    return Refused(RefusalCode.BROKEN)


def in_a_process(request: IO[bytes], seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Starts a process with a request and waits for its end, so many seconds by the clock at most. Raises
    subprocess.TimeoutExpired, with the process ended."""
    command = [sys.executable, "-m", "documents.word.file.confined"]
    until = time.monotonic() + seconds
    with subprocess.Popen(  # noqa: S603 (our own interpreter and module, no shell)
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=request, cwd=ROOT, env=ENVIRONMENT
    ) as process:
        while True:
            try:
                written = process.communicate(timeout=max(0.0, min(LOOKED_AFTER, until - time.monotonic())))
                return subprocess.CompletedProcess(command, process.returncode, *written)
            except subprocess.TimeoutExpired:
                if time.monotonic() >= until:
                    process.kill()
                    raise
                _let_it_end(process.pid)
            except BaseException:
                process.kill()
                raise


def _let_it_end(process: int) -> None:
    """Gives a process without memory the room that it needs to report that. Where not one number more can be
    made, Python tries to handle that for ever."""
    try:
        taken = int(Path(f"/proc/{process}/statm").read_text().split()[0]) * resource.getpagesize()
        least, most = resource.prlimit(process, resource.RLIMIT_AS)
        if least < most and taken > least - NEARLY_ALL:
            resource.prlimit(process, resource.RLIMIT_AS, (most, most))
    except (OSError, ValueError, IndexError, AttributeError):
        return  # it has ended, or the system tells nothing


def main(request: IO[bytes]) -> int:
    """The child's side: does the work within the limits, writes the answer and gives the exit code."""
    limits, name = pickle.load(request)  # noqa: S301 (our own: see run)
    # Whoever asked may be killed: then nobody waits for this any more.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes - ROOM_TO_END, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing of a short life under a limit of memory is worth collecting, and a large tree reads a third
    # faster.
    gc.disable()
    try:
        answer = _work(name, request)
    except Refused as refused:
        why = {"code": refused.code.value, "message": refused.message_en, "details": refused.details}
        sys.stdout.buffer.write(json.dumps(why).encode())
        return REFUSED
    except MemoryError:
        return MEMORY
    except SystemError as problem:
        # Where memory runs out within a call of a library, Python may find an error of which nobody said
        # what it was.
        if "without exception set" not in str(problem):
            raise
        return MEMORY
    for part in answer:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
    return 0


def _work(name: str, request: IO[bytes]) -> tuple[bytes, bytes]:
    module, _, function = name.partition(":")
    work = getattr(importlib.import_module(module), function)
    given, named = pickle.load(request)  # noqa: S301 (our own: see run)
    answer = work(*given, **named)
    return (BYTES, answer) if isinstance(answer, bytes) else (VALUES, json.dumps(answer).encode())


if __name__ == "__main__":
    # Not this module's own copy of Refused, but the one that everything else raises.
    from documents.word.file.confined import main as same_module

    raise SystemExit(same_module(sys.stdin.buffer))
