"""Writes a document's own file: its source with the text as it is now. docs/word.md says what becomes of what."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents.text import Section, SectionTree
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.package import Package
from documents.word.marks import with_looks
from documents.word.note_order import notes_in_order
from documents.word.read.context import Trace
from documents.word.read.outline.decisions import Decisions
from documents.word.read.read import read_package
from documents.word.read.result import Blob
from documents.word.source_patch.build import Build
from documents.word.source_patch.items import counted_right
from documents.word.source_patch.numbers import Fix, fixes
from documents.word.source_patch.unlike import numbered_otherwise, worded_otherwise
from documents.word.write.document_file import Words

MOST_TRIES = 6


@dataclass(frozen=True)
class OwnFile:
    """The file, and what became of the blocks: ``kept`` as they were, ``changed`` word by word, ``written`` anew.

    ``unlike``: sections that read differently from the text that was to be written (a number that Word counts itself).
    """

    data: bytes = field(repr=False)
    kept: int
    changed: int
    written: int
    unlike: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    """Of these, the sections in which a heading or an item shows another number than the text: a person is told."""
    otherwise: tuple[str, ...] = ()
    """And those that do not say what the text says: a person is told."""


def write_own_file(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str] = (),
    *,
    blobs: Mapping[str, Blob] | None = None,
    words: Words | None = None,
    limits: Limits = DEFAULT_LIMITS,
    decisions: Decisions | None = None,
) -> OwnFile:
    """The bytes of ``source`` with the text of ``tree``.

    ``uids`` says which sections of the tree the source's are, in the order in which they are read from it (empty for one
    that is none of them; of more, the last ones count); without it they are known by the bookmarks in the source, or are the tree's in order. ``blobs`` are
    the pictures that new text names. ``decisions`` are those with which the source was taken in. Raises Refused where the source can't be read.

    What was written is read again: a line that does not read as it should is written anew, run by run.
    """
    anew: set[tuple[str, int]] = set()
    numbers: dict[str, Fix] = {}
    for _ in range(MOST_TRIES):
        build = Build(
            open_package(source, limits),
            tree,
            uids,
            dict(blobs or {}),
            words or Words(),
            limits,
            frozenset(anew),
            decisions or {},
            numbers,
        )
        parts = build.parts()
        data = repack(build.package, parts)
        unlike, looks, counted = _read_again(data, tree, limits, numbers)
        if not unlike - anew and counted == numbers:
            break
        anew |= unlike
        numbers = counted
    for _ in range(MOST_TRIES if unlike else 0):
        trace = Trace()
        package = open_package(data, limits)
        read = read_package(package, language=tree.language, limits=limits, trace=trace).tree
        others = counted_right(tree, read, trace, package)
        if not others:
            break
        data, parts = repack(package, others), parts | others
        unlike, looks, _ = _read_again(data, tree, limits, numbers)
    main = build.package.main
    parts |= notes_in_order(build.package, parts)
    data = repack(build.package, parts | {main: with_looks(parts[main], looks)})
    differing = tuple(dict.fromkeys(uid for uid, _ in sorted(unlike)))
    numbered: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    if differing:
        again = read_package(open_package(data, limits), language=tree.language, limits=limits).tree
        numbered, otherwise = numbered_otherwise(tree, again), worded_otherwise(tree, again)
    return OwnFile(data, build.kept, build.changed, build.written, differing, numbered, otherwise)


def _read_again(
    data: bytes, tree: SectionTree, limits: Limits, numbers: Mapping[str, Fix]
) -> tuple[set[tuple[str, int]], dict[int, int], dict[str, Fix]]:
    """The blocks (−1: the heading) that do not read as the tree says; by the number of a section, the look of its heading; and what
    is to be done, with what was done so far, so that the headings show the text's numbers."""
    trace = Trace()
    package = open_package(data, limits)
    again = read_package(package, language=tree.language, limits=limits, trace=trace).tree
    read = again.by_uid
    looks = {n: trace.looks[s.uid][1] for n, s in enumerate(tree) if s.uid in trace.looks}
    found: set[tuple[str, int]] = set()
    for section in tree:
        other = read.get(section.uid)
        if other is None:
            found.add((section.uid, -1))
            continue
        found.update((section.uid, index) for index in _differing(section, other))
    return found, looks, fixes(tree, again, trace, package, numbers)


def _differing(section: Section, other: Section) -> list[int]:
    ours, theirs = section.text.body, other.text.body
    found = [] if _plain(ours.get("heading"), ours) == _plain(theirs.get("heading"), theirs) else [-1]
    mine = [_plain(block, ours) for block in ours.get("blocks") or []]
    read = [_plain(block, theirs) for block in theirs.get("blocks") or []]
    if len(mine) == len(read):
        return found + [index for index, (a, b) in enumerate(zip(mine, read, strict=True)) if a != b]
    left = list(read)
    for index, block in enumerate(mine):
        if block in left:
            left.remove(block)
        else:
            found.append(index)
    return found


def _plain(value: object, body: Mapping[str, object]) -> object:
    """A block without what only Word knows, with its notes' texts in place of their numbers."""
    notes = body.get("notes") or {}
    if isinstance(value, list):
        return [_plain(part, body) for part in value]
    if isinstance(value, Mapping):
        if value.get("type") == "note":
            return {"type": "note", "text": _note(notes, value["attrs"]["id"])}
        made = {key: _plain(part, body) for key, part in value.items() if key != "ooxml"}
        return {key: part for key, part in made.items() if not (key == "attrs" and not part)}
    return value


def _note(notes: object, note_id: str) -> object:
    return _plain(notes.get(note_id, []), {}) if isinstance(notes, Mapping) else []


def repack(package: Package, parts: Mapping[str, bytes]) -> bytes:
    """The package with some parts exchanged or added; all others come out as they are, in the same order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, info in package.members.items():
            copied = zipfile.ZipInfo(name, date_time=info.date_time)
            copied.compress_type = info.compress_type
            copied.external_attr = info.external_attr
            archive.writestr(copied, parts[name] if name in parts else package.read(name))
        for name, data in sorted(parts.items()):
            if name not in package.members:
                added = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                added.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(added, data)
    return target.getvalue()
