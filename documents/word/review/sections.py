"""Matches the sections of a returned file with those of the exported text, and finds the moved ones."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from documents.text import Section, SectionTree
from documents.text.align import longest_in_order
from documents.text.extraction import inline_text
from documents.word.languages.align import with_uids
from documents.word.review.align import align

LIKE = 0.5
"""How much of a section without a bookmark has to be left."""


def with_uids_of(sent: SectionTree, file: SectionTree) -> SectionTree:
    """The file's text with the uids of the exported text. By its bookmarks, else by equal texts or headings,
    else by place and similarity. Sections that are new get new ones."""
    names: dict[str, str] = {}
    for key, alike in ((_all, False), (_heading, False), (_all, True)):
        left = [one for one in sent if one.uid not in file.by_uid and one.uid not in names.values()]
        right = [one for one in file if one.uid not in sent.by_uid and one.uid not in names]
        names |= _paired(left, right, key, alike=alike)
    new = [one.uid for one in file if one.uid not in sent.by_uid and one.uid not in names]
    names |= {uid: str(uuid.uuid4()) for uid in new}
    sections = (
        replace(
            one, uid=names.get(one.uid, one.uid), text=replace(one.text, body=with_uids(one.text.body, names))
        )
        for one in file
    )
    return replace(file, sections=tuple(sections))


def _paired(
    old: Sequence[Section], new: Sequence[Section], key: Callable[[Section], str], *, alike: bool
) -> dict[str, str]:
    keys = [[key(one) for one in side] for side in (old, new)]
    texts = [[("section", text) for text in side] for side in keys]
    found = align(keys[0], keys[1], (texts[0], texts[1]) if alike else None, LIKE)
    pairs = [(i, j) for i, j in (*found.pairs, *found.moved) if i is not None and j is not None]
    return {new[j].uid: old[i].uid for i, j in pairs if keys[0][i].strip()}


def _all(section: Section) -> str:
    return f"{section.text.heading}\n{section.text.plain}"


def _heading(section: Section) -> str:
    return " ".join(inline_text(section.text.body["heading"]).casefold().split())


def moved_sections(sent: SectionTree, file: SectionTree) -> set[str]:
    """The sections below another one, or in another order among their neighbours."""
    both = [section.uid for section in file if section.uid in sent.by_uid]
    then, now = (_parents(tree, frozenset(both)) for tree in (sent, file))
    moved = {uid for uid in both if then[uid] != now[uid] and not _has_neighbour(uid, sent, file)}
    order = {section.uid: place for place, section in enumerate(sent)}
    siblings: dict[str | None, list[str]] = {}
    for uid in both:
        if then[uid] == now[uid]:
            siblings.setdefault(now[uid], []).append(uid)
    for uids in siblings.values():
        stayed = longest_in_order([order[uid] for uid in uids], [1] * len(uids))
        moved |= {uid for place, uid in enumerate(uids) if place not in stayed}
    return moved


def _has_neighbour(uid: str, sent: SectionTree, file: SectionTree) -> bool:
    """Whether a section is still next to an old neighbour. Then only the text above it was added, removed or
    set to another level."""
    then, now = (_neighbours(tree, uid) for tree in (sent, file))
    return bool(then & now)


def _neighbours(tree: SectionTree, uid: str) -> set[str]:
    uids = ["", *(section.uid for section in tree), ""]
    at = uids.index(uid)
    return {uids[at - 1], uids[at + 1]}


def _parents(tree: SectionTree, known: frozenset[str]) -> dict[str, str | None]:
    """By uid, the nearest section of ``known`` in which a section is."""
    found: dict[str, str | None] = {}
    for section in tree:
        step = tree.parents[section.uid]
        while step is not None and step not in known:
            step = tree.parents[step]
        found[section.uid] = step
    return found
