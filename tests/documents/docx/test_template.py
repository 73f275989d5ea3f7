"""Editions written on a ministry's template: its look, our words, nothing that it hides, and no fault that it didn't have."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.file.guard import open_package
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.ns import VAL, w
from documents.word.read.read import read_package
from documents.word.template import OnTemplate, open_template, propose, write_on_template
from documents.word.template.child import facts_in_child, write_in_child
from documents.word.template.default import default_template
from documents.word.template.looks import LookStyle
from documents.word.write.document_file import DocumentFile, Words
from tests.documents.docx.build import archive, parts_of, word_file

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
NUMBERING = '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'


def p(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


HIDING = (
    '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
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


def written(source: bytes, tmp_path: Path) -> tuple[bytes, dict[str, bytes]]:
    """The file; read back as the text that it was, and without a fault that the template didn't have."""
    opened = open_template(source)
    data = write_on_template(document(), opened, opened.facts().proposal.styles, BROUGHT)
    back = read_package(open_package(data), language="mk").tree
    wanted = document().tree
    assert [(s.uid, s.level, s.text.label, s.text.heading) for s in back] == [
        (s.uid, s.level, s.text.label, s.text.heading) for s in wanted
    ]
    kinds = [[block["type"] for block in s.text.body["blocks"]] for s in back]
    assert kinds == [[block["type"] for block in s.text.body["blocks"]] for s in wanted]
    faults = []
    for name, content in (("template", source), ("made", data)):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        faults.append(Counter(error.description for error in OpenXmlValidator().validate(str(path)).errors))
    assert not faults[1] - faults[0]
    return data, parts_of(data)


def words(data: bytes) -> list[str]:
    root = etree.fromstring(data)
    return ["".join(t.text or "" for t in node.iter(w("t"))) for node in root.iter(w("p"))]


def test_styles_are_found_by_outline_and_by_names_in_other_languages(tmp_path: Path) -> None:
    facts = facts_in_child(
        template(p("Корица") + p("{{naslov}} {{непознато}}") + p("Пример", "Naslov1") + p("пример"))
    )
    styles = facts.proposal.styles
    assert (styles["Heading1"], styles["Heading2"], styles["Quote"], styles["TableGrid"]) == (
        "Naslov1",
        "Poglavlje",
        "Citat",
        "Tabela",
    )
    assert "Heading3" not in styles and "Heading1" not in facts.proposal.unclear
    assert (facts.known, facts.unknown, facts.example) == (("title",), ("непознато",), "Пример")
    twice = propose([LookStyle("a", "One", "paragraph", 0), LookStyle("b", "Two", "paragraph", 0)])
    assert "Heading1" in twice.unclear


def test_a_plain_template_gives_its_look_and_keeps_its_cover(tmp_path: Path) -> None:
    _data, parts = written(template(p("Република") + p("Пример", "Naslov1") + p("за бришење")), tmp_path)
    text = words(parts["word/document.xml"])
    assert text[0] == "Република" and "за бришење" not in "".join(text)
    assert (
        text.index("Правилник")
        < text.index("Не е во сила.")
        < text.index("Содржина")
        < text.index("Член 1Цел")
    )
    root = etree.fromstring(parts["word/document.xml"])
    headings = {
        "".join(t.text or "" for t in node.iter(w("t"))): style.get(VAL)
        for node in root.iter(w("p")) for style in node.iterfind(f"{w('pPr')}/{w('pStyle')}")
    }  # fmt: skip
    assert (headings["Член 1Цел"], headings["1.1Опсег"], headings["1.1.1Длабоко"]) == (
        "Naslov1",
        "Poglavlje",
        "Heading3",
    )
    assert headings["Цитат."] == "Citat"
    header = "".join(words(parts["word/header1.xml"]))
    assert header == "НАЦРТTLP:GREEN" and b"PAGE" in parts["word/footer2.xml"]
    assert b"PAGEREF" in parts["word/document.xml"]


def test_places_are_filled_split_over_runs_as_controls_and_as_bookmarks(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ti</w:t></w:r><w:r><w:t>tle</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>}}</w:t></w:r></w:p>'
        '<w:sdt><w:sdtPr><w:tag w:val="institution"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Кликнете овде</w:t></w:r></w:p></w:sdtContent></w:sdt>'
        '<w:p><w:bookmarkStart w:id="1" w:name="izdanje"/><w:r><w:t>ххх</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
        + p("{{акт}}") + p("Датум: {{date}}") + p("{{содржина}}") + p("{{текст}}") + p("Потпис")
    )  # fmt: skip
    _data, parts = written(template(body), tmp_path)
    text = [line for line in words(parts["word/document.xml"]) if line]
    assert text[:4] == ["Правилник", "Министерство", "Издание 3", "Датум: "]
    assert text[-1] == "Потпис" and not re.search(r"\{\{|Кликнете|ххх", "".join(text))
    assert text.count("Правилник") == 1


SECRETS = {key: f"Skriveno{key}" for key in (
    "author", "customxml", "comment", "hidden", "deleted", "property", "variable", "rsid", "control", "bookmark", "picture",
    "filename", "docproperty", "placeholder", "attached", "embedded", "website", "bystyle", "bycharacter", "bytable",
)}  # fmt: skip


def secretive() -> bytes:
    s = SECRETS
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'.format
    body = (
        f'<w:p w:rsidR="{s["rsid"]}"><w:r><w:t>Корица</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>{s["hidden"]}</w:t></w:r>'
        f'<w:del w:id="5" w:author="{s["author"]}"><w:r><w:delText>{s["deleted"]}</w:delText></w:r></w:del>'
        f'<w:commentRangeStart w:id="3"/><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
        f'<w:bookmarkStart w:id="1" w:name="{s["bookmark"]}"/><w:bookmarkEnd w:id="1"/>'
        + field("FILENAME \\p", s["filename"]) + field(f"DOCPROPERTY {s['docproperty']}", s["docproperty"]) + "</w:p>"
        f'<w:sdt><w:sdtPr><w:alias w:val="{s["control"]}"/><w:dataBinding w:xpath="/{s["customxml"]}" w:storeItemID="x"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Содржина на контрола</w:t></w:r></w:p></w:sdtContent></w:sdt>'
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="{s["picture"]}" descr="C:\\{s["picture"]}.png"/></wp:inline></w:drawing></w:r></w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr><w:r><w:t>{s["bystyle"]}</w:t></w:r></w:p>'
        f'<w:p><w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr><w:t>{s["bycharacter"]}</w:t></w:r></w:p>'
        '<w:tbl><w:tblPr><w:tblStyle w:val="Rows"/><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f'<w:tr><w:tc><w:p><w:r><w:t>{s["bytable"]}</w:t></w:r></w:p></w:tc></w:tr>'
        '<w:tr><w:tc><w:p><w:r><w:t>Втор ред</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
        f'<w:p><w:hyperlink r:id="rWeb"><w:r><w:t>страница</w:t></w:r></w:hyperlink></w:p>'
    )  # fmt: skip
    rel = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'.format
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return template(
        body,
        HIDING,
        comments=f'<w:comment w:id="3" w:author="{s["author"]}"><w:p><w:r><w:t>{s["comment"]}</w:t></w:r></w:p></w:comment>',
        relations=rel("rSet", "settings", "settings.xml", "") + rel("rXml", "customXml", "../customXml/item1.xml", "")
        + rel("rOle", "oleObject", "embeddings/o.bin", "") + rel("rGlo", "glossaryDocument", "glossary/document.xml", "")
        + rel("rTpl", "attachedTemplate", f"file:///C:/{s['attached']}.dotx", ' TargetMode="External"')
        + rel("rWeb", "hyperlink", f"file:///C:/{s['website']}", ' TargetMode="External"'),
        parts={
            "word/settings.xml": f'<w:settings {word}><w:rsids><w:rsidRoot w:val="{s["rsid"]}"/></w:rsids><w:docVars><w:docVar w:name="v" w:val="{s["variable"]}"/></w:docVars></w:settings>',
            "customXml/item1.xml": f"<x>{s['customxml']}</x>",
            "word/embeddings/o.bin": s["embedded"],
            "word/glossary/document.xml": f"<w:glossaryDocument {word}><w:docParts><w:docPart>{s['placeholder']}</w:docPart></w:docParts></w:glossaryDocument>",
            "docProps/custom.xml": f"<Properties><p>{s['property']}</p></Properties>",
            "docProps/core.xml": f'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{s["author"]}</dc:creator></cp:coreProperties>',
        },
    )  # fmt: skip


@pytest.mark.usefixtures("started_anew")
def test_nothing_that_a_template_hides_is_in_the_file() -> None:
    source = secretive()
    planted = b"\n".join(parts_of(source).values())
    assert not [key for key, secret in SECRETS.items() if secret.encode() not in planted]
    data = write_in_child(document(), source, facts_in_child(source).proposal.styles, BROUGHT)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        content = (
            b"\n".join(made.read(name) for name in made.namelist()) + "\n".join(made.namelist()).encode()
        )
    assert not [key for key, secret in SECRETS.items() if secret.encode() in content]
    assert (
        "Втор ред".encode() in content
        and "Содржина на контрола".encode() in content
        and "страница".encode() in content
    )


@pytest.mark.parametrize(
    ("kind", "code"),
    [("image", RefusalCode.LINKS_OUTSIDE), ("oleObject", RefusalCode.LINKS_OUTSIDE), ("macros", RefusalCode.MACROS),
     ("broken", RefusalCode.BROKEN), ("nostyles", RefusalCode.NO_STYLES), ("long", RefusalCode.TOO_LONG), ("text", RefusalCode.NOT_DOCX)],
)  # fmt: skip
def test_what_is_no_template_is_refused_with_a_reason(kind: str, code: RefusalCode) -> None:
    relation = f'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    files = {
        "image": lambda: template(p("x"), relations=relation),
        "oleObject": lambda: template(p("x"), relations=relation),
        "macros": lambda: archive(parts_of(template(p("x"))) | {"word/vbaProject.bin": b"x"}),
        "broken": lambda: archive(parts_of(template(p("x"))) | {"word/styles.xml": b"<w:styles"}),
        "nostyles": lambda: word_file(p("x")),
        "long": lambda: template(p("x") * 6000),
        "text": lambda: b"no Word file",
    }
    with pytest.raises(Refused) as refused:
        facts_in_child(files[kind]())
    assert refused.value.code == code


def test_the_default_template_is_whole_and_knows_all_places(tmp_path: Path) -> None:
    source = default_template()
    facts = open_template(source).facts()
    assert (
        not facts.unknown
        and not facts.proposal.unclear
        and {"title", "text", "contents", "check line"} <= set(facts.known)
    )
    _data, parts = written(source, tmp_path)
    text = words(parts["word/document.xml"])
    assert text.index("Правилник") < text.index("Содржина") < text.index("Член 1Цел")
    assert text.count("Не е во сила.") == 1
