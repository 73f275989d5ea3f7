"""Where a section without a heading begins in a document's own file that LibreOffice saved: its bookmark
begins too early there."""

from __future__ import annotations

import re
import uuid

import pytest

from documents.text import SectionTree, inline_text
from documents.word.file.guard import open_package
from documents.word.read.outline.decisions import Decision
from documents.word.read.read import read_package
from documents.word.review.cards import Kind
from documents.word.review.read import read_returned
from documents.word.source_patch.write import write_own_file
from documents.word.write.document_file import DocumentFile, Words
from documents.word.write.write import write_docx
from tests.support.documents.word.build import (
    HEADINGS,
    archive,
    heading,
    p,
    para,
    parts_of,
    section,
    word_file,
)
from tests.support.documents.word.own import document

CELLS = f"<w:tr><w:tc><w:tcPr/>{p('Task')}</w:tc></w:tr><w:tr><w:trPr/><w:tc><w:tcPr/>{p('Hotline')}</w:tc></w:tr>"
TABLE = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{CELLS}</w:tbl>'
SHAPE = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('In the box.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
BOXED = f"<w:p><w:r><w:t>Beside the box.</w:t></w:r>{SHAPE}</w:p>"
BETWEEN = re.compile(
    r"((?:<w:bookmark(?:Start|End) [^>]*/>){4})<w:p>(?=<w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t[^>]*>It is "
    r"kept)"
)


def sent(before: str) -> tuple[bytes, SectionTree]:
    """An own file in which a section without a heading begins behind ``before``."""
    source = word_file(
        heading("Form") + p("On this form:") + before + p("It is kept for five years.") + heading("End") + p("Once."),
        styles=HEADINGS,
    )  # fmt: skip
    package = open_package(source)
    paragraphs = list(package.xml(package.main).iter("{*}p"))
    at = next(
        i for i, one in enumerate(paragraphs) if "".join(map(str, one.itertext())).startswith("It is kept")
    )
    decisions = {at: Decision(2, "section", heading=False)}
    tree = read_package(package, decisions=decisions).tree
    assert [inline_text(section.text.body["heading"]) for section in tree] == ["Form", "", "End"]
    own = write_own_file(source, tree, [section.uid for section in tree], decisions=decisions)
    return own, tree


def begun_early(data: bytes, behind: str, *, again: bool = False) -> bytes:
    """As LibreOffice saves it: the bookmarks begin behind ``behind``; ``again``: and are written there and at
    their end once more."""
    text = document(data).decode()
    marks = BETWEEN.search(text)
    assert marks is not None and text.count(behind) == 1
    starts, ends = (
        "".join(re.findall(rf"<w:bookmark{side} [^>]*/>", marks[1])).replace('w:id="', 'w:id="7')
        for side in ("Start", "End")
    )
    there, here = starts, ends
    if again:
        there += (starts + ends).replace('w:id="', 'w:id="8')
        here = (starts + ends).replace('w:id="', 'w:id="9')
    text = text.replace(marks[0], f"<w:p>{here}").replace(behind, behind + there)
    return archive(parts_of(data) | {"word/document.xml": text.encode()})


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    ("before", "behind"),
    [(TABLE, "Hotline</w:t></w:r>"), (BOXED, "Beside the box.</w:t></w:r>"), (p("All."), "All.</w:t></w:r>")],
)
def test_its_bookmark_may_begin_in_what_stands_before_it(before: str, behind: str, again: bool) -> None:
    data, tree = sent(before)
    assert not read_returned(begun_early(data, behind, again=again), tree).review.cards


def test_it_stays_where_the_table_before_it_is_deleted() -> None:
    data, tree = sent(TABLE)
    data = begun_early(data, "Hotline</w:t></w:r>")
    gone = '<w:del w:id="990" w:author="A"/>'
    text = (
        document(data).decode().replace("<w:trPr/>", "").replace("<w:tr>", f"<w:tr><w:trPr>{gone}</w:trPr>")
    )
    (card,) = read_returned(archive(parts_of(data) | {"word/document.xml": text.encode()}), tree).review.cards
    assert card.kind == Kind.REMOVED and card.before["blocks"][0]["type"] == "table"


@pytest.mark.parametrize("kind", ["step", "callout"])
def test_it_stays_behind_a_step_or_a_box_in_a_file_written_whole(kind: str) -> None:
    around = {
        "type": kind,
        "attrs": {"title": "First"} if kind == "step" else {},
        "content": [para("In it.")],
    }
    uids = [str(uuid.UUID(int=number)) for number in range(1, 4)]
    tree = SectionTree(
        "en",
        "Procedures",
        (
            section(uids[0], 1, "chapter", "", "Form", para("On this form:"), around),
            section(uids[1], 1, "section", "", "", para("It is kept for five years.")),
            section(uids[2], 1, "chapter", "", "End", para("Once.")),
        ),
    )
    data = write_docx(DocumentFile(tree, words=Words("Contents", "Page", "Who", "Limit", "Mark", "Address")))
    text = document(data).decode()
    marks = re.search(r"((?:<w:bookmark(?:Start|End) [^>]*/>){4})<w:p>(?=<w:r><w:t[^>]*>It is kept)", text)
    assert marks is not None and text.count("In it.</w:t></w:r>") == 1
    starts, ends = ("".join(re.findall(rf"<w:bookmark{side} [^>]*/>", marks[1])) for side in ("Start", "End"))
    text = text.replace(marks[0], f"<w:p>{ends}").replace("In it.</w:t></w:r>", "In it.</w:t></w:r>" + starts)
    made = archive(parts_of(data) | {"word/document.xml": text.encode()})
    assert not read_returned(made, tree).review.cards
