"""The redline of any two texts of ours: accepted it is the new one, refused the old one, to the last mark,
cell and note."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.word import open_package
from documents.word.file import ns
from documents.word.file.ns import w
from documents.word.redline import redline
from documents.word.resolve import resolve
from tests.support.documents.word.any_text import BLOCK, PARTS, Part, tree_of, written
from tests.support.properties import examples

Edit = tuple[str, int, list[Any]]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "swap", "put", "reverse"]),
        st.integers(0, 5),
        st.lists(BLOCK, min_size=1, max_size=2),
    ),
    min_size=1,
    max_size=3,
)


def edited(parts: list[Part], edits: list[Edit]) -> list[Part]:
    """The same text with blocks taken out, put in, put elsewhere, and sections in another order."""
    made = [(head, list(blocks)) for head, blocks in parts]
    for verb, place, new in edits:
        at = place % len(made)
        blocks = made[at][1]
        if verb == "put":
            blocks[place:place] = new
        elif verb == "drop" and blocks:
            del blocks[place % len(blocks)]
        elif verb == "double" and blocks:
            blocks.append(blocks[place % len(blocks)])
        elif verb == "swap":
            made[at], made[0] = made[0], made[at]
        else:
            blocks.reverse()
    return made


MARKS = {w(name) for name in ("b", "i", "u", "strike", "vertAlign")}
SIGNS = {w("tab"): "\t", w("br"): "\n", w("drawing"): "\ufffc"}
NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}


def lines(data: bytes) -> list[Any]:
    """Every paragraph of a file: how deep in cells, its style, its words with their marks, its notes in their
    place.

    Of bookmarks and content controls a redline keeps the new file's (docs/command-line.md)."""
    package = open_package(data)
    notes = {
        (role, note.get(w("id"))): _paragraphs(note, {})
        for role in NOTES.values()
        if (root := package.optional_xml(package.main, role)) is not None
        for note in root
    }
    found = _paragraphs(package.xml(package.main), notes)
    # Where a text ended with a table, the ends of the paragraphs that came after it have nowhere to go.
    while not found[-1][2]:
        found.pop()
    return found


def _paragraphs(root: ns.Element, notes: dict[Any, Any]) -> list[Any]:
    found = []
    for paragraph in root.iter(w("p")):
        runs: list[list[Any]] = []
        for run in paragraph.iter(w("r")):
            marks = sorted(
                node.tag for look in run.iterchildren(w("rPr")) for node in look if node.tag in MARKS
            )
            for node in run:
                said: Any = node.text or "" if node.tag == w("t") else SIGNS.get(node.tag, "")
                if node.tag in NOTES:
                    said = notes[(NOTES[node.tag], node.get(w("id")))]
                if not said:
                    continue
                if runs and runs[-1][1] == marks and isinstance(said, str) and isinstance(runs[-1][0], str):
                    runs[-1][0] += said
                else:
                    runs.append([said, marks])
        cells = sum(1 for _ in paragraph.iterancestors(w("tc")))
        found.append((cells, ns.val(ns.child(paragraph, "pPr"), "pStyle"), runs))
    return found


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PARTS, min_size=1, max_size=3), EDITS, st.booleans(), st.lists(PARTS, min_size=1, max_size=2))
def test_it_is_both_texts(parts: list[Part], edits: list[Edit], other: bool, another: list[Part]) -> None:
    old = written(tree_of(parts))
    new = written(tree_of(another if other else edited(parts, edits)))
    made = redline(open_package(old), open_package(new))
    assert lines(resolve(open_package(made), accept=True)) == lines(new)
    assert lines(resolve(open_package(made), accept=False)) == lines(old)
