"""What several test files of documents/word begin with: any text."""

from __future__ import annotations

import json
import uuid
from typing import Any

from hypothesis import strategies as st

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.types import Body
from documents.word import Blob
from documents.word.write.document_file import DocumentFile
from documents.word.write.write import write_docx
from tests.support.documents.word.build import cell, item, listing, para, png, sha256, table, text

Json = dict[str, Any]


PICTURES = {sha256(data): data for data in (png(20, 10), png(10, 20))}


UIDS = [str(uuid.UUID(int=number + 1)) for number in range(6)]


WORDS = st.lists(
    st.sampled_from(
        ["жртва", "žrtva", "viktimë", "ضحية", "قربانی", "θύμα", "被害者", "👩‍⚕️", "24", "5.", "(а)", "–", "F‑2", "a b", "г-ѓа"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)  # fmt: skip


MARKS = st.lists(
    st.sampled_from(
        ["bold", "italic", "underline", "strike", "superscript"]
    ).map(lambda mark: {"type": mark})
    | st.sampled_from(["https://a.example/?b=1&c=2", "mailto:a@b.example"]).map(
        lambda href: {"type": "link", "attrs": {"href": href}}
    )
    | st.sampled_from(UIDS[:2]).map(lambda uid: {"type": "xref", "attrs": {"uid": uid}}),
    max_size=2,
    # A link is underlined anyway.
    unique_by=lambda mark: "link" if mark["type"] in ("xref", "underline") else str(mark["type"]),
)  # fmt: skip


RUN = st.builds(lambda words, marks: text(words, *marks), WORDS, MARKS)


BETWEEN = st.sampled_from(
    [{"type": "break"}, text("\t"), {"type": "note", "attrs": {"id": "?"}}]
    + [{"type": "image", "attrs": {"sha256": digest, "alt": "мапа"}} for digest in PICTURES]
)


INLINE = st.builds(
    lambda first, rest: [first, *(node for pair in rest for node in pair)],
    RUN,
    st.lists(st.tuples(BETWEEN, RUN), max_size=2),
)


PARAGRAPH = st.builds(
    lambda content, style: para(*content, style=style), INLINE, st.sampled_from(["", "", "lead", "centred", "quote"])
)  # fmt: skip


FIGURE = st.builds(
    lambda digest, content: {"type": "figure", "attrs": {"sha256": digest, "alt": "мапа"}, "content": content},
    st.sampled_from(sorted(PICTURES)),
    RUN.map(lambda run: [run]),
)  # fmt: skip


SIGNS = st.sampled_from(["1.", "а)", "ѓ)", "iv.", "§ 3", "•"])


@st.composite
def grids(draw: st.DrawFn, content: st.SearchStrategy[list[Json]]) -> Json:
    """A table, with cells over several rows and columns."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    taken: set[tuple[int, int]] = set()
    rows: list[list[Json]] = []
    for y in range(height):
        row: list[Json] = []
        for x in range(width):
            if (y, x) in taken:
                continue
            free = next(n for n in range(1, width - x + 1) if n == width - x or (y, x + n) in taken)
            across = draw(st.integers(1, free))
            down = draw(st.integers(1, height - y))
            taken |= {(y + b, x + a) for a in range(across) for b in range(down)}
            spans = {"colspan": across} if across > 1 else {}
            row.append(cell(*draw(content), **spans, **({"rowspan": down} if down > 1 else {})))
        rows.append(row)
    # A column and a row of single cells, so that none is there for a span alone.
    return table(*([cell("а"), *row] for row in rows), [cell("б") for _ in range(width + 1)])


def lists(content: st.SearchStrategy[list[Json]]) -> st.SearchStrategy[Json]:
    # The look of an item's first paragraph is its list's.
    items = st.builds(lambda sign, first, rest: item(sign, para(*first), *rest), SIGNS, INLINE, content)
    return st.lists(items, min_size=1, max_size=3).map(
        lambda made: listing(not all(one["attrs"]["label"] == "•" for one in made), *made)
    )


BLOCK = st.one_of(
    PARAGRAPH,
    lists(st.lists(lists(st.lists(PARAGRAPH | FIGURE, max_size=1)) | PARAGRAPH | FIGURE, max_size=2)),
    grids(st.lists(PARAGRAPH | lists(st.just([])), min_size=1, max_size=2)),
    grids(st.lists(grids(st.lists(PARAGRAPH, min_size=1, max_size=1)), min_size=1, max_size=1)),
    FIGURE,
    st.builds(
        lambda tone, inner: {"type": "callout", "attrs": {"tone": tone}, "content": inner},
        st.sampled_from(["warn", "info"]),
        st.lists(PARAGRAPH, min_size=1, max_size=2),
    ),
    st.builds(
        lambda title, who, limit, inner: {"type": "step", "attrs": {"title": title, "who": who, "limit": limit}, "content": inner},
        WORDS, WORDS, st.sampled_from(["24 часа", "веднаш"]), st.lists(PARAGRAPH, min_size=1, max_size=2),
    ),
)  # fmt: skip


def body_of(heading: list[Json], blocks: list[Json]) -> Body:
    """A body in which each reference to a note has a note of its own."""
    made = json.loads(json.dumps({"heading": heading, "blocks": blocks}))
    notes: Json = {}

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if node.get("type") == "note":
                name = node["attrs"]["id"] = f"n{len(notes) + 1}"
                notes[name] = [para(f"Белешка {len(notes) % 2}")]
            walk(node.get("content"))

    walk(made["blocks"])
    return normalise_body(made | {"notes": notes})


HEADS = st.tuples(
    st.integers(1, 3),
    st.sampled_from(["chapter", "section", "article", "annex"]),
    st.sampled_from(["", "1", "1.2", "Член 3"]),
    WORDS,
)


PARTS = st.tuples(HEADS, st.lists(BLOCK, max_size=3))


Part = tuple[tuple[int, str, str, str], list[Json]]


def tree_of(parts: list[Part]) -> SectionTree:
    sections = tuple(
        Section(uid, level, kind, SectionText(label, body_of([text(words)], blocks)))
        for uid, ((level, kind, label, words), blocks) in zip(UIDS, parts, strict=False)
    )
    return SectionTree("mk", "Наслов", sections)


def written(tree: SectionTree) -> bytes:
    blobs = {digest: Blob(data, "image/png", "image") for digest, data in PICTURES.items()}
    return write_docx(DocumentFile(tree, blobs=blobs))
