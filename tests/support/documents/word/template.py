"""What several test files of documents/word begin with: template."""

from __future__ import annotations

from typing import Any

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.template import OnTemplate
from documents.word.write.document_file import DocumentFile, Words
from tests.support.documents.word.build import word_file

UID = "00000000-0000-4000-8000-{:012d}".format


BROUGHT = OnTemplate(
    {"title": "Правилник", "institution": "Министерство", "edition": "Издание 3", "notice": "НАЦРТ"},
    {"state": "Не е во сила.", "check": "Контролен број: 12"},
    {"notice": "НАЦРТ", "classification": "TLP:GREEN"},
)


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normale"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Naslov1"><w:name w:val="Naslov 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Poglavlje"><w:name w:val="Ministarstvo poglavlje"/><w:basedOn w:val="Normale"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Citat"><w:name w:val="Citat"/></w:style>
<w:style w:type="table" w:styleId="Tabela"><w:name w:val="Tabela ministarstva"/></w:style>
"""


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
    'w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId '
    'w:val="7"/></w:num>'
)


def p(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


HIDING = (
    '<w:style w:type="paragraph" w:styleId="Secret"><w:name '
    'w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Unseen"><w:name '
    'w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Rows"><w:name w:val="Rows"/>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:vanish/></w:rPr></w:tblStylePr></w:style>'
)


def template(body: str, more_styles: str = "", **more: Any) -> bytes:
    return word_file(body, styles=STYLES + more_styles, numbering=NUMBERING, **more)


def document() -> DocumentFile:
    def para(text: str, **attrs: str) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "text", "text": text}], "attrs": attrs}

    cell = {"type": "cell", "attrs": {"header": True}, "content": [para("Колона")]}
    blocks = [
        para("Прв став."), para("Цитат.", style="quote"),
        {"type": "list", "attrs": {"ordered": True}, "content": [{"type": "item", "attrs": {"label": "а)"}, "content": [para("точка")]}]},
        {"type": "step", "attrs": {"title": "Чекор", "who": "полиција"}, "content": [para("Направи.")]},
        {"type": "table", "content": [{"type": "row", "content": [cell]}, {"type": "row", "content": [{"type": "cell", "content": [para("Ред")]}]}]},
        {"type": "callout", "attrs": {"tone": "warn"}, "content": [para("Внимание.")]},
    ]  # fmt: skip
    levels = ((1, "Член 1", "Цел"), (2, "1.1", "Опсег"), (3, "1.1.1", "Длабоко"))
    sections = tuple(
        Section(
            UID(number), level, "section",
            SectionText(label, normalise_body({"heading": [{"type": "text", "text": heading}], "blocks": blocks, "notes": {}})),
        )
        for number, (level, label, heading) in enumerate(levels, 1)
    )  # fmt: skip
    tree = SectionTree("mk", "Правилник", sections)
    return DocumentFile(tree, "Правилник", "mk", words=Words(contents="Содржина", who="Кој"))


SECRETS = {key: f"Skriveno{key}" for key in (
    "author", "customxml", "comment", "hidden", "deleted", "property", "variable", "rsid", "control", "bookmark", "picture",
    "filename", "docproperty", "placeholder", "attached", "embedded", "website", "bystyle", "bycharacter", "bytable",
)}  # fmt: skip


def secretive() -> bytes:
    s = SECRETS
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} '
        "</w:instrText></w:r><w:r><w:fldChar "
        'w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="end"/></w:r>'
    ).format
    body = (
        f'<w:p '
        f'w:rsidR="{s["rsid"]}"><w:r><w:t>Корица</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>{s["hidden"]}</w:t></w:r>'
        f'<w:del w:id="5" w:author="{s["author"]}"><w:r><w:delText>{s["deleted"]}</w:delText></w:r></w:del>'
        f'<w:commentRangeStart w:id="3"/><w:commentRangeEnd w:id="3"/><w:r><w:commentReference '
        f'w:id="3"/></w:r>'
        f'<w:bookmarkStart w:id="1" w:name="{s["bookmark"]}"/><w:bookmarkEnd w:id="1"/>'
        + field("FILENAME \\p", s["filename"]) + field(f"DOCPROPERTY {s['docproperty']}", s["docproperty"]) + "</w:p>"
        f'<w:sdt><w:sdtPr><w:alias w:val="{s["control"]}"/><w:dataBinding w:xpath="/{s["customxml"]}" '
        f'w:storeItemID="x"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Содржина на '
        f'контрола</w:t></w:r></w:p></w:sdtContent></w:sdt>'
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" '
        f'name="{s["picture"]}" descr="C:\\{s["picture"]}.png"/></wp:inline></w:drawing></w:r></w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr><w:r><w:t>{s["bystyle"]}</w:t></w:r></w:p>'
        f'<w:p><w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr><w:t>{s["bycharacter"]}</w:t></w:r></w:p>'
        '<w:tbl><w:tblPr><w:tblStyle w:val="Rows"/><w:tblLook w:firstRow="1" w:noHBand="1" '
        'w:noVBand="1"/></w:tblPr>'
        f'<w:tr><w:tc><w:p><w:r><w:t>{s["bytable"]}</w:t></w:r></w:p></w:tc></w:tr>'
        '<w:tr><w:tc><w:p><w:r><w:t>Втор ред</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
        f'<w:p><w:hyperlink r:id="rWeb"><w:r><w:t>страница</w:t></w:r></w:hyperlink></w:p>'
    )  # fmt: skip
    rel = (
        '<Relationship Id="{}" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'
    ).format
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return template(
        body,
        HIDING,
        comments=
            f'<w:comment w:id="3" '
            f'w:author="{s["author"]}"><w:p><w:r><w:t>{s["comment"]}</w:t></w:r></w:p></w:comment>',
        relations=rel("rSet", "settings", "settings.xml", "") + rel("rXml", "customXml", "../customXml/item1.xml", "")
        + rel("rOle", "oleObject", "embeddings/o.bin", "") + rel("rGlo", "glossaryDocument", "glossary/document.xml", "")
        + rel("rTpl", "attachedTemplate", f"file:///C:/{s['attached']}.dotx", ' TargetMode="External"')
        + rel("rWeb", "hyperlink", f"file:///C:/{s['website']}", ' TargetMode="External"'),
        parts={
            "word/settings.xml":
                f'<w:settings {word}><w:rsids><w:rsidRoot '
                f'w:val="{s["rsid"]}"/></w:rsids><w:docVars><w:docVar w:name="v" '
                f'w:val="{s["variable"]}"/></w:docVars></w:settings>',
            "customXml/item1.xml": f"<x>{s['customxml']}</x>",
            "word/embeddings/o.bin": s["embedded"],
            "word/glossary/document.xml":
                f"<w:glossaryDocument "
                f"{word}><w:docParts><w:docPart>{s['placeholder']}</w:docPart></w:docParts></w:glossaryDocument>",
            "docProps/custom.xml": f"<Properties><p>{s['property']}</p></Properties>",
            "docProps/core.xml":
                f'<cp:coreProperties '
                f'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{s["author"]}</dc:creator></cp:coreProperties>',
        },
    )  # fmt: skip
