"""Matches the blocks of the old text and the new one. Equal ones first, then similar ones, by the words they
share."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from documents.text.align import Alike, Interner, Pair, align
from documents.word.body.bookmarks import uid_of
from documents.word.file.ns import Element, w

LEAST, SURE = 0.45, 0.6
"""Below the first two paragraphs are two, not one that changed; from the second on they are surely one."""
LENGTHS = LEAST / (2 - LEAST)
"""Of two paragraphs so different in length not even all words of the shorter one make them one."""
LONG = 1500


def pair_blocks(
    old: Sequence[Element], new: Sequence[Element], old_keys: str, new_keys: str, vocabulary: Interner
) -> list[Pair]:
    """Pairs in order, with None where there is no counterpart."""
    blocks, keys = {True: old, False: new}, {True: old_keys, False: new_keys}
    known: dict[tuple[bool, int], str] = {}
    uids: dict[tuple[bool, int], str] = {}

    def words(is_old: bool, place: int) -> str:
        if (is_old, place) not in known:
            block = blocks[is_old][place]
            known[is_old, place] = vocabulary.string(words_of(block))[:LONG]
            uids[is_old, place] = section_of(block)
        return known[is_old, place]

    def score(i: int, j: int) -> float:
        if old[i].tag != new[j].tag:
            return 0.0
        a, b = words(True, i), words(False, j)
        if uids[True, i] and uids[False, j]:
            return float(uids[True, i] == uids[False, j])
        length, other = len(a), len(b)
        if not length and not other:
            return 0.5
        if length < LENGTHS * other or other < LENGTHS * length:
            return 0.0
        return Indel.normalized_similarity(a, b, score_cutoff=LEAST)

    def lone(i: int, j: int) -> bool:
        """A single paragraph left over on each side is one whose words were replaced."""
        return old[i].tag == new[j].tag == w("p") and not other_sections(old[i], new[j])

    return align(
        range(len(old)),
        range(len(new)),
        [lambda is_old, place: keys[is_old][place]],
        Alike(score, LEAST, SURE, words, lone),
    )


def section_of(block: Element) -> str:
    """The uid of the section at whose heading a paragraph is, by our bookmark in it; else an empty text."""
    if block.tag != w("p"):
        return ""
    return uid_of(start.get(w("name")) or "" for start in block.iterchildren(w("bookmarkStart")))


def other_sections(old: Element, new: Element) -> bool:
    """Whether two paragraphs are the headings of two sections, however similar their words. As one changed
    heading they would have the bookmark of the new one, refused too."""
    uids = section_of(old), section_of(new)
    return all(uids) and uids[0] != uids[1]


def words_of(block: Element) -> list[str]:
    return " ".join(node.text or "" for node in block.iter(w("t"))).split()
