"""The quick way to canonical JSON gives what the package for RFC 8785 gives, or its refusal."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from documents.text import Section, SectionText, SectionTree
from documents.text.canonical import (
    canonical_json,
    hash_sections,
    language_version_hash,
    language_version_json,
    sha256_of,
    text_hash,
)

EMPTY: dict[str, Any] = {"heading": [], "blocks": [], "notes": {}}

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def both(value: Any) -> tuple[object, object]:
    def come(write: Any) -> object:
        try:
            return write(value)
        except Exception as problem:
            return type(problem)

    return come(canonical_json), come(rfc8785.dumps)


@given(VALUES)
def test_it_is_rfc_8785(value: Any) -> None:
    own, known = both(value)
    assert own == known


@pytest.mark.parametrize(
    "value",
    [
        {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3},
        {"a": 1e21, "b": 0.000001, "c": -0.0},
        [2**53 - 1, 2**53, 2**53 + 1, 10**15, 10**16, -(10**17)],
        float("nan"),
        float("inf"),
        "\ud800",
        '"\\\u2028\x7f\x1f\b\f\n\r\t/',
        {'"1.5e9': "12345678901234567890 NaN Infinity"},
        {"é": 1, "e\u0301": 2, "z": 3, "Z": 4, "": 5},
        {"set": {1, 2}},
    ],
)
def test_what_is_odd(value: Any) -> None:
    own, known = both(value)
    assert own == known


def test_a_version_is_hashed_as_a_whole_and_by_its_parts() -> None:
    body = {
        "heading": [{"type": "text", "text": 'Члан "5"\\ 2.5 😀'}],
        "blocks": [
            {"type": "table", "attrs": {"columns": [1, 2]}, "content": []},
            {"type": "paragraph", "content": [{"type": "text", "text": "у року од 2 сата, :5 [3"}]},
        ],
        "notes": {},
    }
    sections = (
        Section("b", 1, "article", SectionText('"text":0', body)),
        Section("a", 2, "step", SectionText("2.1", EMPTY)),
    )
    for tree in (SectionTree("sr", "Наслов", sections), SectionTree("en", "", ())):
        whole, texts = hash_sections(tree.language, tree.title, iter(tree.sections))
        assert whole == sha256_of(language_version_json(tree)) == language_version_hash(tree)
        assert texts == {section.uid: text_hash(section.text.body) for section in tree}
    assert text_hash(body) == hashlib.sha256(rfc8785.dumps({"format": 1, "text": body})).hexdigest()  # type: ignore[dict-item]
