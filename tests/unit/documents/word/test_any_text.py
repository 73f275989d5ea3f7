"""Any text of ours as a Word file and back: links, notes, pictures, merged cells, lists and tables in one
another, many scripts."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.text import SectionTree
from tests.support.documents.word.any_text import PARTS, Part, tree_of, written
from tests.support.documents.word.build import bare, read
from tests.support.properties import examples


def said(tree: SectionTree) -> list[Any]:
    return [(s.level, s.text.label, bare(s.text.body)) for s in tree]


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PARTS, min_size=2, max_size=3))
def test_it_is_read_back_as_it_was(parts: list[Part]) -> None:
    tree = tree_of(parts)
    again = read(written(tree), "mk").tree
    assert [(section.uid, section.kind) for section in again] == [(s.uid, s.kind) for s in tree]
    assert said(again) == said(tree)
