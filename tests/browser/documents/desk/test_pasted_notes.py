"""Footnotes that are pasted from Word and LibreOffice become footnotes of the section."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from documents.text import body_text
from tests.support.documents.desk.browsing import TEXT, editor_body, save
from tests.support.documents.desk.fixtures import UID2, Desk, Open

MARK = (
    "<span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>"
)
MARKED = "<span class=MsoFootnoteReference><span lang=MK style='font-size:12.0pt'>[%d]</span></span><![endif]></span></span>"


def anchor(number: int, back: bool = False) -> str:
    here, there = (f"_ftn{number}", f"_ftnref{number}") if back else (f"_ftnref{number}", f"_ftn{number}")
    start = f'<a style=\'mso-footnote-id:ftn{number}\' href="#{there}" name="{here}" title="">'
    return start + MARK + MARKED % number + "</a>"


WORD_TEXT = f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoFootnoteText {{font-size:10.0pt}} --></style></head>
<body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><span lang=MK>Прво</span>{anchor(1)}<span lang=MK> и второ</span>{anchor(2)}.<o:p></o:p></p>
<!--EndFragment-->"""
WORD_NOTES = f"""<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>
<hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText>{anchor(1, back=True)}<span lang=MK> Службен <b>весник</b>.</span><o:p></o:p></p>
<p class=MsoFootnoteText><span lang=MK>Втор пасус.</span><o:p></o:p></p></div>
<div style='mso-element:footnote' id=ftn2>
<p class=MsoFootnoteText>{anchor(2, back=True)}<span lang=MK> Исто.</span><o:p></o:p></p></div></div></body></html>"""
LIBREOFFICE = """<html><body lang="mk-MK" dir="ltr"><p style="line-height: 100%">
Прво<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> и
второ<a class="sdendnoteanc" name="sdendnote1anc" href="#sdendnote1sym"><sup>i</sup></a>.</p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>
Службен <b>весник</b>.</p><p class="sdfootnote">Втор пасус.</p></div>
<div id="sdendnote1"><p class="sdendnote"><a class="sdendnotesym" name="sdendnote1sym" href="#sdendnote1anc">i</a>
Исто.</p></div></body></html>"""


def paste(page: Page, html: str) -> None:
    page.locator(f"{TEXT} [data-body] > p").first.click()
    page.keyboard.press("Control+a")
    page.evaluate(
        """(html) => {
            const data = new DataTransfer()
            data.setData('text/html', html)
            document.querySelector('[data-text] .pm').dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
        }""",
        html,
    )


@pytest.mark.parametrize("html", [WORD_TEXT + WORD_NOTES, LIBREOFFICE], ids=["word", "libreoffice"])
def test_pasted_footnotes_stay_footnotes(desk_here: Desk, opened: Open, html: str) -> None:
    page = opened(desk_here.drafter, desk_here.section(uid=UID2))
    paste(page, html)
    expect(page.locator(f"{TEXT} .pm-footnote")).to_have_count(2)
    save(page)
    kept = desk_here.row(UID2).body_mk
    (line,) = kept["blocks"]
    assert [node["type"] for node in line["content"]] == ["text", "note", "text", "note", "text"]
    ids = [node["attrs"]["id"] for node in line["content"] if node["type"] == "note"]
    first, second = (kept["notes"][one] for one in ids)
    assert body_text({"blocks": first}) == "Службен весник.\nВтор пасус."
    assert {"type": "text", "text": "весник", "marks": [{"type": "bold"}]} in first[0]["content"]
    assert body_text({"blocks": second}) == "Исто."
    page.keyboard.press("Control+z")
    assert editor_body(page)["notes"] == {}
    page.keyboard.press("Control+y")
    assert editor_body(page) == kept


def test_a_footnote_without_its_text_keeps_its_place_and_is_told(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section(uid=UID2))
    paste(page, WORD_TEXT)
    expect(page.locator("[data-status]")).to_contain_text("Some footnotes came without their text.")
    assert list(editor_body(page)["notes"].values()) == [[], []]
