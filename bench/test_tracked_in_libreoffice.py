"""Redlines and tracked files settled by LibreOffice, beside what was meant and beside ``kodeks accept`` and
``reject``.

``KODEKS_WORD_FILES`` names a folder of Word files; without it the demonstration's texts are taken, and this
says so. Each difference is named, so that it can be looked at: some are LibreOffice's own
(docs/command-line.md).
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from bench.changed_files import changed_file
from documents.demo.markdown import read_markdown
from documents.word import Refused, open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from tests.support.documents.word.sample import ministry_docx
from tests.support.services.office import Office

DEMO = Path(__file__).parents[1] / "documents" / "demo"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    folder = os.environ.get("KODEKS_WORD_FILES")
    if folder:
        return {path.stem: path.read_bytes() for path in sorted(Path(folder).rglob("*.docx"))}
    print("\nKODEKS_WORD_FILES names no folder of Word files: files made of the demonstration's texts")
    return {
        f"{path.parts[-3]}-{path.stem}": ministry_docx(
            read_markdown(path.read_text(), path.parts[-3], path.stem)
        )
        for path in sorted(DEMO.glob("*/edition-1/*.md"))
    }


def _settled(soffice: Office, folder: Path, made: dict[str, bytes]) -> dict[str, tuple[list[str], list[str]]]:
    """The lines of each file as LibreOffice settles it; without those that it doesn't open."""
    paths = [folder / f"{name}.docx" for name in made]
    for path, data in zip(paths, made.values(), strict=True):
        path.write_bytes(data)
    texts = zip(made, soffice.resolve(paths), strict=True)
    return {name: (_lines(both[0]), _lines(both[1])) for name, both in texts if both is not None}


def _lines(text: str) -> list[str]:
    # It writes signs of no width at the places of content controls and notes.
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").splitlines()


def test_redlines(files: dict[str, bytes], writer: Office, tmp_path: Path) -> None:
    seed = int(os.environ.get("KODEKS_BENCH_SEED", "1"))
    made: dict[str, bytes] = {}
    names = []
    for name, data in files.items():
        try:
            old = open_package(data)
            new = changed_file(data, seed)
            if new is None:
                continue
            made[f"{name}.redline"] = redline(old, open_package(new))
            made[f"{name}.old"] = resolve(open_package(data), accept=True)
            made[f"{name}.new"] = resolve(open_package(new), accept=True)
        except Refused:
            continue
        names.append(name)
    settled = _settled(writer, tmp_path, made)
    opened = [n for n in names if all(f"{n}.{kind}" in settled for kind in ("redline", "old", "new"))]
    differ = [
        name
        for name in opened
        if settled[f"{name}.redline"] != (settled[f"{name}.new"][0], settled[f"{name}.old"][0])
    ]
    print(f"redlines as meant by LibreOffice: {len(opened) - len(differ)}/{len(opened)}; not {differ}")
    assert len(differ) <= 0.15 * len(opened)


def test_tracked_files(files: dict[str, bytes], writer: Office, tmp_path: Path) -> None:
    made: dict[str, bytes] = {}
    names = []
    for name, data in files.items():
        try:
            accepted, rejected = (resolve(open_package(data), accept=accept) for accept in (True, False))
        except Refused:
            continue
        if accepted != rejected:
            made |= {name: data, f"{name}.accepted": accepted, f"{name}.rejected": rejected}
            names.append(name)
    settled = _settled(writer, tmp_path, made)
    opened = [n for n in names if all(f"{n}{end}" in settled for end in ("", ".accepted", ".rejected"))]
    differ = [
        name
        for name in opened
        if settled[name] != (settled[f"{name}.accepted"][0], settled[f"{name}.rejected"][0])
    ]
    print(
        f"tracked files as LibreOffice settles them: {len(opened) - len(differ)}/{len(opened)}; not {differ}"
    )
    assert len(differ) <= 0.25 * len(opened)
