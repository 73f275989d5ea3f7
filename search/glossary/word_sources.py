"""The bilingual dictionaries that are read where installed. These are the glosses of a Python package, and
Debian's packages of FreeDict and Apertium. Nothing of them is in this repository."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from search.analysis import albanian
from search.glossary.lttoolbox import read_pairs

_DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_PARTS: Final = re.compile(r"[,;/\n]")
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>")
_SOUND: Final = re.compile(r"\s*/.*")

#: A word, and its translations as the dictionary orders them.
Entry = tuple[str, Sequence[str]]


@dataclass(frozen=True)
class WordSource:
    """A dictionary from one language to another. ``file``: below one of the folders that are looked in; empty
    for a Python package. ``ordered``: the commonest sense comes first."""

    name: str
    language: str
    other: str
    licence: str
    read: Callable[[Path], Iterator[Entry]]
    file: str = ""
    ordered: bool = False

    def find(self, folders: Sequence[Path]) -> Path | None:
        """Where it is installed."""
        if not self.file:
            return Path() if self._version() else None
        return next((path for folder in folders if (path := folder / self.file).is_file()), None)

    def state(self, path: Path) -> str:
        """Names the file, so that another one is read again."""
        return f"{self.name}-{self._version() or path.stat().st_size}"

    def _version(self) -> str:
        try:
            return "" if self.file else version(self.name)
        except PackageNotFoundError:
            return ""


def _glosses(_path: Path) -> Iterator[Entry]:
    for lemma, gloss in albanian.glosses():
        if not lemma[:1].isupper():
            yield lemma, _senses(gloss)


def _freedict(path: Path) -> Iterator[Entry]:
    """A dictionary of the DICT protocol: an index of words and places, and a text packed by gzip."""
    with gzip.open(path.with_suffix(".dict.dz")) as packed:
        text = packed.read()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, place, length = line.split("\t")[:3]
        start = _number(place)
        entry = text[start : start + _number(length)].decode("utf-8", "replace")
        head, _, body = entry.partition("\n")
        if not word.startswith("00"):
            yield _SOUND.sub("", head).strip(), _senses(body)


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * len(_DIGITS) + _DIGITS.index(digit)
    return value


def _apertium(path: Path) -> Iterator[Entry]:
    found: dict[str, dict[str, None]] = {}
    for word, other in read_pairs(path.read_bytes()):
        found.setdefault(word, {})[other] = None
    for word, others in found.items():
        yield word, tuple(others)


def _senses(text: str) -> tuple[str, ...]:
    return tuple(sense for part in _PARTS.split(_ASIDE.sub("", text)) if (sense := part.strip()))


SOURCES: Final = (
    WordSource("uniparser-albanian", "sq", "en", "MIT", _glosses, ordered=True),
    WordSource(
        "dict-freedict-hrv-eng", "hr", "en", "GPL", _freedict, file="dictd/freedict-hrv-eng.index"
    ),
    WordSource(
        "apertium-hbs-eng", "sr", "en", "GPL", _apertium, file="apertium/apertium-hbs-eng/hbs-eng.autobil.bin"
    ),
    WordSource(
        "apertium-mkd-eng", "mk", "en", "GPL", _apertium, file="apertium/apertium-mkd-eng/mkd-eng.autobil.bin"
    ),
    WordSource(
        "apertium-hbs-mkd", "sr", "mk", "GPL", _apertium, file="apertium/apertium-hbs-mkd/hbs-mkd.autobil.bin"
    ),
)  # fmt: skip
