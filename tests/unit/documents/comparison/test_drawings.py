"""What is drawn of a comparison: HTML that lets nothing of a text out unescaped, the strip, JSON."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

from documents.comparison import Kind, compare
from documents.comparison.json import to_json
from documents.comparison.render.blocks import folds, heading_html, inline_html, paragraphs
from documents.comparison.render.inlines import Numbering
from documents.comparison.render.side_by_side import side_html
from documents.comparison.render.strip import StripText, strip_svg
from documents.text import Section
from tests.support.documents.comparison.build import (
    Json,
    bullets,
    note,
    paragraph,
    section,
    step,
    table,
    text,
    tree,
)

EVIL = '<script>alert("x")</script>&\'"'
LONG = "The social worker meets the person in a quiet room and explains every right in plain words."


def everything(tag: str) -> list[Json]:
    return [
        paragraph(f"{EVIL} {tag} stays the same for all to read", text(f"{EVIL}{tag}", "bold", href="https://a.example/?a=1&b=2"), note("n1")),
        bullets(f"{EVIL} item {tag}", EVIL),
        table((f"{EVIL} cell {tag}", EVIL), (EVIL, EVIL)),
        step(f"{EVIL} step {tag}", EVIL, f"{EVIL}{tag}", f"{EVIL} in a step {tag}"),
        {"type": "callout", "attrs": {"tone": "warn"}, "content": [paragraph(f"{EVIL} box {tag}")]},
        {"type": "figure", "attrs": {"sha256": ("a" if tag == "x" else "b") * 64, "alt": f"{EVIL}{tag}"}, "content": [text(f"{EVIL} caption {tag}")]},
        {"type": "opaque", "attrs": {"text": f"{EVIL} object {tag}", "kind": EVIL}},
        paragraph(f"{tag} {tag}ly {EVIL}"),
    ]  # fmt: skip


def evil(tag: str, name: str = "s") -> Section:
    return section(
        name,
        *everything(tag),
        heading=f"{EVIL} {tag}",
        label=EVIL,
        notes={"n1": [paragraph(f"{EVIL} {tag}")]},
    )


def test_what_came_without_text_takes_no_number_of_a_change() -> None:
    old = section("s", LONG, "It lasts 30 days.", LONG)
    new = section("s", paragraph(), LONG, paragraph(), "It lasts 60 days.", LONG, bullets(""))
    change = compare(tree(old), tree(new)).sections[0]
    numbering = Numbering()
    html = inline_html(change, numbering=numbering)
    assert re.findall(r'id="(ch\d+)"', html) == ["ch1"]
    assert numbering.last == 1
    drawn = "".join((pair.old or "") + (pair.new or "") for pair in side_html(change))
    assert re.findall(r'id="(ch\d+)"', drawn) == ["ch1"]


def test_nothing_of_a_text_reaches_the_page_unescaped() -> None:
    comparison = compare(tree(evil("x"), evil("x", "gone")), tree(evil("y"), evil("z", "new")))
    drawn = []
    for change in comparison:
        drawn += [inline_html(change), heading_html(change)]
        drawn += [part for pair in side_html(change) for part in (pair.old, pair.new) if part]
    drawn.append(strip_svg(comparison, 1000, StripText(EVIL, EVIL, prefix="s")))
    for html in drawn:
        assert "<script" not in html
        assert "style=" not in html
        assert not re.search(r"\son\w+=", html)
        # Well formed, so that no attribute was broken out of.
        ElementTree.fromstring(f"<x>{html.replace('<br>', '<br/>').replace(' data-change', '')}</x>")
    assert "&lt;script&gt;" in drawn[0]


def test_inline_has_semantic_marks_and_numbers_each_change() -> None:
    change = compare(
        tree(section("s", "Assess within 24 hours, on form F-2.", "Old paragraph that goes away for good.")),
        tree(
            section(
                "s",
                "Assess within 2 hours, on form F-3.",
                "Something quite different is said in this one here.",
            )
        ),
    ).sections[0]
    numbering = Numbering()
    html = inline_html(change, numbering=numbering)
    assert (
        '<p>Assess within <del id="ch1" data-change>24</del><ins>2</ins> hours, on form <del id="ch2" '
        "data-change>F-2</del><ins>F-3</ins>.</p>" in html
    )
    assert '<p><del id="ch3" data-change>Old paragraph' in html
    assert '<p><ins id="ch4" data-change>Something' in html
    assert numbering.last == 4


def test_side_by_side_has_each_text_whole_and_no_id_twice() -> None:
    change = compare(
        tree(section("s", "Assess within 24 hours.", "Only before, and nowhere else again.")),
        tree(section("s", "Assess within 2 hours.", "Completely new words stand at the end.")),
    ).sections[0]
    pairs = side_html(change)
    assert (pairs[0].old, pairs[0].new) == (
        '<p>Assess within <del id="ch1" data-change>24</del> hours.</p>',
        "<p>Assess within <ins>2</ins> hours.</p>",
    )
    assert [(pair.old is None, pair.new is None) for pair in pairs[1:]] == [(False, True), (True, False)]
    ids = re.findall(r'id="(\w+)"', "".join((p.old or "") + (p.new or "") for p in pairs))
    assert len(ids) == len(set(ids)) == 3


def test_blanks_stay_outside_the_marks() -> None:
    change = compare(
        tree(section("s", "Call the police.")), tree(section("s", "Call the border police."))
    ).sections[0]
    assert inline_html(change) == '<p>Call the <ins id="ch1" data-change>border</ins> police.</p>'


def test_a_lost_mark_is_said_in_words() -> None:
    change = compare(
        tree(section("s", paragraph("with ", text("consent", "bold")))), tree(section("s", "with consent"))
    ).sections[0]
    assert (
        inline_html(change)
        == '<p>with <span class="fmtc" id="ch1" data-change>consent<small> was bold</small></span></p>'
    )


def test_strip_shows_each_kind_where_it_is() -> None:
    old = tree(*(section(f"S{n}", LONG * 2 + str(n), label=str(n)) for n in range(6)))
    sections = list(old.sections)
    new = tree(
        sections[5], sections[0], section("N", LONG, label="9"), section("S1", LONG + " Other words here now 1", label="1"),
        sections[3], sections[4],
    )  # fmt: skip
    comparison = compare(old, new)
    assert {change.kind for change in comparison} == {
        Kind.MOVED,
        Kind.SAME,
        Kind.NEW,
        Kind.CHANGED,
        Kind.REMOVED,
    }
    for width in (1000, 358):
        svg = strip_svg(comparison, width, StripText("Where the changes are", "One moved"))
        root = ElementTree.fromstring(svg)
        assert [child.text for child in root[:2]] == ["Where the changes are", "One moved"]
        classes = [child.get("class") for child in root]
        for wanted, count in (("sa", 1), ("sd", 1), ("sm", 1), ("sc", 1), ("shead", 1), ("gl", 2)):
            assert classes.count(wanted) == count, wanted
        edges = [
            float(r.get("x", 0)) + float(r.get("width", 0)) for r in root if r.get("x") and r.get("width")
        ]
        assert max(edges) <= width + 0.5


def test_strip_of_a_very_long_document_stays_within_its_width() -> None:
    many = tree(*(section(f"S{n}", f"Text {n}", level=1 + n % 3) for n in range(900)))
    root = ElementTree.fromstring(strip_svg(compare(many, many), 358, StripText("a", "b")))
    rects = [(float(r.get("x", 0)), float(r.get("width", 0))) for r in root if r.get("width")]
    assert len(rects) == 900
    assert max(x + w for x, w in rects) <= 358.5
    assert all(w > 0 for _, w in rects)


def test_the_number_of_the_last_chapter_stands_within_the_strip() -> None:
    texts = tree(section("a", "word " * 900, label="1"), section("b", "Short.", label="XXXVI"))
    root = ElementTree.fromstring(strip_svg(compare(texts, texts), 358, StripText("a", "b")))
    first, last = (each for each in root if each.tag == "text")
    assert (first.text, last.text) == ("1", "XXXVI")
    assert float(last.get("x", 0)) + 8 * len("XXXVI") <= 358


def test_json_says_the_same_as_the_comparison() -> None:
    comparison = compare(
        tree(section("s", "within 24 hours", label="1")), tree(section("s", "within 2 hours", label="2"))
    )
    data = json.loads(json.dumps(to_json(comparison)))
    (entry,) = data["sections"]
    assert entry["kind"] == "changed" and entry["renumbered"]
    assert (entry["old"]["label"], entry["new"]["label"]) == ("1", "2")
    assert [op["op"] for op in entry["blocks"][0]["words"]] == ["keep", "del", "ins", "keep"]
    assert entry["facts"][1] == {"kind": "figure_changed", "old": "24 hours", "new": "2 hours"}
    assert data["counts"]["changed"] == 1


def test_a_long_run_of_unchanged_paragraphs_is_folded_but_for_one_beside_each_change() -> None:
    texts = [f"Paragraph number {n} of a long section." for n in range(12)]
    changed = [*texts[:6], "Paragraph number 6 of a short section.", *texts[7:]]
    change = compare(tree(section("One", *texts)), tree(section("One", *changed))).sections[0]
    html = inline_html(change, fold=True)
    assert [int(n) for n in re.findall(r"<summary[^>]*>(\d+) unchanged", html)] == [5, 4]
    shown = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    assert re.findall(r"number (\d+)", shown) == ["5", "6", "7"]
    assert not any("id=" in fold for fold in re.findall(r"<details.*?</details>", html, re.DOTALL))
    assert re.sub(r"<details.*?</summary>|</details>", "", html) == inline_html(change), "nothing is left out"


def test_unchanged_items_of_a_list_are_folded_and_it_counts_on() -> None:
    items = [f"item number {n}" for n in range(12)]
    changed = [*items[:6], "article number 6", *items[7:]]
    lists = [bullets(*texts) | {"attrs": {"ordered": True}} for texts in (items, changed)]
    old, new = (tree(section("One", block)) for block in lists)
    html = inline_html(compare(old, new).sections[0], fold=True)
    assert [int(n) for n in re.findall(r"<summary[^>]*>(\d+) unchanged", html)] == [5, 4]
    shown = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    assert re.findall(r"number (\d+)", shown) == ["5", "6", "7"]
    assert re.findall(r"number (\d+)", html) == [str(n) for n in range(12)]
    assert re.findall(r'<ol start="(\d+)">', html) == ["1", "6", "9"]


def test_what_is_folded() -> None:
    def folded(picture: str) -> list[tuple[int, int]]:
        return [(run.start, run.stop) for run in folds([sign == "." for sign in picture])]

    assert folded("") == folded("x") == folded("..x..") == folded("x....x") == []
    assert folded("x.....x") == [(2, 5)]
    assert folded("....x") == [(0, 3)] and folded("x....") == [(2, 5)]
    assert folded(".....") == [(1, 5)], "another heading: the first paragraph stays"
    assert paragraphs(bullets("a", "b")) == 2 and paragraphs(table(("a", "b"), ("c", "d"))) == 4


def test_what_is_read_from_the_right_says_so_in_both_drawings() -> None:
    old = section(
        "s",
        "Obrazac:",
        "تُملأ الاستمارة (Form A).",
        bullets("خط المساعدة", "Linija za pomoć žrtvama"),
        heading="الحقوق",
    )
    new = section(
        "s",
        "Obrazac:",
        "تُملأ الاستمارة (Form B).",
        bullets("خط المساعدة", "Linija za podršku žrtvama"),
        heading="الحقوق",
    )
    change = compare(tree(old), tree(new)).sections[0]
    html = inline_html(change)
    assert html.startswith('<p>Obrazac:</p><p dir="rtl">تُملأ')
    assert '<ul dir="rtl"><li>خط المساعدة</li><li><div dir="ltr">Linija za <del' in html
    assert heading_html(change) == '<span dir="rtl">الحقوق</span>'
    pairs = side_html(change)
    assert (pairs[1].old or "").startswith('<p dir="rtl">')
    assert (pairs[1].new or "").startswith('<p dir="rtl">')
    # Whole new, too, and a table from the right with a word from the left in it.
    added = compare(tree(), tree(section("t", table(("الاسم", "Ime"), ("12", "13"))))).sections[0]
    drawn = inline_html(added)
    assert 'dir="rtl"><table' in drawn
    assert '<td class="c-ins" dir="ltr"><ins>Ime</ins>' in drawn


def test_that_a_list_has_other_numbers_is_said_once_behind_it() -> None:
    def lists(*labels: str) -> Json:
        items = [{"type": "item", "attrs": {"label": f"{label})"}, "content": [paragraph("the same words")]} for label in labels]  # fmt: skip
        return {"type": "list", "attrs": {"ordered": True}, "content": items}

    change = compare(tree(section("s", lists("a", "b"))), tree(section("s", lists("1", "2")))).sections[0]
    drawn = inline_html(change)
    assert re.search(r'</ol><p class="say"><small[^>]*> look changed: list numbering</small></p>\Z', drawn)
    assert drawn.count("<small") == 1
