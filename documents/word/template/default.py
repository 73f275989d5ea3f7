"""A good template made by code: for institutions that have none, and to begin one's own from in Word.

A cover with a band of colour, head and foot with a thin line, numbers of pages, contents, and a style for
everything that an edition can hold. Its places are written in English; those of a template may be written in
any language of the region.
"""

from __future__ import annotations

from functools import cache

from documents.word.markup import WORD_TYPE, Parts, Relations, e, field_runs, xml_bytes
from documents.word.ns import Element, w
from documents.word.write.frame import add_properties, add_settings
from documents.word.write.inlines import text_run
from documents.word.write.styles import LIST_STEP, base_styles, paragraph_style, spacing
from documents.word.write.theme import add_theme

NAVY, GREY, LINE = "16324F", "5A6672", "B9C3CD"
WIDTH = 9354
"""A4 with margins of 2.5 cm left and 2 cm right, in twentieths of a point."""


@cache
def default_template() -> bytes:
    """The bytes of the template."""
    parts, relations = Parts(), Relations()
    for kind in ("styles", "settings", "numbering", "footnotes"):
        relations.add(kind, f"{kind}.xml")
    add_theme(parts, relations)
    head, foot = relations.add("header", "header1.xml"), relations.add("footer", "footer1.xml")
    empty = relations.add("header", "header2.xml")
    body = e(
        "body",
        *_cover(),
        _layout(head, foot, empty, cover=True),
        _styled("KodeksContents", "{{contents}}"),
        e("p", e("pPr", e("pageBreakBefore")), text_run("{{text}}")),
        _layout(head, foot, empty, cover=False),
    )
    parts.add("word/document.xml", xml_bytes(e("document", body)), WORD_TYPE + "document.main+xml")
    parts.add("word/styles.xml", xml_bytes(_styles()), WORD_TYPE + "styles+xml")
    parts.add("word/numbering.xml", xml_bytes(e("numbering")), WORD_TYPE + "numbering+xml")
    parts.add("word/footnotes.xml", xml_bytes(_notes()), WORD_TYPE + "footnotes+xml")
    parts.add("word/header1.xml", xml_bytes(_head()), WORD_TYPE + "header+xml")
    parts.add("word/header2.xml", xml_bytes(e("hdr", e("p"))), WORD_TYPE + "header+xml")
    parts.add("word/footer1.xml", xml_bytes(_foot()), WORD_TYPE + "footer+xml")
    parts.add("word/_rels/document.xml.rels", relations.xml())
    add_settings(parts, "en-GB")
    add_properties(parts, "Template", "en-GB")
    return parts.to_bytes()


def _cover() -> list[Element]:
    return [
        e("p", e("pPr", spacing(2600, 0, 240))),
        _styled("CoverInstitution", "{{country}}"),
        _styled("CoverInstitution", "{{institution}}"),
        _styled("CoverKind", "{{kind}}"),
        _styled("Title", "{{title}}"),
        _styled("CoverFact", "{{edition}}"),
        _styled("CoverFact", "{{state}}"),
        _styled("CoverFact", "{{act}}"),
        _styled("CoverFact", "{{date}}"),
        _styled("CoverClass", "{{classification}}"),
    ]


def _notes() -> Element:
    lines = (("separator", -1), ("continuationSeparator", 0))
    return e("footnotes", *(e("footnote", e("p", e("r", e(kind))), type=kind, id=n) for kind, n in lines))


def _styled(style: str, text: str) -> Element:
    return e("p", e("pPr", e("pStyle", val=style)), text_run(text))


def _layout(head: str, foot: str, empty: str, *, cover: bool) -> Element:
    """The page: the cover without head and foot; the text with both."""
    sect = e(
        "sectPr",
        e("headerReference", type="default", r_id=empty if cover else head),
        None if cover else e("footerReference", type="default", r_id=foot),
        e("pgSz", w=11906, h=16838),
        e("pgMar", top=1701, right=1134, bottom=1418, left=1418, header=709, footer=680, gutter=0),
    )
    return e("p", e("pPr", sect)) if cover else sect


def _head() -> Element:
    tabs = e("tabs", e("tab", val="right", pos=WIDTH))
    line = e("pBdr", e("bottom", val="single", sz=4, space=4, color=LINE))
    return e(
        "hdr",
        e(
            "p",
            e("pPr", e("pStyle", val="Header"), line, tabs),
            text_run("{{institution}}"),
            e("r", e("tab")),
            text_run("{{classification}}"),
        ),
    )


def _foot() -> Element:
    tabs = e("tabs", e("tab", val="right", pos=WIDTH))
    line = e("pBdr", e("top", val="single", sz=4, space=4, color=LINE))
    numbers = [
        *field_runs("PAGE", text_run("1")),
        text_run(" / "),
        *field_runs("NUMPAGES", text_run("1")),
    ]
    return e(
        "ftr",
        e(
            "p",
            e("pPr", e("pStyle", val="Footer"), line, tabs),
            text_run("{{title}}"),
            e("r", e("tab")),
            *numbers,
        ),
        e("p", e("pPr", e("pStyle", val="Footer")), text_run("{{check line}}")),
    )


def _styles() -> Element:
    """Kodeks's own, with a warmer page: a serif text, and headings in one colour."""
    root = base_styles("en-GB")
    for node in root.iter(w("rFonts")):
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            node.set(w(name), "Cambria")
    for node in root.iter(w("color")):
        if node.get(w("val")) == "1F3A5F":
            node.set(w("val"), NAVY)
    sans = {"ascii": "Calibri", "hAnsi": "Calibri", "cs": "Calibri"}
    for style in root.iterchildren(w("style")):
        style_id = style.get(w("styleId")) or ""
        rpr = style.find(w("rPr"))
        if rpr is not None and (
            style_id == "Title" or style_id.startswith(("Heading", "Header", "Footer", "KodeksC"))
        ):
            rpr.insert(0, e("rFonts", **sans))
    bar = e("pBdr", e("left", val="single", sz=36, space=14, color=NAVY))
    for style_id, name, after, size, bold, colour in (
        ("CoverInstitution", "Cover institution", 60, 26, False, NAVY),
        ("CoverKind", "Cover kind", 120, 22, False, GREY),
        ("CoverFact", "Cover fact", 80, 22, False, "1A1A1A"),
        ("CoverClass", "Cover classification", 0, 20, True, "1A1A1A"),
    ):
        before = 700 if style_id == "CoverKind" else 500 if style_id == "CoverClass" else 0
        root.append(
            paragraph_style(
                style_id,
                name,
                ppr=[spacing(before, after, 264)],
                rpr=[
                    e("rFonts", **sans),
                    e("b") if bold else e("b", val=0),
                    e("color", val=colour),
                    e("sz", val=size),
                ],
            )
        )
    title = root.find(f"{w('style')}[@{w('styleId')}='Title']")
    if title is not None:
        ppr = title.find(w("pPr"))
        if ppr is not None:
            ppr.insert(0, bar)
            ppr.append(e("ind", left=LIST_STEP))
    return root
