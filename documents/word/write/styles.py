"""The styles of a file for download: Word's own names wherever Word has one, so that a clerk's template fits
over them."""

from __future__ import annotations

from documents.word.markup import e
from documents.word.ns import Element

FONT = "Calibri"
INK, ACCENT, GREY = "1A1A1A", "1F3A5F", "595959"
HEADING_SIZES = (32, 27, 24, 22, 22, 22, 22, 22, 22)
BUILT_IN = frozenset({"Normal", "Title", "Quote", "List Paragraph"})
LIST_STEP = 425
"""How far each level of a list stands in, in twentieths of a point (7.5 mm)."""


def paragraph_style(
    style_id: str,
    name: str,
    *,
    based: str = "Normal",
    after: str = "",
    ppr: list[Element],
    rpr: list[Element],
) -> Element:
    """A paragraph style; ``after`` is the style of the paragraph that follows."""
    own: dict[str, str | int] = {} if name in BUILT_IN or name[:1].islower() else {"customStyle": 1}
    return e(
        "style",
        e("name", val=name),
        e("basedOn", val=based) if based else None,
        e("next", val=after) if after else None,
        e("qFormat"),
        e("pPr", *ppr) if ppr else None,
        e("rPr", *rpr) if rpr else None,
        type="paragraph",
        styleId=style_id,
        **own,
    )


def character_style(style_id: str, name: str, *rpr: Element, custom: bool = False) -> Element:
    own: dict[str, str | int] = {"customStyle": 1} if custom else {}
    return e(
        "style",
        e("name", val=name),
        e("rPr", *rpr) if rpr else None,
        type="character",
        styleId=style_id,
        **own,
    )


def spacing(before: int = 0, after: int = 0, line: int = 0) -> Element:
    more: dict[str, str | int] = {"line": line, "lineRule": "auto"} if line else {}
    return e("spacing", before=before, after=after, **more)


def base_styles(tag: str, *, numbered_headings: bool = False) -> Element:
    """The whole ``w:styles``. ``numbered_headings``: headings take their numbers from number definition 1."""
    defaults = e(
        "docDefaults",
        e(
            "rPrDefault",
            e(
                "rPr",
                e("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT),
                e("color", val=INK),
                e("sz", val=22),
                e("szCs", val=22),
                e("lang", val=tag, eastAsia="en-US", bidi="ar-SA"),
            ),
        ),
        e("pPrDefault", e("pPr", spacing(0, 120, 271))),
    )
    normal = e("style", e("name", val="Normal"), e("qFormat"), type="paragraph", styleId="Normal", default=1)
    table = e(
        "style",
        e("name", val="Table Grid"),
        e("pPr", spacing(40, 40, 240)),
        e(
            "tblPr",
            e(
                "tblBorders",
                *(
                    e(side, val="single", sz=4, space=0, color="8C8C8C")
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
                ),
            ),
            e("tblCellMar", e("left", w=100, type="dxa"), e("right", w=100, type="dxa")),
        ),
        type="table",
        styleId="TableGrid",
    )
    found = [
        defaults,
        normal,
        *_headings(numbered_headings),
        *_text_styles(),
        *_frame_styles(),
        *_character_styles(),
        table,
    ]
    return e("styles", *found)


def _headings(numbered: bool) -> list[Element]:
    made = [
        paragraph_style(
            "Title",
            "Title",
            after="Normal",
            ppr=[spacing(480, 200, 240)],
            rpr=[e("b"), e("bCs"), e("color", val=ACCENT), e("sz", val=44), e("szCs", val=44)],
        )
    ]
    for level, size in enumerate(HEADING_SIZES, 1):
        numbering = e("numPr", e("ilvl", val=level - 1), e("numId", val=1)) if numbered else None
        ppr = [
            e("keepNext"),
            e("keepLines"),
            *([numbering] if numbering is not None else []),
            spacing(max(160, 400 - 60 * level), 100, 252),
            e("outlineLvl", val=level - 1),
        ]
        rpr = [
            # Word asks for bold Arabic and Hebrew by another name.
            e("b"),
            e("bCs"),
            *([e("i"), e("iCs")] if level > 4 else []),
            e("color", val=ACCENT),
            e("sz", val=size),
            e("szCs", val=size),
        ]
        made.append(paragraph_style(f"Heading{level}", f"heading {level}", after="Normal", ppr=ppr, rpr=rpr))
    return made


def _text_styles() -> list[Element]:
    left_bar = e("pBdr", e("left", val="single", sz=18, space=8, color="B8C4D2"))
    return [
        paragraph_style("ListParagraph", "List Paragraph", ppr=[spacing(0, 60)], rpr=[]),
        paragraph_style("Quote", "Quote", ppr=[left_bar, e("ind", left=454, right=454)], rpr=[e("i")]),
        paragraph_style(
            "Caption",
            "caption",
            ppr=[spacing(60, 200), e("jc", val="center")],
            rpr=[e("i"), e("color", val=GREY), e("sz", val=20)],
        ),
        paragraph_style("KodeksLead", "Lead", ppr=[spacing(0, 200)], rpr=[e("sz", val=25)]),
        paragraph_style(
            "KodeksFigure",
            "Figure",
            ppr=[e("keepNext"), spacing(120, 60, 240), e("jc", val="center")],
            rpr=[],
        ),
        paragraph_style(
            "KodeksStepTitle",
            "Step title",
            after="KodeksStepMeta",
            ppr=[e("keepNext"), spacing(200, 40)],
            rpr=[e("b"), e("bCs"), e("sz", val=24)],
        ),
        paragraph_style(
            "KodeksStepMeta",
            "Step who and when",
            after="Normal",
            ppr=[e("keepNext"), spacing(0, 80)],
            rpr=[e("color", val=GREY), e("sz", val=20)],
        ),
        paragraph_style(
            "KodeksCallout",
            "Callout",
            ppr=[
                _box("DCE6F2"),
                e("shd", val="clear", color="auto", fill="EEF3F9"),
                spacing(60, 60),
                e("ind", left=113, right=113),
            ],
            rpr=[],
        ),
        paragraph_style(
            "KodeksWarning",
            "Warning",
            ppr=[
                _box("C77700"),
                e("shd", val="clear", color="auto", fill="FFF4E0"),
                spacing(60, 60),
                e("ind", left=113, right=113),
            ],
            rpr=[],
        ),
        paragraph_style(
            "FootnoteText",
            "footnote text",
            ppr=[spacing(0, 40, 240)],
            rpr=[e("sz", val=18), e("szCs", val=18)],
        ),
    ]


def _box(colour: str) -> Element:
    return e("pBdr", e("left", val="single", sz=24, space=6, color=colour))


def _frame_styles() -> list[Element]:
    contents = [
        paragraph_style(
            f"TOC{level}",
            f"toc {level}",
            after="Normal",
            ppr=[
                e("tabs", e("tab", val="right", leader="dot", pos=9638)),
                spacing(0, 40, 240),
                e("ind", left=240 * (level - 1)),
            ],
            rpr=[],
        )
        for level in (1, 2, 3)
    ]
    tabs = e("tabs", e("tab", val="right", pos=9638))
    return [
        *contents,
        paragraph_style(
            "KodeksMeta",
            "Document facts",
            ppr=[spacing(0, 60, 240)],
            rpr=[e("color", val=GREY), e("sz", val=20)],
        ),
        paragraph_style(
            "KodeksContents",
            "Contents heading",
            ppr=[e("keepNext"), spacing(360, 120)],
            rpr=[e("b"), e("bCs"), e("color", val=ACCENT), e("sz", val=27)],
        ),
        paragraph_style("Header", "header", ppr=[tabs, spacing(0, 0, 240)], rpr=[e("sz", val=18)]),
        paragraph_style(
            "Footer",
            "footer",
            ppr=[e("tabs", e("tab", val="right", pos=9638)), spacing(0, 0, 240)],
            rpr=[e("color", val=GREY), e("sz", val=18)],
        ),
    ]


def _character_styles() -> list[Element]:
    return [
        e(
            "style",
            e("name", val="Default Paragraph Font"),
            type="character",
            styleId="DefaultParagraphFont",
            default=1,
        ),
        character_style("Hyperlink", "Hyperlink", e("color", val="0B57A4"), e("u", val="single")),
        character_style("FootnoteReference", "footnote reference", e("vertAlign", val="superscript")),
        character_style("KodeksLabel", "Number", custom=True),
        character_style("KodeksWho", "Step who", custom=True),
        character_style("KodeksLimit", "Step limit", custom=True),
    ]
