"""What LibreOffice puts in without a mark of its own, and whose words it was that go over the end of a section."""

from __future__ import annotations

import re

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import accept
from documents.exports.own_file import export_own
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import edited, p
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, abstract, level, num, word_file

__all__ = ["drafter"]
pytestmark = pytest.mark.django_db
BY = 'w:author="Ana" w:date="2026-03-04T10:00:00Z"'
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
ITEMS = ["Прва ставка за рокот.", "Втора ставка за органите."]
SOURCE = word_file(
    p("Вовед", True)
    + p("Прв став овде стои.")
    + p("Последен став пред мерките.")
    + p("Мерки", True)
    + "".join(f"<w:p><w:pPr>{NUMBERED}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>" for words in ITEMS)
    + p("Крај на мерките."),
    styles=HEADINGS,
    numbering=abstract(0, level(0, "decimal", "%1.")) + num(1, 0),
)


def put_in(words: str) -> str:
    return f'<w:ins w:id="{600 + len(words)}" {BY}><w:r><w:t>{words}</w:t></w:r></w:ins>' if words else ""


def a_table(xml: str) -> str:
    _, at = paragraph(xml, "Прв став овде стои.")
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p>{put_in(words)}</w:p></w:tc>' for words in row)}</w:tr>"
        for row in (("Орган", ""), ("", "рок три дена"))
    )
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>"
    return xml[:at] + table + xml[at:]


def an_item(xml: str) -> str:
    _, at = paragraph(xml, ITEMS[0])
    return f"{xml[:at]}<w:p><w:pPr>{NUMBERED}</w:pPr>{put_in('Нова ставка.')}</w:p>{xml[at:]}"


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (a_table, ["Прв став овде стои.", "Орган", "рок три дена", "Последен став пред мерките."]),
        (an_item, [ITEMS[0], "Нова ставка.", ITEMS[1], "Крај на мерките."]),
    ],
)
def test_it_is_one_suggestion_at_its_place(drafter: User, change: object, lines: list[str]) -> None:
    draft = taken_in(drafter, SOURCE)
    back = edited(export_own(drafter, draft, "mk").data, change)  # type: ignore[arg-type]
    (found,) = bring_back(drafter, draft, "mk", back, "b.docx").suggestions.all()
    assert (found.old, found.author_name, found.tracked) == ("", "Ana", True)
    accept(drafter, found)
    assert lines in [section.text.plain.splitlines() for section in load_tree(draft, "mk")]


def test_a_table_that_is_put_in_empty_and_stays_it_is_no_suggestion(drafter: User) -> None:
    def empty(xml: str) -> str:
        return re.sub(r"<w:ins .*?</w:ins>", "", a_table(xml))

    draft = taken_in(drafter, SOURCE)
    back = edited(export_own(drafter, draft, "mk").data, empty)
    assert not bring_back(drafter, draft, "mk", back, "b.docx").suggestions.exists()


def test_who_deleted_over_the_end_of_a_section_is_named(drafter: User) -> None:
    def deleted(xml: str) -> str:
        mark = f'<w:rPr><w:del w:id="77" {BY}/></w:rPr></w:pPr>'
        for number, words in enumerate(("Последен став пред мерките.", "Мерки")):
            a, b = paragraph(xml, words)
            gone = f'<w:del w:id="{80 + number}" {BY}><w:r><w:delText>{words}</w:delText></w:r></w:del>'
            made = re.sub(r"<w:r>.*?</w:r>", gone, xml[a:b])
            made = (
                made.replace("</w:pPr>", mark, 1)
                if "</w:pPr>" in made
                else made.replace(">", f"><w:pPr>{mark}", 1)
            )
            xml = xml[:a] + made + xml[b:]
        return xml

    draft = taken_in(drafter, SOURCE)
    back = edited(export_own(drafter, draft, "mk").data, deleted)
    found = bring_back(drafter, draft, "mk", back, "b.docx").suggestions.all()
    assert {one.author_name for one in found} == {"Ana"}
    assert "Последен став пред мерките." in {one.old for one in found}
