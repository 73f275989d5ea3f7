"""What is opened for a redline: contents with an alternate, fields in fields, a deleted text that was
inserted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from tests.support.documents.word.build import archive, parts_of, word_file
from tests.support.documents.word.redline import both, lines, p, r
from tests.support.services.office import Office


def either(shown: str, other: str) -> str:
    return (
        f"<mc:AlternateContent><mc:Choice "
        f'Requires="wps">{shown}</mc:Choice><mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>'
    )


FIELD = '<w:fldSimple w:instr=" {} ">{}</w:fldSimple>'
NESTED = FIELD.format(
    "QUOTE",
    FIELD.format("PAGE", r("7"))
    + r(" од ")
    + f'<w:hyperlink w:anchor="a">{r("10")}</w:hyperlink>'
    + r(" страна"),
)
PLAIN = p("Први став.") + p("Други став.") + p("Крај.")
PAIRS = {
    "blocks": (p("Први став.") + either(p("Изабран став."), p("Резервни став.")) + p("Крај."), ["Први став.", "Изабран став.", "Крај."]),
    "runs": (p("Први став.") + p(either(r("Изабране речи"), r("Резервне речи")), " и још.") + p("Крај."), ["Први став.", "Изабране речи и још.", "Крај."]),
    "fields": (p("Први став.") + p(NESTED) + p("Крај."), ["Први став.", "7 од 10 страна", "Крај."]),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_shown_comes_and_goes(name: str, tmp_path: Path) -> None:
    body, shown = PAIRS[name]
    one, other = word_file(body), word_file(PLAIN)
    for old, new, meant in ((one, other, (lines(other), shown)), (other, one, (shown, lines(other)))):
        data = redline(open_package(old), open_package(new))
        assert both(data) == meant
        found = []
        for content in (data, old, new):
            (tmp_path / "one.docx").write_bytes(content)
            found.append(len(OpenXmlValidator().validate(tmp_path / "one.docx").errors))
        assert found[0] <= max(found[1:])


def test_libreoffice_reads_the_same(writer: Office, tmp_path: Path) -> None:
    paths = []
    for name in ("blocks", "runs"):
        one, other = word_file(PAIRS[name][0]), word_file(PLAIN)
        for number, (old, new) in enumerate(((one, other), (other, one))):
            made = redline(open_package(old), open_package(new))
            for kind, data in (("old", old), ("new", new), ("red", made)):
                paths.append(tmp_path / f"{name}{number}.{kind}.docx")
                paths[-1].write_bytes(data)
    texts = writer.resolve(paths)
    for at in range(0, len(paths), 3):
        old_text, new_text, settled = texts[at : at + 3]
        assert old_text and new_text and settled
        assert settled == (new_text[0], old_text[0]), paths[at].name


def test_a_deleted_text_that_was_inserted_is_none() -> None:
    stray = (
        '<w:ins w:id="1" w:author="a" '
        'w:date="2026-05-01T09:00:00Z"><w:r><w:delText>избрисано</w:delText></w:r></w:ins>'
    )
    file = word_file(p("Став ", stray, "остаје.") + p("Крај."))
    assert b"delText" not in parts_of(resolve(open_package(file), accept=True))["word/document.xml"]
    made = redline(open_package(file), open_package(word_file(p("Крај."))))
    assert both(made)[1] == ["Став остаје.", "Крај."]


def test_a_drawing_that_comes_along_names_what_it_requires() -> None:
    """Word opens no file in which a choice requires a prefix of nothing."""
    box = either('<w:drawing><wp:inline><wp:docPr id="1" name="n"/></wp:inline></w:drawing>', "<w:pict/>")
    old = word_file(p("Први став.") + p(f"<w:r>{box}</w:r>") + p("Крај."))
    bare = parts_of(word_file(PLAIN))
    bare["word/document.xml"] = re.sub(rb' xmlns:(?!w=|r=)\w+="[^"]*"', b"", bare["word/document.xml"])
    made = open_package(redline(open_package(old), open_package(archive(bare))))
    (choice,) = made.xml("word/document.xml").iter(f"{{{ns.MC}}}Choice")
    assert choice.nsmap["wps"] == "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def row(words: str) -> str:
    return f"<w:tr><w:tc><w:tcPr/>{p(words)}</w:tc></w:tr>"


def test_rows_that_have_an_alternate_come_and_go() -> None:
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
    table = f"<w:tbl>{grid}{row('Први ред')}{either(row('Изабран ред'), row('Резервни ред'))}</w:tbl>"
    one, other = word_file(p("Први став.") + table + p("Крај.")), word_file(PLAIN)
    shown = ["Први став.", "Први ред", "Изабран ред", "Крај."]
    for old, new, meant in ((one, other, (lines(other), shown)), (other, one, (shown, lines(other)))):
        assert both(redline(open_package(old), open_package(new))) == meant


def test_what_stands_in_an_element_whose_content_counts_comes_and_goes() -> None:
    wrap = f"<zz:wrap>{p('In a wrap.')}</zz:wrap><w:p><zz:word>{r('Wrapped')}</zz:word></w:p>"
    plain = word_file(p("Start.") + p("End."))
    document = parts_of(word_file(p("Start.") + wrap.replace("zz:", "w:") + p("End.")))[
        "word/document.xml"
    ].decode()
    document = document.replace("w:wrap", "zz:wrap").replace("w:word>", "zz:word>")
    document = document.replace(
        "<w:document ",
        '<w:document xmlns:zz="urn:zz" mc:Ignorable="zz" mc:ProcessContent="zz:wrap zz:word" ',
        1,
    )
    wrapped = word_file("", parts={"word/document.xml": document})
    shown = {id(plain): ["Start.", "End."], id(wrapped): ["Start.", "In a wrap.", "Wrapped", "End."]}
    for old, new in ((wrapped, plain), (plain, wrapped)):
        assert both(redline(open_package(old), open_package(new))) == (shown[id(new)], shown[id(old)])
