"""What in a Word file fetches or starts something: it is found and taken out, and what it shows stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.word import FindingCode
from documents.word.file import ns
from documents.word.file.active import without_active
from documents.word.file.guard import open_package
from documents.word.read.files import clean_file, read_file
from documents.word.read.read import read_package
from tests.support.documents.word.build import NAMES, OFFICE, archive, p, parts_of, relationships, word_file


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def mark(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def field(*instruction: str, shown: str = "x") -> str:
    written = "".join(
        one if one.startswith("<") else run(f"<w:instrText>{one}</w:instrText>") for one in instruction
    )
    return mark("begin") + written + mark("separate") + run(f"<w:t>{shown}</w:t>") + mark("end")


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def outside(kind: str, name: str = "rX") -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}{kind}" Target="http://evil.example/x" TargetMode="External"/>'


def box(inner: str) -> str:
    return run(
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


FIELDS = {
    "plain": field(' DDEAUTO c:\\cmd.exe "/k calc" '),
    "in small letters": field(" includepicture http://evil.example/x "),
    "in pieces": field(" DD", "EAU", "TO cmd "),
    "simple": '<w:fldSimple w:instr=" INCLUDETEXT http://evil.example/x "><w:r><w:t>x</w:t></w:r></w:fldSimple>',
    "made by another": field(field(" QUOTE 68 68 69 ", shown="DDE"), " cmd "),
    "half made by another": field(" DD", field(" QUOTE 69 ", shown="E"), " cmd "),
    "within another": field(" IF 1 = 1 ", field(" LINK evil.example "), ' "b" '),
    "without an end": mark("begin") + run("<w:instrText>DDE cmd</w:instrText>"),
    "deleted": field("<w:del w:id='1'><w:r><w:delInstrText>DDE cmd</w:delInstrText></w:r></w:del>"),
    "behind a box that ends it": mark("begin") + box(paragraph(mark("end"))) + run("<w:instrText>DDE cmd</w:instrText>") + mark("separate"),
    "a second one in an instruction": field(" PAGE ", "DDE cmd"),
    "in an element of the instruction": field("<w:r><w:instrText> <w:t>DDE cmd</w:t></w:instrText></w:r>"),
    "around a comment": field(" DD<!-- -->E cmd"),
    "behind a sign that nobody sees": field(" \u200bDDE cmd"),
    "with such signs in it": field(" D\u200b\u2060D\u00adE cmd"),
    "behind a backslash": field(" \\DDE cmd"),
    "with a backslash in it": field(" DD\\E cmd"),
    "before a backslash": field(" DDE\\a cmd"),
    "in quotation marks": field(" “DDE” cmd"),
}  # fmt: skip
LOUD = (b"evil.example", b"DDE", b"cmd", b"INCLUDE", b"LINK", b"includepicture")


def test_active_fields_go_and_what_they_show_stays() -> None:
    for name, made in FIELDS.items():
        data = word_file(p("Прв.") + paragraph(made) + p("Краен."))
        document = parts_of(without_active(data))["word/document.xml"].replace(b"<w:t>DDE</w:t>", b"")
        assert not [word for word in LOUD if word in document], name
        assert "Прв.".encode() in document and "Краен.".encode() in document, name
        assert (b"<w:t>x</w:t>" in document) == (b"<w:t>x</w:t>" in parts_of(data)["word/document.xml"]), name


def test_other_parts_and_links_outside() -> None:
    fields = paragraph(FIELDS["plain"])
    body = (
        p("x")
        + '<w:altChunk r:id="rA"/>'
        + paragraph(run('<w:pict><v:imagedata src="http://evil.example/x"/></w:pict>'))
    )
    settings = f"<w:settings {NAMES}><w:mailMerge><w:query w:val='evil.example'/></w:mailMerge><w:zoom w:percent='9'/></w:settings>"
    data = word_file(
        body,
        footnotes=f'<w:footnote w:id="1">{fields}</w:footnote>',
        relations="".join(
            outside(kind, f"r{at}") for at, kind in enumerate(("oleObject", "image", "frame", "subDocument"))
        ),
        parts={
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": relationships(outside("attachedTemplate")),
            "word/header1.dat": f"<w:hdr {NAMES}>{fields}</w:hdr>".encode("utf-16"),
            "customXml/item1.xml": "<control",
        },
        types={"word/header1.dat": "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"},
    )  # fmt: skip
    parts = parts_of(without_active(data))
    assert not [(name, word) for name, part in parts.items() for word in LOUD if word in part]
    assert (
        b"DDE" not in parts["word/header1.dat"].replace(b"\0", b"") and b"zoom" in parts["word/settings.xml"]
    )
    assert b"altChunk" not in parts["word/document.xml"]
    assert parts["word/_rels/settings.xml.rels"].count(b'Target="NULL"') == 1


def numbered(data: bytes, namespace: str) -> bytes:
    """The file with one letter of that namespace written as its number, wherever it is declared."""
    assert namespace.encode() in parts_of(data)["word/document.xml"]
    written = f"{namespace[:3]}&#{ord(namespace[3])};{namespace[4:]}".encode()
    return archive({name: part.replace(namespace.encode(), written) for name, part in parts_of(data).items()})


def test_a_namespace_in_numbers_hides_nothing() -> None:
    picture = paragraph(run('<w:pict><v:imagedata src="http://evil.example/x"/></w:pict>'))
    data = numbered(word_file(p("Прв.") + picture), ns.V)
    document = parts_of(without_active(data))["word/document.xml"]
    assert "Прв.".encode() in document and b"evil.example" not in document
    harmless = numbered(word_file(p("Прв. &#169;")), ns.V)
    assert without_active(harmless) == harmless


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_strict_namespace_in_numbers_or_other_letters_hides_nothing(encoding: str) -> None:
    parts = parts_of(word_file(p("Прв.") + paragraph(FIELDS["plain"])))
    document = parts["word/document.xml"].replace(ns.W.encode(), ns.STRICT[0][0])
    strict = archive(parts | {"word/document.xml": document.decode().encode(encoding)})
    data = numbered(strict, ns.STRICT[0][0].decode()) if encoding == "utf-8" else strict
    document = parts_of(without_active(data))["word/document.xml"]
    assert "Прв.".encode() in document and not [word for word in LOUD if word in document]
    assert read_package(open_package(data)).tree.sections[0].text.plain


def test_a_harmless_file_stays_byte_for_byte(tmp_path: Path) -> None:
    link = outside("hyperlink")
    data = word_file(
        paragraph('<w:hyperlink r:id="rX"><w:r><w:t>x</w:t></w:r></w:hyperlink>')
        + paragraph(
            field(" PAGE ") + field(" IF ", field(" PAGE "), " = 1 ") + field(' HYPERLINK "https://x" ')
        ),
        relations=link,
    )
    assert without_active(data) == clean_file(data) == data
    path = tmp_path / "a.docx"
    for one, count in ((data, 0), (word_file(paragraph(FIELDS["plain"])), 1)):
        path.write_bytes(one)
        assert read_file(path).report.count(FindingCode.ACTIVE) == count


@pytest.mark.parametrize("name", ["plain", "in pieces", "simple", "within another"])
def test_the_text_reads_the_same(name: str) -> None:
    data = word_file(paragraph(FIELDS[name]) + p("Краен."))
    before, after = (read_package(open_package(one)).tree for one in (data, without_active(data)))
    assert [one.text.plain for one in before] == [one.text.plain for one in after]
