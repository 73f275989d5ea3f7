"""Random bodies of sections, for properties of the review of returned files."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from documents.text import normalise_body

Json = dict[str, Any]
WORDS = st.sampled_from(["орган", "жртва", "рок", "24", "часа", "заштита", "упат", "член", "и", "во"])
LINE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
MARKS = st.sampled_from([[], [], [], [{"type": "bold"}], [{"type": "italic"}]])
TEXT = st.builds(lambda text, marks: {"type": "text", "text": text + " ", "marks": marks}, LINE, MARKS)
NOTE = st.builds(lambda text: {"type": "note", "said": text}, LINE)
BREAK = st.just({"type": "break"})
INLINES = st.lists(st.one_of(TEXT, TEXT, TEXT, NOTE, BREAK), min_size=1, max_size=4)
PARAGRAPH = st.builds(
    lambda content, style: {"type": "paragraph", "content": content, "attrs": style},
    INLINES,
    st.sampled_from([{}, {}, {"style": "quote"}]),
)
ITEM = st.builds(
    lambda content: {"type": "item", "content": content}, st.lists(PARAGRAPH, min_size=1, max_size=2)
)
LIST = st.builds(lambda items: {"type": "list", "content": items}, st.lists(ITEM, min_size=1, max_size=4))
CELL = st.builds(lambda content: {"type": "cell", "content": content}, st.lists(PARAGRAPH, max_size=1))


def _table(width: int) -> st.SearchStrategy[Json]:
    row = st.builds(
        lambda cells: {"type": "row", "content": cells}, st.lists(CELL, min_size=width, max_size=width)
    )
    return st.builds(lambda rows: {"type": "table", "content": rows}, st.lists(row, min_size=1, max_size=3))


TABLE = st.integers(1, 3).flatmap(_table)
BLOCK = st.one_of(PARAGRAPH, PARAGRAPH, PARAGRAPH, LIST, TABLE)


def _with_notes(value: Any, notes: Json) -> Any:
    if isinstance(value, list):
        return [_with_notes(part, notes) for part in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "note":
        name = f"n{len(notes) + 1}"
        notes[name] = [{"type": "paragraph", "content": [{"type": "text", "text": value["said"]}]}]
        return {"type": "note", "attrs": {"id": name}}
    return {key: _with_notes(part, notes) for key, part in value.items()}


def made(heading: list[Json], blocks: list[Json]) -> Json:
    """A body of blocks whose notes stand in them."""
    notes: Json = {}
    heading = _with_notes(heading, notes)
    made: Json = {
        **normalise_body({"heading": heading, "blocks": _with_notes(blocks, notes), "notes": notes})
    }
    return made


HEADINGS = st.lists(TEXT, max_size=2)


@st.composite
def two_bodies(draw: st.DrawFn) -> tuple[Json, Json]:
    """A text, and the same with blocks changed, put in, taken out and moved."""
    blocks = draw(st.lists(BLOCK, max_size=7))
    heading = draw(HEADINGS)
    other = list(blocks)
    for _ in range(draw(st.integers(0, 5))):
        do = draw(st.sampled_from(["change", "add", "remove", "move", "copy"]))
        at = draw(st.integers(0, max(0, len(other) - 1)))
        if do == "add" or not other:
            other.insert(at, draw(BLOCK))
        elif do == "change":
            other[at] = draw(_changed(other[at]))
        elif do == "remove":
            other.pop(at)
        elif do == "move":
            other.insert(draw(st.integers(0, len(other) - 1)), other.pop(at))
        else:
            other.insert(at, other[at])
    return made(heading, blocks), made(draw(st.one_of(st.just(heading), HEADINGS)), other)


def _changed(node: Json) -> st.SearchStrategy[Json]:
    content = node.get("content") or []
    if node["type"] == "paragraph":
        return st.builds(
            lambda more, at: node | {"content": [*content[:at], *more, *content[at + 1 :]]},
            INLINES,
            st.integers(0, len(content)),
        )
    if not content:
        return st.just(node)
    return st.integers(0, len(content) - 1).flatmap(
        lambda at: _changed(content[at]).map(
            lambda new: node | {"content": [*content[:at], new, *content[at + 1 :]]}
        )
    )
