"""Drafts that came from a Word file, and that file as a reviewer sends it back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions.import_returned_file import import_again, receive_returned_file, row_of
from documents.actions.import_word import import_word
from documents.actions.save_section import save_section
from documents.editions.text_storage import load_tree
from documents.exports.own_file import export_own
from documents.models import Edition, ReturnedFile, Section, Suggestion
from documents.word.review.cards import section_cards
from documents.word.review.normalise import block_hash, whole_blocks
from people.models import User
from people.roles import Role
from tests.support.documents.word.build import HEADINGS, archive, parts_of, word_file
from tests.support.factories import body, make_draft, make_institution, make_person

ANA = 'w:author="Ana Petrova" w:date="2026-03-04T10:00:00Z"'
BORIS = 'w:author="Boris" w:date="2026-03-05T10:00:00Z"'


def p(text: str, heading: bool = False) -> str:
    """A paragraph or a heading in a Word file."""
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if heading else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def ins(text: str, by: str = ANA) -> str:
    """Words that were put in with tracking; they stand between runs."""
    return f'<w:ins w:id="91" {by}><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'


def dele(text: str, by: str = ANA) -> str:
    """Words that were taken out with tracking."""
    return f'<w:del w:id="92" {by}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inside(*runs: str) -> str:
    """Tracked changes in the middle of a run's words, to be put into its text."""
    return "</w:t></w:r>" + "".join(runs) + '<w:r><w:t xml:space="preserve">'


def new_p(text: str, by: str = ANA) -> str:
    """A paragraph that was put in with tracking."""
    return f'<w:p><w:pPr><w:rPr><w:ins w:id="93" {by}/></w:rPr></w:pPr>{ins(text, by)}</w:p>'


def gone_p(text: str, by: str = ANA) -> str:
    """A paragraph that was taken out with tracking."""
    return f'<w:p><w:pPr><w:rPr><w:del w:id="94" {by}/></w:rPr></w:pPr>{dele(text, by)}</w:p>'


SOURCE = word_file(
    p("Цел", True) + p("Првиот текст за заштита.") + p("Вториот текст останува.")
    + p("Опсег", True) + p("Ова важи за сите тела.") + p("Последен став."),
    styles=HEADINGS,
)  # fmt: skip


def draft_of(drafter: User, source: bytes = SOURCE) -> Edition:
    """A draft in Macedonian with the sections of a Word file alone."""
    owner = make_institution()
    made = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    Section.objects.filter(edition=made).delete()
    import_word(drafter, made, "mk", source, "sop.docx")
    return made


def edited(data: bytes, change: Callable[[str], str], comments: str = "") -> bytes:
    """The file with another text and, if given, comments."""
    content: dict[str, bytes | str] = dict(parts_of(data))
    content["word/document.xml"] = change(parts_of(data)["word/document.xml"].decode())
    if comments:
        link = (
            '<Relationship Id="rC" Target="comments.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"/>'
            "</Relationships>"
        )
        rels = "word/_rels/document.xml.rels"
        content[rels] = bytes(content[rels]).decode().replace("</Relationships>", link)  # type: ignore[arg-type]
        content["word/comments.xml"] = comments
    return archive(content)


def paragraph_of(text: str, words: str) -> str:
    """The XML of the paragraph with these words."""
    at = text.index(words)
    start = max(text.rfind("<w:p>", 0, at), text.rfind("<w:p ", 0, at))
    return text[start : text.index("</w:p>", at) + 6]


def tracked(text: str) -> str:
    """Ana changes a word and adds a paragraph, Boris strikes one; the last paragraph is changed without
    tracking."""
    text = text.replace("Првиот текст за", f"Првиот {inside(dele('текст'), ins('став'))} за")
    second = paragraph_of(text, "Вториот текст останува.")
    text = text.replace(second, gone_p("Вториот текст останува.", BORIS) + new_p("Нов став од Ана."))
    return text.replace("Последен став.", "Последниот став без траги.")


def without_marks(text: str) -> str:
    """The text without bookmarks."""
    return re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", text)


def give_back(by: User, edition: Edition, data: bytes, language: str = "mk") -> ReturnedFile:
    """Brings a file back, again where it was imported before; the tests do background tasks at once."""
    file = SimpleUploadedFile("back.docx", data)
    returned = receive_returned_file(by, edition, language, file)
    import_again(by, returned)
    returned.refresh_from_db()
    return returned


def returned(by: User, edition: Edition, change: Callable[[str], str] = tracked) -> ReturnedFile:
    """The draft's own file, changed, and brought back."""
    return give_back(by, edition, edited(export_own(by, edition, "mk").data, change))


def texts(edition: Edition) -> list[str]:
    """The text of every section."""
    return [section.text.plain for section in load_tree(edition, "mk")]


def headings(edition: Edition) -> list[str]:
    """The heading of every section."""
    return [section.text.heading for section in load_tree(edition, "mk")]


def uid_at(edition: Edition, place: int) -> str:
    """The uid of a section."""
    return load_tree(edition, "mk").sections[place].uid


def save(drafter: User, edition: Edition, place: int, *paragraphs: str) -> None:
    """Writes other paragraphs into a section."""
    section = load_tree(edition, "mk").sections[place]
    sha256 = Section.objects.get(edition=edition, uid=section.uid).text_hash_mk
    save_section(drafter, edition, section.uid, "mk", body(section.text.heading, *paragraphs), sha256 or "")


def suggest(by: User, edition: Edition, uid: str, language: str, before: Any, after: Any) -> list[Suggestion]:
    """What a file suggests in which a section has the body ``after`` and went out with ``before``."""
    file = ReturnedFile.objects.create(
        edition=edition,
        language=language,
        name="back.docx",
        sha256="a" * 64,
        by=by,
        blocks={uid: [block_hash(one) for one in whole_blocks(before)]},
    )
    rows = [row_of(file, card) for card in section_cards(uid, before, after)]
    return Suggestion.objects.bulk_create(rows)


def change_text(by: User, edition: Edition, heading: str, old: str, new: str) -> None:
    """Somebody writes other words into the section with a heading."""
    row = Section.objects.get(edition=edition, heading_mk=heading)
    made = json.loads(json.dumps(row.body_mk, ensure_ascii=False).replace(old, new))
    save_section(by, edition, str(row.uid), "mk", made, row.text_hash_mk or "")
