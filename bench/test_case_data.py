"""How often the screen for case data gives a false alarm, on texts that hold none.

``KODEKS_WORD_FILES`` names a folder of Word files, ``KODEKS_TREEBANKS`` one with treebanks, of which the train
and dev parts are read. Without them, the pages of the documentation alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from documents.text.case_data import places, traces
from documents.word.file.guard import open_package
from documents.word.file.refusal import Refused
from documents.word.read.read import read_package

DOCS = Path(__file__).parents[1] / "docs"
MOST = 1
"""So many alarms in a hundred sections would be read as noise."""


def _word_files(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in sorted(folder.rglob("*.docx")):
        try:
            tree = read_package(open_package(path.read_bytes())).tree
        except Refused:
            continue
        yield from ((f"{path.name}: {one.text.heading}", bool(places(one.text.body))) for one in tree)


def _sentences(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in sorted([*folder.rglob("*-ud-train.conllu"), *folder.rglob("*-ud-dev.conllu")]):
        found = re.findall(r"^# text = (.+)$", path.read_text("utf-8"), re.MULTILINE)
        yield from ((f"{path.name}: {one[:40]}", bool(traces(one))) for one in found)


def _documentation() -> Iterator[tuple[str, bool]]:
    for path in sorted(DOCS.rglob("*.md")):
        parts = re.split(r"^#", path.read_text(), flags=re.MULTILINE)
        yield from ((f"{path.name}: {one[:40]}", bool(traces(one))) for one in parts if one.strip())


def test_false_alarms() -> None:
    kinds = {"documentation": _documentation()}
    for name, read in (("KODEKS_WORD_FILES", _word_files), ("KODEKS_TREEBANKS", _sentences)):
        if folder := os.environ.get(name):
            kinds[name] = read(Path(folder))
    print("\n| texts | sections | alarms | per 100 |\n| --- | --- | --- | --- |")
    for kind, found in kinds.items():
        rows = list(found)
        alarms = [name for name, alarm in rows if alarm]
        share = 100 * len(alarms) / len(rows)
        print(f"| {kind} | {len(rows):,} | {len(alarms)} | {share:.2f} | {alarms[:20]}")
        assert share <= MOST, kind
