"""What several test files of documents/word begin with: writer."""

from __future__ import annotations

import uuid

from documents.text import SectionTree
from documents.word import Blob
from documents.word.write.document_file import DocumentFile, Words
from tests.support.documents.word.build import (
    cell,
    item,
    listing,
    para,
    png,
    section,
    sha256,
    table,
    text,
)

UIDS = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"section {n}")) for n in range(8)]


PICTURE = png(200, 100)


LINK = {"type": "link", "attrs": {"href": "https://example.org/a?b=1&c=2"}}


FIGURE = {"type": "figure", "attrs": {"sha256": sha256(PICTURE), "alt": "Мапа"}, "content": [text("Слика 1")]}


STEP = {
    "type": "step",
    "attrs": {"title": "Раздвојте го лицето", "who": "полициски службеник", "limit": "веднаш"},
    "content": [para("Текст."), listing(False, item("–", para("x")), item("–", para("y")))],
}


TREE = SectionTree(
    "mk",
    "Стандардни оперативни процедури",
    (
        section(UIDS[0], 1, "section", "", "", para("Врз основа на член 5 од Законот, Владата ја донесе:")),
        section(
            UIDS[1],
            1,
            "chapter",
            "1",
            "Цел и примена",
            para(
                "Оваа ",
                text("процедура", "bold"),
                text(" важи", LINK),
                {"type": "note", "attrs": {"id": "n1"}},
                {"type": "break"},
                "ред\tтаб",
            ),
            listing(
                True,
                item("а)", para("прв")),
                item(
                    "б)",
                    para("втор"),
                    para("уште"),
                    listing(True, item("i.", para("a")), item("ii.", para("b"))),
                ),
                item("в)", para("трет")),
            ),
            listing(False, item("•", para("точка")), item("•", para("точка"))),
            para("Цитат", style="quote"),
            para("Вовед", style="lead"),
            para("Центар", style="centred"),
            notes={"n1": [para("Белешка ", text("врска", LINK)), para("Втор пасус.")]},
        ),
        section(
            UIDS[2],
            2,
            "step",
            "1.1",
            "Прв разговор",
            STEP,
            {"type": "callout", "attrs": {"tone": "warn"}, "content": [para("Внимание")]},
            {"type": "callout", "content": [para("Инфо")]},
        ),
        section(
            UIDS[3],
            1,
            "article",
            "Член 5",
            "",
            para("Види ", text("дел 1.1", {"type": "xref", "attrs": {"uid": UIDS[2]}})),
            table(
                [cell("А", header=True), cell("Б", header=True, colspan=2)],
                [cell("долу", rowspan=2), cell("1"), cell("2")],
                [cell(listing(True, item("1.", para("q")))), cell(table([cell("внатре")]))],
            ),
            FIGURE,
        ),
        section(
            UIDS[4],
            1,
            "annex",
            "Прилог А",
            [text("Образец "), text("нов", "italic")],
            listing(True, *(item(f"{letter})", para("x")) for letter in "абвгдѓ")),
            {"type": "opaque", "attrs": {"text": "Еден\nДва", "kind": "chart"}},
        ),
        section(UIDS[5], 2, "section", "", "5. Не е број"),
    ),
)


DOCUMENT = DocumentFile(
    TREE,
    meta=("Влада на Република Северна Македонија", "Во сила од 1 јуни 2024"),
    notice="НАЦРТ – не е усвоен",
    classification="Јавно",
    edition_hash="ab" * 32,
    address="https://kodeks.example/mk/i/mk/sop/2/",
    remarks=("* Ова не ги прејудицира ставовите.",),
    blobs={sha256(PICTURE): Blob(PICTURE, "image/png", "image")},
    words=Words("Содржина", "Страница", "Кој", "Рок", "Отпечаток", "Адреса"),
)
