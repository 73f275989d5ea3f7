"""Two texts compared, section by section."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from documents.comparison.context import Context, Side
from documents.comparison.counting import count_changes, section_length, section_size
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
from documents.comparison.nodes.blocks import diff_nodes, diff_notes, other_words, says_more
from documents.comparison.nodes.numbers import without_led
from documents.comparison.nodes.raised import with_raised
from documents.comparison.sections.carried import carry
from documents.comparison.sections.matching import match_sections, moves
from documents.comparison.sections.standing import in_other_chapters
from documents.comparison.words.diff import diff_words
from documents.text import Section, SectionTree

Json = dict[str, Any]
NO_SIDE = Side({}, {})


def compare(old: SectionTree, new: SectionTree, *, one_text_in_two_scripts: bool = False) -> Comparison:
    """What changed from ``old`` to ``new``.

    With ``one_text_in_two_scripts`` a word in Serbian Cyrillic and the same word in Latin count as equal. What Word alone
    knows (``attrs.ooxml``) is never looked at.
    """
    with _no_collection():
        return _compare(old, new, Context.make(one_text_in_two_scripts=one_text_in_two_scripts))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing that a comparison makes is a cycle: looking for some, in all that a server holds, would take longer than it."""
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
    lengths = [section_size(section) for section in new.sections]
    elsewhere = set(in_other_chapters(old.sections, new.sections, pairs))
    moved, along = moves(old, new, pairs, lengths, elsewhere)
    uids = {old.sections[i].uid: new.sections[j].uid for i, j in pairs.items()}
    origins = _origins(old, new)
    old_paths, new_paths = _paths(old), _paths(new)

    changes: list[SectionChange] = []
    for j, section in enumerate(new.sections):
        if j in partner:
            i = partner[j]
            carrier = along.get(j)
            changes.append(
                _changed(
                    old.sections[i],
                    section,
                    context,
                    uids,
                    moved=j in moved,
                    moved_with=None if carrier is None else new.sections[carrier].uid,
                    length=lengths[j],
                    paths=(old_paths[i], new_paths[j]),
                )
            )
        else:
            split_from = next((uid for uid in section.origins if uid in old.by_uid), None)
            source = old.by_uid[split_from] if split_from else None
            changes.append(_new(section, context, new_paths[j], source))
    removed = {
        i: _removed(section, context, old_paths[i], origins.get(section.uid))
        for i, section in enumerate(old.sections)
        if i not in pairs
    }
    changes, removed = carry(changes, removed, uids, context)
    stubs = {i: changes[j] for i, j in pairs.items() if j in moved}
    settled = {i: j for i, j in pairs.items() if j not in moved and j not in along}
    title = diff_words(_text(old.title), _text(new.title), NO_SIDE, NO_SIDE, context)
    return Comparison(
        language=new.language,
        old_title=old.title,
        new_title=new.title,
        title=title,
        entries=tuple(_in_place(len(old), changes, removed, stubs, settled)),
    )


def _in_place(
    old_length: int,
    changes: Sequence[SectionChange],
    removed: dict[int, SectionChange],
    stubs: dict[int, SectionChange],
    settled: dict[int, int],
) -> Iterator[Entry]:
    """The new sections in order, and after the nearest section before them that stayed, what was removed or moved away."""
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
    old: Section,
    new: Section,
    context: Context,
    uids: dict[str, str],
    *,
    moved: bool,
    moved_with: str | None,
    length: int,
    paths: tuple[tuple[Place, ...], tuple[Place, ...]],
) -> SectionChange:
    renumbered = context.folded(old.text.label) != context.folded(new.text.label)
    if old.text.body == new.text.body:
        kind = Kind.MOVED if moved else Kind.RENUMBERED if renumbered else Kind.SAME
        return SectionChange(
            kind, old, new, *paths, moved_with=moved_with, renumbered=renumbered, length=length
        )
    before, after = old.text.body, new.text.body
    old_side, new_side, notes = diff_notes(before.get("notes") or {}, after.get("notes") or {}, uids, context)
    heading = diff_words(before.get("heading") or [], after.get("heading") or [], old_side, new_side, context)
    blocks = diff_nodes(before.get("blocks") or [], after.get("blocks") or [], old_side, new_side, context)
    blocks = with_raised(blocks, old_side, new_side, context)
    blocks = without_led(blocks, old.text.label, new.text.label)
    # A title with the same words is no other one: a link or a note at it that changed is a change of the section.
    retitled = other_words(heading)
    ops = {node.op for node in blocks} | {note.op for note in notes}
    changed = bool(ops - {"same", "format"}) or (says_more(heading) and not retitled)
    looks = "format" in ops or any(op.op != "keep" for op in heading)
    if moved:
        kind = Kind.MOVED_CHANGED if changed or retitled else Kind.MOVED
    elif changed:
        kind = Kind.CHANGED
    elif retitled:
        kind = Kind.RETITLED
    elif looks:
        kind = Kind.FORMAT_ONLY
    else:
        kind = Kind.RENUMBERED if renumbered else Kind.SAME
    added, gone = count_changes(heading, blocks, notes)
    # The words of both: those of the old text are what went and what stayed.
    total = 2 * length - added + gone
    return SectionChange(
        kind,
        old,
        new,
        *paths,
        heading=heading,
        blocks=blocks,
        notes=notes,
        moved_with=moved_with,
        renumbered=renumbered,
        retitled=retitled,
        share=min(1.0, (added + gone) / total) if total else float(changed or retitled),
        length=length,
        words_added=added,
        words_removed=gone,
    )


def _new(
    section: Section, context: Context, path: tuple[Place, ...], source: Section | None
) -> SectionChange:
    length = section_length(section)
    return SectionChange(
        Kind.NEW,
        None,
        section,
        new_path=path,
        heading=_all(section, context, "ins"),
        blocks=tuple(NodeChange("added", b["type"], None, b) for b in section.text.body.get("blocks") or []),
        notes=tuple(
            NoteChange(
                "added",
                None,
                key,
                None,
                number,
                tuple(NodeChange("added", block["type"], None, block) for block in blocks),
            )
            for number, (key, blocks) in enumerate((section.text.body.get("notes") or {}).items(), 1)
        ),
        split_from=_place(source) if source else None,
        share=1.0,
        length=length,
        words_added=length,
    )


def _removed(
    section: Section, context: Context, path: tuple[Place, ...], heir: Section | None
) -> SectionChange:
    length = section_length(section)
    return SectionChange(
        Kind.REMOVED,
        section,
        None,
        old_path=path,
        heading=_all(section, context, "del"),
        blocks=tuple(
            NodeChange("removed", b["type"], b, None) for b in section.text.body.get("blocks") or []
        ),
        notes=tuple(
            NoteChange(
                "removed",
                key,
                None,
                number,
                None,
                tuple(NodeChange("removed", block["type"], block, None) for block in blocks),
            )
            for number, (key, blocks) in enumerate((section.text.body.get("notes") or {}).items(), 1)
        ),
        joined_into=_place(heir) if heir else None,
        share=1.0,
        length=length,
        words_removed=length,
    )


def _all(section: Section, context: Context, op: str) -> tuple[WordOp, ...]:
    heading = tuple(section.text.body.get("heading") or ())
    if not heading:
        return ()
    return (WordOp("ins", new=heading),) if op == "ins" else (WordOp("del", old=heading),)


def _place(section: Section) -> Place:
    return Place(section.uid, section.text.label, section.text.heading)


def _origins(old: SectionTree, new: SectionTree) -> dict[str, Section]:
    """Sections that were joined to another: by their uid the one that goes on, where it was there before."""
    return {
        origin: section for section in new.sections for origin in section.origins if section.uid in old.by_uid
    }


def _paths(tree: SectionTree) -> list[tuple[Place, ...]]:
    """For each section what it stands in, outermost first."""
    chain: list[tuple[int, Place]] = []
    result = []
    for section in tree.sections:
        while chain and chain[-1][0] >= section.level:
            chain.pop()
        result.append(tuple(place for _, place in chain))
        chain.append((section.level, _place(section)))
    return result


def _text(value: str) -> list[Json]:
    return [{"type": "text", "text": value}] if value else []
