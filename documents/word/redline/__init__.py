"""Two Word files as one with tracked changes: accepted it is the new text, refused the old one.

It is the new file, with its look, into which the old text is imported as deleted. Both files' tracked changes
are accepted first. Then blocks are paired, and words are marked within them. Parts that don't change leave as
they came.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from documents.text import plain_line
from documents.word.body.note_order import kinds_in_order, put_in_order
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.file.package import Package
from documents.word.file.rewrite import Rewritten
from documents.word.redline.bring.headers import Headers
from documents.word.redline.bring.part_importer import PartImporter
from documents.word.redline.compared.comparand import Comparand, drop_unseen_blanks
from documents.word.redline.compared.spelling import settle_spelling
from documents.word.redline.containers import Containers
from documents.word.redline.paragraphs import Paragraphs
from documents.word.redline.revision_marks import RevisionMarks, blocks_of
from documents.word.redline.unwrap import open_alternates, open_foreign
from documents.word.resolve import resolve_parts

IDS = re.compile(rb':id="(\d{1,9})"')
DEFAULT_AUTHOR = "Kodeks"


def redline(
    old: Package,
    new: Package,
    *,
    author: str = DEFAULT_AUTHOR,
    date: datetime | None = None,
    unmarked: list[str] | None = None,
) -> bytes:
    """The new file with what changed from the old one as tracked changes of ``author`` at ``date`` (now). The
    words of headers and footers of the old file that it has no place for are put into ``unmarked``.

    Raises Refused where a part of either is broken.
    """
    old_file, new_file = Rewritten(old), Rewritten(new)
    for file in (old_file, new_file):
        resolve_parts(file, accept=True)
    when = (date or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    ordered = kinds_in_order(new_file)
    marks = RevisionMarks(plain_line(author)[:250] or DEFAULT_AUTHOR, when, _last_id(new_file))
    before, after = _comparand(old_file), _comparand(new_file)
    importer = PartImporter(before, after, marks)
    paragraphs = Paragraphs(before, after, importer, marks)

    bodies = [next(file.root(file.package.main).iter(w("body")), None) for file in (old_file, new_file)]
    if bodies[0] is not None and bodies[1] is not None:
        made = _complete(bodies[0]), _complete(bodies[1])
        headers = Headers(before, after, importer.parts)
        headers.find()
        if unmarked is not None:
            unmarked += headers.lost
        Containers(paragraphs, old.main, new.main).compare(bodies[0], bodies[1])
        if None not in made:
            _drop_empty_end(bodies[1])
        new_file.touch(new.main)
        _compare_notes(paragraphs)
        for root, old_part, new_part in headers.pairs:
            Containers(paragraphs, old_part, new_part).compare(root, new_file.root(new_part))
            new_file.touch(new_part)
        _order_notes(new_file, bodies[1], ordered)
    return new_file.to_bytes()


def _comparand(file: Rewritten) -> Comparand:
    """A file, with what is spelled or wrapped in one of several ways as all are."""
    side = Comparand(file)
    settle_spelling(side)
    drop_unseen_blanks(side)
    for name in file.stories():
        if b"ProcessContent" in file.package.read(name):
            open_foreign(file.root(name))
        if b"AlternateContent" in file.package.read(name):
            open_alternates(file.root(name))
    return side


def _complete(body: Element) -> Element | None:
    """Adds the empty paragraph that Word gives an empty body, or one with a table at its end. Only if it
    needs one."""
    blocks = blocks_of(body)
    if blocks and blocks[-1].tag != w("tbl"):
        return None
    made = e("p")
    if blocks:
        blocks[-1].addnext(made)
    else:
        body.insert(0, made)
    return made


def _drop_empty_end(body: Element) -> None:
    """Removes that paragraph again where both texts end in the same table. Neither file has it, and nothing
    marks it."""
    blocks = blocks_of(body)
    if len(blocks) > 1 and blocks[-1].tag == w("p") and not len(blocks[-1]) and blocks[-2].tag == w("tbl"):
        marks = [ns.child(row, "trPr") for row in blocks[-2].iterchildren(w("tr"))]
        if any(ns.child(mark, "ins") is None and ns.child(mark, "del") is None for mark in marks):
            body.remove(blocks[-1])


def _last_id(file: Rewritten) -> int:
    numbers = [int(n) for name in file.stories() for n in IDS.findall(file.package.read(name))]
    return max((n for n in numbers if n < 900_000_000), default=0)


def _compare_notes(paragraphs: Paragraphs) -> None:
    """Notes that are in both texts, compared in turn. A note names no note, so this ends."""
    done: set[tuple[str, str]] = set()
    texts = {
        (side, kind): _texts(side, kind)
        for side in (paragraphs.old, paragraphs.new)
        for kind in ("footnote", "endnote")
    }
    for kind, old_id, new_id in list(paragraphs.notes):
        old_name = paragraphs.old.file.related(kind + "s")
        new_name = paragraphs.new.file.related(kind + "s")
        if (kind, new_id) in done or old_name is None or new_name is None:
            continue
        done.add((kind, new_id))
        before = texts[(paragraphs.old, kind)].get(old_id)
        after = texts[(paragraphs.new, kind)].get(new_id)
        if before is not None and after is not None:
            Containers(paragraphs, old_name, new_name).compare(before, after)
            paragraphs.new.file.touch(new_name)


def _order_notes(file: Rewritten, body: Element, kinds: list[str]) -> None:
    for kind in kinds:
        notes = file.related(f"{kind}s")
        if notes is not None and put_in_order(body, file.root(notes), kind):
            file.touch(notes)


def _texts(side: Comparand, kind: str) -> dict[str, Element]:
    """The notes of a file by their ids; of two with one id the last, as they are read."""
    name = side.file.related(kind + "s")
    if name is None:
        return {}
    return {node.get(w("id")) or "": node for node in side.file.root(name).iter(w(kind))}
