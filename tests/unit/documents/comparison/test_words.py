"""Words, as a reader would mark them by hand."""

from __future__ import annotations

import pytest

from documents.comparison import WordOp
from documents.comparison.context import Context, Side
from documents.comparison.inline_diff import diff_content, mark_changes
from documents.text import inline_text
from tests.support.documents.comparison.build import Json, text

NOTHING = Side({}, {})


def ops(old: list[Json], new: list[Json], *, scripts: bool = False) -> tuple[WordOp, ...]:
    return diff_content(old, new, NOTHING, NOTHING, Context.make(one_text_in_two_scripts=scripts))


def shown(old: str, new: str, *, scripts: bool = False) -> str:
    """Removed words in [-…], added ones in [+…]."""
    parts = []
    for op in ops([text(old)], [text(new)], scripts=scripts):
        words = inline_text(op.new or op.old)
        parts.append(f"[-{words}]" if op.op == "del" else f"[+{words}]" if op.op == "ins" else words)
    return "".join(parts)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("within 24 hours of it", "within 2 hours of it", "within [-24][+2] hours of it"),
        ("во рок од 24 часа од пријавата", "во рок од 2 часа од пријавата", "во рок од [-24][+2] часа од пријавата"),
        ("brenda 24 orëve sipas F-2", "brenda 24 orëve sipas F-3", "brenda 24 orëve sipas [-F-2][+F-3]"),
        ("Члан 5 став 2 важи", "Члан 6 став 2 важи", "Члан [-5][+6] став 2 важи"),
        ("costs 1.250,50 EUR", "costs 1.350,50 EUR", "costs [-1.250,50][+1.350,50] EUR"),
        ("One. Three.", "One. Two. Three.", "One.[+ Two.] Three."),
        ("Call the police. Call the shelter.", "Call the police. Call the unit. Call the shelter.", "Call the police.[+ Call the unit.] Call the shelter."),
        ("police, courts, centres", "teams, shelters, offices", "[-police, courts, centres][+teams, shelters, offices]"),
        ("the list of the court and signs", "the list of the National Coordinator and signs", "the list of the [-court][+National Coordinator] and signs"),
        ("see www.a.example/x.", "see www.a.example/y.", "see [-www.a.example/x][+www.a.example/y]."),
        ("ends here.", "ends here", "ends here[-.]"),
        ("a socio-legal view", "a psycho-legal view", "a [-socio-legal][+psycho-legal] view"),
    ],
)  # fmt: skip
def test_changes_read_as_a_person_would_mark_them(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_text_that_was_rewritten_is_not_held_together_by_chance_words() -> None:
    old = "The purpose is collecting of data for the procedure and the file of the court."
    new = "A person must be safe first; this is never an interrogation, and nobody is asked for the papers."
    kinds = [op.op for op in ops([text(old)], [text(new)])]
    assert kinds == ["del", "ins", "keep"], "only the full stop is left"


def test_one_text_in_two_scripts() -> None:
    old, new = "Жртва има право на Љубав и Џеп, рок 24 часа.", "Žrtva ima pravo na Ljubav i Džep, rok 2 časa."
    assert shown(old, new, scripts=True) == "Žrtva ima pravo na Ljubav i Džep, rok [-24][+2] časa."
    assert "[-Жртва" in shown(old, new), "and two texts when not asked for"


def test_bold_on_the_same_words_is_a_change_of_look() -> None:
    found = ops(
        [text("only with "), text("written", "bold"), text(" consent")], [text("only with written consent")]
    )
    assert [(op.op, inline_text(op.new)) for op in found] == [
        ("keep", "only with "),
        ("format", "written"),
        ("keep", " consent"),
    ]
    assert [(change.when, change.mark) for change in mark_changes(found[1])] == [("was", "bold")]


def test_a_link_that_leads_elsewhere_is_seen() -> None:
    found = ops([text("here", href="https://a.example/")], [text("here", href="https://b.example/")])
    assert [(c.when, c.target) for c in mark_changes(found[0])] == [
        ("was", "https://a.example/"),
        ("now", "https://b.example/"),
    ]


def test_an_address_that_only_got_its_slash_leads_to_the_same_place() -> None:
    words = "See the list of shelters."
    found = ops([text(words, href="https://a.example")], [text(words, href="https://a.example/")])
    assert [op.op for op in found] == ["keep"] or not found
    found = ops([text(words, href="https://a.example/b")], [text(words, href="https://a.example/b/")])
    assert [op.op for op in found] == ["format"]


def test_marks_are_kept_on_words_that_stay() -> None:
    found = ops(
        [text("Call "), text("the police", "bold"), text(" now")], [text("Call "), text("the police", "bold")]
    )
    assert [node["text"] for node in found[0].new] == ["Call ", "the police"]
    assert found[0].new[1]["marks"] == [{"type": "bold"}]
    assert [op.op for op in found] == ["keep", "del"]


def test_long_texts_are_cut_not_given_up() -> None:
    old = " ".join(f"w{number % 977} m{number}" for number in range(9000))
    new = old.replace("m4000", "changed").replace("m8000", "changed too")
    found = ops([text(old)], [text(new)])
    assert [inline_text(op.new or op.old) for op in found if op.op != "keep"] == [
        "m4000",
        "changed",
        "m8000",
        "changed too",
    ]


def test_a_sign_that_stands_for_a_break_and_words_beside_it_are_one_change() -> None:
    found = ops(
        [text("a b "), text("\n"), text("x", "bold"), text(" c")],
        [text("a b "), {"type": "break"}, text(" c")],
    )
    assert [op.op for op in found] == ["keep", "del", "ins", "keep"]
    assert inline_text(found[1].old) == "\nx"
