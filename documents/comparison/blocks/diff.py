"""Blocks, items, rows and cells compared: which is which, what was added, removed and moved, and the words
within."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from rapidfuzz.distance import Indel

from documents.comparison.blocks.lists import NUMBERS, number_length, other_numbers, split_lists
from documents.comparison.blocks.splits import with_splits
from documents.comparison.context import Context, content_of
from documents.comparison.inline_diff import diff_inlines, diff_strings, says_more
from documents.comparison.inlines import Json, Side
from documents.comparison.model import FieldChange, NodeChange, WordOp
from documents.text import block_text
from documents.text.align import Alike, Pair, align, best_partners, longest_in_order
from documents.text.diff import WORD
from documents.text.extraction import block_lines

LEAST, LEAST_OF_PARTS = 0.42, 0.3
"""Below this two paragraphs are different ones, not one that changed. So are items, rows and cells with few
words each."""
SURE = 0.6
SAME_LEAD, LEAST_LEAD = 0.95, 3
"""Two items that begin with so many same words are one, whatever is under these."""
LONG = 2000
"""Of longer blocks only so many words are looked at to see how alike they are."""
MOVED_WORDS = 4
"""A block of fewer words that is gone here and new there is not called moved."""
SURE_MOVED, SURE_OF_FEW, FEW_WORDS = 0.55, 0.75, 10
"""A block that changed and moved must be as alike as this; the same where it has few words."""
DISTINCT = 0.15
"""By so much what moved must be more alike than either is to a neighbour of the other."""
STAYS = 200
"""So much longer, in bytes, counts an item or a row of too few words to be called moved."""
FEW_PAIRS = 900

PARTS = frozenset({"item", "row", "cell", "note_text"})
WITH_WORDS = frozenset({"paragraph", "figure", "opaque"})
TEXT_FIELDS = frozenset({"title", "who", "limit", "alt", "text"})
LOOK_FIELDS = frozenset({"style", "ordered", NUMBERS, "tone", "header", "colspan", "rowspan", "kind"})
INLINE = frozenset({"text", "break", "note", "image"})
OWN_NUMBER = frozenset({"ooxml", "label"})


def diff_blocks(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[NodeChange, ...]:
    """What happened to the nodes of one parent."""
    old = split_lists(old, new, old_side, new_side, context)
    return with_splits(diff_nodes(old, new, old_side, new_side, context), old_side, new_side, context)


def diff_nodes(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[NodeChange, ...]:
    """The same, with each node by itself: of a paragraph that was split only one part goes on."""
    head, tail = (0, 0) if old_side.notes or new_side.notes else _equal_ends(old, new)
    end_old, end_new = len(old) - tail, len(new) - tail
    inner: list[NodeChange] = []
    if head < end_old or head < end_new:
        siblings = Siblings(old[head:end_old], new[head:end_new], old_side, new_side, context)
        inner = siblings.compare()
    return (*_same(old[:head], new[:head]), *inner, *_same(old[end_old:], new[end_new:]))


def _equal_ends(old: Sequence[Json], new: Sequence[Json]) -> tuple[int, int]:
    """How many nodes both begin and end with, to the last letter; where there are notes, their ids say
    nothing."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _same(old: Sequence[Json], new: Sequence[Json]) -> list[NodeChange]:
    return [NodeChange("same", b["type"], a, b) for a, b in zip(old, new, strict=True)]


class Siblings:
    """The nodes of one parent in both texts."""

    def __init__(
        self, old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
    ) -> None:
        self.nodes = {True: old, False: new}
        self.sides = {True: old_side, False: new_side}
        self.context = context
        self.kind: str = (old or new)[0]["type"]
        self.least = LEAST_OF_PARTS if self.kind in PARTS else LEAST
        self._words: dict[tuple[bool, int], str] = {}
        self._scores: dict[tuple[int, int], float] = {}

    def compare(self) -> list[NodeChange]:
        old, new = self.nodes[True], self.nodes[False]
        if self.kind == "cell" and len(old) == len(new):
            pairs: list[Pair] = [(place, place) for place in range(len(old))]
        else:
            alike = Alike(self.score, self.least, SURE, self.words, self._lone)
            # Where there are notes, their ids say nothing.
            noted = self.sides[True].notes or self.sides[False].notes
            keys = [self.key] if noted else [self._bytes, self.key]
            pairs = align(range(len(old)), range(len(new)), keys, alike)
        stayed = {i: j for i, j in pairs if i is not None and j is not None}
        moved = {} if len(stayed) in (len(old), len(new)) else self._moved(stayed)
        if moved:
            stayed, moved = self._in_place_again(*self._settle(stayed, moved))
        return self._in_place(stayed, moved)

    def _lone(self, i: int, j: int) -> bool:
        """Whether two nodes that are alone in one place are one that changed, whatever their words say."""
        old, new = self.nodes[True][i], self.nodes[False][j]
        if self.kind in PARTS or old["type"] != new["type"]:
            return self.kind in PARTS and old["type"] == new["type"]
        return _share_of_equal(content_of(old), content_of(new)) > 0

    def _bytes(self, is_old: bool, place: int) -> bytes:
        return self.context.bytes(self.nodes[is_old][place])

    def key(self, is_old: bool, place: int) -> object:
        """Equal for nodes of one type with the same words, whatever their numbers and their look."""
        node = self.nodes[is_old][place]
        kind = node["type"]
        if kind in PARTS:
            words = self.words(is_old, place)
        elif kind in WITH_WORDS:
            text = self.context.inlines(node, self.sides[is_old]).text
            words = self.context.folded(text[number_length(kind, text) :])
        else:
            words = ""
        return (kind, words) if words else self._bytes(is_old, place)

    def words(self, is_old: bool, place: int) -> str:
        """The words behind the running number, one character each."""
        found = self._words.get((is_old, place))
        if found is None:
            node, side = self.nodes[is_old][place], self.sides[is_old]
            found = self.context.words(node, side)
            kind = node["type"]
            if kind == "paragraph":
                text = self.context.inlines(node, side).text
            else:
                text = first_lines(node) if kind in ("row", "item") else ""
            if length := number_length(kind, text):
                found = found[len(text[:length].split()) :]
            self._words[is_old, place] = found
        return found

    def score(self, i: int, j: int) -> float:
        found = self._scores.get((i, j))
        if found is None:
            found = self._scores[i, j] = self._score(i, j)
        return found

    def _score(self, i: int, j: int) -> float:
        if self.nodes[True][i]["type"] != self.nodes[False][j]["type"]:
            return 0.0
        share = self._quick_score(i, j)
        if share >= SURE:
            return share
        a, b = self.words(True, i)[:LONG], self.words(False, j)[:LONG]
        if not a or not b:
            # Without text, an image or an empty cell: alike enough to be one that changed, if nothing else
            # is.
            return self.least if a == b else 0.0
        score = Indel.normalized_similarity(a, b, score_cutoff=self.least)
        if self.kind not in PARTS or score >= SAME_LEAD:
            return score
        if not score and len(a) + len(b) < 2 * FEW_WORDS:
            # Of few words, punctuation must not make others ("services:" and "services").
            texts = (block_text(self.nodes[True][i]), block_text(self.nodes[False][j]))
            bare = [self.context.vocabulary.string(WORD.findall(text)) for text in texts]
            score = Indel.normalized_similarity(*bare, score_cutoff=self.least)
        return max(score, SAME_LEAD) if self._same_lead(i, j) else score

    def _quick_score(self, i: int, j: int) -> float:
        """The least similarity of two nodes, by their common beginning and end, or by their common lines."""
        old, new = self.nodes[True][i], self.nodes[False][j]
        if old["type"] == "paragraph":
            a = self.context.inlines(old, self.sides[True])
            b = self.context.inlines(new, self.sides[False])
            other = sum([a1 - a0 + b1 - b0 for a0, a1, b0, b1 in a.gaps(b)])
            return 1 - other / (len(a.text) + len(b.text) or 1)
        lines, others = Counter(block_lines(old)), Counter(block_lines(new))
        both = sum([len(line) * count for line, count in (lines & others).items()])
        most = max(sum([len(line) * count for line, count in each.items()]) for each in (lines, others))
        return both / most if most else 0.0

    def _same_lead(self, i: int, j: int) -> bool:
        """Whether two items begin with the same words, and only what is under these differs."""
        contents = [content_of(self.nodes[True][i]), content_of(self.nodes[False][j])]
        if self.kind != "item" or max(map(len, contents)) < 2 or not all(contents):
            return False
        leads = [self.context.folded(block_text(content[0])).split() for content in contents]
        return leads[0] == leads[1] and len(leads[0]) >= LEAST_LEAD

    def _moved(self, stayed: Mapping[int, int]) -> dict[int, int]:
        """The nodes removed in one place and added in another, by their place in the old text."""
        there = set(stayed.values())
        removed = {i: self.words(True, i) for i in range(len(self.nodes[True])) if i not in stayed}
        added = {j: self.words(False, j) for j in range(len(self.nodes[False])) if j not in there}
        found = equal_moves(
            {i: self.key(True, i) for i in removed}, {j: self.key(False, j) for j in added}, removed
        )
        taken = set(found.values())
        removed = {i: words for i, words in removed.items() if i not in found}
        added = {j: words for j, words in added.items() if j not in taken}
        return found | alike_moves(removed, added, self._distinct_score)

    def _distinct_score(self, i: int, j: int) -> float:
        """The similarity of two nodes. It is 0 where one is nearly as similar to a neighbour of the other, as
        repeated phrases are."""
        score = self.score(i, j)
        if score < SURE_MOVED:
            return 0.0
        others = [(i, other) for other in (j - 1, j + 1) if 0 <= other < len(self.nodes[False])]
        others += [(other, j) for other in (i - 1, i + 1) if 0 <= other < len(self.nodes[True])]
        return score if all(self.score(*pair) < score - DISTINCT for pair in others) else 0.0

    def _settle(self, stayed: dict[int, int], moved: dict[int, int]) -> tuple[dict[int, int], dict[int, int]]:
        """The same pairs, with the fewest words called moved."""
        pairs = stayed | moved
        order = sorted(pairs)
        runs: list[list[int]] = []
        for i in order:
            if runs and runs[-1][-1] + 1 == i and pairs[runs[-1][-1]] + 1 == pairs[i]:
                runs[-1].append(i)
            else:
                runs.append([i])
        weights = [sum(map(self._weight, run)) for run in runs]
        in_order = longest_in_order([pairs[run[0]] for run in runs], weights)
        stayed = {i: pairs[i] for place in in_order for i in runs[place]}
        return stayed, {i: pairs[i] for i in order if i not in stayed}

    def _weight(self, i: int) -> int:
        """The approximate length of an old node. An item too short to count as moved rather stayed."""
        few = self.kind in PARTS and len(self.words(True, i)) < MOVED_WORDS
        return len(self._bytes(True, i)) + (STAYS if few else 0)

    def _in_place_again(
        self, stayed: dict[int, int], moved: dict[int, int]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """The same pairs, with similar nodes between two that stayed paired in place. A repeated phrase need
        not have moved."""
        found: dict[int, int] = {}
        a = c = 0
        for i, j in [*sorted(stayed.items()), (len(self.nodes[True]), len(self.nodes[False]))]:
            if a < i and c < j:
                alike = Alike(self.score, SURE, SURE, self.words)
                pairs = align(range(a, i), range(c, j), [self.key], alike)
                found |= {was: now for was, now in pairs if was is not None and now is not None}
            a, c = i + 1, j + 1
        there = set(found.values())
        moved = {
            i: j
            for i, j in moved.items()
            if i not in found and j not in there and len(self.words(True, i)) >= MOVED_WORDS
        }
        return stayed | found, moved

    def _in_place(self, stayed: Mapping[int, int], moved: Mapping[int, int]) -> list[NodeChange]:
        """The nodes in the order of the new text, with removed ones at their old place."""
        old, new = self.nodes[True], self.nodes[False]
        origins = {j: i for i, j in moved.items()}
        changes: list[NodeChange] = []
        a = c = 0
        for i, j in [*sorted(stayed.items()), (len(old), len(new))]:
            for place in range(a, i):
                if (to := moved.get(place)) is None:
                    changes.append(NodeChange("removed", old[place]["type"], old[place]))
                else:
                    changes.append(NodeChange("moved_away", old[place]["type"], old[place], new[to]))
            for place in range(c, j):
                if (was := origins.get(place)) is None:
                    changes.append(NodeChange("added", new[place]["type"], None, new[place]))
                else:
                    changes.append(moved_node(self._compared(was, place)))
            if i < len(old):
                changes.append(self._compared(i, j))
            a, c = i + 1, j + 1
        return changes

    def _compared(self, i: int, j: int) -> NodeChange:
        old, new = self.nodes[True][i], self.nodes[False][j]
        noted = self.sides[True].notes or self.sides[False].notes
        if old == new and not noted:
            return NodeChange("same", new["type"], old, new)
        return diff_node(old, new, self.sides[True], self.sides[False], self.context)


def _share_of_equal(old: Sequence[Json], new: Sequence[Json]) -> float:
    """The share of equal first or last nodes in two nodes. It is 0 for nodes that contain text."""
    longer = max(len(old), len(new))
    if longer < 2 or (old[:1] and old[0]["type"] in INLINE):
        return 0.0
    return sum(_equal_ends(old, new)) / longer


def first_lines(node: Json) -> str:
    """The text with which a node begins: a line, and whether another one follows."""
    lines = block_lines(node)
    return "\n".join([*islice(lines, 2)])


def equal_moves(
    removed: Mapping[int, object], added: Mapping[int, object], words: Mapping[int, str]
) -> dict[int, int]:
    """What was removed in one place and added in another with the same key, each once and in order."""
    places: dict[object, list[int]] = {}
    for j, key in added.items():
        places.setdefault(key, []).append(j)
    return {
        i: there.pop(0)
        for i, key in removed.items()
        if len(words[i]) >= MOVED_WORDS and (there := places.get(key))
    }


def alike_moves(removed: Mapping[int, str], added: Mapping[int, str], score: Any) -> dict[int, int]:
    """The same for nodes that are only similar, the most similar first."""
    olds = {i: words for i, words in removed.items() if len(words) >= MOVED_WORDS}
    news = {j: words for j, words in added.items() if len(words) >= MOVED_WORDS}
    if not olds or not news:
        return {}

    def sure(i: int, j: int) -> float:
        found: float = score(i, j)
        few = min(len(olds[i]), len(news[j])) < FEW_WORDS
        return found if found >= (SURE_OF_FEW if few else SURE_MOVED) else 0.0

    every = len(olds) * len(news) <= FEW_PAIRS
    return {i: j for j, i, _ in best_partners(olds, news, sure, every=every)}


def moved_node(node: NodeChange) -> NodeChange:
    """A changed node as one that moved."""
    if node.op == "changed":
        return node._replace(op="moved")
    return NodeChange("moved", node.type, node.old, node.new, node.fields)


def diff_node(old: Json, new: Json, old_side: Side, new_side: Side, context: Context) -> NodeChange:
    """What happened to one node; both are of one type."""
    kind = new["type"]
    words: tuple[WordOp, ...] = ()
    children: tuple[NodeChange, ...] = ()
    if kind in WITH_WORDS:
        words = diff_inlines(context.inlines(old, old_side), context.inlines(new, new_side))
    else:
        children = _diff_children(kind, content_of(old), content_of(new), (old_side, new_side, context))
    fields = _fields_of(old, new, children, context)
    ops = {child.op for child in children}
    if not fields and ops <= {"same"} and all(op.op == "keep" for op in words):
        # Only what Word alone knows differs, or a number that goes without saying.
        return NodeChange("same", kind, old, new)
    changed = says_more(words) or ops - {"same", "format"} or any(map(_field_says_more, fields))
    return NodeChange("changed" if changed else "format", kind, old, new, fields, words, children)


def _fields_of(
    old: Json, new: Json, children: Sequence[NodeChange], context: Context
) -> tuple[FieldChange, ...]:
    """The attributes of a node that changed; of a list its numbers too."""
    kind, before, after = new["type"], old.get("attrs") or {}, new.get("attrs") or {}
    fields = () if before == after else _diff_fields(before, after, context, opaque=kind == "opaque")
    if kind == "list" and not any(field.name == "ordered" for field in fields):
        fields += other_numbers(old, new, children, context)
    return fields


def _diff_children(
    kind: str, old: Sequence[Json], new: Sequence[Json], sides: tuple[Side, Side, Context]
) -> tuple[NodeChange, ...]:
    """What happened in a node. Of parts with a single paragraph each these are one."""
    if kind in PARTS and len(old) == len(new) == 1 and _are_paragraphs([*old, *new]):
        return (diff_node(old[0], new[0], *sides),)
    return diff_blocks(old, new, *sides)


def _field_says_more(field: FieldChange) -> bool:
    return field.name not in LOOK_FIELDS and (not field.words or says_more(field.words))


def _diff_fields(old: Json, new: Json, context: Context, *, opaque: bool) -> tuple[FieldChange, ...]:
    changes = []
    # The number of an item is told of its list.
    for name in sorted({*old, *new} - OWN_NUMBER):
        before, after = old.get(name), new.get(name)
        if before != after and not (opaque and name == "text"):
            words = diff_strings(before, after, context) if name in TEXT_FIELDS else ()
            changes.append(FieldChange(name, before, after, words))
    return tuple(changes)


def _are_paragraphs(nodes: Sequence[Json]) -> bool:
    return all(node["type"] == "paragraph" for node in nodes)
