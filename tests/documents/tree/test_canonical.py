"""The quick way to canonical JSON gives what the package for RFC 8785 gives, or its refusal."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from documents.tree.canonical import canonical_json

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
