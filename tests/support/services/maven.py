"""What the tests take from Maven Central: fetched once, checked, and kept in a cache folder of the user's."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.support.services.missing import Missing


def cache_folder() -> Path:
    """Where fetched files are kept from one run to the next."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("KODEKS_CACHE") or Path(base) / "kodeks")


@dataclass(frozen=True)
class Fetched:
    """One file of Maven Central: what it is called, its Maven coordinates, its name in the cache, its size
    and SHA-256."""

    name: str
    coordinates: str
    file: str
    size: str
    sha256: str

    @property
    def path(self) -> Path:
        return cache_folder() / self.file

    def find(self) -> Path:
        """The file in the cache. Raises Missing."""
        if not self.path.exists():
            raise Missing(
                self.name,
                f"Run `python -m tests.support.services` with Maven installed (it fetches "
                f"{self.coordinates}), "
                f"or put that file as {self.path} yourself.",
            )
        return self.path

    def download(self) -> None:
        """Fetch the file into the cache with Maven, which knows the mirrors of this machine. Raises Missing."""
        if self.path.exists():
            return
        maven = shutil.which("mvn")
        if maven is None:
            raise Missing(
                f"{self.name}, and Maven to fetch it",
                f"Install Maven (Debian: apt-get install maven), or put {self.coordinates} as {self.path}.",
            )
        cache_folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache_folder()) as folder:
            copy = ["dependency:copy", f"-Dartifact={self.coordinates}", f"-DoutputDirectory={folder}"]
            fetched = subprocess.run(
                [maven, "-q", "-B", *copy],
                capture_output=True,
                text=True,
                timeout=480,
                check=False,
                cwd=folder,
            )
            files = list(Path(folder).iterdir())
            if fetched.returncode or len(files) != 1:
                raise Missing(self.name, f"Maven could not fetch {self.coordinates}: {fetched.stdout[-500:]}")
            # A part of a file must never pass for the whole one.
            if (got := hashlib.sha256(files[0].read_bytes()).hexdigest()) != self.sha256:
                raise RuntimeError(f"The fetched {files[0].name} has SHA-256 {got}, not {self.sha256}.")
            files[0].replace(self.path)
