"""A reviewed Word file comes back: its changes are suggestions, its comments comments, and nobody's words are lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from audit.models import Entry
from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import MovedOn, accept, refuse
from documents.actions.errors import ActionError
from documents.actions.import_word import import_word
from documents.actions.save_section import save_section
from documents.authorship import authors, wrote_in
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, ReturnedFile, Section, SectionChange, Suggestion
from documents.suggestions.blocks import with_links_of
from documents.text_storage import load_tree
from people.models import User
from people.roles import Role
from tests.documents.desk.returning import taken_in
from tests.documents.docx.build import HEADINGS, archive, parts_of, word_file
from tests.factories import body, make_draft, make_institution, make_person

pytestmark = pytest.mark.django_db
BY = 'w:author="Ana Petrova" w:date="2026-03-04T10:00:00Z"'
BORIS = 'w:author="Boris" w:date="2026-03-05T10:00:00Z"'


def p(text: str, heading: bool = False) -> str:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if heading else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def one_comment(text: str) -> str:
    words = f'<w:comment w:id="7" {BY}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment></w:comments>'
    return f'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{words}'


SOURCE = word_file(
    p("Цел", True) + p("Првиот текст за заштита.") + p("Вториот текст останува.")
    + p("Опсег", True) + p("Ова важи за сите тела.") + p("Последен став."),
    styles=HEADINGS,
)  # fmt: skip


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def edited(data: bytes, change: Callable[[str], str], **parts: str) -> bytes:
    content: dict[str, bytes | str] = dict(parts_of(data))
    content["word/document.xml"] = change(parts_of(data)["word/document.xml"].decode())
    for name, (old, new) in {"word/_rels/document.xml.rels": (b"</Relationships>", b"")}.items():
        if parts:
            link = (
                '<Relationship Id="rC" Target="comments.xml" '
                'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"/>'
            )
            content[name] = bytes(content[name]).replace(old, link.encode() + old + new)  # type: ignore[arg-type]
    return archive(content | {f"word/{name}.xml": text for name, text in parts.items()})


def tracked(text: str) -> str:
    """Ana changes a word and adds a paragraph, Boris strikes one; the last paragraph is changed without tracking."""
    text = text.replace(
        "Првиот текст за заштита.</w:t></w:r>",
        f'Првиот </w:t></w:r><w:del w:id="901" {BY}><w:r><w:delText>текст</w:delText></w:r></w:del>'
        f'<w:ins w:id="902" {BY}><w:r><w:t>став</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> за заштита.</w:t></w:r>',
    )
    text = re.sub(
        r"<w:p><w:r><w:t[^>]*>Вториот текст останува.</w:t></w:r></w:p>",
        f'<w:p><w:pPr><w:rPr><w:del w:id="903" {BORIS}/></w:rPr></w:pPr><w:del w:id="904" {BORIS}><w:r>'
        "<w:delText>Вториот текст останува.</w:delText></w:r></w:del></w:p>"
        f'<w:p><w:pPr><w:rPr><w:ins w:id="905" {BY}/></w:rPr></w:pPr><w:ins w:id="906" {BY}><w:r>'
        "<w:t>Нов став од Ана.</w:t></w:r></w:ins></w:p>",
        text,
    )
    return text.replace("Последен став.", "Последниот став без траги.")


def brought(edition: Edition, drafter: User, change: Callable[[str], str] = tracked) -> ReturnedFile:
    out = export_own(drafter, edition, "mk").data
    return bring_back(drafter, edition, "mk", edited(out, change), "back.docx")


def words(edition: Edition) -> list[str]:
    return [section.text.plain for section in load_tree(edition, "mk")]


def uid(edition: Edition, place: int) -> str:
    return load_tree(edition, "mk").sections[place].uid


def save(drafter: User, edition: Edition, place: int, *paragraphs: str) -> None:
    section = load_tree(edition, "mk").sections[place]
    sha256 = Section.objects.get(edition=edition, uid=section.uid).text_hash_mk
    save_section(drafter, edition, section.uid, "mk", body(section.text.heading, *paragraphs), sha256)


def test_changes_are_suggestions_with_author_and_date_and_untracked_ones_are_found(edition, drafter):
    before = words(edition)
    returned = brought(edition, drafter)
    assert words(edition) == before
    found = list(returned.suggestions.all())
    told = {(s.kind, s.old, s.new, s.author_name, s.tracked) for s in found}
    assert ("changed", "текст", "став", "Ana Petrova", True) in told
    assert ("changed", "Последен", "Последниот", "", False) in told
    assert any(s.new.strip() == "без траги" or "без траги" in s.new for s in found if not s.tracked)
    struck = [s for s in found if "Вториот" in s.old]
    added = [s for s in found if "Нов став" in s.new]
    assert [s.author_name for s in struck] == ["Boris"]
    assert added and "Ana Petrova" in added[0].author_name
    assert {s.written.day for s in found if s.tracked and s.written} <= {4, 5}


def test_all_accepted_is_the_text_of_the_file_and_all_refused_the_draft(edition, drafter):
    before = words(edition)
    for suggestion in brought(edition, drafter).suggestions.all():
        refuse(drafter, suggestion)
    assert words(edition) == before
    ReturnedFile.objects.all().delete()
    for suggestion in brought(edition, drafter).suggestions.all():
        accept(drafter, suggestion)
    assert words(edition) == [
        "Првиот став за заштита.\nНов став од Ана.",
        "Ова важи за сите тела.\nПоследниот став без траги.",
    ]
    assert SectionChange.objects.filter(verb="save", actor=drafter.actor).exists()
    assert Entry.objects.filter(verb="suggestion_accepted").exists()


def test_a_draft_that_moved_on_elsewhere_keeps_both_changes(edition, drafter):
    out = export_own(drafter, edition, "mk").data
    save(drafter, edition, 0, "Првиот текст за целосна заштита.", "Вториот текст останува.")
    bring_back(drafter, edition, "mk", edited(out, tracked), "back.docx")
    accept(drafter, Suggestion.objects.get(new="став"))
    assert words(edition)[0].startswith("Првиот став за целосна заштита.")


def test_who_brought_accepted_words_is_an_author_of_the_text(edition, drafter):
    other = make_person(Role.DRAFTER, make_institution())
    out = export_own(other, edition, "mk").data
    bring_back(other, edition, "mk", edited(out, tracked), "back.docx")
    assert not wrote_in(other.actor, edition)
    accept(drafter, Suggestion.objects.earliest("id"))
    assert wrote_in(other.actor, edition)
    assert other.actor in authors(edition)


def test_where_the_same_words_moved_on_a_person_sees_three_texts_and_chooses(edition, drafter, as_):
    out = export_own(drafter, edition, "mk").data
    save(drafter, edition, 0, "Првиот документ за заштита.", "Вториот текст останува.")
    bring_back(drafter, edition, "mk", edited(out, tracked), "back.docx")
    suggestion = Suggestion.objects.get(new="став")
    with pytest.raises(MovedOn):
        accept(drafter, suggestion)
    assert words(edition)[0].startswith("Првиот документ")
    address = f"/en/desk/{edition.pk}/suggestions/{suggestion.pk}/"
    response = as_(drafter).post(address, {"do": "accept"}, follow=True)
    page = response.content.decode()
    # What each made of the file's words is marked in both.
    for new in ("документ", "став"):
        assert re.search(rf"Првиот <del[^>]*>текст</del> ?<ins[^>]*>{new}</ins> за заштита\.", page), page
    as_(drafter).post(address, {"how": "beside"})
    assert "Првиот документ за заштита.\nПрвиот став за заштита." in words(edition)[0]
    with pytest.raises(ActionError):
        accept(drafter, suggestion)


def test_what_the_draft_has_already_is_no_suggestion(edition, drafter):
    out = export_own(drafter, edition, "mk").data
    save(drafter, edition, 0, "Првиот став за заштита.", "Нов став од Ана.")
    returned = bring_back(drafter, edition, "mk", edited(out, tracked), "back.docx")
    assert not returned.suggestions.filter(uid=uid(edition, 0)).exists()


def test_comments_are_comments_with_author_and_answers(edition, drafter):
    comments = one_comment("Зошто сите?")

    def change(text: str) -> str:
        return text.replace(
            '<w:p><w:r><w:t xml:space="preserve">Ова важи',
            '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t xml:space="preserve">Ова важи',
        ).replace(
            "за сите тела.</w:t></w:r>",
            'за сите тела.</w:t></w:r><w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
        )

    out = export_own(drafter, edition, "mk").data
    returned = bring_back(drafter, edition, "mk", edited(out, change, comments=comments), "back.docx")
    comment = Comment.objects.get(edition=edition)
    assert (comment.text, comment.author_name) == ("Зошто сите?", "Ana Petrova")
    assert str(comment.uid) == uid(edition, 1)
    assert comment.quote == "Ова важи за сите тела."
    assert returned.counts == {"suggestions": 0, "untracked": 0, "comments": 1}


def test_a_comment_longer_than_ours_goes_on_in_answers(edition, drafter):
    long = "".join(f"збор{number} " for number in range(1_500))

    def change(text: str) -> str:
        return text.replace(
            "сите тела.</w:t></w:r>", 'сите тела.</w:t></w:r><w:r><w:commentReference w:id="7"/></w:r>'
        )

    out = export_own(drafter, edition, "mk").data
    bring_back(drafter, edition, "mk", edited(out, change, comments=one_comment(long)), "back.docx")
    first, *more = Comment.objects.filter(edition=edition).order_by("pk")
    assert "".join(one.text for one in [first, *more]) == long.strip()
    assert len(more) == 2 and {one.parent for one in more} == {first}


def test_a_comment_in_a_section_that_the_draft_does_not_have_is_kept_at_the_one_before(edition, drafter):
    comments = one_comment("Дали ова е потребно?")
    added = p("Сосема нова глава", True) + (
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>Нов став.</w:t></w:r><w:commentRangeEnd w:id="7"/>'
        '<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    )

    def change(text: str) -> str:
        return text.replace("Последен став.</w:t></w:r></w:p>", f"Последен став.</w:t></w:r></w:p>{added}")

    out = export_own(drafter, edition, "mk").data
    returned = bring_back(drafter, edition, "mk", edited(out, change, comments=comments), "back.docx")
    comment = Comment.objects.get(edition=edition)
    assert (comment.text, comment.quote) == ("Дали ова е потребно?", "Нов став.")
    assert str(comment.uid) == uid(edition, 1) and returned.counts["comments"] == 1


def test_a_file_without_bookmarks_is_known_by_its_text(edition, drafter):
    def change(text: str) -> str:
        return re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", tracked(text))

    returned = brought(edition, drafter, change)
    assert returned.suggestions.filter(new="став", author_name="Ana Petrova").exists()


def test_new_sections_and_those_taken_out(edition, drafter):
    def change(text: str) -> str:
        added = p("Ново поглавје", True) + p("Негов текст.")
        return (
            text.replace("<w:sectPr", added + "<w:sectPr")
            if "<w:sectPr" in text
            else text.replace("</w:body>", added + "</w:body>")
        )

    suggestion = brought(edition, drafter, change).suggestions.get()
    assert (suggestion.kind, suggestion.new) == ("new", "Ново поглавје")
    accept(drafter, suggestion)
    assert words(edition)[-1] == "Негов текст."


def test_libreoffice_saves_the_file_and_its_changes_come_back(edition, drafter, soffice, tmp_path: Path):
    out = tmp_path / "own.docx"
    out.write_bytes(edited(export_own(drafter, edition, "mk").data, tracked))
    saved = soffice.convert(out, "docx").read_bytes()
    returned = bring_back(drafter, edition, "mk", saved, "back.docx")
    assert returned.suggestions.filter(
        old="текст", new="став", author_name="Ana Petrova", tracked=True
    ).exists()
    for suggestion in returned.suggestions.all():
        accept(drafter, suggestion)
    assert words(edition) == [
        "Првиот став за заштита.\nНов став од Ана.",
        "Ова важи за сите тела.\nПоследниот став без траги.",
    ]


def test_the_pages_work_for_those_who_write_and_for_nobody_else(
    edition, drafter, as_, django_assert_max_num_queries
):
    out = export_own(drafter, edition, "mk").data
    file = SimpleUploadedFile("back.docx", edited(out, tracked))
    stranger = make_person(Role.DRAFTER, make_institution("rs-interior"))
    practitioner = make_person(Role.PRACTITIONER, make_institution())
    for person in (stranger, practitioner):
        assert as_(person).get(f"/en/desk/{edition.pk}/back/").status_code == 404
        assert (
            as_(person).post(f"/en/desk/{edition.pk}/back/", {"language": "mk", "file": file}).status_code
            == 404
        )
        assert as_(person).get(f"/en/desk/{edition.pk}/suggestions/").status_code == 404
    desk = as_(drafter)
    file.seek(0)
    response = desk.post(f"/en/desk/{edition.pk}/back/", {"language": "mk", "file": file}, follow=True)
    page = response.content.decode()
    assert "Ana Petrova" in page and "changed without tracking" in page and "<ins" in page
    first = Suggestion.objects.order_by("pk").first()
    assert first is not None
    for person in (stranger, practitioner):
        assert (
            as_(person).post(f"/en/desk/{edition.pk}/suggestions/{first.pk}/", {"do": "accept"}).status_code
            == 404
        )
    with CaptureQueriesContext(connection) as some:
        desk.get(f"/en/desk/{edition.pk}/suggestions/")
    for copy in Suggestion.objects.all():
        copy.pk = None
        copy.save()
    with CaptureQueriesContext(connection) as more:
        desk.get(f"/en/desk/{edition.pk}/suggestions/")
    assert len(more) <= len(some)
    Suggestion.objects.filter(pk__gt=first.pk + len(Suggestion.objects.all()) // 2 - 1).delete()
    section = uid(edition, 0)
    assert "Ana Petrova" in desk.get(f"/en/desk/{edition.pk}/s/{section}/mk/").content.decode()
    response = desk.post(f"/en/desk/{edition.pk}/suggestions/{section}/mk/", {"do": "accept"})
    assert response.status_code == 302
    assert words(edition)[0] == "Првиот став за заштита.\nНов став од Ана."
    bad = SimpleUploadedFile("x.docx", b"no Word file")
    response = desk.post(f"/en/desk/{edition.pk}/back/", {"language": "mk", "file": bad})
    assert response.status_code == 422
    file.seek(0)
    response = desk.post(f"/en/desk/{edition.pk}/back/", {"language": "mk", "file": file})
    assert response.status_code == 422 and "already" in response.content.decode()
    assert f'href="/en/desk/{edition.pk}/suggestions/"' in response.content.decode()


def moved(text: str) -> str:
    """Boris moves the first section behind the second, as Word records a move."""
    root = etree.fromstring(text.encode())
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    children = list(root[0])
    found = [i for i, node in enumerate(children) if node.find(f"{w}pPr/{w}pStyle") is not None]
    pieces = [etree.tostring(node, encoding="unicode") for node in children]
    here = "".join(pieces[found[0] : found[1]])

    def track(xml: str, name: str, mark: str) -> str:
        xml = re.sub(r"(<w:r>.*?</w:r>)", rf'<w:{name} w:id="9" {BORIS}>\1</w:{name}>', xml)
        xml = re.sub(
            r"<w:pPr>(.*?)</w:pPr>", rf"<w:pPr>\1<w:rPr><w:{mark} {BORIS} w:id='8'/></w:rPr></w:pPr>", xml
        )
        return re.sub(
            r"(<w:p(?: [^>]*)?>)(?!<w:pPr>)",
            rf"\1<w:pPr><w:rPr><w:{mark} {BORIS} w:id='8'/></w:rPr></w:pPr>",
            xml,
        )

    start, end = (
        text.index("<w:body>") + 8,
        text.index("<w:sectPr") if "<w:sectPr" in text else text.index("</w:body>"),
    )
    gone = re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", here)
    rest = "".join(pieces[found[1] : len([p for p in pieces if "sectPr" not in p])])
    before = "".join(pieces[: found[0]])
    made = before + track(gone, "moveFrom", "moveFrom") + rest + track(here, "moveTo", "moveTo")
    return text[:start] + made + text[end:]


def test_changes_that_the_source_tracked_already_are_not_suggested_again(drafter):
    owner = make_institution()
    made = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    Section.objects.filter(edition=made).delete()
    import_word(drafter, made, "mk", edited(SOURCE, tracked), "tracked.docx")
    assert words(made)[0].startswith("Првиот став")
    assert not brought(made, drafter, lambda text: text).suggestions.exists()
    again = brought(made, drafter, lambda text: text.replace("за сите тела", "за сите органи"))
    assert [(s.old, s.new, s.tracked) for s in again.suggestions.all()] == [("тела", "органи", False)]


def test_an_address_that_is_only_written_otherwise_is_no_change():
    def linked(href: str, words: str) -> dict[str, Any]:
        mark = {"type": "link", "attrs": {"href": href}}
        text = {"type": "text", "text": words, "marks": [mark]}
        return {"heading": [], "blocks": [{"type": "paragraph", "content": [text]}], "notes": {}}

    sent = linked("https://mvr.gov.mk/об", "тука")
    assert with_links_of(linked("https://mvr.gov.mk/%D0%BE%D0%B1/", "тука"), sent) == sent
    assert with_links_of(linked("https://mvr.gov.mk/x", "тука"), sent) != sent
    ways = [*sent["blocks"], *linked("https://mvr.gov.mk/об/", "и тука")["blocks"]]
    both = sent | {"blocks": ways}
    assert with_links_of(both, both) == both
    only = sent | {"blocks": [ways[1], ways[1]]}
    assert with_links_of(only, both)["blocks"][0] == linked("https://mvr.gov.mk/об", "и тука")["blocks"][0]
