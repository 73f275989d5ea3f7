"""The files of an index that is swapped as a whole.

A directory holds generations, each a directory of its own; the file `current` names the one in use. Naming
another is one rename, so a reader sees the one or the other.
"""

from __future__ import annotations

import re
import shutil
import uuid
from pathlib import Path
from typing import Final
from zlib import crc32

_CURRENT: Final = "current"
_VERSION: Final = "version"
_NAME: Final = re.compile(r"[0-9a-f]{32}\Z")


class Generations:
    def __init__(self, path: Path) -> None:
        self._path = path

    def current(self) -> str:
        """The generation in use; empty before the first, and where the file names none."""
        try:
            named = (self._path / _CURRENT).read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return ""
        return named if _NAME.match(named) else ""

    def directory(self, generation: str) -> Path:
        return self._path / generation

    def new(self, version: str) -> str:
        """Make a generation that nobody reads yet. `version` says what it was made with."""
        generation = uuid.uuid4().hex
        try:
            self.directory(generation).mkdir(parents=True)
            (self.directory(generation) / _VERSION).write_text(version, encoding="utf-8")
        except OSError:
            self.remove(generation)
            raise
        return generation

    def version(self, generation: str) -> str:
        """What a generation was made with; empty where that is unknown."""
        try:
            return (self.directory(generation) / _VERSION).read_text(encoding="utf-8")
        except OSError:
            return ""

    def use(self, generation: str) -> None:
        """Put a generation in use and remove the one before."""
        before = self.current()
        following = self._path / f"{_CURRENT}.{generation}"
        try:
            following.write_text(generation, encoding="utf-8")
            following.replace(self._path / _CURRENT)
        except OSError:
            following.unlink(missing_ok=True)
            raise
        if before:
            self.remove(before)

    def sweep(self) -> None:
        """Remove what builders that were killed have left. For who is sure that nobody else builds."""
        used = self.current()
        for path in self._path.glob("*"):
            if path.is_dir() and _NAME.match(path.name) and path.name != used:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(f"{_CURRENT}.") and _NAME.match(path.suffix[1:]):
                path.unlink(missing_ok=True)

    def remove(self, generation: str) -> None:
        shutil.rmtree(self.directory(generation), ignore_errors=True)

    def changed(self, generation: str) -> int:
        """A number that changes with every commit; -1 where the generation is gone. Read from the file,
        because two commits may fall into one tick of the clock."""
        try:
            return crc32((self.directory(generation) / "meta.json").read_bytes())
        except OSError:
            return -1
