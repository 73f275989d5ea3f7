"""Every comparison is complete: the old text with its operations done to it is the new text, whatever the
texts are."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.comparison import compare
from documents.comparison.context import Context, Side
from documents.comparison.inline_diff import diff_content
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.types import Body
from tests.support.documents.comparison.properties import Json, bare, check_ops, everything
from tests.support.properties import examples

WORDS = st.sampled_from(
    ["the", "victim", "and", "24", "2", "hours", "orë", "часа", "Члан", "5", ",", ".", "(a)", "F-2", "shelter", "  ", "\n", "https://kodeks.example/a?b=1.", "👩‍⚕️", "\u00a0"]
)  # fmt: skip
PROSE = st.lists(WORDS, max_size=14).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=12
)
MARKS = st.lists(
    st.sampled_from([{"type": "bold"}, {"type": "italic"}, {"type": "link", "attrs": {"href": "https://a.example/"}}, {"type": "link", "attrs": {"href": "#b"}}]), max_size=2
)  # fmt: skip
INLINE = st.one_of(
    st.builds(lambda t, m: {"type": "text", "text": t, "marks": m}, PROSE, MARKS),
    st.builds(lambda t: {"type": "text", "text": t}, PROSE),
    st.just({"type": "break"}),
    st.builds(lambda c, a: {"type": "image", "attrs": {"sha256": c * 64, "alt": a}}, st.sampled_from("ab"), st.sampled_from(["", "map"])),
    st.just({"type": "note", "attrs": {"id": "?"}}),
)  # fmt: skip
CONTENT = st.lists(INLINE, max_size=4)
OOXML = st.sampled_from([{}, {"ooxml": "c" * 64}, {"ooxml": "d" * 64}])
PARAGRAPH = st.builds(
    lambda c, o, s: {"type": "paragraph", "content": c, "attrs": {**o, **s}},
    CONTENT,
    OOXML,
    st.sampled_from([{}, {"style": "quote"}]),
)
BLOCK = st.recursive(
    st.one_of(
        PARAGRAPH,
        st.builds(lambda t: {"type": "opaque", "attrs": {"text": t, "kind": "field"}}, PROSE),
        st.builds(lambda c, s: {"type": "figure", "attrs": {"sha256": s * 64}, "content": c}, CONTENT, st.sampled_from("ab")),
    ),
    lambda inner: st.one_of(
        st.builds(
            lambda items, ordered: {"type": "list", "attrs": {"ordered": ordered}, "content": [{"type": "item", "attrs": {"label": label}, "content": blocks} for label, blocks in items]},
            st.lists(st.tuples(st.sampled_from(["", "a)"]), st.lists(inner, max_size=2)), min_size=1, max_size=4),
            st.booleans(),
        ),
        st.builds(
            lambda rows: {"type": "table", "content": [{"type": "row", "content": [{"type": "cell", "attrs": {"colspan": span}, "content": blocks} for span, blocks in row]} for row in rows]},
            st.lists(st.lists(st.tuples(st.integers(1, 2), st.lists(inner, max_size=2)), max_size=3), min_size=1, max_size=3),
        ),
        st.builds(lambda title, limit, blocks: {"type": "step", "attrs": {"title": title, "limit": limit}, "content": blocks}, PROSE, st.sampled_from(["24 hours", "2 hours", ""]), st.lists(inner, max_size=2)),
        st.builds(lambda blocks: {"type": "callout", "content": blocks}, st.lists(inner, max_size=2)),
    ),
    max_leaves=5,
)  # fmt: skip


def name_notes(body: Json) -> Body:
    """Gives every reference to a note its own id, and each a text."""
    body = json.loads(json.dumps(body))
    notes: Json = {}

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "note":
                node["attrs"]["id"] = f"n{len(notes) + 1}"
                notes[node["attrs"]["id"]] = [
                    {"type": "paragraph", "content": [{"type": "text", "text": f"See {len(notes) % 3}"}]}
                ]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(body)
    return normalise_body(body | {"notes": notes})


BODY = st.builds(lambda h, b: name_notes({"heading": h, "blocks": b}), st.lists(INLINE, max_size=2), st.lists(BLOCK, max_size=4))  # fmt: skip
UIDS = [f"00000000-0000-0000-0000-{number:012d}" for number in range(8)]


@st.composite
def trees(draw: st.DrawFn, bodies: list[Body], uids: list[str]) -> SectionTree:
    count = draw(st.integers(0, 6))
    chosen = draw(st.permutations(uids))[:count]
    return SectionTree(
        "en",
        draw(st.sampled_from(["Procedures", "New procedures"])),
        tuple(
            Section(u, draw(st.integers(1, 3)), "section", SectionText(draw(st.sampled_from(["", "1", "2.1"])), draw(st.sampled_from(bodies))))
            for u in chosen
        ),
    )  # fmt: skip


def edited(body: Json | Body, chance: Random) -> Body:
    """The body with a few words, marks and blocks changed, added, removed or in another order."""

    def walk(node: Any) -> Any:
        if isinstance(node, list):
            result = [walk(each) for each in node if chance.random() > 0.08]
            if len(result) > 1 and chance.random() < 0.1:
                chance.shuffle(result)
            return result or [walk(each) for each in node[:1]]
        if isinstance(node, dict) and node.get("type") == "text":
            words = [
                chance.choice(["changed", "2", ""]) if chance.random() < 0.15 else w
                for w in node["text"].split(" ")
            ]
            marks = [] if chance.random() < 0.1 else node.get("marks", [])
            return {"type": "text", "text": " ".join(words), "marks": marks}
        if isinstance(node, dict):
            return {key: walk(value) if key == "content" else value for key, value in node.items()}
        return node

    return name_notes({"heading": walk(body["heading"]), "blocks": walk(body["blocks"])})


@st.composite
def pairs(draw: st.DrawFn) -> tuple[SectionTree, SectionTree]:
    bodies = draw(st.lists(BODY, min_size=1, max_size=4))
    bodies += [edited(body, draw(st.randoms(use_true_random=False))) for body in bodies]
    foreign = draw(st.booleans())
    return draw(trees(bodies, UIDS[:4] if foreign else UIDS)), draw(
        trees(bodies, UIDS[4:] if foreign else UIDS)
    )


@settings(max_examples=examples(250), deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_the_old_text_with_its_operations_done_is_the_new_text(pair: tuple[SectionTree, SectionTree]) -> None:
    old, new = pair
    everything(compare(old, new), old, new)


@settings(max_examples=examples(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(BODY, st.randoms(use_true_random=False))
def test_what_is_kept_added_and_removed_of_words_is_each_text_whole(body: Body, chance: Random) -> None:
    content = [node for block in body["blocks"] for node in block.get("content") or [] if "text" in node]
    old: list[Any] = normalise_body({"heading": content})["heading"]
    new: list[Any] = edited({"heading": old, "blocks": []}, chance)["heading"]
    nothing = Side({}, {})
    check_ops(diff_content(old, new, nothing, nothing, Context.make(one_text_in_two_scripts=False)), old, new)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_a_text_compared_with_itself_has_no_change(pair: tuple[SectionTree, SectionTree]) -> None:
    comparison = compare(pair[0], copy.deepcopy(pair[0]))
    assert comparison.identical
    assert not comparison.shown


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_what_words_own_xml_holds_is_never_a_change(pair: tuple[SectionTree, SectionTree]) -> None:
    tree = pair[0]
    without = SectionTree(
        tree.language,
        tree.title,
        tuple(
            Section(s.uid, s.level, s.kind, SectionText(s.text.label, normalise_body(bare(s.text.body))))
            for s in tree
        ),
    )
    assert compare(tree, without).identical
