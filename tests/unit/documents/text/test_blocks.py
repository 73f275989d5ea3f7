"""The schema of a text: what is taken, what is refused, and that the canonical form is one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text import InvalidText, body_text, normalise_body, text_hash
from documents.text.inline_schema import normalise_marks, safe_href
from documents.text.schema import MAX_DEPTH
from documents.text.types import Block

UID = "00000000-0000-4000-8000-000000000001"
SHA = "a" * 64


def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"marks": list(marks)} if marks else {})


def paragraph(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(content)}


def body(*blocks: dict[str, Any], **notes: list[Any]) -> dict[str, Any]:
    return {"heading": [text("H")], "blocks": list(blocks), "notes": notes}


def only(block: dict[str, Any]) -> Block:
    return normalise_body(body(block))["blocks"][0]


def test_neighbouring_texts_with_equal_marks_are_joined():
    bold = {"type": "bold"}
    made = only(paragraph(text("a", bold), text("b", bold), text("c")))
    assert made["content"] == [text("ab", bold), text("c")]


def test_the_order_of_marks_does_not_matter():
    bold, italic = {"type": "bold"}, {"type": "italic"}
    assert only(paragraph(text("a", bold, italic))) == only(paragraph(text("a", italic, bold)))


def test_composed_and_decomposed_letters_are_one_text():
    assert text_hash(normalise_body(body(paragraph(text("z\u030c"))))) == text_hash(
        normalise_body(body(paragraph(text("ž"))))
    )


def test_what_the_editor_adds_of_defaults_changes_nothing():
    plain = {
        "type": "table",
        "content": [{"type": "row", "content": [{"type": "cell", "content": [paragraph(text("x"))]}]}],
    }
    edited = {
        "type": "table",
        "attrs": {"ooxml": None},
        "content": [
            {
                "type": "row",
                "content": [
                    {
                        "type": "cell",
                        "attrs": {"colspan": 1, "rowspan": 1, "header": False, "colwidth": None},
                        "content": [{"type": "paragraph", "attrs": {"style": None}, "content": [text("x")]}],
                    }
                ],
            }
        ],
    }
    assert only(plain) == only(edited)


def test_notes_come_in_the_order_of_their_signs_and_unused_ones_go():
    sign = [{"type": "note", "attrs": {"id": name}} for name in ("b", "a")]
    made = normalise_body(body(paragraph(*sign), a=[paragraph()], b=[paragraph()], unused=[paragraph()]))
    assert list(made["notes"]) == ["b", "a"]


@pytest.mark.parametrize(
    "block",
    [
        {"type": "script"},
        {"type": "paragraph", "content": "words"},
        {"type": "paragraph", "content": [{"type": "text", "text": 5}]},
        {"type": "paragraph", "onclick": "x"},
        {"type": "paragraph", "attrs": {"style": "color:red"}},
        {"type": "paragraph", "attrs": {"onclick": "x"}},
        paragraph(text("x", {"type": "link", "attrs": {"href": "javascript:alert(1)"}})),
        paragraph(text("x", {"type": "link", "attrs": {"href": " data:text/html,x"}})),
        paragraph(text("x", {"type": "xref", "attrs": {"uid": "../../etc"}})),
        paragraph(text("x", {"type": "blink"})),
        paragraph(text("a\x00b")),
        paragraph(text("a\ud800b")),
        paragraph({"type": "note", "attrs": {"id": "missing"}}),
        {"type": "list", "content": []},
        {"type": "list", "content": [paragraph()]},
        {"type": "table", "content": []},
        {
            "type": "table",
            "content": [{"type": "row", "content": [{"type": "cell", "attrs": {"colspan": 100_000_000}}]}],
        },
        {
            "type": "table",
            "content": [{"type": "row", "content": [{"type": "cell", "attrs": {"colspan": True}}]}],
        },
        {"type": "figure", "attrs": {"sha256": "nothing"}},
        {"type": "opaque", "attrs": {"sha256": "../x"}},
        {"type": "paragraph", "attrs": {"ooxml": "x"}},
    ],
)
def test_what_the_schema_does_not_know_is_refused(block):
    with pytest.raises(InvalidText):
        normalise_body(body(block))


def test_the_place_of_what_is_wrong_is_named():
    with pytest.raises(InvalidText) as told:
        normalise_body(body(paragraph(text("fine")), paragraph(text("a\x00"))))
    assert told.value.path == "blocks[1].content[0].text"


def test_too_deep_is_refused_before_python_gives_up():
    block = paragraph(text("x"))
    for _ in range(MAX_DEPTH + 2):
        block = {"type": "callout", "content": [block]}
    with pytest.raises(InvalidText):
        normalise_body(body(block))


def test_a_note_in_a_note_is_refused():
    sign = {"type": "note", "attrs": {"id": "a"}}
    with pytest.raises(InvalidText):
        normalise_body(body(paragraph(sign), a=[paragraph(sign)]))


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://example.org/a?b=c", True),
        ("mailto:a@example.org", True),
        ("tel:+38900000000", True),
        ("#part", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("//evil.example", False),
        ("file:///etc/passwd", False),
        ("http://[", False),
    ],
)
def test_where_a_link_may_lead(href, safe):
    assert safe_href(href) is safe


def test_the_words_of_a_body():
    step = {
        "type": "step",
        "attrs": {"title": "T", "who": "W", "limit": "L"},
        "content": [paragraph(text("x"))],
    }
    made = normalise_body(
        body(step, paragraph({"type": "note", "attrs": {"id": "a"}}), a=[paragraph(text("n"))])
    )
    assert body_text(made, heading=True) == "H\nT\nW\nL\nx\nn"


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
)
marks = st.lists(
    st.sampled_from(
        [{"type": "bold"}, {"type": "italic"}, {"type": "link", "attrs": {"href": "https://a.example"}}]
    ),
    max_size=3,
)
inlines = st.lists(
    st.one_of(
        st.builds(lambda t, m: {"type": "text", "text": t, "marks": m}, words, marks),
        st.just({"type": "break"}),
        st.just({"type": "image", "attrs": {"sha256": SHA, "alt": "x"}}),
    ),
    max_size=5,
)
leaf = st.builds(lambda c: {"type": "paragraph", "content": c}, inlines)
blocks = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds(lambda c: {"type": "callout", "content": c}, st.lists(inner, max_size=3)),
        st.builds(
            lambda c: {
                "type": "list",
                "attrs": {"ordered": True},
                "content": [{"type": "item", "content": c}],
            },
            st.lists(inner, max_size=3),
        ),
        st.builds(
            lambda c: {
                "type": "table",
                "content": [{"type": "row", "content": [{"type": "cell", "content": c}]}],
            },
            st.lists(inner, max_size=2),
        ),
    ),
    max_leaves=8,
)


@given(st.lists(blocks, max_size=4), inlines)
def test_the_canonical_form_of_a_canonical_form_is_itself(found, heading):
    once = normalise_body({"heading": heading, "blocks": found, "notes": {}})
    assert normalise_body(once) == once


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://ana:tajna@mvr.example/a?b@c", "https://mvr.example/a?b@c"),
        ("HTTP:/\\ana@b:c@mvr.example", "HTTP:/\\mvr.example"),
        ("https://mvr.example/@ana", "https://mvr.example/@ana"),
        ("mailto:ana@mvr.example", "mailto:ana@mvr.example"),
    ],
)
def test_a_name_and_a_password_in_an_address_are_not_kept(href: str, kept: str) -> None:
    (mark,) = normalise_marks([{"type": "link", "attrs": {"href": href}}], "x")
    assert mark["attrs"]["href"] == kept
