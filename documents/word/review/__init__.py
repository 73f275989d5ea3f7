"""Reads a Word file that came back from review: the text as its changes make it, the text as it was before them, who
changed what and when, and the comments."""

from __future__ import annotations

import json
import struct
import tempfile
from collections import deque
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from documents.text import SectionTree
from documents.word import ns
from documents.word.comments import WordComment, comments_at
from documents.word.editors.behind_deleted import text_behind_deleted
from documents.word.editors.made_anew import signed
from documents.word.editors.restored import goes, restore
from documents.word.editors.row_signs import drop_row_signs
from documents.word.editors.table_looks import without_looks
from documents.word.editors.took_levels import put_back_levels
from documents.word.editors.typed_behind import keep_looks
from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.package import Package
from documents.word.marks import own_mark, title_paragraphs, uid_of
from documents.word.ns import Element, w
from documents.word.read.context import Trace
from documents.word.read.read import read_package
from documents.word.read.result import ReadResult
from documents.word.resolve import resolve
from documents.word.review.beside import ChangeBeside, LinesBeside, changes_beside, lines_beside
from documents.word.review.heading_looks import heading_looks
from documents.word.review.tracked import KINDS, TrackedChange, changes_at

Json = dict[str, Any]
BLOCKS = (w("p"), w("tbl"), w("sdt"))
COMMENTED = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"), w("t"))
NOTES = {w("footnoteReference"): ("footnotes", "footnote"), w("endnoteReference"): ("endnotes", "endnote")}
LONGEST = 4_000


@dataclass(frozen=True)
class Returned:
    """``accepted`` and ``refused`` are the text with and without the tracked changes. ``states``: by uid, the start of the
    hash of the text that was sent out; ``orders``: at which place it was sent out; ``looks``: the level of its heading by its look
    (0: text) as it was sent out, without and with the changes. ``marked``: whether sections are known by bookmarks; ``own``: by those of an own file.
    ``beside``: what was changed with tracking before the first section, in headers and footers; ``lines``: what stands there;
    ``title``: the title in the file's properties. ``tables``: by their hash, the tables without the looks that their style gives;
    ``signed``: the blocks with words that programs write anew, with signs around these (documents/word/editors/made_anew.py)."""

    accepted: ReadResult
    refused: ReadResult
    states: dict[str, str]
    orders: dict[str, int]
    looks: dict[str, tuple[int, int, int]]
    changes: tuple[TrackedChange, ...]
    comments: tuple[WordComment, ...]
    marked: bool
    beside: tuple[ChangeBeside, ...] = ()
    lines: LinesBeside = field(default_factory=LinesBeside)
    title: str = ""
    own: bool = False
    tables: dict[str, Json] = field(default_factory=dict)
    signed: dict[str, Json] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        head = {
            "states": self.states,
            "orders": self.orders,
            "looks": self.looks,
            "changes": [asdict(change) for change in self.changes],
            "comments": [asdict(comment) for comment in self.comments],
            "marked": self.marked,
            "beside": [asdict(change) for change in self.beside],
            "lines": self.lines.as_json(),
            "title": self.title,
            "own": self.own,
            "tables": self.tables,
            "signed": self.signed,
        }
        pieces = [json.dumps(head).encode(), self.accepted.to_bytes(), self.refused.to_bytes()]
        return b"".join(struct.pack(">Q", len(piece)) + piece for piece in pieces)

    @classmethod
    def from_bytes(cls, data: bytes) -> Returned:
        pieces = []
        offset = 0
        for _ in range(3):
            (size,) = struct.unpack(">Q", data[offset : offset + 8])
            pieces.append(data[offset + 8 : offset + 8 + size])
            offset += 8 + size
        head = json.loads(pieces[0])
        return cls(
            ReadResult.from_bytes(pieces[1]),
            ReadResult.from_bytes(pieces[2]),
            head["states"],
            head["orders"],
            {uid: tuple(looks) for uid, looks in head["looks"].items()},
            tuple(TrackedChange(**change) for change in head["changes"]),
            tuple(WordComment(**comment) for comment in head["comments"]),
            head["marked"],
            tuple(ChangeBeside(**change) for change in head["beside"]),
            LinesBeside.from_json(head["lines"]),
            head["title"],
            head["own"],
            head["tables"],
            head["signed"],
        )


def read_returned(
    data: bytes,
    limits: Limits = DEFAULT_LIMITS,
    *,
    language: str = "",
    texts: Sequence[str] = (),
    depths: Mapping[str, int] | None = None,
) -> Returned:
    """Reads the file, in a content language or in the one that it seems to be in. ``texts`` are lines that look like headings
    and are text; ``depths``: how deep in lists the text that was sent out has its paragraphs. Raises Refused."""
    opened = partial(_opened, data, limits, depths or {})
    package, original = map(opened, (True, False))
    trace = Trace()
    refused_trace = Trace()
    made_text = restore(package)
    was_text = restore(original)
    read = partial(read_package, language=language, limits=limits, texts=texts)
    accepted, refused = read(package, trace=trace), read(original, trace=refused_trace)
    again = partial(map, opened, (True, False))
    tables = without_looks(again(), read, (accepted, refused))
    made_anew = signed(again(), read, (accepted, refused))
    uids = uids_of(accepted.tree, trace)
    places = list(walk(package, uids))
    titles = {*trace.titles, *(title_paragraphs(package.xml(package.main)) or ())}
    return Returned(
        accepted,
        refused,
        refused_trace.states | trace.states,
        refused_trace.orders | trace.orders,
        dict(heading_looks(accepted.tree, trace, refused_trace, (was_text, made_text))),
        tuple(changes_at(places, formats=True)),
        tuple(comments_at(package, places)),
        bool(trace.states or refused_trace.states),
        tuple(changes_beside(package, uids, titles)),
        lines_beside(package, uids, titles),
        _title(package),
        any(
            own_mark([one.get(w("name")) or ""]) for one in package.xml(package.main).iter(w("bookmarkStart"))
        ),
        tables,
        made_anew,
    )


def _opened(data: bytes, limits: Limits, depths: Mapping[str, int], accept: bool) -> Package:
    """The file with its tracked changes, which the reader accepts, or with all of them refused."""
    package = open_package(data, limits)
    drop_row_signs(package, package.xml(package.main))
    text_behind_deleted(package)
    if not accept:
        put_back_levels(package, depths)
        keep_looks(package)
    return package if accept else open_package(resolve(package, accept=False), limits)


def _title(package: Package) -> str:
    properties = package.optional_xml("", "core-properties")
    title = properties.find(f"{{{ns.DC}}}title") if properties is not None else None
    return (title.text or "").strip()[:LONGEST] if title is not None else ""


def returned_in_child(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    language: str = "",
    texts: Sequence[str] = (),
    depths: Mapping[str, int] | None = None,
) -> Returned:
    """The same in a process of its own. Raises Refused."""
    # Lines can be longer than an argument may be, so they go by a file.
    with tempfile.NamedTemporaryFile("w", prefix="kodeks-texts-", suffix=".json") as asked:
        json.dump([list(texts), dict(depths or {})], asked)
        asked.flush()
        arguments = [str(path.resolve(strict=True)), json.dumps(limits.as_dict()), language, asked.name]
        return Returned.from_bytes(run_confined("documents.word.review", arguments, limits))


def uids_of(tree: SectionTree, trace: Trace) -> dict[Element, str]:
    """The section of every element that a heading or a block was read from."""
    queues = {sha256: deque(found) for sha256, found in trace.blocks.items()}
    found: dict[Element, str] = {}
    for index, section in enumerate(tree):
        for element in trace.headings[index]:
            found[element] = section.uid
        for block in section.text.body["blocks"]:
            queue = queues.get((block.get("attrs") or {}).get("ooxml", ""))
            for element in queue.popleft() if queue else ():
                found[element] = section.uid
    return found


def walk(package: Package, uids: dict[Element, str]) -> Iterator[tuple[Element, str]]:
    """The blocks of the text and what tells of changes and comments in them, each note's after the place that refers to it, with the uid of the section that they stand
    in, or before whose end."""
    notes = _notes(package)
    tags = (*BLOCKS, *KINDS, *NOTES)
    if package.related(package.main, "comments") is not None:
        tags += COMMENTED
    uid = next(iter(uids.values()), "")
    known, gone = frozenset(uids.values()), ""
    for element in package.xml(package.main).iter(*tags):
        if element.tag == w("p"):
            gone = _gone(element, known, gone)
        uid = gone or uids.get(element, uid)
        yield element, uid
        if element.tag in NOTES:
            note = notes.pop((element.tag, element.get(w("id")) or ""), None)
            for inner in note.iter(*tags) if note is not None else ():
                yield inner, uid


def _gone(paragraph: Element, known: Container[str], gone: str) -> str:
    """The uid of the section that a deleted paragraph is of, where all of that section is deleted."""
    names = (node.get(w("name")) or "" for node in paragraph.iter(w("bookmarkStart")))
    uid = uid_of(names)
    if uid:
        return "" if uid in known else uid
    return gone if gone and goes(paragraph) else ""


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    found = {}
    for reference, (role, tag) in NOTES.items():
        root = package.optional_xml(package.main, role)
        for note in root.iterchildren(w(tag)) if root is not None else ():
            found[(reference, note.get(w("id")) or "")] = note
    return found


def main(arguments: list[str]) -> int:
    path, limits_json, language, asked_at = arguments
    limits = Limits(**json.loads(limits_json))
    texts, depths = json.loads(Path(asked_at).read_text("utf-8"))

    def work() -> bytes:
        data = Path(path).read_bytes()
        return read_returned(data, limits, language=language, texts=texts, depths=depths).to_bytes()

    return confined(limits, work)
