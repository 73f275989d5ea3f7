"""Items of an own file count as the file's lists do; where that is not as the draft has it, the section is
named."""

from __future__ import annotations

import copy
from dataclasses import replace

from documents.text import SectionText, SectionTree
from tests.support.documents.docx.build import HEADINGS, abstract, heading, level, num, numbered, word_file
from tests.support.documents.docx.own import own, read

LEVELS = abstract(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"))


def without_first_item(tree: SectionTree) -> SectionTree:
    first, *rest = tree.sections
    body = copy.deepcopy(first.text.body)
    items = body["blocks"][0]["content"]
    del items[0]
    items[0]["attrs"]["label"] = "1."
    return replace(tree, sections=(replace(first, text=SectionText("", body)), *rest))


def test_a_section_whose_list_goes_on_from_another_one_is_named() -> None:
    data = word_file(
        heading("Мере") + numbered("прва") + numbered("друга") + heading("Рокови") + numbered("трећа"),
        styles=HEADINGS,
        numbering=LEVELS + num(1, 0),
    )
    tree = read(data)
    assert own(tree, data).differing == ()
    assert own(without_first_item(tree), data).differing == (tree.sections[1].uid,)
