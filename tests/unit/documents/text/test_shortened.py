"""A text that is only named: its first words."""

from __future__ import annotations

from documents.text import shortened


def test_a_text_is_cut_behind_a_word_and_says_so() -> None:
    assert shortened("the venture capital", 19) == "the venture capital"
    assert shortened("the venture capital financing", 20) == "the venture capital…"
    assert shortened("the venture capital financing", 22) == "the venture capital…"
    assert shortened("at the [approval], of", 19) == "at the [approval]…"
    assert shortened("Пријавување\u00a0и упатување", 15) == "Пријавување\u00a0и…"
    assert shortened("Gleichbehandlungsgesetz", 10) == "Gleichbeh…"
    assert len(shortened("word " * 40)) <= 70
