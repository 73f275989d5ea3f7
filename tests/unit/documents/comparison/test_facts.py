"""What is told of a section that changed: a title, a cell, an item that are no more than they are, and where
a reference leads."""

from __future__ import annotations

import pytest

from documents.comparison import Kind, compare
from documents.comparison.render.blocks import inline_html
from documents.comparison.render.page import html_page
from documents.comparison.render.strings import Strings, places_in
from documents.comparison.summary import FactKind, summarise
from documents.text import Section, SectionText, normalise_body
from tests.support.documents.comparison.apply import apply
from tests.support.documents.comparison.build import (
    LONG,
    Json,
    bullets,
    note,
    paragraph,
    section,
    step,
    table,
    text,
    tree,
    uid,
)


def test_sentence_of_a_changed_step_and_limit() -> None:
    old = tree(section("s", step("Assess", "Social worker", "24 hours", "Text of the step.")))
    new = tree(
        section(
            "s",
            step("Assess", "Social worker", "2 hours", "Text of the step."),
            step("Record", "Police", "3 days", "It is written down at once and for good."),
        )
    )
    facts = {fact.kind: fact for fact in summarise(compare(old, new).sections[0])}
    assert facts[FactKind.STEPS_ADDED].count == 1
    limit = facts[FactKind.LIMIT_CHANGED]
    assert (limit.old, limit.new) == ("24 hours", "2 hours")


@pytest.mark.parametrize(
    ("old", "new", "figures"),
    [
        ("во рок од 3 дена, писмено", "во рок од 24 часа, писмено", [("3 дена", "24 часа")]),
        ("brenda 2 orëve, me shkrim", "brenda 24 orëve, me shkrim", [("2 orëve", "24 orëve")]),
        ("u roku od 5 radnih dana", "u roku od 10 radnih dana", [("5 radnih dana", "10 radnih dana")]),
        ("within 30 (thirty) days", "within 15 (fifteen) days", [("30 (thirty) days", "15 (fifteen) days")]),
        ("a fine of 50 % of it", "a fine of 20 % of it", [("50 %", "20 %")]),
        ("not later than 1.10.2026", "not later than 15.12.2026", [("1.10.2026", "15.12.2026")]),
        ("within 24 hours it is told", "after 24 hours it is told", []),
        ("see Article 5 of the law", "see Article 6 of the law", []),
        ("2 days, then 3 weeks", "4 days, then 5 weeks", [("2 days", "4 days"), ("3 weeks", "5 weeks")]),
    ],
)
def test_figures_with_their_units_are_told_old_and_new(
    old: str, new: str, figures: list[tuple[str, str]]
) -> None:
    change = compare(tree(section("s", old)), tree(section("s", new))).sections[0]
    assert [(f.old, f.new) for f in summarise(change) if f.kind is FactKind.FIGURE_CHANGED] == figures


def test_table_cells_rows_and_notes() -> None:
    old = tree(
        section(
            "t",
            table(
                ("Who", "Whom", "Limit"), ("Police", "Coordinator", "8 hours"), ("Team", "Centre", "24 hours")
            ),
            paragraph("See the law.", note("n1"), " And the form.", note("n2")),
            notes={"n1": [paragraph("Official Gazette 1/20")], "n2": [paragraph("Annex of forms")]},
        )
    )
    new = tree(
        section(
            "t",
            table(("Who", "Whom", "Limit"), ("Court", "Ministry", "1 day"), ("Police", "Coordinator", "2 hours"), ("Team", "Centre", "24 hours")),
            paragraph("See the law. And the form.", note("n1")),
            notes={"n1": [paragraph("Annex of forms")]},
        )
    )  # fmt: skip
    change = compare(old, new).sections[0]
    rows = change.blocks[0].children
    assert [row.op for row in rows] == ["same", "added", "changed", "same"]
    assert [cell.op for cell in rows[2].children] == ["same", "same", "changed"]
    assert [(n.op, n.old_number, n.new_number) for n in change.notes] == [
        ("removed", 1, None),
        ("same", 2, 1),
    ]
    facts = {fact.kind: fact.count for fact in summarise(change)}
    assert facts[FactKind.CELLS_CHANGED] == 1
    assert facts[FactKind.ROWS_ADDED] == 1
    assert facts[FactKind.NOTES_REMOVED] == 1


def test_blocks_and_items_within_a_section() -> None:
    first, second = "The first paragraph says what is done.", "The second one says by whom it is done."
    old = tree(section("s", first, second, bullets("Police", "Courts", "Centres for social work")))
    new = tree(
        section("s", second, first, bullets("Police", "Mobile teams", "Courts", "Centres for social work"))
    )
    blocks = compare(old, new).sections[0].blocks
    assert sorted(node.op for node in blocks if node.type == "paragraph") == ["moved", "moved_away", "same"]
    assert [item.op for item in blocks[-1].children] == ["same", "added", "same", "same"]


def test_a_title_with_the_same_words_is_no_other_title() -> None:
    """A link in it that leads elsewhere, or a note at it that went, is a change of the section and of its
    links or notes."""
    title = "Rights of the victim"
    body = {"blocks": [paragraph(LONG)], "notes": {}}

    def with_heading(*heading: Json, notes: dict[str, list[Json]] | None = None) -> Section:
        content = {**body, "heading": list(heading), "notes": notes or {}}
        return Section(uid("s"), 1, "section", SectionText("1", normalise_body(content)))

    linked = [with_heading(text(title, href=f"https://{host}.example/")) for host in ("a", "b")]
    noted = with_heading(text(title), note("n1"), notes={"n1": [paragraph("See the law.")]})
    for old, new, fact in (
        (linked[0], linked[1], "links_changed"),
        (with_heading(text(title)), linked[0], "links_added"),
        (linked[0], with_heading(text(title)), "links_removed"),
        (noted, with_heading(text(title)), "notes_removed"),
        (with_heading(text(title)), noted, "notes_added"),
    ):
        found = compare(tree(old), tree(new))
        change = found.sections[0]
        assert (change.kind, change.retitled) == (Kind.CHANGED, False), fact
        assert [str(one.kind) for one in summarise(change) if str(one.kind) != "words_changed"] == [fact]
        assert found.counts.retitled == 0
        assert apply(found, tree(old)).sections[0].text.body == new.text.body
    other = compare(tree(linked[0]), tree(with_heading(text("Rights of victims", href="https://b.example/"))))
    assert other.sections[0].retitled


def facts_of(old: Json, new: Json) -> dict[str, int]:
    change = compare(tree(section("s", LONG, old)), tree(section("s", LONG, new))).sections[0]
    return {str(fact.kind): fact.count for fact in summarise(change)}


def test_a_cell_with_another_value_is_one_cell_that_changed() -> None:
    rows = [("Who", "Limit"), ("the police", "2 hours"), ("the centre", "at once")]
    facts = facts_of(table(*rows), table(rows[0], rows[1], ("the centre", "12 days")))
    assert facts.pop("words_changed")
    assert facts == {"cells_changed": 1}
    wider = [(*row, str(number)) for number, row in enumerate(rows)]
    assert facts_of(table(*rows), table(*wider)) == {"columns_added": 1, "words_changed": 3}
    assert facts_of(table(*wider), table(*rows)) == {"columns_removed": 1, "words_changed": 3}


def test_an_item_with_other_words_has_got_no_paragraph_and_lost_none() -> None:
    items = ["the police keep a list", "one", "the centre makes a plan"]
    facts = facts_of(bullets(*items), bullets(items[0], "something else entirely", items[2]))
    assert set(facts) == {"words_changed"}


def test_a_link_is_told_as_one_that_came_went_or_leads_elsewhere() -> None:
    def linking(href: str = "", middle: str = "of the") -> Json:
        pieces = [
            text(LONG),
            text("The law ", href=href),
            text(middle, "bold", href=href),
            text(" state", href=href),
        ]
        return {
            "type": "paragraph",
            "content": pieces
            if href
            else [text(LONG), text("The law "), text(middle, "bold"), text(" state")],
        }

    one, other = "https://a.example/", "https://b.example/"
    assert facts_of(linking(one), linking()) == {"links_removed": 1}
    assert facts_of(linking(), linking(one)) == {"links_added": 1}
    assert facts_of(linking(one), linking(other)) == {"links_changed": 1}
    assert facts_of(linking(one), linking(middle="of every"))["links_removed"] == 1


def test_it_is_said_where_a_reference_led_and_where_it_leads() -> None:
    def referring(name: str) -> Json:
        mark = {"type": "xref", "attrs": {"uid": uid(name)}}
        return paragraph("See ", {"type": "text", "text": "there", "marks": [mark]}, " for more.")

    rest = [section("first", LONG, label="1"), section("second", LONG * 2, label="2")]
    old = tree(*rest, section("s", referring("first"), label="3"))
    new = tree(*rest, section("s", referring("second"), label="3"))
    found = compare(old, new)
    html = inline_html(found.shown[0], Strings(places=places_in(found)))
    said = "link was <bdi>1 first</bdi>, link now <bdi>2 second</bdi>"
    assert said in html
    assert said in html_page(found)
    bare = tree(*rest, section("s", paragraph("See there for more."), label="3"))
    assert "<small> link was <bdi>1 first</bdi></small>" in html_page(compare(old, bare))


def test_a_clause_whose_title_is_its_whole_text_is_named_by_its_first_words() -> None:
    clause = (
        "A Limited Partner that fails to make all or any portion of a contribution, when due, is told " * 15
    )
    mark = {"type": "xref", "attrs": {"uid": uid("clause")}}
    linked = paragraph("See ", {"type": "text", "text": "6.6.3", "marks": [mark]}, " for more.")
    rest = section("clause", heading=clause.strip(), label="6.6.3")
    old = tree(rest, section("s", linked, label="7"))
    new = tree(rest, section("s", paragraph("See 6.6.3 for more."), label="7"))
    page = html_page(compare(old, new))
    named = "6.6.3 A Limited Partner that fails to make all or any portion of a…"
    assert f"<small> link was <bdi>{named}</bdi></small>" in page
    assert "Links removed: 1" in page
    other = tree(section("clause", heading="Limited Partners that fail", label="6.6.3"))
    changed = html_page(compare(tree(rest), other))
    assert "A Limited Partner that fails to make all or any portion of a…</bdi> → <bdi>Limited" in changed


def test_words_of_a_text_stand_apart_in_what_is_said_of_it() -> None:
    old = tree(section("s", LONG, heading="الحماية", label="المادة 2."))
    new = tree(section("s", LONG, heading="حماية الأسرة", label="المادة 2."))
    assert "Retitled: <bdi>الحماية</bdi> → <bdi>حماية الأسرة</bdi>; words changed" in html_page(
        compare(old, new)
    )


def test_a_reference_to_the_same_section_of_another_file_leads_where_it_led() -> None:
    def made(prefix: str, *look: str) -> Section:
        mark = {"type": "xref", "attrs": {"uid": uid(f"{prefix}first")}}
        marks = [mark, *({"type": one} for one in look)]
        words = paragraph("See ", {"type": "text", "text": "there", "marks": marks}, f" for more. {LONG}")
        return section(f"{prefix}s", words, heading="Last", label="3")

    old = tree(section("a-first", LONG, heading="First", label="1"), made("a-"))
    new = tree(section("b-first", LONG, heading="First", label="1"), made("b-", "bold"))
    assert "<small> now bold</small>" in html_page(compare(old, new))


def test_a_table_that_came_or_went_is_told_and_the_items_of_a_list_are_counted() -> None:
    rows = table(("Short", "Long"), ("MoI", "Ministry of Interior"))
    listed = bullets("MoI: Ministry of Interior", "NC: National Commission")

    def facts(old: list[Json], new: list[Json]) -> dict[str, int]:
        change = compare(tree(section("s", LONG, *old)), tree(section("s", LONG, *new))).sections[0]
        return {str(fact.kind): fact.count for fact in summarise(change) if fact.kind != "words_changed"}

    assert facts([rows], []) == {"tables_removed": 1}
    assert facts([], [rows, listed]) == {"tables_added": 1, "items_added": 2}
    assert facts([rows], [listed]) == {"tables_removed": 1, "items_added": 2}
