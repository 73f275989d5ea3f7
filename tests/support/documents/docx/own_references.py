"""What several test files of documents/docx begin with: own references."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.support.documents.docx.build import HEADINGS, Json, heading, p, word_file
from tests.support.documents.docx.own import NUMBERING, document
from tests.support.documents.docx.own_notes import note
from tests.support.documents.docx.reader_unseen import field, text

WORDS = text("See section ") + "{}" + text(" below.")


REFERENCES = {
    "number": field(r"REF _Ref100 \r \h", "2"),
    "words": field("REF _Ref100", "Scope"),
    "page": field("PAGEREF _Ref100", "7"),
    "place": field(r"REF Mark \h", "the mark"),
    "simple": f'<w:fldSimple w:instr=" REF Mark ">{text("the mark")}</w:fldSimple>',
    "link field": field(r'HYPERLINK \l "Mark"', "the mark"),
    "link": f'<w:hyperlink w:anchor="_Ref100" w:history="1">{text("Scope")}</w:hyperlink>',
}


ENDNOTE = '<w:r><w:endnoteReference w:id="3"/></w:r>'


def line(reference: str, around: str = WORDS) -> str:
    return f'<w:p w:rsidR="00AB12CD"  >{around.format(reference)}</w:p>'


def source(*lines: str, endnote: str = note(3, "The law.", "endnote")) -> bytes:
    """A file of two sections. The second one's heading and some words in it have bookmarks."""
    ends = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>{2}<w:bookmarkEnd w:id="{0}"/>'
    scope = heading("").replace("</w:p>", ends.format(1, "_Ref100", text("Scope")) + "</w:p>")
    marked = f"<w:p>{text('Here is ')}{ends.format(2, 'Mark', text('the mark'))}{text('.')}</w:p>"
    body = heading("Aim") + "".join(lines) + scope + p("Words.") + marked
    return word_file(body, styles=HEADINGS, numbering=NUMBERING, endnotes=endnote)


def paragraph(data: bytes, words: str = "See section") -> str:
    """The paragraph of the file with these words."""
    (found,) = (one for one in re.findall(r"<w:p[ >].*?</w:p>", document(data).decode()) if words in one)
    return str(found)


def words(old: str, new: str) -> Callable[[Json], None]:
    """Changes letters in the first paragraph of a section."""

    def edit(body: Json) -> None:
        for one in body["blocks"][0]["content"]:
            if one["type"] == "text":
                one["text"] = one["text"].replace(old, new)
        body["blocks"][0]["content"] = [one for one in body["blocks"][0]["content"] if one.get("text") != ""]

    return edit


def lines(body: Json) -> list[str]:
    return ["".join(one.get("text", "") for one in block.get("content", [])) for block in body["blocks"]]
