"""Read a Word file in a process of its own, with limits for processor time and memory.

The child gets a path and limits as its arguments and writes the result to its standard output. It can write
nowhere else: its limit for the size of files is zero. It opens no connection, because nothing in the reader
does.

None is started within a request: who reads a file waits for the worker (docs/decisions/0073).
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import logging
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import documents
from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits, open_package
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.read.outline.decisions import Decisions, decisions_as_json, decisions_from_json
from documents.word.read.result import ReadResult

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
_serves_request: ContextVar[bool] = ContextVar("serves_request", default=False)
ROOT = Path(next(iter(documents.__path__))).resolve().parent
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
"""All that the child knows of the site's own."""


def read_in_child(
    source: str | Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    language: str = "",
    decisions: Decisions | None = None,
    lines: bool = False,
) -> ReadResult:
    """Reads the Word file at a path within limits of size, time and memory.

    ``language`` is the content language that the text is in; the reader's own guess where it is empty.
    ``decisions`` and ``lines`` are those of :func:`documents.word.read.read.read_package`. Raises
    :class:`Refused` for everything that is not read, and FileNotFoundError where there is no file.
    """
    path = Path(source).resolve(strict=True)
    if path.stat().st_size > limits.file_bytes:
        raise Refused(RefusalCode.TOO_BIG, limit=limits.file_bytes // MB)
    # Decisions can be longer than an argument may be, so they go by a file.
    with tempfile.NamedTemporaryFile("w", prefix="kodeks-outline-", suffix=".json") as request:
        json.dump({"decisions": decisions_as_json(decisions or {}), "lines": lines}, request)
        request.flush()
        arguments = [str(path), json.dumps(limits.as_dict()), language, request.name]
        output = run_confined("documents.word.file.child", arguments, limits)
    return ReadResult.from_bytes(output)


def without_active_in_child(data: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """:func:`documents.word.file.active.without_active` in a process of its own. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="kodeks-word-") as folder:
        path, request = Path(folder) / "file.docx", Path(folder) / "request.json"
        path.write_bytes(data)
        request.write_text('{"without_active": true}')
        arguments = [str(path), json.dumps(limits.as_dict()), "", str(request)]
        return run_confined("documents.word.file.child", arguments, limits)


class WithinRequest(RuntimeError):
    """A confined process was to be started within a request."""


@contextlib.contextmanager
def serving_request(is_serving: bool = True) -> Iterator[None]:
    """Within it no confined process is started. With False it is, all the same: for the few that
    tests/unit/documents/word/test_confined_modules.py names."""
    token = _serves_request.set(is_serving)
    try:
        yield
    finally:
        _serves_request.reset(token)


def run_confined(module: str, arguments: list[str], limits: Limits) -> bytes:
    """Run one of our modules in a process of its own, within limits, and return its output.

    The module's ``main`` hands its work to :func:`confined`. Raises :class:`Refused` where the work was
    refused, took too long or too much memory, and WithinRequest.
    """
    if _serves_request.get():
        raise WithinRequest(module)
    try:
        done = in_a_process(module, arguments, limits.seconds * PATIENCE)
    except subprocess.TimeoutExpired:
        raise Refused(RefusalCode.TOO_SLOW, limit=limits.seconds) from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == REFUSED:
        refusal = json.loads(done.stdout)
        raise Refused(RefusalCode(refusal["code"]), refusal["message"], **refusal["details"])
    if done.returncode == -signal.SIGXCPU:
        raise Refused(RefusalCode.TOO_SLOW, limit=limits.seconds)
    if done.returncode == MEMORY or done.returncode < 0:
        raise Refused(RefusalCode.TOO_MUCH_MEMORY)
    # What no part of the reader foresaw: a fault of ours, told to whoever runs this; to the user a file
    # like any damaged one.
    trace = done.stderr.decode("utf-8", "replace")[-4000:]
    where = [f"{path}:{line} {name}" for path, line, name in FRAME.findall(trace)]
    logger.error("%s failed: %s", module, trace, extra={"where": where[-12:]})
    raise Refused(RefusalCode.BROKEN)


def in_a_process(module: str, arguments: list[str], seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Starts one of our modules and waits for its end, so many seconds by the clock at most. Raises
    subprocess.TimeoutExpired, with the process ended."""
    command = [sys.executable, "-m", module, *arguments]
    until = time.monotonic() + seconds
    with subprocess.Popen(  # noqa: S603 (our own interpreter and module, no shell)
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env=ENVIRONMENT,
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


def confined(limits: Limits, work: Callable[[], bytes]) -> int:
    """The child's side: do the work within the limits, write the output and return the exit code."""
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
        output = work()
    except Refused as refused:
        answer = {"code": refused.code.value, "message": refused.message_en, "details": refused.details}
        sys.stdout.buffer.write(json.dumps(answer).encode())
        return REFUSED
    except MemoryError:
        return MEMORY
    except SystemError as problem:
        # Where memory runs out within a call of a library, Python may find an error of which nobody said
        # what it was.
        if "without exception set" not in str(problem):
            raise
        return MEMORY
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()
    return 0


def main(arguments: list[str]) -> int:
    """Reads one file, or gives it without what is active."""
    path, limits_json, language, request_path = arguments
    limits = Limits(**json.loads(limits_json))
    request = json.loads(Path(request_path).read_text("utf-8"))

    def work() -> bytes:
        from documents.word.file.active import remove_active, without_active
        from documents.word.read.read import read_package
        from documents.word.read.report import FindingCode

        if request.get("without_active"):
            return without_active(Path(path).read_bytes(), limits)
        package = open_package(Path(path), limits)
        decisions = decisions_from_json(request["decisions"])
        read = read_package(
            package, language=language, limits=limits, decisions=decisions, lines=request["lines"]
        )
        found = [name for names in remove_active(package, package.xml).values() for name in names]
        return replace(read, report=read.report.with_finding(FindingCode.ACTIVE, found)).to_bytes()

    return confined(limits, work)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
