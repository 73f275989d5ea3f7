"""Slots, codes, XLIFF and the bilingual table: what goes out comes back as it was, whatever is in it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.text import normalise_body
from documents.translation.codes import Codes, Piece, UnknownCode
from documents.translation.exchange import Exchange, NotReadable, ReceivedFile, SectionUnits, section_units
from documents.translation.memory import Pair, offers, pairs_of
from documents.translation.slots import fill, slots
from documents.translation.xliff import read_xliff, write_xliff
from documents.word.languages.bilingual import Words, read_bilingual, write_bilingual
from tests.support.properties import examples

UID = "00000000-0000-4000-8000-000000000001"
WORDS = Words("Macedonian", "Albanian", "Fill in the third column.")


def text(words: str, *marks: Any) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"marks": list(marks)} if marks else {})


BOLD = {"type": "bold"}
LINK = {"type": "link", "attrs": {"href": "https://example.org/x"}}
RICH = normalise_body(
    {
        "heading": [text("Прва помош")],
        "blocks": [
            {
                "type": "paragraph",
                "attrs": {"ooxml": "a" * 64},
                "content": [
                    text("Видете "),
                    text("закон", BOLD, LINK),
                    text(" и", LINK),
                    {"type": "break"},
                    text("член 5 "),
                    {"type": "note", "attrs": {"id": "n1"}},
                ],
            },
            {
                "type": "step",
                "attrs": {"title": "Јави", "who": "Полиција", "limit": "2 часа"},
                "content": [
                    {
                        "type": "list",
                        "content": [
                            {
                                "type": "item",
                                "attrs": {"label": "а)"},
                                "content": [{"type": "paragraph", "content": [text("прво")]}],
                            }
                        ],
                    }
                ],
            },
            {
                "type": "table",
                "content": [
                    {
                        "type": "row",
                        "content": [
                            {
                                "type": "cell",
                                "attrs": {"colspan": 2},
                                "content": [{"type": "paragraph", "content": [text("ќелија < & >")]}],
                            },
                            {"type": "cell", "content": [{"type": "paragraph", "content": []}]},
                        ],
                    }
                ],
            },
            {"type": "opaque", "attrs": {"kind": "math", "text": "x = 1"}},
        ],
        "notes": {"n1": [{"type": "paragraph", "content": [text("Белешка.")]}]},
    }
)


def exchange(*sections: SectionUnits) -> Exchange:
    return Exchange("mk/sop/2", "Процедури", "mk", "sq", "mk", "sq", sections)


def there_and_back(out: Exchange, way: str) -> ReceivedFile:
    if way == "xliff":
        return read_xliff(write_xliff(out))
    return read_bilingual(write_bilingual(out, WORDS))


def test_the_table_keeps_its_room_for_the_words_in_every_program() -> None:
    section = section_units(
        UID, "1", RICH, RICH, heading="Прва помош", source_hash="a" * 64, target_hash="b" * 64
    )
    table = Document(io.BytesIO(write_bilingual(exchange(section), WORDS))).tables[0]
    grid = [column.width for column in table.columns]
    assert grid == [cell.width for cell in table.rows[0].cells]
    assert [round(width.cm, 1) for width in grid] == [2, 12.3, 12.3]


def test_marks_are_hidden_and_a_file_that_shows_them_is_read_too() -> None:
    section = section_units(
        UID, "1", RICH, RICH, heading="Прва помош", source_hash="a" * 64, target_hash="b" * 64
    )
    document = Document(io.BytesIO(write_bilingual(exchange(section), WORDS)))
    cells = [cell for row in document.tables[0].rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    marks = [run for p in paragraphs for run in p.runs if "§" in run.text]
    assert marks and all(run.font.hidden for run in marks)
    for run in marks:
        run.font.hidden = None
    shown = io.BytesIO()
    document.save(shown)
    assert [one.uid for one in read_bilingual(shown.getvalue()).sections] == [UID]


@pytest.mark.parametrize("way", ["xliff", "bilingual"])
def test_a_rich_section_comes_back_as_it_was(way: str) -> None:
    section = section_units(
        UID, "1", RICH, RICH, heading="Прва помош", source_hash="a" * 64, target_hash="b" * 64
    )
    received = there_and_back(exchange(section), way)
    assert (received.original, received.source_tag, received.target_tag) == ("mk/sop/2", "mk", "sq")
    (one,) = received.sections
    assert one.uid == UID
    assert ("a" * 64).startswith(one.source_hash) and ("b" * 64).startswith(one.target_hash)
    texts = {unit.name: unit.codes.decode(one.units[unit.name], unit.source_pieces) for unit in section.units}
    again = normalise_body(fill(RICH, texts))
    assert dict(slots(again)) == dict(slots(RICH))
    assert "ooxml" not in str(again)
    assert again["blocks"][1:] == RICH["blocks"][1:]


def test_slots_name_every_place_that_holds_words_and_no_other() -> None:
    assert [name for name, _ in slots(RICH)] == [
        "h",
        "b0",
        "b1-title",
        "b1-who",
        "b1-limit",
        "b1.0.0.0",
        "b2.0.0.0",
        "n-n1.0",
    ]


def test_the_file_is_xliff_with_valid_names() -> None:
    data = write_xliff(exchange(section_units(UID, "1", RICH, None, source_hash="a" * 64)))
    root = etree.fromstring(data)
    assert root.get("version") == "2.1"
    assert root.get("srcLang") == "mk"
    ids = [node.get("id") for node in root.iter("{*}unit")]
    assert len(ids) == len(set(ids)) == 8
    assert not list(root.iter("{*}target"))
    assert read_xliff(data).sections[0].units == {}


def test_what_tools_make_of_a_unit_is_read() -> None:
    section = section_units(UID, "", RICH, None, source_hash="a" * 64)
    tree = etree.fromstring(write_xliff(exchange(section)))
    (unit,) = (node for node in tree.iter("{*}unit") if node.get("name") == "b0")
    for old in unit.findall("{*}segment"):
        unit.remove(old)
    parts = etree.fromstring(
        '<u xmlns="urn:oasis:names:tc:xliff:document:2.0">'
        '<segment id="1"><source/><target>Shihni <sc id="c1"/><mrk id="m" type="term"><sc id="c2"/>ligjin<ec '
        'startRef="c2"/></mrk></target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment id="2"><source/><target>dhe<ec startRef="c1"/> <ph id="c4"/>neni 5 <ph '
        'id="c5"/></target></segment></u>'
    )
    unit.extend(list(parts))
    pieces = read_xliff(etree.tostring(tree)).sections[0].units["b0"]
    rich = next(unit for unit in section.units if unit.name == "b0")
    made = rich.codes.decode(pieces, rich.source_pieces)
    assert "".join(node.get("text", "|") for node in made) == "Shihni ligjin dhe |neni 5 |"


def test_a_note_lost_or_doubled_and_a_mark_left_open_are_told() -> None:
    content = RICH["blocks"][0]["content"]
    codes = Codes.of(content)
    source = Codes().encode(content)
    note = next(
        piece.number
        for piece in source
        if piece.kind == "single" and codes.values[piece.number - 1]["type"] == "note"
    )
    for pieces in (
        [Piece("text", text="pa shënim")],
        [Piece("single", number=note)] * 2,
        [Piece("open", number=1), Piece("single", number=note)],
        [Piece("single", number=1), Piece("single", number=note)],
        [Piece("open", number=note), Piece("close", number=note)],
        [Piece("single", number=note), Piece("single", number=99)],
    ):
        with pytest.raises(UnknownCode):
            codes.decode(pieces, source)


BROKEN = {
    "no XML": (b"hello", "broken"),
    "an entity": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="2.1" '
        b'xmlns="urn:oasis:names:tc:xliff:document:2.0">&e;</xliff>',
        "broken",
    ),
    "version 1.2": (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "version"),
    "another format": (b"<html/>", "kind"),
    "no file": (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "kind"),
    "another program's": (
        b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><group '
        b'id="g"/></file></xliff>',
        "no_state",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_none_of_ours_is_refused(name: str) -> None:
    data, code = BROKEN[name]
    with pytest.raises(NotReadable) as refused:
        read_xliff(data)
    assert refused.value.code == code


def test_a_word_file_without_the_table_is_refused() -> None:
    for data in (b"PK", b"", write_xliff(exchange())):
        with pytest.raises(NotReadable):
            read_bilingual(data)


words = st.text(st.sampled_from("аб č<&>⟧ \n1"), min_size=1, max_size=8)
marks = st.lists(st.sampled_from([BOLD, LINK, {"type": "italic"}]), max_size=3, unique_by=str)
inline = st.one_of(
    st.builds(lambda w, m: text(w, *m), words, marks),
    st.just({"type": "break"}),
    st.just({"type": "image", "attrs": {"sha256": "c" * 64}}),
)


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(inline, min_size=1, max_size=6), st.lists(inline, max_size=4))
def test_any_inline_content_comes_back(source: list[Any], target: list[Any]) -> None:
    body = normalise_body(
        {"heading": [text("H")], "blocks": [{"type": "paragraph", "content": source}], "notes": {}}
    )
    units = section_units(UID, "", body, None, source_hash="a" * 64).units
    for unit in units:
        data = write_xliff(exchange(section_units(UID, "", body, body, source_hash="a" * 64)))
        pieces = read_xliff(data).sections[0].units[unit.name]
        assert (
            unit.codes.decode(pieces, unit.source_pieces) == unit.source
            or normalise_body({"heading": unit.codes.decode(pieces, unit.source_pieces), "blocks": []})[
                "heading"
            ]
            == unit.source
        )


def test_former_translations_are_offered_the_same_first_and_the_nearest() -> None:
    pairs = [
        Pair(
            "Полицијата ја известува мобилната екипа без одлагање.", "Policia njofton ekipin mobil pa vonesë."
        ),
        Pair("Општо", "Të përgjithshme"),
    ]
    found = offers(
        [
            "Полицијата ја известува мобилната екипа веднаш, без одлагање.",
            "Општо",
            "Општа",
            "Сосем друго нешто тука.",
        ],
        pairs,
    )
    assert [(offer.pair.target, offer.percent == 100) for offer in found] == [
        ("Policia njofton ekipin mobil pa vonesë.", False),
        ("Të përgjithshme", True),
    ]
    assert len(pairs_of(RICH, RICH)) == 8
    assert pairs_of(RICH, normalise_body({"heading": [], "blocks": []})) == []
