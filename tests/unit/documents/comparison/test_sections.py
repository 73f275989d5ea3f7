"""Sections: what is new, gone, moved, renamed, renumbered, and how that is found in files that know no uids."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from documents.comparison import Comparison, Kind, compare
from documents.comparison.cli import text_lines
from documents.comparison.render.blocks import inline_html
from documents.comparison.render.page import html_page
from documents.comparison.render.side_by_side import side_html
from documents.comparison.summary import Fact, FactKind, summarise
from documents.text import Section, SectionText, SectionTree
from tests.support.documents.comparison.build import (
    LONG,
    bullets,
    foreign,
    paragraph,
    section,
    text,
    tree,
    uid,
)


def kinds(comparison: Comparison) -> dict[str, str]:
    return {change.title: str(change.kind) for change in comparison if change.kind is not Kind.SAME}


def chapter(number: int) -> list[Section]:
    inner = [section(f"{number}.{n}", f"Text {number} {n}. {LONG * (n + 1)}", level=2) for n in range(12)]
    return [section(f"Chapter {number}", f"About {number}. {LONG}"), *inner]


def test_one_section_moved_over_many_is_one_move() -> None:
    sections = [section(f"S{n}", LONG + str(n)) for n in range(14)]
    moved = compare(tree(*sections), tree(sections[-1], *sections[:-1]))
    assert kinds(moved) == {"S13": "moved"}
    stubs = [(place, entry.change.title) for place, entry in enumerate(moved.entries) if entry.stub]
    assert stubs == [(14, "S13")], "its old place, at the end, is marked"


def test_a_chapter_moves_as_one_with_all_in_it() -> None:
    old = tree(*chapter(1), *chapter(2), *chapter(3))
    new = tree(*chapter(2), *chapter(3), *chapter(1))
    comparison = compare(old, new)
    assert kinds(comparison) == {"Chapter 1": "moved"}
    carried = {change.title for change in comparison if change.moved_with == uid("Chapter 1")}
    assert carried == {f"1.{n}" for n in range(12)}
    assert sum(entry.stub for entry in comparison.entries) == 1


def test_a_section_that_left_a_moved_chapter_order_is_a_move_of_its_own() -> None:
    one = chapter(1)
    new = tree(*chapter(2), *chapter(3), one[0], one[12], *one[1:12])
    assert kinds(compare(tree(*chapter(1), *chapter(2), *chapter(3)), new)) == {
        "Chapter 1": "moved",
        "1.11": "moved",
    }


def test_a_new_chapter_heading_over_old_sections_moves_nothing() -> None:
    inner = [section(f"S{n}", LONG, level=2) for n in range(4)]
    old = tree(section("A", LONG), *inner)
    new = tree(section("A", LONG), *inner[:2], section("B", LONG), *inner[2:])
    assert kinds(compare(old, new)) == {"B": "new"}


def test_kinds() -> None:
    old = tree(
        section("same", LONG),
        section("changed", LONG + "Within 24 hours."),
        section("gone", LONG),
        section("retitled", LONG, heading="Old title"),
        section("renumbered", LONG, label="3.1"),
        section("look", paragraph(text("only in writing", "bold"))),
        section("moved", "Another text that is much longer. " + LONG * 3, label="7"),
    )
    new = tree(
        section("same", LONG),
        section("moved", "Another text that is quite longer. " + LONG * 3, label="2"),
        section("changed", LONG + "Within 2 hours."),
        section("new", LONG * 2),
        section("retitled", LONG, heading="New title"),
        section("renumbered", LONG, label="3.2"),
        section("look", "only in writing"),
    )
    # The text of the moved one outweighs nothing but itself: all the others kept their order.
    comparison = compare(old, new)
    assert kinds(comparison) == {
        "moved": "moved_changed",
        "changed": "changed",
        "new": "new",
        "gone": "removed",
        "New title": "retitled",
        "renumbered": "renumbered",
        "look": "format_only",
    }
    counts = comparison.counts
    assert (counts.new, counts.removed, counts.moved, counts.changed, counts.retitled) == (1, 1, 1, 1, 1)
    assert (counts.sections, counts.shown, counts.same) == (8, 6, 1)
    order = [("~" if entry.stub else "") + entry.change.uid for entry in comparison.entries]
    names = {uid(n): n for n in ("same", "moved", "changed", "new", "gone", "retitled", "renumbered", "look")}
    assert [("~" if o[0] == "~" else "") + names[o.lstrip("~")] for o in order] == [
        "same", "moved", "changed", "gone", "new", "retitled", "renumbered", "look", "~moved",
    ]  # fmt: skip


def test_files_that_know_no_uids_are_matched_by_text() -> None:
    old = tree(
        section("Purpose", LONG + "This is the purpose of it all."),
        section("Definitions", "Definition one of many words here."),
        section(
            "Interview", "Nobody is asked twice about the same; the interpreter signs first and leaves last."
        ),
        section("Shelter", "The shelter takes in everybody at every hour, with papers or without."),
        section("Form", "Form F-7 is kept for ten years at the office of the police."),
    )
    new = foreign(
        tree(
            section("Shelter", "The shelter takes in everybody at every hour, with papers or without."),
            section("Purpose", LONG + "This is still the purpose of it all."),
            section("Definitions", "Wholly other words stand now under this heading instead."),
            section("The first conversation", "Nobody is asked twice about the same thing; the interpreter signs first and leaves last."),
        )
    )  # fmt: skip
    assert sorted((change.title, str(change.kind)) for change in compare(old, new)) == [
        ("Definitions", "new"),
        ("Definitions", "removed"),
        ("Form", "removed"),
        ("Purpose", "changed"),
        ("Shelter", "moved"),
        ("The first conversation", "changed"),
    ]
    again = compare(tree(*chapter(1), *chapter(2)), foreign(tree(*chapter(2), *chapter(1))))
    assert kinds(again) in ({"Chapter 1": "moved"}, {"Chapter 2": "moved"})


def test_share_says_how_much_changed() -> None:
    words = " ".join(f"word{n}" for n in range(98))
    change = compare(
        tree(section("h", words)), tree(section("h", words.replace("word9 ", "other ")))
    ).sections[0]
    assert (change.words_added, change.words_removed) == (1, 1)
    assert 0.009 < change.share < 0.012


def test_a_chapter_with_another_title_is_known_by_what_stands_in_it_and_a_bare_title_by_its_neighbours() -> (
    None
):
    def text(names: str, *titles: str) -> SectionTree:
        first, second, last = titles
        inner = [
            section(
                f"{names}{n}",
                f"Paragraph {n} has enough words of its own, as {n} times before.",
                level=2,
                heading=f"Part {n}",
            )
            for n in range(4)
        ]
        return tree(
            section(f"{names}a", heading=first), *inner[:2], section(f"{names}b", heading=second), *inner[2:],
            section(f"{names}c", heading=last),
        )  # fmt: skip

    found = compare(text("x", "Aims", "Bodies", "Money"), text("y", "What it is for", "Who does it", "Costs"))
    assert [str(change.kind) for change in found if change.worth_showing] == ["retitled"] * 3
    assert found.counts.same == 4


def test_short_sections_that_moved_together_stay_together_where_one_was_changed() -> None:
    stay = [section(f"Part {n}", f"What part {n} says is said in these words {n}.") for n in range(4)]
    post, desk, paper = (
        section(words, words, heading="") for words in ("by post", "in person now", "on paper")
    )
    later = section("later", "in person later", heading="")
    for moved, edited in (
        ([post, desk, paper], [post, later, paper]),
        ([desk, post, paper], [later, post, paper]),
        ([post, paper, desk], [post, paper, later]),
    ):
        found = compare(tree(stay[0], *moved, *stay[1:]), foreign(tree(*stay, *edited)))
        by_kind = Counter(one.kind for one in found)
        assert by_kind == {Kind.SAME: 4, Kind.MOVED: 2, Kind.MOVED_CHANGED: 1}
    # Where no word is the same they are two.
    other = section("other", "quite different", heading="")
    found = compare(tree(stay[0], post, paper, desk, *stay[1:]), foreign(tree(*stay, post, paper, other)))
    assert {one.kind for one in found} >= {Kind.NEW, Kind.REMOVED}


def test_sections_without_headings_that_moved_together_are_known_though_one_of_them_was_rewritten() -> None:
    texts = [
        "The police write down what the person says and read it back slowly.",
        "An interpreter of the same sex is called before any question is put.",
        "Nobody in uniform is in the room while the person speaks freely.",
        "The shelter sends a car within the hour, by day and by night.",
        "A doctor sees the person first when there is anything that hurts.",
        "Every paper goes into the file of the coordinator on the same day.",
        "The inspector of labour is told when the work was not paid for.",
        "A lawyer without a fee stands beside the person in court later.",
        "What the neighbours were told is nobody's business but the person's own.",
    ]
    rewritten = "An officer of the other team is asked long before any paper can be signed."

    def bare(words: list[str]) -> SectionTree:
        return tree(*(section(f"{n} {line}", line, heading="") for n, line in enumerate(words)))

    moved = [texts[0], rewritten, *texts[2:4]]
    comparison = compare(bare(texts), foreign(bare([*texts[4:], *moved])))
    found = Counter(str(change.kind) for change in comparison)
    assert found["new"] == found["removed"] == 0
    assert found["moved"] + found["moved_changed"] == 4


CLAUSE = (
    "The competent centre appoints a guardian within {} hours of the report and informs the prosecutor and "
    "the embassy"
)


def test_a_clause_that_is_a_heading_is_known_again_by_its_words() -> None:
    """Though it gained or lost a paragraph or what stands under it, and stands at another number."""
    before = section("b", heading=CLAUSE.format(24), label="1.1", level=2)
    inner = [section(f"The guardian is a social worker {n}.", label=f"1.1.{n}", level=3) for n in (1, 2)]
    last = section("c", LONG, heading="Costs are borne by the budget.", level=2)
    after = section("b", heading=CLAUSE.format(12), label="1.1", level=2)
    limit = Fact(FactKind.FIGURE_CHANGED, old="24 hours", new="12 hours")
    start = section("Duties", LONG)

    lost = compare(tree(start, before, *inner, last), foreign(tree(start, after, last)))
    assert kinds(lost) == {CLAUSE.format(12): "retitled"} | {each.text.heading: "removed" for each in inner}
    assert limit in summarise(lost.sections[1])

    register = section("n", "It is checked every year.", heading="The centre keeps a register.", level=2)
    longer = section("b", "The appointment is entered.", heading=CLAUSE.format(12), label="1.2", level=2)
    gained = compare(tree(start, before, last), foreign(tree(start, register, longer, last)))
    assert kinds(gained) == {"The centre keeps a register.": "new", CLAUSE.format(12): "changed"}
    assert limit in summarise(gained.sections[2])

    noted = section("b", LONG, heading=CLAUSE.format(12), level=2, notes={"n1": [paragraph("See the law.")]})
    assert kinds(compare(tree(start, before), foreign(tree(start, noted)))) == {CLAUSE.format(12): "changed"}


def test_a_section_that_only_moved_shows_its_text_at_its_new_place() -> None:
    sections = [section(f"S{n}", f"{LONG} Number {n}.", bullets(f"item {n}"), label=f"{n}") for n in range(4)]
    moved = compare(tree(*sections), tree(sections[3], *sections[:3]))
    change = moved.sections[0]
    assert change.kind is Kind.MOVED
    assert "Number 3." in inline_html(change)
    assert [(row.old, row.new) for row in side_html(change)] == [
        (f"<p>{LONG} Number 3.</p>",) * 2,
        ("<ul><li>item 3</li></ul>",) * 2,
    ]
    assert "Number 3." in html_page(moved)
    assert not change.blocks, "the data does not repeat what is the same"


def test_a_move_without_numbers_or_to_the_same_number_names_none() -> None:
    for labels in (["", "", ""], ["1", "2", "3"]):
        old = [
            section(name, f"{LONG} {name}", label=label) for name, label in zip("abc", labels, strict=True)
        ]
        new = [
            replace(old[place], text=SectionText(label, old[place].text.body))
            for place, label in zip((2, 1, 0), labels, strict=True)
        ]
        comparison = compare(tree(*old), tree(*new))
        facts = [fact for change in comparison if change.moved for fact in summarise(change)]
        assert all(fact.old != fact.new or not fact.old for fact in facts)
        assert "moved from another place" in "\n".join(text_lines(comparison))
        assert all(not line.startswith("==  ") for line in text_lines(comparison))
