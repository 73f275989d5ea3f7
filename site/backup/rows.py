"""A hash for each row of a dump: a damaged row is found by its table and number. Knows no Django."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BEGIN = re.compile(rb"COPY (?:\w+\.)?\"?(\w+)\"? \(")
END = b"\\."


@dataclass(frozen=True)
class Row:
    """``number``: its first column, which is the primary key of all tables but a few."""

    table: str
    number: str
    sha256: str

    def line(self) -> str:
        return f"{self.sha256}  {self.table}  {self.number}\n"

    @classmethod
    def parse(cls, line: str) -> Row:
        """Raises ValueError where it is no line of :meth:`line`."""
        sha256, table, number = line.rstrip("\n").split("  ", 2)
        return cls(table, number, sha256)

    def __str__(self) -> str:
        return f"table {self.table}, row {self.number}"


def rows(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows between the COPY commands of a dump, in its order."""
    table = ""
    for line in lines:
        line = line.rstrip(b"\n")
        if not table:
            if begin := BEGIN.match(line):
                table = begin[1].decode()
        elif line == END:
            table = ""
        else:
            number = line.split(b"\t", 1)[0].decode(errors="replace")[:120]
            yield Row(table, number, hashlib.sha256(line).hexdigest())


def differences(expected: Iterable[Row], found: Iterable[Row]) -> Iterator[str]:
    """What differs, a line each; the order of rows counts for nothing."""
    first, second = set(expected), set(found)
    missing, added = first - second, second - first
    changed = {(row.table, row.number) for row in missing} & {(row.table, row.number) for row in added}
    for row in sorted(missing, key=str):
        yield f"{row}: it is {'changed' if (row.table, row.number) in changed else 'missing'}"
    for row in sorted(added, key=str):
        if (row.table, row.number) not in changed:
            yield f"{row}: it was added"
