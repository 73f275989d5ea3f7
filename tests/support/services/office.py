"""LibreOffice as an independent reader, writer and editor of Word files, run once a job."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.services.missing import Missing
from tests.support.services.processes import temporary_folder

APT = ("libreoffice-writer-nogui", "python3-uno")
PYTHONS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "python3")
SCRIPT = Path(__file__).with_name("writer_edits.py")
RESOLVE = Path(__file__).with_name("writer_resolve.py")
WORD = "MS Word 2007 XML"


def find() -> Path:
    """The program `soffice`. Raises Missing."""
    named = os.environ.get("KODEKS_SOFFICE")
    for name in (named, "soffice", "libreoffice"):
        if name and (program := shutil.which(name)):
            return Path(program)
    raise Missing(
        "LibreOffice Writer",
        "Install it (Debian: apt-get install libreoffice-writer-nogui), or name its program in "
        "KODEKS_SOFFICE.",
    )


@dataclass(frozen=True)
class Office:
    """Converts and edits files, with a profile of its own so that a LibreOffice somebody has open is left
    alone."""

    program: Path
    folder: Path

    def convert(self, source: Path, to: str, *, timeout: float = 120) -> Path:
        """Convert `source` and give the new file.

        `to` is what `--convert-to` takes: "docx", "pdf", "odt", "txt:Text (encoded):UTF8". Raises
        RuntimeError when LibreOffice fails, writes nothing, or takes longer than `timeout` seconds.
        """
        target = temporary_folder("converted")
        process = self._start("--convert-to", to, "--outdir", target, source)
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            _end(process)
            raise RuntimeError(
                f"LibreOffice did not convert {source.name} within {timeout:.0f} seconds."
            ) from None
        made = list(target.iterdir())
        if process.returncode or len(made) != 1:
            raise RuntimeError(
                f"LibreOffice did not convert {source.name}:\n{output.decode(errors='replace')}"
            )
        return made[0]

    def edit(self, source: Path, edits: Sequence[Sequence[object]], *, timeout: float = 180) -> Path:
        """Edit a Word file in Writer and save it as .docx. `edits`: the verbs of `writer_edits.Writer` with
        their arguments.

        Raises Missing without LibreOffice's bridge to Python, RuntimeError where an edit finds no place for
        itself.
        """
        target = temporary_folder("edited") / source.name
        job, copied = target.with_name("edits.json"), target.with_name(f"source{source.suffix}")
        shutil.copy(source, copied)  # Its lock file stays when it is ended.
        what = {"source": copied.as_uri(), "target": target.as_uri(), "filter": WORD, "edits": list(edits)}
        job.write_text(json.dumps(what))
        python, pipe = find_bridge(), f"kodeks{uuid.uuid4().hex}"
        office = self._start(f"--accept=pipe,name={pipe};urp", "--invisible")
        try:
            done = subprocess.run(
                [python, SCRIPT, pipe, job], capture_output=True, text=True, timeout=timeout, check=False
            )
        finally:
            _end(office)
        if done.returncode or not target.exists():
            raise RuntimeError(f"LibreOffice did not edit {source.name}:\n{done.stdout}{done.stderr}")
        return target

    def resolve(self, sources: Sequence[Path], *, timeout: float = 60) -> list[tuple[str, str] | None]:
        """The text of each Word file with its tracked changes accepted, and refused, numbering and notes
        included; None for a file that Writer doesn't open, or for which it takes longer than `timeout`
        seconds.

        Raises Missing without LibreOffice's bridge to Python.
        """
        folder, python = temporary_folder("resolved"), find_bridge()
        jobs = [
            {
                "source": path.resolve().as_uri(),
                "accepted": (folder / f"{n}.accepted.txt").as_uri(),
                "rejected": (folder / f"{n}.rejected.txt").as_uri(),
            }
            for n, path in enumerate(sources)
        ]
        done: list[bool] = []
        while len(done) < len(jobs):
            done += self._resolve(python, jobs[len(done) :], folder, timeout)
        texts: list[tuple[str, str] | None] = []
        for n, went in enumerate(done):
            accepted, rejected = (folder / f"{n}.{verb}.txt" for verb in ("accepted", "rejected"))
            there = went and accepted.exists() and rejected.exists()
            both = [path.read_text("utf-8-sig") for path in (accepted, rejected)] if there else []
            texts.append((both[0], both[1]) if both else None)
        return texts

    def _resolve(self, python: str, jobs: list[dict[str, str]], folder: Path, timeout: float) -> list[bool]:
        """Runs jobs until one ends Writer or takes too long; that one is the last, and False."""
        path, pipe = folder / "jobs.json", f"kodeks{uuid.uuid4().hex}"
        path.write_text(json.dumps(jobs))
        office = self._start(f"--accept=pipe,name={pipe};urp", "--invisible")
        client = subprocess.Popen(
            [python, RESOLVE, pipe, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert client.stdout is not None
        done: list[bool] = []
        try:
            while len(done) < len(jobs):
                ready, _, _ = select.select([client.stdout], [], [], timeout)
                line = client.stdout.readline() if ready else b""
                if not line and ready and done and not done[-1]:
                    break  # It ended after the file at which Writer crashed.
                done.append(line == b"done\n")
                if not line:
                    break
        finally:
            client.kill()
            client.communicate()
            _end(office)
        return done

    def _start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        profile = (self.folder / "profile").as_uri()
        frame = ("--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}")
        return subprocess.Popen(
            [self.program, *frame, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def text(self, source: Path, *, timeout: float = 120) -> str:
        """The text of a document as LibreOffice exports it, numbering and notes included."""
        return self.convert(source, "txt:Text (encoded):UTF8", timeout=timeout).read_text("utf-8-sig")


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program is a script around the real one: the group ends both."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def find_bridge() -> str:
    """A Python that can speak with LibreOffice. Raises Missing."""
    for name in PYTHONS:
        if program := shutil.which(name):
            tried = subprocess.run([program, "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return program
    raise Missing("LibreOffice's bridge to Python", "Install it (Debian: apt-get install python3-uno).")


def start() -> Office:
    """Find LibreOffice and make a profile for it. Raises Missing."""
    return Office(find(), temporary_folder("office"))
