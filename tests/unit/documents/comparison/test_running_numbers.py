"""Numbers that only follow: typed at the start of paragraphs and rows, or counted before items. What was put
in or taken out is told, and of what stands behind it no more than its number."""

from __future__ import annotations

import pytest

from documents.comparison import Comparison, Kind, compare
from documents.comparison.cli import text_lines
from documents.comparison.render.blocks import inline_html
from documents.comparison.render.side_by_side import side_html
from documents.comparison.summary import summarise
from tests.support.documents.comparison.apply import apply
from tests.support.documents.comparison.build import Json, bullets, paragraph, section, table, tree

WHO = ("police", "court", "school", "inspector")
MORE = ("police", "prosecutor", "court", "school", "inspector")


def compared(old: list[Json], new: list[Json]) -> Comparison:
    before, after = tree(section("s", *old)), tree(section("s", *new))
    found = compare(before, after)
    assert apply(found, before).sections[0].text.body == after.sections[0].text.body
    return found


def facts(found: Comparison) -> dict[str, int]:
    return {str(fact.kind): fact.count for fact in summarise(found.sections[0])}


def ops(found: Comparison) -> list[str]:
    return [node.op for node in found.sections[0].blocks]


def typed(who: tuple[str, ...]) -> list[Json]:
    return [paragraph(f"({n}) The {one} informs the centre within 24 hours.") for n, one in enumerate(who, 1)]


@pytest.mark.parametrize(("old", "new", "lone"), [(WHO, MORE, "added"), (MORE, WHO, "removed")])
def test_of_paragraphs_behind_one_that_came_or_went_only_the_number_changed(old, new, lone):
    found = compared(typed(old), typed(new))
    assert ops(found) == ["same", lone, "changed", "changed", "changed"]
    assert f"paragraphs_{lone}" in facts(found)
    lines = [line for line in text_lines(found) if "informs" in line]
    assert "prosecutor" in lines[0]
    assert all("[-" not in line.split(" ", 4)[-1] for line in lines[1:]), lines


@pytest.mark.parametrize(
    "block", [bullets, lambda words: table(("Who", words)), lambda words: table((words,))]
)
@pytest.mark.parametrize("number", ["(3)", "(4)"])
def test_a_paragraph_with_a_number_is_no_list_and_no_table_with_the_same_words(block, number):
    """Each is compared with its like alone: words and blocks have nothing that could be compared."""
    words = "the police open a file today"
    for old, new in (
        (paragraph(f"{number} {words}"), block(f"(4) {words}")),
        (block(f"{number} {words}"), paragraph(f"(4) {words}")),
    ):
        assert sorted(ops(compared([old], [new]))) == ["added", "removed"]


@pytest.mark.parametrize("number", ["{}. ", "{}) ", "1.{} ", "1.{}. ", ""])
def test_one_in_and_one_out_are_no_chain_of_changed_words(number):
    """As many paragraphs on both sides, each like the one in its place, with a number and without."""

    def listed(*who: str) -> list[Json]:
        return [
            paragraph(f"{number.format(n)}The {one} informs the centre of it within 24 hours at the latest.")
            for n, one in enumerate(who, 1)
        ]

    found = compared(listed(*WHO), listed("police", "prosecutor", "court", "school"))
    shown = {"paragraphs_added": 1, "paragraphs_removed": 1}
    assert shown.items() <= facts(found).items()


def rows(who: tuple[str, ...]) -> list[Json]:
    return [
        table(("No", "What", "Who"), *((str(n), f"Training of {one}", "MoI") for n, one in enumerate(who, 1)))
    ]


def test_of_rows_behind_one_that_came_only_the_number_changed():
    found = compared(rows(WHO), rows(MORE))
    inner = [row for row in found.sections[0].blocks[0].children if row.op != "same"]
    assert [row.op for row in inner] == ["added", "changed", "changed", "changed"]
    assert [[cell.op for cell in row.children] for row in inner[1:]] == [["changed", "same", "same"]] * 3
    assert facts(found)["rows_added"] == 1


def test_a_row_with_one_number_and_other_words_is_still_one_row():
    def plan(words: str) -> list[Json]:
        return [table(("No", "State"), ("1", "planned"), ("2", words), ("3", "planned"), ("4", "begun"))]

    assert facts(compared(plan("done"), plan("finished"))) == {"cells_changed": 1, "words_changed": 2}


def numbered(*items: str, label: str = "{}.", sub: tuple[str, ...] = ()) -> list[Json]:
    def item(n: int, words: str) -> Json:
        inner = [
            {"type": "item", "attrs": {"label": f"{n}.{k}"}, "content": [paragraph(each)]}
            for k, each in enumerate(sub if words.startswith("last") else (), 1)
        ]
        more = [{"type": "list", "attrs": {"ordered": True}, "content": inner}] if inner else []
        return {
            "type": "item",
            "attrs": {"label": label.format(n)},
            "content": [paragraph(words), *more],
        }

    return [
        {
            "type": "list",
            "attrs": {"ordered": True},
            "content": [item(n, words) for n, words in enumerate(items, 1)],
        }
    ]


ITEMS = ("early detection of victims;", "reduced risk;", "support and protection;", "last of all a fund.")


@pytest.mark.parametrize("sub", [(), ("of the state;", "of donors.")])
def test_of_items_behind_one_that_came_went_or_moved_nothing_changed(sub):
    more = ("a national campaign;", *ITEMS)
    for old, new, told in ((ITEMS, more, "items_added"), (more, ITEMS, "items_removed")):
        found = compared(numbered(*old, sub=sub), numbered(*new, sub=sub))
        assert facts(found) == {told: 1, "words_changed": 3}
        assert "label" not in inline_html(found.sections[0])
    moved = compared(numbered(*ITEMS, sub=sub), numbered(ITEMS[3], *ITEMS[:3], sub=sub))
    assert facts(moved) == {"blocks_moved": 1}
    assert "label" not in inline_html(moved.sections[0])


def test_items_that_are_counted_in_another_way_changed_their_look():
    for label in ("{})", "1.{}.)"):
        found = compared(numbered(*ITEMS), numbered(*ITEMS, label=label))
        assert found.sections[0].kind is Kind.FORMAT_ONLY
        assert inline_html(found.sections[0]).count("look changed: list numbering") == 1
        assert facts(found) == {"lists_renumbered": 1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("2.1.", "2.2."), ("9.1.", "9.2.")),
        (("Art.1.", "Art.2."), ("Art.1.", "Pt.2.")),
        (("II.1", "II.2"), ("III.1", "III.2")),
    ],
)
def test_that_numbers_of_several_parts_are_others_is_told_once_for_the_list(old, new):
    before, after = (labelled(*zip(labels, ITEMS, strict=False)) for labels in (old, new))
    found = compared([before], [after])
    assert found.sections[0].kind is Kind.FORMAT_ONLY
    assert facts(found) == {"lists_renumbered": 1}
    told = [(fact.old, fact.new) for fact in summarise(found.sections[0]) if fact.count]
    assert told == [next(pair for pair in zip(old, new, strict=True) if pair[0] != pair[1])]
    assert facts(compared([before], [after, paragraph("One more of the text.")]))["lists_renumbered"] == 1
    pairs = side_html(found.sections[0])
    assert [pair.changed for pair in pairs] == [True, False]
    assert [(pair.new or "").count("list numbering") for pair in pairs] == [1, 0]
    assert [label in (pair.old or "") for label, pair in zip(old, pairs, strict=True)] == [True, True]


def test_numbers_that_follow_those_of_the_section_or_of_an_item_beside_are_not_told():
    def inner(lead: str) -> Json:
        return labelled((f"{lead}.1.", "of the state;"), (f"{lead}.2.", "of donors."))

    between = paragraph("What stands between the two.")
    old = [labelled(("1.", ITEMS[0]), ("2.", ITEMS[1])), between, inner("2")]
    new = [labelled(("1.", "one that is put in;"), ("2.", ITEMS[0]), ("3.", ITEMS[1])), between, inner("3")]
    assert facts(compared(old, new)) == {"items_added": 1, "words_changed": 5}
    before, after = (tree(section("s", inner(number), label=f"Article {number}.")) for number in "56")
    assert compare(before, after).sections[0].kind is Kind.RENUMBERED


def test_a_list_that_is_counted_where_it_is_shown_has_the_same_numbers():
    shown = [{"type": "list", "attrs": {"ordered": True}, "content": bullets(*ITEMS)["content"]}]
    assert compared(numbered(*ITEMS), shown).sections[0].kind is Kind.SAME
    assert facts(compared(numbered(*ITEMS, label="{})"), shown)) == {"lists_renumbered": 1}


def labelled(*items: tuple[str, str]) -> Json:
    made = [
        {"type": "item", "attrs": {"label": label}, "content": [paragraph(words)]} for label, words in items
    ]
    return {"type": "list", "attrs": {"ordered": True}, "content": made}


def test_items_that_changed_places_stay_with_those_that_stay():
    a, b, c = (
        "efficient prosecution of cases;",
        "reduced risk of persons;",
        "early detection and lasting support;",
    )
    found = compared(numbered(b, c, a), numbered(a, b, c.replace("lasting ", "")))
    assert facts(found) == {"blocks_moved": 1, "words_changed": 1}
