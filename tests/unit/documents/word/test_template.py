"""Editions written on a ministry's template: its look, our words, nothing that it hides, and no fault that it
didn't have."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from PIL import Image

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.file.guard import open_package
from documents.word.file.ns import VAL, w
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.read.read import read_package
from documents.word.read.result import Blob
from documents.word.template import open_template, propose, write_on_template
from documents.word.template.files import facts_of_template, file_on_template
from documents.word.template.looks import LookStyle
from documents.word.template.read import LIMITS, default_template
from tests.support.documents.word.build import archive, parts_of, sha256, word_file
from tests.support.documents.word.template import BROUGHT, SECRETS, UID, document, p, secretive, template


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
    facts = facts_of_template(
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
        '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ti</w:t></w:r><w:r><w:t>tle</w:t></w:r><w:proofErr '
        'w:type="spellStart"/><w:r><w:t>}}</w:t></w:r></w:p>'
        '<w:sdt><w:sdtPr><w:tag '
        'w:val="institution"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Кликнете '
        'овде</w:t></w:r></w:p></w:sdtContent></w:sdt>'
        '<w:p><w:bookmarkStart w:id="1" w:name="izdanje"/><w:r><w:t>ххх</w:t></w:r><w:bookmarkEnd '
        'w:id="1"/></w:p>'
        + p("{{акт}}") + p("Датум: {{date}}") + p("{{содржина}}") + p("{{текст}}") + p("Потпис")
    )  # fmt: skip
    _data, parts = written(template(body), tmp_path)
    text = [line for line in words(parts["word/document.xml"]) if line]
    assert text[:4] == ["Правилник", "Министерство", "Издание 3", "Датум: "]
    assert text[-1] == "Потпис" and not re.search(r"\{\{|Кликнете|ххх", "".join(text))
    assert text.count("Правилник") == 1


@pytest.mark.usefixtures("started_anew")
def test_nothing_that_a_template_hides_is_in_the_file() -> None:
    source = secretive()
    planted = b"\n".join(parts_of(source).values())
    assert not [key for key, secret in SECRETS.items() if secret.encode() not in planted]
    data = file_on_template(document(), source, facts_of_template(source).proposal.styles, BROUGHT)
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


ACTIVE = (
    '<w:p xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:imagedata '
    'src="http://evil.example/a.png"/></v:shape></w:pict></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO evil.example x</w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>seen</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:hyperlink w:anchor="a"><w:r><w:instrText>INCLUDEPICTURE http://evil.example/b.png'
    "</w:instrText></w:r></w:hyperlink></w:p>"
)


def test_what_is_active_in_a_template_does_not_leave_with_it() -> None:
    parts = parts_of(default_template())
    for name in parts:
        if re.match(r"word/(?:header|footer)\d*\.xml", name):
            before, end, after = parts[name].rpartition(b"</w:")
            parts[name] = before + ACTIVE.encode() + end + after
        elif name == "word/document.xml":
            parts[name] = re.sub(rb"(<w:body\b[^>]*>)", rb"\1" + ACTIVE.encode(), parts[name])
    source = archive(parts)
    assert sum(b"evil.example" in part for part in parts.values()) > 2
    made = parts_of(file_on_template(document(), source, facts_of_template(source).proposal.styles, BROUGHT))
    left = [
        (name, word)
        for name, part in made.items()
        for word in (b"evil.example", b"DDEAUTO", b"INCLUDEPICTURE")
        if word in part
    ]
    assert not left
    assert sum(b">seen<" in part for part in made.values()) > 2, "what a field shows stays"
    assert b"PAGEREF" in made["word/document.xml"]


def test_an_edition_larger_than_a_template_is_written() -> None:
    target = io.BytesIO()
    side = 2000
    noise = random.Random(1).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), noise).save(target, "PNG", compress_level=0)
    picture = target.getvalue()
    figure = {"type": "figure", "attrs": {"sha256": sha256(picture), "alt": "Мапа"}, "content": []}
    body = normalise_body({"heading": [], "blocks": [figure], "notes": {}})
    tree = SectionTree("mk", "x", (Section(UID(1), 1, "section", SectionText("1", body)),))
    blobs = {sha256(picture): Blob(picture, "image/png", "image")}
    large = replace(document(), tree=tree, blobs=blobs)
    source = default_template()
    assert (
        len(file_on_template(large, source, facts_of_template(source).proposal.styles, BROUGHT))
        > LIMITS.file_bytes
    )


@pytest.mark.parametrize(
    ("kind", "code"),
    [("image", RefusalCode.LINKS_OUTSIDE), ("oleObject", RefusalCode.LINKS_OUTSIDE), ("macros", RefusalCode.MACROS),
     ("broken", RefusalCode.BROKEN), ("nostyles", RefusalCode.NO_STYLES), ("long", RefusalCode.TOO_LONG), ("text", RefusalCode.NOT_DOCX)],
)  # fmt: skip
def test_what_is_no_template_is_refused_with_a_reason(kind: str, code: RefusalCode) -> None:
    relation = (
        f'<Relationship Id="rX" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    )
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
        facts_of_template(files[kind]())
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
