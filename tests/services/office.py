"""LibreOffice as an independent reader and writer of Word files, run once a conversion."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.services.missing import Missing
from tests.services.processes import temporary_folder

APT = ("libreoffice-writer-nogui",)


def find() -> Path:
    """The program `soffice`. Raises Missing."""
    named = os.environ.get("KODEKS_SOFFICE")
    for name in (named, "soffice", "libreoffice"):
        if name and (program := shutil.which(name)):
            return Path(program)
    raise Missing(
        "LibreOffice Writer",
        "Install it (Debian: apt-get install libreoffice-writer-nogui), or name its program in KODEKS_SOFFICE.",
    )


@dataclass(frozen=True)
class Office:
    """Converts files, with a profile of its own so that a LibreOffice somebody has open is left alone."""

    program: Path
    folder: Path

    def convert(self, source: Path, to: str, *, timeout: float = 120) -> Path:
        """Convert `source` and give the new file.

        `to` is what `--convert-to` takes: "docx", "pdf", "odt", "txt:Text (encoded):UTF8". Raises RuntimeError when
        LibreOffice fails, writes nothing, or takes longer than `timeout` seconds.
        """
        target = temporary_folder("converted")
        command: list[str | Path] = [
            self.program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
            "--convert-to",
            to,
            "--outdir",
            target,
            source,
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            # The program is a script around the real one: the group ends both.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise RuntimeError(
                f"LibreOffice did not convert {source.name} within {timeout:.0f} seconds."
            ) from None
        made = list(target.iterdir())
        if process.returncode or len(made) != 1:
            raise RuntimeError(
                f"LibreOffice did not convert {source.name}:\n{output.decode(errors='replace')}"
            )
        return made[0]

    def text(self, source: Path, *, timeout: float = 120) -> str:
        """The text of a document as LibreOffice exports it, numbering and notes included."""
        return self.convert(source, "txt:Text (encoded):UTF8", timeout=timeout).read_text("utf-8-sig")


def start() -> Office:
    """Find LibreOffice and make a profile for it. Raises Missing."""
    return Office(find(), temporary_folder("office"))
