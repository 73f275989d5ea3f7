"""How much of Word files is read, how well, how quickly; peers in the same run.

``KODEKS_WORD_FILES`` names a folder of Word files; without it, and this says so, files made of the
demonstration's texts.
"""

from __future__ import annotations

import gc
import io
import os
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx2python import docx2python

from bench.word_count import Counted, count
from documents.demo.markdown import read_markdown
from documents.text.extraction import inline_text
from documents.word import Refused, open_package
from documents.word.show.contents import as_lines, read_whole
from tests.support.documents.word.long_tree import long_tree
from tests.support.documents.word.sample import ministry_docx
from tests.support.services.office import Office

Json = dict[str, Any]
DEMO = Path(__file__).parents[1] / "documents" / "demo"
SIGNS = re.compile("[\u00ad\ue000-\uf8ff☼☐☒]")
BULLETS = "•◦▪"
NOTE = "\x01"
"""Stands for the number of a note, which the reader counts by section and LibreOffice through the whole text.
"""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    folder = os.environ.get("KODEKS_WORD_FILES")
    if folder:
        return {path.name: path.read_bytes() for path in sorted(Path(folder).rglob("*.docx"))}
    print(
        "\nKODEKS_WORD_FILES names no folder of Word files: reading files made of the demonstration's texts"
    )
    made = {"long.docx": ministry_docx(long_tree(150, 120))}
    for path in sorted(DEMO.glob("*/edition-1/*.md")):
        tree = read_markdown(path.read_text(), path.parts[-3], path.stem)
        made[f"{path.parts[-3]}-{path.stem}.docx"] = ministry_docx(tree)
    return made


@pytest.fixture(scope="module")
def read(files: dict[str, bytes]) -> dict[str, Json]:
    found, refused = {}, Counter[str]()
    for name, data in files.items():
        try:
            found[name] = read_whole(open_package(data))
        except Refused as reason:
            refused[reason.code] += 1
    print(f"\n{len(files)} files: {len(found)} read, {dict(refused)} refused")
    return found


def squeezed(text: str) -> str:
    """Without blanks, and with one sign for all that stand for a symbol of a font."""
    return SIGNS.sub("☼", "".join(unicodedata.normalize("NFC", text).split()))


def lines(node: Json, label: str = "") -> list[tuple[str, str]]:
    """Each line of a block with its label; the mark of a note at its beginning, which LibreOffice writes out,
    is one too."""
    kind, attrs = node["type"], node.get("attrs") or {}
    if kind in ("paragraph", "figure"):
        content = node.get("content") or []
        begins_with_note = bool(content) and content[0]["type"] == "note"
        return [(label + (NOTE if begins_with_note else ""), inline_text(content))]
    if kind == "opaque":
        return [("", attrs.get("text", ""))]
    found = [("", attrs[key]) for key in ("title", "who", "limit") if attrs.get(key)]
    for index, inner in enumerate(node.get("content") or []):
        own = (node.get("attrs") or {}).get("label", "") if kind == "item" and not index else ""
        found += lines(inner, own)
    return found


def all_lines(whole: Json) -> list[tuple[str, str]]:
    found = []
    for section in whole["sections"]:
        found.append((section["label"], inline_text(section["heading_content"])))
        for block in section["blocks"]:
            found += lines(block)
        for blocks in section["notes"].values():
            found += [line for block in blocks for line in lines(block)]
    return found


def lost(wanted: Counted, text: str) -> int:
    """How many letters and signs of the paragraphs stand nowhere in the text; one that stands twice must
    stand there twice."""
    missing = 0
    for paragraph, times in Counter(map(squeezed, wanted.body + wanted.notes)).items():
        if paragraph:
            # A sign may be a blank of its font.
            pattern = ".?".join(map(re.escape, paragraph.split("☼")))
            there = len(re.findall(f"(?={pattern})", text)) if "☼" in paragraph else text.count(paragraph)
            missing += len(paragraph) * max(0, times - there)
    return missing


def test_what_is_kept(files: dict[str, bytes], read: dict[str, Json]) -> None:
    """Against a count that shares nothing with the reader, beside docx2python; headings by outline level."""
    letters = gone = whole_files = headings = headings_found = peer_whole = peer_read = 0
    for name, whole in read.items():
        wanted = count(files[name])
        ours = all_lines(whole)
        text = "\0".join(squeezed(label.rstrip(NOTE) + words) for label, words in ours)
        total, missing = sum(len(squeezed(p)) for p in wanted.body + wanted.notes), lost(wanted, text)
        letters, gone, whole_files = letters + total, gone + missing, whole_files + (not missing)
        if missing:
            print(f"  {name}: {missing} of {total} letters not found")
        marked = Counter(squeezed(words) for _, words in wanted.outline)
        said = Counter(squeezed(s["label"] + inline_text(s["heading_content"])) for s in whole["sections"])
        bare = Counter(squeezed(inline_text(s["heading_content"])) for s in whole["sections"])
        for words, times in marked.items():
            headings += times
            headings_found += min(times, max(said[words], bare[words]))
        try:
            with docx2python(io.BytesIO(files[name])) as peer:
                peer_text = "\0".join(squeezed(line) for line in peer.text.split("\n"))
            peer_read += 1
            peer_whole += not lost(wanted, peer_text)
        except Exception:
            continue
    print(
        f"letters kept {1 - gone / letters:.4%}; complete {whole_files}/{len(read)} "
        f"(docx2python {peer_whole}, reads {peer_read}); outline headings {headings_found}/{headings}"
    )
    assert gone <= 0.0001 * letters
    assert whole_files >= 0.995 * len(read)
    assert headings_found >= 0.995 * headings


def test_labels_as_libreoffice_shows_them(
    files: dict[str, bytes], read: dict[str, Json], soffice: Office, tmp_path: Path
) -> None:
    """Numbers must be the same; LibreOffice's text export has one bullet a level for all bullets."""
    equal = labels = unread = 0
    names = list(read)[: int(os.environ.get("KODEKS_BENCH_FILES", "60"))]
    for name in names:
        path = tmp_path / name
        path.write_bytes(files[name])
        try:
            theirs = [squeezed(line) for line in soffice.text(path).split("\n")]
        except RuntimeError:
            unread += 1
            continue
        at = 0
        for label, words in all_lines(read[name]):
            mine, start = squeezed(label.rstrip(NOTE)), squeezed(words.split("\n")[0])
            place = next((i for i in range(at, len(theirs)) if _starts(theirs[i], start)), None)
            if len(start) < 2 or place is None:
                continue
            at = place + 1
            shown = theirs[place][: theirs[place].find(start)]
            if label.endswith(NOTE):
                shown = shown.rstrip("0123456789ivx*")
            if mine or shown:
                same = mine == shown or (shown in BULLETS and not any(c.isalnum() for c in mine))
                labels, equal = labels + 1, equal + same
                if not same:
                    print(f"  {name}: {label!r}, LibreOffice {shown!r}: {words[:50]!r}")
    print(f"labels equal to LibreOffice's {equal}/{labels} in {len(names) - unread} files")
    assert equal >= 0.995 * labels


def _starts(line: str, words: str) -> bool:
    at = line.find(words)
    return 0 <= at <= 40 and line.endswith(words)


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Processor time, the least of so many ``times``, without the collector of garbage, which the reading
    process switches off too."""
    gc.disable()
    try:
        return min(_timed(work) for _ in range(times))
    finally:
        gc.enable()


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_times(files: dict[str, bytes], read: dict[str, Json]) -> None:
    """Processor time of a whole file to JSON, the least of three, because the first one fills the machine's
    caches; python-docx, file by file in turn with us, opens it and takes the text of its paragraphs and
    cells."""
    ours, theirs = [], []
    for name in read:
        data = files[name]
        ours.append(seconds(lambda d=data: as_lines(read_whole(open_package(d))), 3))  # type: ignore[misc]
        try:
            theirs.append(seconds(lambda d=data: _python_docx(d), 3))  # type: ignore[misc]
        except Exception:
            continue
    ours.sort()
    theirs.sort()
    told = [
        f"{name} p50 {1000 * took[len(took) // 2]:.1f} ms, p95 {1000 * took[int(0.95 * len(took))]:.1f} ms"
        for name, took in (("kodeks", ours), ("python-docx", theirs))
    ]
    long = ministry_docx(long_tree(830, 120))
    took, peer = (
        seconds(lambda: as_lines(read_whole(open_package(long))), 3),
        seconds(lambda: _python_docx(long), 3),
    )
    print(f"{'; '.join(told)}; 100,000 words: {1000 * took:.0f} ms, python-docx {1000 * peer:.0f} ms")
    assert took < 6, "some times the figure on a quiet machine"


def _python_docx(data: bytes) -> int:
    document = docx.Document(io.BytesIO(data))
    size = sum(len(paragraph.text) for paragraph in document.paragraphs)
    for table in document.tables:
        size += sum(len(cell.text) for row in table.rows for cell in row.cells)
    return size
