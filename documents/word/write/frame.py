"""What is around the text: head and foot of each page, the page's size, settings, the file's properties."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from documents.text import shortened
from documents.word.file import ns
from documents.word.file.markup import WORD_TYPE, Parts, Relations, e, field_runs, xml_bytes
from documents.word.file.ns import Element
from documents.word.write.document_file import DocumentFile
from documents.word.write.inlines import text_run

PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
AUTHOR = "Kodeks"


def header(document: DocumentFile) -> Element:
    """The head of every page: the notice and the classification, and the notice once more across the page."""
    notice, classification = document.notice, document.classification
    made = e("p", e("pPr", e("pStyle", val="Header")))
    if notice:
        made.append(_coloured(notice, "B00020"))
    if classification:
        made.append(e("r", e("tab")))
        made.append(text_run(classification, [{"type": "bold"}]))
    if notice:
        made.append(watermark(notice))
    return e("hdr", made)


def _coloured(text: str, colour: str) -> Element:
    run = text_run(text)
    run.insert(0, e("rPr", e("b"), e("color", val=colour)))
    return run


WORD_ART = """<w:pict xmlns:w="{w}" xmlns:v="{v}" xmlns:o="{o}">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0
 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" o:allowincell="f"
 fillcolor="silver" stroked="f"><v:fill opacity=".5"/><v:textpath/></v:shape></w:pict>"""
PLACE = (
    "position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)


def watermark(text: str) -> Element:
    """The words across the page, behind the text, made like Word's own watermarks. So Word, too, can remove
    it."""
    width = 480
    height = max(24, min(100, int(width * 1.7 / max(len(text), 8))))
    picture = etree.fromstring(WORD_ART.format(w=ns.W, v=ns.V, o=ns.O).replace("\n", ""))
    shape = picture[1]
    shape.set("alt", text)
    shape.set("style", PLACE.format(width=width, height=height))
    shape[1].set("style", 'font-family:"Calibri";font-size:1pt')
    shape[1].set("string", text)
    return e("r", picture)


def footer(document: DocumentFile, title: str | None = None, blank: str = " ") -> Element:
    """The foot of every page: the title, shortened where none is given, and the page's number of how many.
    ``blank`` is between the numbers."""
    page = field_runs("PAGE", text_run("1"))
    pages = field_runs("NUMPAGES", text_run("1"))
    return e(
        "ftr",
        e(
            "p",
            e("pPr", e("pStyle", val="Footer")),
            text_run(shortened(document.shown_title) if title is None else title),
            e("r", e("tab")),
            text_run(f"{document.words.page}{blank}"),
            *page,
            text_run(f"{blank}/{blank}"),
            *pages,
        ),
    )


def section_properties(heads: Sequence[tuple[str, str]]) -> Element:
    """A4, margins of 2 cm and more, with the given (relationship id, header or footer)."""
    return e(
        "sectPr",
        *(e(f"{kind}Reference", type="default", r_id=rel_id) for rel_id, kind in heads),
        e("pgSz", w=11906, h=16838),
        e("pgMar", top=1417, right=1134, bottom=1247, left=1134, header=624, footer=567, gutter=0),
    )


def add_settings(parts: Parts, tag: str, switches: Sequence[Element] = ()) -> None:
    """Settings: no personal information stored by Word, this decade's layout. ``switches``: switches of a
    template's layout."""
    own = {element.tag: element for element in switches}

    def of_template(name: str) -> Element | None:
        return own.get(ns.w(name))

    compatibility = e(
        "compat",
        e("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    )
    settings = e(
        "settings",
        e("removePersonalInformation"),
        e("removeDateAndTime"),
        of_template("mirrorMargins"),
        of_template("defaultTabStop") if own else e("defaultTabStop", val=567),
        of_template("autoHyphenation"),
        of_template("evenAndOddHeaders"),
        e("characterSpacingControl", val="doNotCompress"),
        e("footnotePr", e("footnote", id=-1), e("footnote", id=0)),
        compatibility,
        e("themeFontLang", val=tag),
    )
    parts.add("word/settings.xml", xml_bytes(settings), WORD_TYPE + "settings+xml")


def add_properties(parts: Parts, title: str, tag: str) -> None:
    """The file's properties: its title and language, and Kodeks as its author; nothing else."""
    core = etree.Element(
        f"{{{ns.CORE}}}coreProperties", nsmap={"cp": ns.CORE, "dc": ns.DC, "dcterms": ns.DCTERMS}
    )
    for namespace, name, text in (
        (ns.DC, "title", title),
        (ns.DC, "creator", AUTHOR),
        (ns.CORE, "lastModifiedBy", AUTHOR),
        (ns.DC, "language", tag),
    ):
        etree.SubElement(core, f"{{{namespace}}}{name}").text = text
    parts.add(
        "docProps/core.xml",
        etree.tostring(core, xml_declaration=True, encoding="UTF-8", standalone=True),
        "application/vnd.openxmlformats-package.core-properties+xml",
    )
    app = etree.Element(f"{{{PROPERTIES}}}Properties", nsmap={None: PROPERTIES})  # type: ignore[dict-item]
    etree.SubElement(app, f"{{{PROPERTIES}}}Application").text = AUTHOR
    parts.add(
        "docProps/app.xml",
        etree.tostring(app, xml_declaration=True, encoding="UTF-8", standalone=True),
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    )
    relations = Relations()
    relations.add("officeDocument", "word/document.xml")
    relations.add(CORE_RELATION, "docProps/core.xml")
    relations.add("extended-properties", "docProps/app.xml")
    parts.add("_rels/.rels", relations.xml())
