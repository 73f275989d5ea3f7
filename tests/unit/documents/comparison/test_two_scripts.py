"""Serbian in Cyrillic and the same in Latin, compared as one text: a number in the other script is no other
one."""

from __future__ import annotations

from documents.comparison import Comparison, Kind, compare
from documents.comparison.summary import summarise
from documents.text import SectionTree
from tests.support.documents.comparison.build import Json, paragraph, section, tree

ONE, TWO, THREE = (
    ("Полиција обавештава мобилни тим", "Policija obaveštava mobilni tim"),
    ("Тим разговара са особом", "Tim razgovara sa osobom"),
    ("Тим сачињава извештај истог дана", "Tim sačinjava izveštaj istog dana"),
)


def compared(old: SectionTree, new: SectionTree) -> Comparison:
    return compare(old, new, one_text_in_two_scripts=True)


def test_a_section_with_its_number_in_the_other_script_is_the_same() -> None:
    old = tree(section("a", ONE[0], heading="Рокови", label="Члан 1."), language="sr-Cyrl")
    for label, kind in (("Član 1.", Kind.SAME), ("Član 2.", Kind.RENUMBERED)):
        new = tree(section("a", ONE[1], heading="Rokovi", label=label), language="sr-Latn")
        assert compared(old, new).sections[0].kind is kind


def listed(script: int, letters: str, *, inside: bool) -> Json:
    def item(label: str, words: str, *more: Json) -> Json:
        return {"type": "item", "attrs": {"label": label}, "content": [paragraph(words), *more]}

    words = [both[script] for both in (ONE, TWO, THREE)]
    if inside:
        inner = {"type": "list", "attrs": {"ordered": True}, "content": [item("1.", words[2])]}
        items = [item(f"{letters[0]})", words[0]), item(f"{letters[1]})", words[1], inner)]
    else:
        items = [item(f"{sign})", said) for sign, said in zip(letters, words, strict=True)]
    return {"type": "list", "attrs": {"ordered": True}, "content": items}


def test_letters_of_the_other_script_are_no_other_numbers_and_items_set_in_moved() -> None:
    old = tree(section("a", listed(0, "абв", inside=False)), language="sr-Cyrl")
    same = compared(old, tree(section("a", listed(1, "abc", inside=False)), language="sr-Latn"))
    assert same.sections[0].kind is Kind.SAME
    change = compared(old, tree(section("a", listed(1, "abc", inside=True)), language="sr-Latn")).sections[0]
    assert {str(fact.kind) for fact in summarise(change)} == {"blocks_moved"}
