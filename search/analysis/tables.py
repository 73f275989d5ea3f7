"""Lexicons as files that are mapped into memory, shared by all processes and ready at once.

A file is a JSON head of a fixed length, then two hash tables (lemmas, endings). Each is a row of 32-bit
positions and then the entries. These have length and bytes of the key, and the position of the value. Then
the checksums of all forms, sorted. Values, length and bytes, come last, each once.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Final
from zlib import crc32

from search.analysis.lexicon import Lexicon

_MAGIC: Final = "kodeks-lexicon-2"
_HEAD: Final = 1024
_LONGEST: Final = 255


class TableError(Exception):
    """The file is not a table of this version of Kodeks."""


def write_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Write a lexicon's table. The file appears whole or not at all."""
    values = _Values()
    tables = {"lemmas": _table(lexicon.lemmas, values), "endings": _table(lexicon.endings, values)}
    head: dict[str, object] = {
        "magic": _MAGIC,
        "byteorder": sys.byteorder,
        "family": lexicon.family,
        "version": lexicon.version,
    }
    position = _HEAD
    body: list[bytes] = []
    for name, (slots, entries) in tables.items():
        head[name] = [position, len(slots), position + 4 * len(slots)]
        for part in (slots.tobytes(), entries + b"\0" * (-len(entries) % 4)):
            body.append(part)
            position += len(part)
    known = lexicon.forms if isinstance(lexicon.forms, frozenset) else ()
    forms = array("I", sorted({crc32(form.encode()) for form in known}))
    head["forms"] = [position, len(forms)]
    body.append(forms.tobytes())
    position += 4 * len(forms)
    head["values"] = position
    packed = json.dumps(head).encode()
    if len(packed) > _HEAD:
        raise TableError(f"the head of {path.name} is too long")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(packed.ljust(_HEAD))
        file.writelines(body)
        file.write(values.bytes())
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


class _Values:
    """Values, each stored once."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}
        self._packed = bytearray()

    def position(self, value: str) -> int:
        known = self._positions.get(value)
        if known is None:
            known = self._positions[value] = len(self._packed)
            packed = value.encode()
            self._packed += bytes((len(packed),)) + packed
        return known

    def bytes(self) -> bytes:
        return bytes(self._packed)


def _table(entries: Mapping[str, str], values: _Values) -> tuple[array[int], bytes]:
    size = 8
    while size < len(entries) * 1.6:
        size *= 2
    mask = size - 1
    slots = array("I", bytes(4 * size))
    packed = bytearray(b"\0")  # position 0 stands for an empty slot
    for key, value in entries.items():
        name = key.encode()
        if len(name) > _LONGEST or len(value.encode()) > _LONGEST:
            continue
        slot = crc32(name) & mask
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = len(packed)
        packed += bytes((len(name),)) + name + struct.pack("<I", values.position(value))
    return slots, bytes(packed)


class MappedTable(Mapping[str, str]):
    """One hash table of a mapped file, read like a dictionary."""

    def __init__(self, view: memoryview, data: mmap.mmap, place: list[int], values: int) -> None:
        slots_at, self._size, self._entries_at = place
        self._slots = view[slots_at : slots_at + 4 * self._size].cast("I")
        self._data = data
        self._values_at = values
        self._mask = self._size - 1

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        name = key.encode()
        wanted = bytes((len(name),)) + name if len(name) <= _LONGEST else b""
        length = len(wanted)
        data, slots, mask, entries_at = self._data, self._slots, self._mask, self._entries_at
        slot = crc32(name) & mask
        while (entry := slots[slot]) and wanted:
            at = entries_at + entry
            if data[at : at + length] == wanted:
                value = self._values_at + int.from_bytes(data[at + length : at + length + 4], "little")
                return data[value + 1 : value + 1 + data[value]].decode()
            slot = (slot + 1) & mask
        return default

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        for entry in self._slots:
            if entry:
                at = self._entries_at + entry
                yield self._data[at + 1 : at + 1 + self._data[at]].decode()

    def __len__(self) -> int:
        return sum(1 for entry in self._slots if entry)


class MappedForms(Container[str]):
    """All forms of a mapped file, by their checksums: of two thousand other words one passes for a form."""

    def __init__(self, view: memoryview, place: list[int]) -> None:
        at, self._size = place
        self._sums = view[at : at + 4 * self._size].cast("I")

    def __contains__(self, form: object) -> bool:
        wanted = crc32(str(form).encode())
        found = bisect_left(self._sums, wanted)
        return found < self._size and self._sums[found] == wanted


def open_lexicon(path: Path) -> Lexicon:
    """Map a table into memory. `TableError` where it is not one of ours; `OSError` where there is none."""
    with path.open("rb") as file:
        try:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            head = json.loads(data[:_HEAD])
            if head["magic"] != _MAGIC or head["byteorder"] != sys.byteorder:
                raise TableError(f"{path.name} was made by another version, or for another machine")
            view = memoryview(data)
            tables = [MappedTable(view, data, head[name], head["values"]) for name in ("lemmas", "endings")]
            forms = MappedForms(view, head["forms"])
        except (ValueError, KeyError, TypeError) as error:
            raise TableError(f"{path.name} is not a table") from error
    lemmas, endings = tables
    return Lexicon(head["family"], head["version"], lemmas, endings, forms)
