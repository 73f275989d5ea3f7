"""Typst in a process of its own, which is ended when it takes too long or too much.

The parent lays the template, the data and the pictures into a folder; the child compiles there and nowhere
else.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TEMPLATE = HERE / "edition.typ"
FONTS = HERE / "fonts"
MB = 1024 * 1024


class NotTypeset(Exception):
    """There is no file: too big, too slow, or something in it that Typst refuses."""


class Busy(NotTypeset):
    """Others are being typeset; this one waited too long for its turn."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. ``at_once``: how many are typeset on this machine at the same time."""

    seconds: int = 60
    memory_bytes: int = 4096 * MB
    output_bytes: int = 300 * MB
    at_once: int = 2
    wait_seconds: int = 20


def typeset(
    data: Mapping[str, Any],
    images: Mapping[str, bytes],
    limits: Limits = Limits(),
    template: Path = TEMPLATE,
) -> bytes:
    """The PDF of what ``data`` says, with ``images`` by the file names that it gives them.

    It is a tagged PDF/A-2a and PDF/UA-1 where the text allows. Where it does not (a letter that no font has),
    it is an ordinary tagged PDF. Raises :class:`NotTypeset`.
    """
    with _turn(limits), tempfile.TemporaryDirectory(prefix="kodeks-pdf-") as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(template.read_bytes())
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        for file, content in images.items():
            (folder / Path(file).name).write_bytes(content)
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter and module, no shell)
                [sys.executable, "-m", "documents.exports.typeset", name, json.dumps(_plain(limits))],
                capture_output=True,
                timeout=limits.seconds + 5,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotTypeset(f"not done after {limits.seconds} seconds") from None
        if done.returncode != 0:
            raise NotTypeset(done.stderr.decode("utf-8", "replace")[-2000:] or f"ended by {done.returncode}")
        return (folder / "out.pdf").read_bytes()


def _plain(limits: Limits) -> dict[str, int]:
    return {"seconds": limits.seconds, "memory": limits.memory_bytes, "output": limits.output_bytes}


@contextmanager
def _turn(limits: Limits) -> Iterator[None]:
    """Waits for one of the places on this machine: a 300-page document takes 600 MB while it is typeset."""
    deadline = time.monotonic() + limits.wait_seconds
    while True:
        for place in range(limits.at_once):
            path = Path(tempfile.gettempdir()) / f"kodeks-typeset-{os.getuid()}-{place}.lock"
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
                continue
            try:
                yield
            finally:
                os.close(handle)
            return
        if time.monotonic() > deadline:
            raise Busy("other documents are being typeset")
        time.sleep(0.1)


def main(folder: str, limits_json: str) -> int:
    """The child's side."""
    limits = json.loads(limits_json)
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"], limits["output"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import typst

    options: dict[str, Any] = {
        "input": f"{folder}/main.typ",
        "output": f"{folder}/out.pdf",
        "root": folder,
        "font_paths": [str(FONTS)],
        "timestamp": json.loads(Path(folder, "data.json").read_text("utf-8"))["timestamp"],
    }
    tries: list[dict[str, Any]] = [
        {"ignore_system_fonts": True, "pdf_standards": ["a-2a", "ua-1"]},
        {"ignore_system_fonts": False, "pdf_standards": ["a-2a", "ua-1"]},
        {"ignore_system_fonts": False},
    ]
    problems = ""
    for attempt in tries:
        try:
            typst.compile(**options, **attempt)
        except Exception as error:  # typst raises RuntimeError, and TypstError in newer versions
            problems += f"{attempt}: {error}\n"
            continue
        sys.stderr.write(problems)
        return 0
    sys.stderr.write(problems)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
