"""Sections that were split and joined are named, and compared with the text they come from."""

from __future__ import annotations

from documents.comparison import Kind, Place, compare
from documents.comparison.json import to_json
from documents.comparison.render.blocks import inline_html
from documents.comparison.render.page import html_page
from documents.comparison.summary import Fact, FactKind, summarise
from tests.support.documents.comparison.build import LONG, foreign, section, tree, uid
from tests.support.documents.schema import check


def test_split_and_joined_sections_are_named() -> None:
    old = tree(section("a", LONG * 2), section("b", LONG), section("c", LONG))
    new = tree(
        section("a", LONG, origins=()),
        section("a2", LONG, origins=(uid("a"),)),
        section("b", LONG * 2, origins=(uid("b"), uid("c"))),
    )
    comparison = compare(old, new)
    assert comparison.by_uid[uid("a2")].split_from == Place(uid("a"), "", "a")
    assert comparison.by_uid[uid("c")].joined_into == Place(uid("b"), "", "b")


def test_split_and_joined_sections_are_found_by_text_and_compared() -> None:
    first = "The social worker meets the person in a quiet room and explains every right in plain words."
    second = "The police officer writes down only what the person wants to say, and reads it back in full."
    third = (
        "The shelter takes in everybody at every hour, with papers or without, and asks for nothing first."
    )
    fourth = "Data is kept for five years in a locked place, and nobody copies it without a written order."
    old = tree(
        section("Meeting", first, second, label="1"),
        section("Shelter", third, label="2"),
        section("Data", fourth, label="3"),
    )
    new = tree(
        section("Meeting", first, label="1"),
        section("Statement", second.replace("in full", "slowly"), label="2"),
        section("Shelter", third, fourth, label="3"),
    )
    comparison = compare(old, foreign(new))
    by_title = {change.title: change for change in comparison}
    part = by_title["Statement"]
    assert part.split_from == Place(uid("Meeting"), "1", "Meeting")
    assert [place.label for place in by_title["Meeting"].split_into] == ["2"]
    # Only what is really new counts: the title, and one word for two.
    assert (part.words_added, part.words_removed) == (2, 2)
    assert summarise(part)[0] == Fact(FactKind.SPLIT_FROM, old="1")
    assert [node.op for node in by_title["Meeting"].blocks] == ["same", "moved_away"]
    gone = by_title["Data"]
    assert gone.joined_into is not None and gone.joined_into.label == "3"
    assert summarise(gone) == (Fact(FactKind.JOINED_INTO, new="3"),)
    assert [place.label for place in by_title["Shelter"].joined_from] == ["3"]
    assert [node.op for node in by_title["Shelter"].blocks] == ["same", "moved"]
    assert comparison.counts.words_removed == 3, "of the joined section only its title is gone"
    here = '<p class="was-here"><bdi lang="en">this part is now in another section</bdi></p>'
    assert here in inline_html(by_title["Meeting"])
    page = html_page(comparison)
    assert page.count("<svg ") == 2 and "prefers-color-scheme:dark" in page, "for phones and for the dark too"
    assert "Split from <bdi>1</bdi>" in page
    assert "Joined into <bdi>3</bdi>" in page
    check(to_json(comparison), "comparison")


def test_two_sections_half_alike_are_no_split() -> None:
    old = tree(
        section("a", LONG, "Another text of quite other words, about the budget and its audit each year.")
    )
    new = tree(
        section("a", LONG),
        section("b", "The audit of the budget is public; its report goes to the parliament in May."),
    )
    change = compare(old, foreign(new)).sections[1]
    assert change.kind is Kind.NEW and change.split_from is None
