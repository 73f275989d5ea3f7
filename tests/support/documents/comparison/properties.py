"""What several test files of documents/comparison begin with: properties."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from documents.comparison import Comparison, NodeChange, SectionChange, WordOp, compare
from documents.comparison.json import to_json
from documents.comparison.summary import summarise
from documents.text import Section, SectionTree, inline_text
from tests.support.documents.comparison.apply import apply, new_words, old_words
from tests.support.documents.comparison.build import section, tree
from tests.support.documents.schema import check

Json = dict[str, Any]


def bare(node: Any) -> Any:
    """Without Word's own XML, which no comparison looks at."""
    if isinstance(node, dict):
        found = {key: bare(value) for key, value in node.items() if key != "ooxml"}
        return {key: value for key, value in found.items() if not (key == "attrs" and value == {})}
    return [bare(each) for each in node] if isinstance(node, list) else node


def check_ops(ops: tuple[WordOp, ...], old: list[Json], new: list[Json]) -> None:
    assert list(old_words(ops)) == old
    assert list(new_words(ops)) == new
    for op in ops:
        assert bool(op.old) == (op.op != "ins")
        assert bool(op.new) == (op.op != "del")
        if op.op in ("keep", "format"):
            assert inline_text(op.old) == inline_text(op.new)
    # What was removed and added in one place is one change, not many.
    kinds = [op.op for op in ops]
    assert all(pair not in (("del", "del"), ("ins", "ins"), ("keep", "keep")) for pair in pairwise(kinds))


def check_nodes(nodes: tuple[NodeChange, ...]) -> None:
    for node in nodes:
        if node.op in ("changed", "format"):
            assert node.old and node.new
            if node.words and node.type != "opaque":
                check_ops(node.words, node.old.get("content") or [], node.new.get("content") or [])
            check_nodes(node.children)


def everything(comparison: Comparison, old: SectionTree, new: SectionTree) -> None:
    made = apply(comparison, old)
    assert [bare(section.text.body) for section in made] == [bare(section.text.body) for section in new]
    assert [(s.uid, s.level, s.text.label) for s in made] == [(s.uid, s.level, s.text.label) for s in new]
    for change in comparison:
        check_nodes(change.blocks)
        assert 0 <= change.share <= 1
    olds = [change.old.uid for change in comparison if change.old]
    assert sorted(olds) == sorted(section.uid for section in old), "every old section is there once"


def between(old: Section | Json | Sequence[Json], new: Section | Json | Sequence[Json]) -> SectionChange:
    """The change from one section, or the blocks of one, to another, proven complete."""
    before, after = _text_of(old), _text_of(new)
    comparison = compare(before, after)
    everything(comparison, before, after)
    check(to_json(comparison), "comparison")
    return next(iter(comparison))


def _text_of(given: Section | Json | Sequence[Json]) -> SectionTree:
    if isinstance(given, Section):
        return tree(given)
    return tree(section("s", *([given] if isinstance(given, dict) else given)))


def facts(change: SectionChange) -> dict[str, int]:
    return {str(fact.kind): fact.count for fact in summarise(change)}
