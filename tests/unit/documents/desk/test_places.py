"""Where a section goes: pure, against every outline of a few sections."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.actions.edit_outline import Node, subtree
from documents.pages.desk.outline_moves import BUTTONS, DROPS, Target, by_button, by_drop
from tests.support.properties import examples


def outline(*levels: int) -> list[Node]:
    return [Node("abcdefghij"[i], level, "section") for i, level in enumerate(levels)]


def moved(nodes: list[Node], uid: str, target: Target) -> list[tuple[str, int]]:
    """What documents.actions.edit_outline.move_section makes of a target."""
    start = next(i for i, n in enumerate(nodes) if n.uid == uid)
    end = subtree(nodes, start)
    part, rest = nodes[start:end], nodes[:start] + nodes[end:]
    index = (
        0
        if target.after_uid is None
        else next(i for i, n in enumerate(rest) if n.uid == target.after_uid) + 1
    )
    shift = target.level - part[0].level
    placed = rest[:index] + [replace(n, level=n.level + shift) for n in part] + rest[index:]
    return [(n.uid, n.level) for n in placed]


def test_up_and_down_take_along_what_stands_in_a_section() -> None:
    nodes = outline(1, 2, 1, 2, 2)
    down = by_button(nodes, "a", "down")
    assert down is not None
    assert moved(nodes, "a", down) == [("c", 1), ("d", 2), ("e", 2), ("a", 1), ("b", 2)]
    up = by_button(nodes, "c", "up")
    assert up is not None
    assert moved(nodes, "c", up) == [("c", 1), ("d", 2), ("e", 2), ("a", 1), ("b", 2)]


def test_indent_and_outdent() -> None:
    nodes = outline(1, 1, 2)
    indent = by_button(nodes, "b", "indent")
    assert indent is not None
    assert moved(nodes, "b", indent) == [("a", 1), ("b", 2), ("c", 3)]
    nodes = outline(1, 2, 2, 1)
    outdent = by_button(nodes, "b", "outdent")
    assert outdent is not None
    assert moved(nodes, "b", outdent) == [("a", 1), ("c", 2), ("b", 1), ("d", 1)]


@pytest.mark.parametrize(
    ("uid", "button"), [("a", "up"), ("a", "indent"), ("a", "outdent"), ("d", "down"), ("b", "up")]
)
def test_no_way_further(uid: str, button: str) -> None:
    assert by_button(outline(1, 2, 2, 1), uid, button) is None


def test_a_section_is_not_dropped_on_itself_or_into_itself() -> None:
    nodes = outline(1, 2, 1)
    assert by_drop(nodes, "a", "a", "after") is None
    assert by_drop(nodes, "a", "b", "inside") is None
    assert by_drop(nodes, "a", "c", "sideways") is None
    assert by_drop(nodes, "a", "nobody", "after") is None


@st.composite
def outlines(draw: st.DrawFn) -> list[Node]:
    levels = [1]
    for _ in range(draw(st.integers(0, 7))):
        levels.append(draw(st.integers(1, min(levels[-1] + 1, 4))))
    return outline(*levels)


@settings(max_examples=examples(300), deadline=None)
@given(outlines(), st.data())
def test_no_move_loses_a_section_or_leaves_a_gap(nodes: list[Node], data: st.DataObject) -> None:
    uid = data.draw(st.sampled_from(nodes)).uid
    if data.draw(st.booleans()):
        target = by_button(nodes, uid, data.draw(st.sampled_from(BUTTONS)))
    else:
        target = by_drop(nodes, uid, data.draw(st.sampled_from(nodes)).uid, data.draw(st.sampled_from(DROPS)))
    if target is None:
        return
    result = moved(nodes, uid, target)
    assert sorted(u for u, _ in result) == sorted(n.uid for n in nodes)
    # Dropping before a section's first child, say, may leave what follows too deep: the action then refuses.
    # Buttons never do.
    assert result[0][1] == 1


@settings(max_examples=examples(300), deadline=None)
@given(outlines(), st.data())
def test_buttons_never_leave_a_gap_of_two_levels(nodes: list[Node], data: st.DataObject) -> None:
    uid = data.draw(st.sampled_from(nodes)).uid
    target = by_button(nodes, uid, data.draw(st.sampled_from(BUTTONS)))
    if target is not None:
        levels = [level for _, level in moved(nodes, uid, target)]
        assert all(after <= before + 1 for before, after in pairwise(levels))
