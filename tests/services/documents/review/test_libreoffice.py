"""A draft's own file, edited in LibreOffice as a reviewer edits it, and brought back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from documents.actions.decide_suggestions import accept, refuse, undo
from documents.actions.save_section import save_section
from documents.editions.text_storage import load_tree
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, ReturnedFile, Section, Suggestion
from documents.text import SectionTree
from people.models import User
from people.roles import Role
from tests.support.documents.word.build import (
    archive,
    cell,
    item,
    listing,
    para,
    parts_of,
    section,
    table,
    text,
)
from tests.support.documents.word.sample import MinistryFrame, ministry_docx
from tests.support.factories import make_draft, make_institution, make_person
from tests.support.returned_files import change_text, draft_of, give_back
from tests.support.services.office import Office

pytestmark = pytest.mark.django_db
NOTE = {"n1": [para("Службен весник бр. 12.")]}
TREE = SectionTree(
    "mk",
    "Постапка",
    (
        section("00000000-0000-4000-8000-0000000000a1", 1, "chapter", "1", "Цел на постапката",
            para("Постапката ги штити сите жртви на трговија со луѓе."),
            para("Овој став го бришат рецензентите без трага."),
            para("Институциите соработуваат", {"type": "note", "attrs": {"id": "n1"}}, " секој ден."), notes=NOTE),
        section("00000000-0000-4000-8000-0000000000a2", 2, "section", "1.1", "Начела",
            listing(True, item("а)", para("доверливост на податоците")), item("б)", para("најдобар интерес на детето"))),
            para("Начелата важат ", text("секогаш", "bold"), " и за секого.")),
        section("00000000-0000-4000-8000-0000000000a3", 1, "chapter", "2", "Надлежности",
            para("Надлежностите се делат вака."),
            table(
                [cell("Орган", header=True), cell("Задача", header=True)],
                [cell("Полиција"), cell("прв разговор")],
                [cell("Центар за социјална работа"), cell("сместување")],
                [cell("Обвинителство"), cell("истрага")],
            ),
            para("Табелата се обновува еднаш годишно.")),
        section("00000000-0000-4000-8000-0000000000a4", 1, "chapter", "3", "Рокови",
            para("Првиот разговор е во рок од дваесет и четири часа."),
            para("Упатувањето е во рок од три дена."),
            para("Извештајот се праќа до крајот на месецот.")),
        section("00000000-0000-4000-8000-0000000000a5", 1, "chapter", "4", "Завршни одредби",
            para("Постапката влегува во сила со денот на усвојувањето.")),
    ),
)  # fmt: skip
ANA, BORIS, VERA = "Ana Petrova", "Boris Ilić", "Vera Zeqiri"


@pytest.fixture
def edition(drafter: User) -> Edition:
    return draft_of(drafter, ministry_docx(TREE, MinistryFrame("Министерство", "Скопје", "СОП")))


def sent_out(edition: Edition, drafter: User, folder: Path) -> Path:
    path = folder / "own.docx"
    path.write_bytes(export_own(drafter, edition, "mk").data)
    return path


def brought(edition: Edition, drafter: User, path: Path) -> ReturnedFile:
    return give_back(drafter, edition, path.read_bytes())


EDITS: list[list[Any]] = [
    ["author", ANA],
    ["tracking", True],
    ["replace", "сите жртви", "сите потенцијални жртви"],
    ["retitle", "Начела", "Водечки начела"],
    ["replace", "сместување", "сместување и заштита"],
    ["insert", "доверливост на податоците", " и приватност"],
    ["insert", "соработуваат", " постојано"],
    ["footnote", "еднаш годишно", "До 31 јануари."],
    ["remove_row", "Обвинителство"],
    ["new_row", "Полиција", "Гранична полиција", "препознавање"],
    ["author", BORIS],
    ["move_paragraph", "Извештајот се праќа", -1],
    ["new_paragraph", "во рок од три дена", "Рокот може да се продолжи."],
    ["bold", "влегува во сила"],
    ["tracking", False],
    ["remove_paragraph", "Овој став го бришат"],
    ["replace", "важат", "се применуваат"],
]
KINDS = {
    ("changed", ANA): 5,
    ("changed", ""): 1,
    ("heading", ANA): 1,
    ("moved", BORIS): 1,
    ("added", BORIS): 1,
    ("looks", BORIS): 1,
    ("removed", ""): 1,
}
ACCEPTED = [
    "Постапката ги штити сите потенцијални жртви на трговија со луѓе.\n"
    "Институциите соработуваат постојано секој ден.\nСлужбен весник бр. 12.",
    "доверливост на податоците и приватност\nнајдобар интерес на детето\nНачелата се применуваат секогаш и "
    "за секого.",
    "Надлежностите се делат вака.\nОрган\nЗадача\nПолиција\nпрв разговор\nГранична полиција\nпрепознавање\n"
    "Центар за социјална работа\nсместување и заштита\nТабелата се обновува еднаш годишно.\nДо 31 јануари.",
    "Првиот разговор е во рок од дваесет и четири часа.\nИзвештајот се праќа до крајот на месецот.\n"
    "Упатувањето е во рок од три дена.\nРокот може да се продолжи.",
    "Постапката влегува во сила со денот на усвојувањето.",
]


def words(edition: Edition) -> list[str]:
    return [section.text.plain for section in load_tree(edition, "mk")]


def test_all_taken_are_the_text_all_undone_the_draft_and_any_author_apart(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path
) -> None:
    before = words(edition)
    returned = brought(edition, drafter, writer.edit(sent_out(edition, drafter, tmp_path), EDITS))
    found = list(returned.suggestions.order_by("pk"))
    assert Counter((s.kind, s.author_name) for s in found) == KINDS
    assert all((s.written is not None) == s.tracked == bool(s.author_name) for s in found)
    assert words(edition) == before
    outcome = accept(drafter, found)
    assert not outcome.left and words(edition) == ACCEPTED
    tree = load_tree(edition, "mk")
    assert [section.text.heading for section in tree][1] == "Водечки начела"
    assert len(tree.sections[2].text.body["notes"]) == 1
    assert "bold" in str(tree.sections[4].text.body)
    undo(drafter, Suggestion.objects.filter(batch=outcome.batch))
    assert words(edition) == before
    refuse(drafter, Suggestion.objects.filter(author_name=BORIS))
    refuse(drafter, Suggestion.objects.filter(tracked=False))
    accept(drafter, Suggestion.objects.filter(state="open"))
    assert words(edition)[3:] == before[3:] and words(edition)[2] == ACCEPTED[2]
    assert "Овој став" in words(edition)[0] and "постојано" in words(edition)[0]


def test_a_draft_that_moved_on_loses_nobodys_words(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path
) -> None:
    out = sent_out(edition, drafter, tmp_path)
    change_text(drafter, edition, "Цел на постапката", "Овој став", "Овој важен став")
    change_text(drafter, edition, "Рокови", "Упатувањето е", "Секое упатување е")
    outcome = accept(drafter, brought(edition, drafter, writer.edit(out, EDITS)).suggestions.all())
    assert {row.kind for row, _why in outcome.left} == {"removed"}
    text = words(edition)
    assert "сите потенцијални жртви" in text[0] and "Овој важен став го бришат" in text[0]
    assert "Секое упатување е" in text[3] and "Рокот може да се продолжи." in text[3]
    assert text[1:3] == ACCEPTED[1:3]


def test_saved_without_a_change_it_suggests_nothing(
    edition: Edition, drafter: User, writer: Office, tmp_path: Path
) -> None:
    returned = brought(edition, drafter, writer.edit(sent_out(edition, drafter, tmp_path), []))
    assert not returned.suggestions.exists()


def test_a_text_written_here_keeps_its_steps_and_boxes(drafter: User, writer: Office, tmp_path: Path) -> None:
    owner = make_institution()
    made = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    row = load_tree(made, "mk").sections[0]
    facts = {"title": "Обезбедете место", "who": "полиција", "limit": "2 часа"}
    blocks = [
        {"type": "step", "attrs": facts, "content": [para("Понудете вода."), para("Повикајте преведувач.")]},
        {"type": "callout", "attrs": {"tone": "warn"}, "content": [para("Без согласност нема упатување.")]},
        {"type": "step", "attrs": {"title": "Известете"}, "content": [para("Јавете се на бројот.")]},
        {"type": "callout", "attrs": {}, "content": [para("Роковите се кратки."), para("Види подолу.")]},
        para("Крај на одделот."),
    ]
    sha256 = Section.objects.get(edition=made, uid=row.uid).text_hash_mk
    save_section(drafter, made, row.uid, "mk", row.text.body | {"blocks": blocks}, sha256)
    out = sent_out(made, drafter, tmp_path)
    assert not brought(made, drafter, writer.convert(out, "docx")).suggestions.exists()
    edits: list[list[Any]] = [
        ["author", ANA],
        ["tracking", True],
        ["replace", "вода", "вода и храна"],
        ["replace", "нема", "може да нема"],
    ]
    found = brought(made, drafter, writer.edit(out, edits)).suggestions.all()
    assert [(s.kind, s.author_name) for s in found] == [("changed", ANA)] * 2
    assert not accept(drafter, found).left
    kept = load_tree(made, "mk").sections[0].text.body["blocks"]
    assert [block["type"] for block in kept] == ["step", "callout", "step", "callout", "paragraph"]
    assert kept[0]["attrs"]["who"] == "полиција" and "вода и храна" in str(kept[0])


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
DATE = 'w:date="2026-03-04T10:00:00Z"'


def commented(data: bytes, words: str) -> bytes:
    """A comment of Vera's at some words and Boris's answer, as Word writes them."""
    parts: dict[str, bytes | str] = dict(parts_of(data))
    document = (
        bytes(parts["word/document.xml"]).decode() if isinstance(parts["word/document.xml"], bytes) else ""
    )
    marks = [f'<w:comment{kind} w:id="{n}"/>' for kind in ("RangeStart", "RangeEnd") for n in (70, 71)]
    ends = [f'<w:r><w:commentReference w:id="{n}"/></w:r>' for n in (70, 71)]
    at = document.index(words)
    start, end = document.rindex("<w:r>", 0, at), document.index("</w:r>", at) + len("</w:r>")
    inner = marks[0] + marks[1] + document[start:end] + marks[2] + ends[0] + marks[3] + ends[1]
    parts["word/document.xml"] = document[:start] + inner + document[end:]
    said = [(70, VERA, "Зошто не два?", "0A0A0A01"), (71, BORIS, "Законот вели три.", "0A0A0A02")]
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">' + "".join(
        f'<w:comment w:id="{n}" w:author="{who}" {DATE}><w:p '
        f'w14:paraId="{para_id}"><w:r><w:t>{said_here}</w:t></w:r></w:p>'
        "</w:comment>"
        for n, who, said_here, para_id in said
    ) + "</w:comments>"  # fmt: skip
    parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="0A0A0A01" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0A0A0A02" w15:paraIdParent="0A0A0A01" w15:done="0"/></w15:commentsEx>'
    )
    kinds = {
        "comments": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    }
    rels = "".join(f'<Relationship Id="r{n}" Type="{kind}" Target="{n}.xml"/>' for n, kind in kinds.items())
    types = "".join(
        f'<Override PartName="/word/{n}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{n}+xml"/>'
        for n in kinds
    )
    for name, added, end_tag in (
        ("word/_rels/document.xml.rels", rels, b"</Relationships>"),
        ("[Content_Types].xml", types, b"</Types>"),
    ):
        part = parts[name]
        assert isinstance(part, bytes)
        parts[name] = part.replace(end_tag, added.encode() + end_tag)
    return archive(parts)


def test_comments_and_answers_come_through_libreoffice(
    edition: Edition, drafter: User, soffice: Office, tmp_path: Path
) -> None:
    out = sent_out(edition, drafter, tmp_path)
    out.write_bytes(commented(out.read_bytes(), "Упатувањето е"))
    # Only converted: with a view, this build of LibreOffice ends where it would draw the margin.
    returned = brought(edition, drafter, soffice.convert(out, "docx"))
    first, answer = Comment.objects.filter(edition=edition).order_by("pk")
    assert (first.author_name, first.text, first.quote) == (
        VERA,
        "Зошто не два?",
        "Упатувањето е во рок од три дена.",
    )
    assert (answer.author_name, answer.text, answer.parent) == (BORIS, "Законот вели три.", first)
    assert str(first.uid) == load_tree(edition, "mk").sections[3].uid
    assert first.written.isoformat().startswith("2026-03-04")
    assert returned.counts["comments"] == 2 and not returned.suggestions.exists()
