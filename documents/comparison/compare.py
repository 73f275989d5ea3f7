"""Two texts compared, section by section."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from documents.comparison.blocks.diff import diff_blocks
from documents.comparison.blocks.lists import without_led
from documents.comparison.blocks.moves import with_moves
from documents.comparison.blocks.notes import diff_notes
from documents.comparison.context import Context
from documents.comparison.inline_diff import diff_content, diff_strings, other_words, says_more
from documents.comparison.inlines import Json
from documents.comparison.model import (
    Comparison,
    Entry,
    Kind,
    NodeChange,
    NoteChange,
    Place,
    SectionChange,
    WordOp,
)
from documents.comparison.sections.match import match_sections
from documents.comparison.sections.moves import moves
from documents.comparison.sections.splits import with_section_splits
from documents.text import Section, SectionTree

EMPTY: Json = {"heading": [], "blocks": [], "notes": {}}


def compare(old: SectionTree, new: SectionTree, *, one_text_in_two_scripts: bool = False) -> Comparison:
    """What changed from ``old`` to ``new``.

    With ``one_text_in_two_scripts`` a word in Serbian Cyrillic and the same word in Latin count as equal.
    What Word alone knows (``attrs.ooxml``) is never looked at.
    """
    with _no_collection():
        return _compare(old, new, Context.make(one_text_in_two_scripts=one_text_in_two_scripts))


@contextmanager
def _no_collection() -> Iterator[None]:
    """A comparison makes no cycles. Looking for some, in all that a server has in memory, would take longer
    than it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compare(old: SectionTree, new: SectionTree, context: Context) -> Comparison:
    pairs = match_sections(old, new, context)
    partner = {j: i for i, j in pairs.items()}
    moved, along = moves(old, new, pairs)
    uids = {old.sections[i].uid: new.sections[j].uid for i, j in pairs.items()}
    # By the uid of a section that was joined to another the one that goes on, where it was there before.
    heirs = {origin: section for section in new for origin in section.origins if section.uid in old.by_uid}
    old_paths, new_paths = _paths(old), _paths(new)

    changes: list[SectionChange] = []
    for j, section in enumerate(new.sections):
        i = partner.get(j)
        if i is None:
            changes.append(_new(section, new_paths[j], _source_of(section, old)))
            continue
        change = _changed(old.sections[i], section, context, uids, moved=j in moved)
        carrier = new.sections[along[j]].uid if j in along else None
        changes.append(replace(change, old_path=old_paths[i], new_path=new_paths[j], moved_with=carrier))
    removed = {
        i: _removed(section, old_paths[i], heirs.get(section.uid))
        for i, section in enumerate(old.sections)
        if i not in pairs
    }
    changes, removed = with_section_splits(changes, removed, uids, context)
    every = with_moves([*changes, *removed.values()], uids, context)
    changes, removed = every[: len(changes)], dict(zip(removed, every[len(changes) :], strict=True))
    stubs = {i: changes[j] for i, j in pairs.items() if j in moved}
    settled = {i: j for i, j in pairs.items() if j not in moved | along.keys()}
    return Comparison(
        language=new.language,
        old_title=old.title,
        new_title=new.title,
        title=diff_strings(old.title, new.title, context),
        entries=tuple(_in_place(len(old), changes, removed, stubs, settled)),
    )


def _source_of(section: Section, old: SectionTree) -> Section | None:
    """The old section that a new one names as the one that it was split from."""
    return next((old.by_uid[uid] for uid in section.origins if uid in old.by_uid), None)


def _in_place(
    old_length: int,
    changes: Sequence[SectionChange],
    removed: dict[int, SectionChange],
    stubs: dict[int, SectionChange],
    settled: dict[int, int],
) -> Iterator[Entry]:
    """The new sections in order, and after the nearest section before them that stayed, what was removed or
    moved away."""
    after: dict[int, list[Entry]] = {}
    place = -1
    for i in range(old_length):
        if i in settled:
            place = settled[i]
        elif i in removed:
            after.setdefault(place, []).append(Entry(removed[i]))
        elif i in stubs:
            after.setdefault(place, []).append(Entry(stubs[i], stub=True))
    yield from after.get(-1, ())
    for j, change in enumerate(changes):
        yield Entry(change)
        yield from after.get(j, ())


def _changed(
    old: Section, new: Section, context: Context, uids: dict[str, str], *, moved: bool
) -> SectionChange:
    renumbered = context.folded(old.text.label) != context.folded(new.text.label)
    unchanged = Kind.MOVED if moved else Kind.RENUMBERED if renumbered else Kind.SAME
    before, after = old.text.body, new.text.body
    if before == after:
        return SectionChange(unchanged, old, new, renumbered=renumbered)
    before, after = EMPTY | before, EMPTY | after
    old_side, new_side, notes = diff_notes(before["notes"], after["notes"], uids, context)
    sides = old_side, new_side, context
    heading = diff_content(before["heading"], after["heading"], *sides)
    blocks = diff_blocks(before["blocks"], after["blocks"], *sides)
    blocks = without_led(blocks, old.text.label, new.text.label)
    # A title with the same words is no other one: a link or a note at it that changed is a change of the
    # section.
    retitled = other_words(heading)
    ops: set[str] = {node.op for node in blocks} | {note.op for note in notes}
    ops |= {"changed"} if says_more(heading) and not retitled else set()
    ops |= {"format"} if any(op.op != "keep" for op in heading) else set()
    kind = _kind(ops - {"same"}, unchanged, moved=moved, retitled=retitled)
    change = SectionChange(kind, old, new, heading=heading, blocks=blocks, notes=notes)
    return replace(change, renumbered=renumbered, retitled=retitled)


def _kind(ops: set[str], unchanged: Kind, *, moved: bool, retitled: bool) -> Kind:
    """What a section is by what happened in it. ``unchanged``: what it is where nothing did."""
    if ops - {"format"}:
        return Kind.MOVED_CHANGED if moved else Kind.CHANGED
    if retitled:
        return Kind.MOVED_CHANGED if moved else Kind.RETITLED
    return Kind.FORMAT_ONLY if ops and not moved else unchanged


def _new(section: Section, path: tuple[Place, ...], source: Section | None) -> SectionChange:
    body = section.text.body
    return SectionChange(
        Kind.NEW,
        None,
        section,
        new_path=path,
        heading=(WordOp("ins", new=tuple(body["heading"])),) if body.get("heading") else (),
        blocks=_added(body.get("blocks") or []),
        notes=tuple(
            NoteChange("added", None, key, None, number, _added(blocks))
            for number, (key, blocks) in enumerate((body.get("notes") or {}).items(), 1)
        ),
        split_from=Place.of(source) if source else None,
    )


def _removed(section: Section, path: tuple[Place, ...], heir: Section | None) -> SectionChange:
    body = section.text.body
    return SectionChange(
        Kind.REMOVED,
        section,
        None,
        old_path=path,
        heading=(WordOp("del", old=tuple(body["heading"])),) if body.get("heading") else (),
        blocks=_removed_blocks(body.get("blocks") or []),
        notes=tuple(
            NoteChange("removed", key, None, number, None, _removed_blocks(blocks))
            for number, (key, blocks) in enumerate((body.get("notes") or {}).items(), 1)
        ),
        joined_into=Place.of(heir) if heir else None,
    )


def _added(blocks: Sequence[Json]) -> tuple[NodeChange, ...]:
    return tuple(NodeChange("added", block["type"], None, block) for block in blocks)


def _removed_blocks(blocks: Sequence[Json]) -> tuple[NodeChange, ...]:
    return tuple(NodeChange("removed", block["type"], block, None) for block in blocks)


def _paths(tree: SectionTree) -> list[tuple[Place, ...]]:
    """For each section what it is in, outermost first."""
    chain: list[tuple[int, tuple[Place, ...]]] = [(0, ())]
    result = []
    for section in tree.sections:
        while len(chain) > 1 and chain[-1][0] >= section.level:
            chain.pop()
        path = chain[-1][1]
        result.append(path)
        chain.append((section.level, (*path, Place.of(section))))
    return result
