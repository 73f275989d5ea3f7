"""Text boxes of a document's own file: the paragraph that one hangs on may go or change, its words stay."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from documents.text import body_text, inline_text
from tests.support.documents.word.build import HEADINGS, heading, p, word_file
from tests.support.documents.word.own import NUMBERING, document, own, read, same

W14 = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


def box(words: str) -> str:
    content = f"<w:txbxContent>{p(words)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent {W14}><mc:Choice {WPS} "
        f'Requires="wps"><w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx>'
        f"</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect><v:textbox>{content}</v:textbox></v:rect></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


STAMP = (
    f"<w:r><w:pict "
    f"{W14}><v:rect><v:textbox><w:txbxContent>{p('Stamp')}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
)
SOURCE = word_file(
    heading("Aims")
    + f"<w:p>{run('Call the ')}{box('Line 116')}{run('team.')}</w:p>"
    + p("Then write.")
    + f"<w:p>{STAMP}</w:p>"
    + heading("Steps")
    + f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("Signs")}{box("On the door")}</w:p>',
    styles=HEADINGS,
)


def words(block: dict[str, Any]) -> str:
    return inline_text(block.get("content") or [])


def edited(gone: str = "", new: dict[str, str] | None = None) -> Any:
    """The text without the paragraph ``gone``, and with the paragraphs of ``new`` in place of others."""
    tree = read(SOURCE)
    sections = []
    for section in tree:
        body = copy.deepcopy(section.text.body)
        body["blocks"] = [block for block in body["blocks"] if words(block) != gone]
        for block in body["blocks"]:
            block.get("attrs", {}).pop("ooxml", None)
            if words(block) in (new or {}):
                block["content"] = [{"type": "text", "text": (new or {})[words(block)]}]
        sections.append(replace(section, text=replace(section.text, body=body)))
    return replace(tree, sections=tuple(sections))


@pytest.mark.parametrize("gone", ["Call the team.", "Line 116", "Stamp", "On the door"])
def test_a_paragraph_goes_and_the_box_on_it_stays_or_the_other_way_round(gone: str) -> None:
    wanted = edited(gone)
    made = own(wanted, SOURCE)
    same(made, wanted)


@pytest.mark.parametrize("old", ["Call the team.", "Line 116", "Stamp"])
def test_words_are_changed_beside_a_box_and_in_it(old: str) -> None:
    wanted = edited(new={old: "Quite other words"})
    made = own(wanted, SOURCE)
    same(made, wanted)
    assert old.encode() not in document(made), "nor do older programs show what was there"


def test_a_heading_goes_and_the_box_on_it_stays() -> None:
    tree = read(SOURCE)
    first, steps, signs = tree.sections
    body = {**steps.text.body, "blocks": [*steps.text.body["blocks"], *signs.text.body["blocks"]]}
    joined = replace(tree, sections=(first, replace(steps, text=replace(steps.text, body=body))))
    made = own(joined, SOURCE, [section.uid for section in tree])
    assert [words(block) for block in read(made).sections[1].text.body["blocks"]] == ["On the door"]


ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
LIST = word_file(
    heading("Aims")
    + f"<w:p><w:pPr>{ITEM}</w:pPr>{run('trust;')}{box('Note: secret')}</w:p>"
    + p("speed;", ITEM)
    + p("skill.", ITEM),
    styles=HEADINGS,
    numbering=NUMBERING,
)


@pytest.mark.parametrize("order", [(), (1, 2), (0, 2), (1, 0, 2), (1, 2, 0)])
def test_a_box_on_an_item_stays_goes_and_moves_with_it(order: tuple[int, ...]) -> None:
    tree = read(LIST)
    (section,) = tree.sections
    body = copy.deepcopy(section.text.body)
    (items,) = body["blocks"]
    items.get("attrs", {}).pop("ooxml", None)
    items["content"] = [items["content"][place] for place in order]
    body["blocks"] = [items] if order else []
    wanted = replace(tree, sections=(replace(section, text=replace(section.text, body=body)),))
    said = body_text(read(own(wanted, LIST)).sections[0].text.body)
    assert said == body_text(body)
    assert said.count("Note: secret") == (0 in order)
