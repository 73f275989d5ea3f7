"""Lists, tables and pictures as they are read."""

from __future__ import annotations

import pytest

from tests.support.documents.word.build import (
    HEADINGS,
    OFFICE,
    abstract,
    blocks,
    cell,
    heading,
    item,
    level,
    listing,
    num,
    numbered,
    p,
    para,
    png,
    read,
    sha256,
    table,
    text,
    word_file,
)
from tests.support.documents.word.reading import IMAGE_REL, C, doc, picture_run, tc, tr

LISTS = abstract(0, level(0, "decimal", "%1."), level(1, "bullet", "–")) + num(1, 0)


def test_consecutive_numbered_paragraphs_become_lists_in_lists() -> None:
    body = (
        heading("A")
        + numbered("one")
        + numbered("in", 1, 1)
        + numbered("two")
        + p("between")
        + numbered("three")
    )
    assert blocks(doc(body, numbering=LISTS)) == [
        listing(
            True,
            item("1.", para("one"), {"type": "list", "content": [item("–", para("in"))]}),
            item("2.", para("two")),
        ),
        para("between"),
        listing(True, item("3.", para("three"))),
    ]


def test_an_indented_paragraph_goes_on_with_the_item() -> None:
    ind = '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>'
    definition = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText '
        f'w:val="%1."/>{ind}</w:lvl></w:abstractNum>'
    )
    body = heading("A") + numbered("one") + p("more", '<w:ind w:left="720"/>') + numbered("two") + p("after")
    found = blocks(doc(body, numbering=definition + num(1, 0)))
    assert [block["type"] for block in found] == ["list", "paragraph"]
    assert found[0]["content"][0]["content"] == [para("one"), para("more")]


QUOTED = (
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:pPr><w:ind '
    'w:left="864"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
)
SET_IN = abstract(
    0, level(0, "decimal", "%1.", '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>')
) + num(1, 0)


def quote(words: str, own: str = "") -> str:
    return p(words, f'<w:pStyle w:val="Quote"/>{own}')


def listed(body: str, **more: object) -> list[dict[str, object]]:
    """The blocks of a text whose quotations are set in by their style."""
    return blocks(read(word_file(heading("A") + body, styles=HEADINGS + QUOTED, numbering=SET_IN, **more)))  # type: ignore[arg-type]


def test_a_quotation_between_two_items_of_a_list_belongs_to_the_first() -> None:
    said = para("said", style="quote")
    body = numbered("one") + quote("said") + quote("said") + numbered("two") + quote("said") + p("after")
    assert listed(body) == [
        listing(True, item("1.", para("one"), said, said), item("2.", para("two"))),
        said,
        para("after"),
    ]


def test_a_quotation_set_in_by_itself_belongs_to_the_last_item() -> None:
    body = numbered("one") + quote("said", '<w:ind w:left="720"/>') + p("after")
    assert listed(body) == [
        listing(True, item("1.", para("one"), para("said", style="quote"))),
        para("after"),
    ]


def test_a_picture_in_an_item_has_the_caption_behind_it() -> None:
    ind = '<w:ind w:left="720"/>'
    body = (
        numbered("one")
        + f"<w:p><w:pPr>{ind}</w:pPr>{picture_run('r:embed', 'rImg')}</w:p>"
        + p("Map 1", f'<w:pStyle w:val="Caption"/>{ind}')
        + numbered("two")
    )
    figure = {
        "type": "figure",
        "attrs": {"sha256": sha256(png()), "alt": "A map"},
        "content": [text("Map 1")],
    }
    assert listed(body, relations=IMAGE_REL, parts={"word/media/i.png": png()}) == [
        listing(True, item("1.", para("one"), figure), item("2.", para("two")))
    ]


def test_merged_cells_become_spans() -> None:
    rows = (
        tr(tc("head", '<w:gridSpan w:val="2"/>'), tc("c"), properties="<w:tblHeader/>"),
        tr(tc("down", '<w:vMerge w:val="restart"/>'), tc("1"), tc("2")),
        tr(tc("", "<w:vMerge/>"), tc("3"), tc("4")),
    )
    assert blocks(doc(heading("A") + f"<w:tbl>{''.join(rows)}</w:tbl>")) == [
        table(
            [cell("head", colspan=2, header=True), cell("c", header=True)],
            [cell("down", rowspan=2), bare_cell("1"), bare_cell("2")],
            [bare_cell("3"), bare_cell("4")],
        )
    ]


def bare_cell(words: str) -> dict[str, object]:
    return {"type": "cell", "content": [para(words)]}


def test_every_row_is_as_wide_as_its_table() -> None:
    rows = tr(tc("a"), tc("b"), tc("c")) + tr(tc("d")) + tr(tc("e"), properties='<w:gridBefore w:val="1"/>')
    (found,) = blocks(doc(heading("A") + f"<w:tbl>{rows}</w:tbl>"))
    widths = [
        sum((c.get("attrs") or {}).get("colspan", 1) for c in row["content"]) for row in found["content"]
    ]
    assert widths == [3, 3, 3]
    assert found["content"][2]["content"][1]["content"] == [para("e")]


@pytest.mark.parametrize("span", ["100000000", "-3", "0", "x", "99999999999999999999999"])
def test_an_impossible_span_is_bounded(span: str) -> None:
    rows = tr(tc("a", f'<w:gridSpan w:val="{span}"/>'), tc("b")) + tr(tc("c"))
    result = doc(heading("A") + f"<w:tbl>{rows}</w:tbl>")
    (found,) = blocks(result)
    spans = [(c.get("attrs") or {}).get("colspan", 1) for row in found["content"] for c in row["content"]]
    assert max(spans) <= 63
    assert "a\nb\nc" in result.tree.sections[0].text.plain


def test_tables_in_tables() -> None:
    inner = f"<w:tbl>{tr(tc('in'))}</w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{p('out')}{inner}{p()}</w:tc></w:tr></w:tbl>"
    (found,) = blocks(doc(heading("A") + outer))
    assert [block["type"] for block in found["content"][0]["content"][0]["content"]] == ["paragraph", "table"]


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    picture = png()
    body = (
        heading("A")
        + f"<w:p>{picture_run('r:embed', 'rImg')}</w:p>"
        + p("Map 1", '<w:pStyle w:val="Caption"/>')
    )
    result = doc(body, relations=IMAGE_REL, parts={"word/media/i.png": picture})
    key = sha256(picture)
    assert blocks(result) == [
        {"type": "figure", "attrs": {"sha256": key, "alt": "A map"}, "content": [text("Map 1")]}
    ]
    assert result.blobs[key].data == picture
    assert result.blobs[key].content_type == "image/png"


def test_pictures_from_outside_and_false_ones_are_left_out() -> None:
    outside = (
        f'<Relationship Id="rOut" Type="{OFFICE}image" Target="http://127.0.0.1:9/x.png" '
        f'TargetMode="External"/>'
    )
    inside = (
        f"{picture_run('r:embed', 'rImg')}{picture_run('r:link', 'rOut')}{picture_run('r:embed', 'rNone')}"
    )
    body = heading("A") + f"<w:p><w:r><w:t>x</w:t></w:r>{inside}</w:p>"
    result = doc(body, relations=IMAGE_REL + outside, parts={"word/media/i.png": b"<svg onload='x'/>"})
    assert blocks(result) == [para("x")]
    assert result.report.count(C.EXTERNAL_IMAGE) == 1
    assert result.report.count(C.BROKEN_IMAGE) == 2
    assert {blob.kind for blob in result.blobs.values()} == {"ooxml"}
