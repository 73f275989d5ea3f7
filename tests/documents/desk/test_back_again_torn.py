"""A list to whose items LibreOffice gave a definition each is one list: what was deleted in it goes, and stands nowhere twice."""

from __future__ import annotations

import re

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.exports.own_file import export_own
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import edited, p
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, abstract, level, num, word_file

__all__ = ["drafter"]
pytestmark = pytest.mark.django_db
WORDS = ["бројот на лица;", "видот на експлоатацијата;", "услугите;", "тешкотиите во соработката."]


def item(words: str) -> str:
    numbers = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{numbers}<w:r><w:t>{words}</w:t></w:r></w:p>"


def torn(text: str, *, joined: bool) -> str:
    for number, words in enumerate(WORDS, 2):
        a, b = paragraph(text, words)
        made = re.sub(r'<w:numId w:val="\d+"/>', f'<w:numId w:val="{number}"/>', text[a:b])
        if joined and number == 2:
            mark = '<w:rPr><w:del w:id="77" w:author="Ana" w:date="2026-03-04T10:00:00Z"/></w:rPr></w:pPr>'
            made = made.replace("</w:pPr>", mark, 1)
        text = text[:a] + made + text[b:]
    return text


@pytest.mark.parametrize("sign", [("bullet", "•"), ("decimal", "%1.")])
@pytest.mark.parametrize("joined", [False, True])
def test_a_torn_list_is_one(drafter: User, sign: tuple[str, str], joined: bool) -> None:
    numbering = "".join(abstract(n, level(0, *sign)) for n in range(5))
    numbering += "".join(num(n + 1, n) for n in range(5))
    source = p("Извештаи", True) + p("Извештајот содржи:") + "".join(map(item, WORDS)) + p("Крај.")
    draft = taken_in(drafter, word_file(source, styles=HEADINGS, numbering=numbering))
    back = edited(export_own(drafter, draft, "mk").data, lambda text: torn(text, joined=joined))
    found = list(bring_back(drafter, draft, "mk", back, "b.docx").suggestions.order_by("pk"))
    assert {one.author_name for one in found} == ({"Ana"} if joined else set())
    assert decide_all(drafter, found, "accept") == []
    lines = load_tree(draft, "mk").sections[0].text.plain.splitlines()[1:-1]
    assert lines == ([WORDS[0] + WORDS[1], *WORDS[2:]] if joined else WORDS)
