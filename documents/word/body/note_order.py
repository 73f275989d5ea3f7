"""Notes written, and numbered by their ids, in the order in which the text refers to them. Word finds a note
by its id. LibreOffice 7.4 takes the note with the third id for the third reference, whatever the reference's
id."""

from __future__ import annotations

from collections.abc import Mapping

from documents.word.file.ns import Element, number, parse, w
from documents.word.file.package import Package
from documents.word.file.refusal import Refused
from documents.word.file.rewrite import Rewritten, written_like

KINDS = ("footnote", "endnote")


def put_in_order(body: Element, notes: Element, kind: str, *, drop: bool = False) -> bool:
    """Put the notes of a part in the order of the references in ``body``, with rising ids. Notes without a
    reference go last, or are dropped (``drop``). Returns whether anything changed."""
    written, wanted, rest = _sorted(body, notes, kind)
    if written == wanted + ([] if drop else rest):
        return False
    for note in rest if drop else ():
        notes.remove(note)
    ordered = wanted + ([] if drop else rest)
    notes.extend(ordered)
    ids = [note.get(w("id")) or "" for note in ordered]
    names = dict(zip(ids, sorted(ids, key=number), strict=True))
    if ids != list(names.values()):
        for node in (*ordered, *body.iter(w(f"{kind}Reference"))):
            node.set(w("id"), names.get(node.get(w("id")) or "", node.get(w("id")) or ""))
    return True


def kinds_in_order(file: Rewritten) -> list[str]:
    """Of which kinds a file has its notes in order, or none."""
    body = file.root(file.package.main)
    found = []
    for kind in KINDS:
        name = file.related(f"{kind}s")
        try:
            written, wanted, rest = ([], [], []) if name is None else _sorted(body, file.root(name), kind)
        except Refused:
            continue  # Broken notes stay as they are.
        if written == wanted + rest:
            found.append(kind)
    return found


def notes_in_order(package: Package, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The main part and those with notes of a package with changed ``parts``, where these changed the order
    of notes. Without those that nothing refers to any more."""
    result: dict[str, bytes] = {}
    main = package.main
    for kind in KINDS if main in parts else ():
        name = package.related(main, f"{kind}s")
        sign = f"{kind}Reference".encode()
        if name is None or not package.has(name) or sign not in package.read(main) + parts[main]:
            continue
        try:
            written, wanted, rest = _sorted(parse(package.read(main)), parse(package.read(name)), kind)
            body = parse(result.get(main) or parts[main], main)
            notes = parse(parts.get(name) or package.read(name), name)
        except Refused:
            continue
        ids = [node.get(w("id")) for node in body.iter(w(f"{kind}Reference"))]
        if written == wanted + rest and put_in_order(body, notes, kind, drop=not rest):
            result[name] = written_like(notes, package.read(name))
            if [node.get(w("id")) for node in body.iter(w(f"{kind}Reference"))] != ids:
                result[main] = written_like(body, package.read(main))
    return result


def _sorted(body: Element, notes: Element, kind: str) -> tuple[list[Element], list[Element], list[Element]]:
    """The notes as they are written, those that are named in the order of the text, and the rest."""
    written = [note for note in notes.iterchildren(w(kind)) if note.get(w("type"), "normal") == "normal"]
    by_id = {note.get(w("id")): note for note in written}
    named = dict.fromkeys(node.get(w("id")) for node in body.iter(w(f"{kind}Reference")))
    wanted = [by_id[name] for name in named if name in by_id]
    named_ids = {id(note) for note in wanted}
    return written, wanted, [note for note in written if id(note) not in named_ids]
