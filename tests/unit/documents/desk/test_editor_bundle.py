"""The editor: its bundle is what its source gives, and what it opens it gives back unchanged."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.demo.markdown import read_markdown
from documents.text import normalise_body
from documents.text.types import Body
from documents.word.read.files import read_file
from tests.support.documents.desk.editor_bundle import ROOT
from tests.support.documents.word.long_tree import long_tree
from tests.support.documents.word.sample import ministry_docx
from tests.support.properties import examples

EDITOR = ROOT / "documents/pages/desk/editor"
BUNDLE = ROOT / "documents/static/documents/desk/editor.js"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def node() -> str:
    """Node with the editor's packages, put in from the lock file where they are missing."""
    program = shutil.which("node")
    if program is None:
        pytest.skip(
            "Node is missing: install it (Debian: apt-get install nodejs npm). The editor's bundle is not "
            "rebuilt."
        )
    if not (EDITOR / "node_modules/esbuild").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip(
                "npm is missing: install it (Debian: apt-get install npm). The editor's bundle is not "
                "rebuilt."
            )
        made = subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund"], cwd=EDITOR, capture_output=True, timeout=180
        )
        if made.returncode:
            pytest.skip(
                f"The editor's packages could not be installed with npm: {made.stderr.decode()[-300:]}"
            )
    return program


def round_trip(node: str, bodies: Sequence[Mapping[str, Any]]) -> list[Json]:
    lines = "\n".join(json.dumps(body) for body in bodies)
    made = subprocess.run(
        [node, str(EDITOR / "roundtrip.mjs")],
        input=lines,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [json.loads(line) for line in made.stdout.splitlines()]


def test_the_bundle_is_what_its_source_gives(node: str, tmp_path: Path) -> None:
    fresh = tmp_path / "editor.js"
    subprocess.run([node, "build.mjs", str(fresh)], cwd=EDITOR, check=True, capture_output=True, timeout=60)
    assert fresh.read_bytes() == BUNDLE.read_bytes(), "run `node build.mjs` in documents/pages/desk/editor"


def test_the_lock_file_names_no_registry() -> None:
    lock = (EDITOR / "package-lock.json").read_text("utf-8")
    assert "resolved" not in lock
    assert "://" not in "".join(line for line in lock.splitlines() if '"url"' not in line)


def demo_bodies() -> Iterator[Json]:
    for path in sorted((ROOT / "documents/demo").glob("*/edition-*/*.md")):
        tree = read_markdown(path.read_text("utf-8"), path.parts[-3], path.stem)
        for section in tree:
            yield section.text.body


def test_all_demonstration_texts_come_back_as_they_were(node: str) -> None:
    bodies = list(demo_bodies())
    assert len(bodies) > 300
    assert round_trip(node, bodies) == bodies


def test_a_text_from_word_comes_back_as_it_was(node: str, tmp_path: Path) -> None:
    path = tmp_path / "long.docx"
    path.write_bytes(ministry_docx(long_tree(40, 150)))
    bodies = [section.text.body for section in read_file(path).tree]
    assert any(block.get("attrs", {}).get("ooxml") for body in bodies for block in body["blocks"])
    assert round_trip(node, bodies) == bodies


SHA = "0123456789abcdef" * 4
UID = "5f1ad4b6-3f0e-4a60-9c5c-6d1c1f1e0c0d"
words = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], include_characters="\t\n", exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=12,
)
marks = st.lists(
    st.sampled_from(
        [
            *(
                {"type": name}
                for name in ("bold", "italic", "underline", "strike", "superscript", "subscript")
            ),
            {"type": "link", "attrs": {"href": "https://example.org/?a=b&c"}},
            {"type": "link", "attrs": {"href": "#_Toc1"}},
            {"type": "xref", "attrs": {"uid": UID}},
        ]
    ),
    max_size=3,
)
inline = st.one_of(
    st.builds(lambda text, marked: {"type": "text", "text": text, "marks": marked}, words, marks),
    st.just({"type": "break"}),
    st.just({"type": "image", "attrs": {"sha256": SHA, "alt": "x"}}),
)
inlines = st.lists(inline, max_size=4)
kept = st.sampled_from([{}, {"ooxml": SHA}])


def with_attrs(kind: str, content: Any, *attrs: Json) -> Json:
    joined: Json = {}
    for one in attrs:
        joined |= one
    return {"type": kind, "content": content, "attrs": joined}


leaf = st.one_of(
    st.builds(
        with_attrs,
        st.just("paragraph"),
        inlines,
        kept,
        st.sampled_from([{}, {"style": "quote"}, {"style": "centred"}]),
    ),
    st.builds(with_attrs, st.just("figure"), inlines, kept, st.just({"sha256": SHA, "alt": "y"})),
    st.builds(
        lambda text, attrs: {"type": "opaque", "attrs": {"text": text, "kind": "sdt"} | attrs}, words, kept
    ),
)


def containers(blocks: Any) -> Any:
    some = st.lists(blocks, max_size=3)
    item = st.builds(
        lambda content, label: {"type": "item", "content": content, "attrs": {"label": label}},
        some,
        st.sampled_from(["", "а)"]),
    )
    cell = st.builds(
        lambda content, attrs: {"type": "cell", "content": content, "attrs": attrs},
        some,
        st.sampled_from([{}, {"colspan": 2}, {"rowspan": 3, "header": True}]),
    )
    row = st.builds(lambda cells: {"type": "row", "content": cells}, st.lists(cell, max_size=3))
    return st.one_of(
        st.builds(
            with_attrs,
            st.just("list"),
            st.lists(item, min_size=1, max_size=3),
            kept,
            st.sampled_from([{}, {"ordered": True}]),
        ),
        st.builds(with_attrs, st.just("table"), st.lists(row, min_size=1, max_size=3), kept),
        st.builds(with_attrs, st.just("callout"), some, kept, st.sampled_from([{}, {"tone": "warn"}])),
        st.builds(
            with_attrs,
            st.just("step"),
            some,
            kept,
            st.sampled_from([{}, {"title": "t", "who": "w", "limit": "l"}]),
        ),
    )


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    body = {
        "heading": draw(inlines),
        "blocks": draw(st.lists(st.recursive(leaf, containers, max_leaves=8), max_size=4)),
        "notes": {},
    }
    count = draw(st.integers(0, 2))
    if count:
        body["blocks"].append(
            {
                "type": "paragraph",
                "content": [{"type": "note", "attrs": {"id": f"fn-{n}"}} for n in range(count)],
            }
        )
        body["notes"] = {f"fn-{n}": draw(st.lists(leaf, max_size=2)) for n in range(count)}
    return normalise_body(body)


def test_any_text_of_the_schema_comes_back_as_it_was(node: str) -> None:
    found: list[Body] = []

    @settings(
        max_examples=examples(400), deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(bodies())
    def gather(body: Body) -> None:
        found.append(body)

    gather()
    for before, after in zip(found, round_trip(node, found), strict=True):
        assert after == before


def test_what_the_editor_does_not_know_is_not_opened(node: str) -> None:
    strange = {"heading": [], "blocks": [{"type": "video", "attrs": {}}], "notes": {}}
    (answer,) = round_trip(node, [strange])
    assert "unknown block video" in answer["error"]


def test_a_changed_block_forgets_its_xml_and_an_unchanged_one_keeps_it(node: str) -> None:
    script = """
import { forgetChangedXml } from "./body.js"
const p = (text, ooxml) => ({ type: "paragraph", attrs: { ooxml }, content: [{ type: "text", text }] })
const cell = (block) => ({ type: "table", attrs: { ooxml: "t" }, content: [{ type: "row", content: [{ type: "cell", content: [block] }] }] })
const opened = { heading: [], blocks: [p("a", "1"), p("b", "2"), cell(p("c", "3"))], notes: {} }
const edited = { heading: [], blocks: [p("a", "1"), p("B", "2"), cell(p("C", "3")), p("new", "9")], notes: {} }
console.log(JSON.stringify(forgetChangedXml(edited, opened).blocks.map((b) => b.attrs || null)))
"""
    made = subprocess.run(
        [node, "--input-type=module", "-e", script],
        cwd=EDITOR,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert json.loads(made.stdout) == [{"ooxml": "1"}, None, None, None]
