"""Whether suggested words came into a text by somebody's hand."""

from __future__ import annotations

import pytest

from documents.comments.came_in import came_in


@pytest.mark.parametrize(
    ("words", "quote", "first", "now", "times"),
    [
        ("12 часа", "24 часа", "Рок: 24 часа.", "Рок: 24 часа.", 0),
        ("12 часа", "24 часа", "Рок: 24 часа.", "Рок: 12 часа.", 1),
        # In another sentence, with other spaces.
        ("12 часа", "24 часа", "Рок: 24 часа.", "Во рок од 12\u00a0часа се одговара.", 1),
        # They stood elsewhere before, and stand there alone.
        ("12 часа", "24 часа", "Рок: 24 часа. Дежурство: 12 часа.", "Рок: 24 часа. Дежурство: 12 часа, ноќе.", 0),
        # Within another number they are others.
        ("2 часа", "24 часа", "Рок: 24 часа.", "Рок: 12 часа.", 0),
        # Shorter words stand within those that they are for.
        ("24 часа", "најмногу 24 часа", "Рок: најмногу 24 часа.", "Рок: 24 часа.", 1),
        ("24 часа", "најмногу 24 часа", "Рок: најмногу 24 часа.", "Рок: најмногу 24 часа, без исклучок.", 0),
        ("24 часа", "најмногу 24 часа", "Рок: најмногу 24 часа.", "Рок: еден ден.", 0),
        # Longer ones hold them.
        ("Лиценциран стручен", "Стручен", "Стручен работник.", "Лиценциран стручен работник.", 1),
        ("3 часа", "2 часа", "а 2 часа, б 2 часа", "а 3 часа, б 3 часа", 2),
    ],
)  # fmt: skip
def test_words_have_come_in_where_more_of_them_stand_there(
    words: str, quote: str, first: str, now: str, times: int
) -> None:
    assert came_in(words, quote, first, now) == times
