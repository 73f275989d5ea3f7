"""The notes of an own file: each has the words of the draft, whatever becomes of those beside it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from documents.text import SectionText, body_text, normalise_body
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import (
    HEADINGS,
    Json,
    heading,
    item,
    listing,
    p,
    para,
    parts_of,
    read,
    word_file,
)
from tests.support.documents.word.own_notes import cells, note

SIGNS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{at}"><w:p/></w:footnote>'
    for at, kind in enumerate(("separator", "continuationSeparator"))
)
IBID = "Ибид., стр. 4."
Edit = Callable[[Json], None]


def referring(words: str, *ids: int, kind: str = "footnote") -> str:
    signs = "".join(f'<w:r><w:{kind}Reference w:id="{at}"/></w:r>' for at in ids)
    return p(words).replace("</w:p>", f"{signs}</w:p>")


NOTES = {number: f"Белешка {number} стои тука." for number in (2, 3, 4)}
PLACES = {
    "paragraphs": "".join(referring(f"Став {at}", at) for at in NOTES),
    "cells": cells(*(referring(f"Поле {at}", at) for at in NOTES)) + p("Крај"),
    "one paragraph": referring("Став", *NOTES),
}


def source(body: str, notes: dict[int, str]) -> bytes:
    written = SIGNS + "".join(note(at, words) for at, words in notes.items())
    return word_file(heading("Опсег") + body, styles=HEADINGS, footnotes=written)


def own(data: bytes, *edits: Edit) -> tuple[bytes, list[str], list[str]]:
    """The own file with a section's body changed, the words of its notes in turn as they should be and as
    they are read."""
    tree = read(data).tree
    (section,) = tree
    body = copy.deepcopy(section.text.body)
    for edit in edits:
        edit(body)
    text = SectionText(section.text.label, normalise_body(body))
    made = write_own_file(data, replace(tree, sections=(replace(section, text=text),)), [section.uid])
    return made, notes_in(text.body), notes_in(read(made).tree.sections[0].text.body)


def notes_in(body: Json) -> list[str]:
    return [body_text({"blocks": blocks}) for blocks in body["notes"].values()]


def say(name: str, *blocks: Json) -> Edit:
    return lambda body: body["notes"].update({name: list(blocks)})


def put(name: str, block: int, words: str) -> Edit:
    def edit(body: Json) -> None:
        body["blocks"][block]["content"].insert(1, {"type": "note", "attrs": {"id": name}})
        say(name, para(words))(body)

    return edit


def out(name: str) -> Edit:
    def edit(body: Json) -> None:
        body["blocks"] = without(body["blocks"])
        del body["notes"][name]

    def without(value: Any) -> Any:
        if isinstance(value, list):
            return [without(one) for one in value if (one.get("attrs") or {}).get("id") != name]
        return value | {"content": without(value["content"])} if "content" in value else value

    return edit


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("said", "gone"), [("n1", "n2"), ("n1", "n3"), ("n2", "n1"), ("n3", "n1")])
def test_a_note_is_changed_where_another_one_goes(place: str, said: str, gone: str) -> None:
    _, wanted, found = own(source(PLACES[place], NOTES), say(said, para("Други зборови.")), out(gone))
    assert found == wanted and "Други зборови." in found and len(found) == 2


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_that_has_other_paragraphs_is_written_anew_behind_its_sign(kind: str) -> None:
    signs, written = SIGNS.replace("footnote", kind), note(2, "Само еден став.", kind)
    body = heading("Опсег") + referring("Став", 2, kind=kind)
    data = word_file(body, styles=HEADINGS, **{f"{kind}s": signs + written})  # type: ignore[arg-type]
    blocks = para("Прв став."), para("Втор став."), listing(False, item("•", para("точка")))
    made, wanted, found = own(data, say("n1", *blocks))
    assert found == wanted == ["Прв став.\nВтор став.\nточка"]
    part = parts_of(made)[f"word/{kind}s.xml"].decode()
    assert part.count(f"<w:{kind}Ref/>") == 1


def test_a_link_in_an_endnote_is_a_relationship_of_the_endnotes() -> None:
    signs = SIGNS.replace("footnote", "endnote") + note(2, "Види", "endnote")
    data = word_file(heading("Опсег") + referring("Став", 2, kind="endnote"), styles=HEADINGS, endnotes=signs)
    mark = {"type": "link", "attrs": {"href": "https://example.org/закон"}}
    linked = para("Види ", {"type": "text", "text": "таму", "marks": [mark]})
    made, _, _ = own(data, say("n1", linked))
    assert read(made).tree.sections[0].text.body["notes"] == {"n1": [linked]}
    assert b"example.org" in parts_of(made)["word/_rels/endnotes.xml.rels"]


def test_a_new_note_is_not_shown_by_a_reference_that_led_to_none() -> None:
    data = source(referring("Прв", 2) + referring("Втор", 3), {2: IBID})
    _, wanted, found = own(data, put("new", 0, "Сосем нова."))
    assert found == wanted and len(found) == 2
