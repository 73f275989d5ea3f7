"""Writes the tables of all families."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from search.analysis.analyser import table_path
from search.analysis.families import ALBANIAN, BCMS, ENGLISH, MACEDONIAN
from search.analysis.lexicon import compile_lexicon, source_version
from search.analysis.tables import TableError, open_lexicon, write_lexicon

# The slowest first, so that two processes end at about the same time.
_ORDER = (ALBANIAN, MACEDONIAN, BCMS, ENGLISH)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one family's table."""

    family: str
    version: str
    new: bool
    forms: int
    size: int


def build_tables(
    directory: Path, *, force: bool = False, processes: int = 2, report: Callable[[Built], None] | None = None
) -> tuple[Built, ...]:
    """Write every table that is missing or made of other sources; all with `force`."""
    current = [family for family in _ORDER if not force and _is_current(directory, family)]
    wanted = [family for family in _ORDER if family not in current]
    built: list[Built] = []
    for table in chain(
        (_describe(directory, family, new=False) for family in current), _build(directory, wanted, processes)
    ):
        built.append(table)
        if report:
            report(table)
    return tuple(built)


def _build(directory: Path, families: list[str], processes: int) -> Iterable[Built]:
    if processes < 2 or len(families) < 2:
        yield from (_build_one(directory, family) for family in families)
        return
    # Spawned, not forked: the caller may have threads and database connections.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_build_one, [directory] * len(families), families)


def _build_one(directory: Path, family: str) -> Built:
    write_lexicon(compile_lexicon(family), table_path(directory, family))
    return _describe(directory, family, new=True)


def _is_current(directory: Path, family: str) -> bool:
    try:
        return open_lexicon(table_path(directory, family)).version == source_version(family)
    except (OSError, TableError):
        return False


def _describe(directory: Path, family: str, *, new: bool) -> Built:
    path = table_path(directory, family)
    lexicon = open_lexicon(path)
    return Built(family, lexicon.version, new, len(lexicon.lemmas), path.stat().st_size)
