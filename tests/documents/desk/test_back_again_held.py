"""A section whose bookmarks a tracked change holds, where LibreOffice writes them, is the draft's, though its text moved on."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.save_section import save_section
from documents.exports.own_file import export_own
from documents.models import Edition, Section
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import edited, p
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, word_file

__all__ = ["drafter"]
pytestmark = pytest.mark.django_db
BY = 'w:author="Ana" w:date="2026-03-04T10:00:00Z"'
FIRST, OTHER = "Единствен став на целиот текст овде стои.", "Втор став исто така стои овде."
MARKS = re.compile(r"<w:bookmark(?:Start|End)[^>]*/>")


def text(words: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": words}]


def written(by: User, draft: Edition, at: int, heading: str, *words: str) -> None:
    section = load_tree(draft, "mk").sections[at]
    body = copy.deepcopy(section.text.body)
    body["heading"] = text(heading) if heading else []
    body["blocks"] = [{"type": "paragraph", "content": text(line)} for line in words]
    state = Section.objects.get(edition=draft, uid=section.uid).text_hash_mk
    save_section(by, draft, section.uid, "mk", body, state)


def test_a_text_whose_first_paragraph_was_moved(drafter: User) -> None:
    def moved(xml: str) -> str:
        marks, xml = "".join(MARKS.findall(xml)), MARKS.sub("", xml)
        a, b = paragraph(xml, FIRST)
        came, went = (
            f'<w:p><w:pPr><w:rPr><w:{tag} w:id="{n}" {BY}/></w:rPr></w:pPr><w:{tag} w:id="{n + 1}" {BY}>'
            f"{inside}<w:r><w:t>{FIRST}</w:t></w:r></w:{tag}></w:p>"
            for tag, n, inside in (("moveTo", 40, marks), ("moveFrom", 30, ""))
        )
        return xml[:a] + came + went + xml[b:].replace("исто така", "секако")

    draft = taken_in(drafter, word_file(p(FIRST) + p(OTHER), styles=HEADINGS))
    out = export_own(drafter, draft, "mk").data
    written(drafter, draft, 0, "", "Сасвим други зборови сега.", OTHER)
    found = bring_back(drafter, draft, "mk", edited(out, moved), "b.docx").suggestions.order_by("pk")
    assert [(one.kind, one.old, one.new) for one in found] == [("changed", "исто така", "секако")]


def test_a_heading_that_begins_with_words_put_in(drafter: User) -> None:
    def begun(xml: str) -> str:
        a, b = paragraph(xml, "Мерки")
        start = MARKS.search(xml[:a] + xml[a:b], xml.rfind("</w:p>", 0, a))
        assert start is not None
        marks = "".join(MARKS.findall(xml[start.start() : b]))
        heading = MARKS.sub("", xml[start.start() : b])
        new = f'<w:ins w:id="50" {BY}>{marks}<w:r><w:t xml:space="preserve">Нови </w:t></w:r></w:ins><w:r>'
        return xml[: start.start()] + heading.replace("<w:r>", new, 1) + xml[b:]

    source = p("Вовед", True) + p("Прв став.") + p("Мерки", True) + p("Мерките важат за сите органи.")
    draft = taken_in(drafter, word_file(source, styles=HEADINGS))
    uid = load_tree(draft, "mk").sections[1].uid
    out = export_own(drafter, draft, "mk").data
    written(drafter, draft, 1, "Сосема друг наслов", "Сите зборови се други сега тука.")
    found = bring_back(drafter, draft, "mk", edited(out, begun), "b.docx").suggestions.order_by("pk")
    assert [(one.kind, one.old, one.new, str(one.uid)) for one in found] == [
        ("heading", "Мерки", "Нови Мерки", uid)
    ]
