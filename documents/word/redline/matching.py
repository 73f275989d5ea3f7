"""Which block of the old text is which of the new one: equal ones first, then those that are like, by the words they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from documents.comparison.align import Pair, equal_pairs, fill_gaps, longest_in_order
from documents.word.marks import uid_of
from documents.word.ns import Element, w
from documents.word.redline.flat import Alphabet

LEAST = 0.45
"""Below this two paragraphs are two, not one that changed."""
LENGTHS = LEAST / (2 - LEAST)
"""Of two paragraphs so different in length not even all words of the shorter one make them one."""
SURE = 0.6
RARE = 6
"""A word that stands in more blocks than this says little about which is which."""
LONG = 1500
SMALL = 40
"""Gaps of so many blocks a side are compared each with each."""


def pair_blocks(
    old: Sequence[Element], new: Sequence[Element], old_keys: str, new_keys: str, words: Alphabet
) -> list[Pair]:
    """Pairs in order, with None where there is no counterpart."""
    pairs = equal_pairs(old_keys, new_keys)
    left_old = [i for i, j in pairs if j is None and i is not None]
    left_new = [j for i, j in pairs if i is None and j is not None]
    if not left_old or not left_new:
        return pairs
    texts_old = {i: words.string(words_of(old[i]))[:LONG] for i in left_old}
    texts_new = {j: words.string(words_of(new[j]))[:LONG] for j in left_new}

    # Asked of each block once: likeness is asked of all pairs in a gap.
    uids_old = {i: section_of(old[i]) for i in left_old}
    uids_new = {j: section_of(new[j]) for j in left_new}

    def likeness(i: int, j: int) -> float:
        if old[i].tag != new[j].tag:
            return 0.0
        if uids_old[i] and uids_new[j]:
            return float(uids_old[i] == uids_new[j])
        a, b = texts_old[i], texts_new[j]
        length, other = len(a), len(b)
        if not length and not other:
            return 0.5
        if length < LENGTHS * other or other < LENGTHS * length:
            return 0.0
        return Indel.normalized_similarity(a, b, score_cutoff=LEAST)

    if len(left_old) > SMALL or len(left_new) > SMALL:
        pairs = _anchored(pairs, texts_old, texts_new, likeness)
    return _with_lone(fill_gaps(pairs, likeness, LEAST), old, new)


def _with_lone(pairs: list[Pair], old: Sequence[Element], new: Sequence[Element]) -> list[Pair]:
    """A single paragraph left over on each side of a gap is one whose words were replaced."""
    result: list[Pair] = []
    gap: list[Pair] = []
    for pair in [*pairs, (-1, -1)]:
        if pair[0] is None or pair[1] is None:
            gap.append(pair)
            continue
        olds = [i for i, _ in gap if i is not None]
        news = [j for _, j in gap if j is not None]
        lone = len(olds) == len(news) == 1 and old[olds[0]].tag == new[news[0]].tag == w("p")
        if lone and not other_sections(old[olds[0]], new[news[0]]):
            gap = [(olds[0], news[0])]
        result += [*gap, pair]
        gap = []
    return result[:-1]


def section_of(block: Element) -> str:
    """The uid of the section at whose heading a paragraph stands, by our bookmark in it; else an empty text."""
    if block.tag != w("p"):
        return ""
    return uid_of(start.get(w("name")) or "" for start in block.iterchildren(w("bookmarkStart")))


def other_sections(old: Element, new: Element) -> bool:
    """Whether two paragraphs are the headings of two sections, however like their words are: as one that changed they would
    have the bookmark of the new one, refused too."""
    uids = section_of(old), section_of(new)
    return all(uids) and uids[0] != uids[1]


def words_of(block: Element) -> list[str]:
    return " ".join(node.text or "" for node in block.iter(w("t"))).split()


def _anchored(pairs: list[Pair], old: dict[int, str], new: dict[int, str], likeness: object) -> list[Pair]:
    """Adds pairs of blocks that share rare words, as far as they are in order with those that are equal."""
    where: dict[str, list[int]] = defaultdict(list)
    for i, text in old.items():
        for word in set(text):
            where[word].append(i)
    found: dict[int, int] = {j: i for i, j in pairs if i is not None and j is not None}
    weight = dict.fromkeys(found, 1000)
    for j, text in new.items():
        shared: Counter[int] = Counter()
        for word in set(text):
            holders = where.get(word, ())
            if len(holders) <= RARE:
                shared.update(holders)
        for i, _ in shared.most_common(2):
            score = likeness(i, j)  # type: ignore[operator]
            if score >= SURE:
                found[j], weight[j] = i, len(text)
                break
    order = sorted(found)
    stayed = longest_in_order_once([found[j] for j in order], [weight[j] + 1 for j in order])
    kept = {found[order[index]]: order[index] for index in stayed}
    result: list[Pair] = []
    done_old = done_new = 0
    total_old = sum(1 for i, _ in pairs if i is not None)
    total_new = sum(1 for _, j in pairs if j is not None)
    for i, j in [*sorted(kept.items()), (total_old, total_new)]:
        result += [(x, None) for x in range(done_old, i)] + [(None, y) for y in range(done_new, j)]
        if i < total_old or j < total_new:
            result.append((i, j))
        done_old, done_new = i + 1, j + 1
    return result


def longest_in_order_once(places: list[int], weights: list[int]) -> set[int]:
    """The same as longest_in_order where one place may come more than once: the heaviest of those counts."""
    best: dict[int, int] = {}
    for index, place in enumerate(places):
        if place not in best or weights[index] > weights[best[place]]:
            best[place] = index
    kept = sorted(best.values())
    inner = longest_in_order([places[index] for index in kept], [weights[index] for index in kept])
    return {kept[index] for index in inner}
