"""A file that came back: in which language it was, who said what beside the sections, and the wrong one thrown away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from documents.actions.bring_back import bring_back
from documents.actions.coming_back.from_word import who
from documents.actions.import_word import import_word
from documents.actions.set_titles import set_titles
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, ReturnedFile, Section, Suggestion
from documents.suggestions.suggestion import Suggested
from documents.word.review.tracked import TrackedChange
from people.models import User
from people.roles import Role
from tests.documents.desk.test_back_again import BORIS, BY, edited, p, tracked
from tests.documents.docx.build import HEADINGS, archive, parts_of, word_file
from tests.factories import make_draft, make_institution, make_person

pytestmark = pytest.mark.django_db
PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SOURCE = word_file(
    '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Постапка за жртви</w:t></w:r></w:p>'
    + p("Цел", True) + p("Првиот текст за заштита.") + p("Вториот текст останува.")
    + p("Опсег", True) + p("Ова важи за сите тела.") + p("Последен став.")
    + '<w:sectPr><w:headerReference w:type="default" r:id="rH"/></w:sectPr>',
    styles=HEADINGS + '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>',
    relations=f'<Relationship Id="rH" Type="{PARTS}/header" Target="header1.xml"/>',
    parts={
        "word/header1.xml": '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:p><w:r><w:t>Стара глава</w:t></w:r></w:p></w:hdr>"
    },
)  # fmt: skip


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    owner = make_institution()
    made = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["sq", "mk"])
    made.instrument.source_language = "mk"
    made.instrument.save()
    Section.objects.filter(edition=made).delete()
    import_word(drafter, made, "mk", SOURCE, "sop.docx")
    return made


def test_a_file_of_another_language_is_refused_and_the_original_is_proposed(
    edition: Edition, drafter: User, as_: Any
) -> None:
    out = edited(export_own(drafter, edition, "mk").data, tracked)
    address = reverse("desk:back", args=[edition.pk])
    page = as_(drafter).get(address)
    assert page.context["form"]["language"].value() == "mk"
    sent = {"language": "sq", "file": SimpleUploadedFile("back.docx", out)}
    answer = as_(drafter).post(address, sent)
    assert answer.status_code == 422 and "Македонски" in answer.content.decode()
    assert not ReturnedFile.objects.exists() and not Suggestion.objects.exists()
    assert bring_back(drafter, edition, "mk", out, "back.docx").suggestions.count()


def test_what_was_changed_on_the_cover_and_in_the_header_is_told_as_comments(
    edition: Edition, drafter: User
) -> None:
    def change(text: str) -> str:
        assert text.count("Постапка за жртви</w:t></w:r>") == 1
        return text.replace(
            "Постапка за жртви</w:t></w:r>",
            f'Постапка за </w:t></w:r><w:ins w:id="900" {BY}><w:r><w:t xml:space="preserve">сите </w:t></w:r></w:ins>'
            "<w:r><w:t>жртви</w:t></w:r>",
        )

    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>'
        f'<w:del w:id="901" {BORIS}><w:r><w:delText>Стара глава</w:delText></w:r></w:del></w:p></w:hdr>'
    )
    out = edited(export_own(drafter, edition, "mk").data, change, header1=header)
    returned = bring_back(drafter, edition, "mk", out, "back.docx")
    first = Section.objects.filter(edition=edition).order_by("position").first()
    assert told_beside() == {
        ("Ana Petrova", "Постапка за жртви", "Постапка за сите жртви"),
        ("Boris", "Стара глава", "(taken out)"),
    }
    assert first is not None and set(Comment.objects.values_list("uid", flat=True)) == {first.uid}
    assert returned.counts["comments"] == 2 and not returned.suggestions.exists()


def told_beside() -> set[tuple[str, str, str]]:
    """Who is named by each comment, the words that it quotes, its last line."""
    return {(one.author_name, one.quote, one.text.splitlines()[-1]) for one in Comment.objects.all()}


def test_what_was_changed_beside_the_text_without_tracking_is_told_too(
    edition: Edition, drafter: User
) -> None:
    out = export_own(drafter, edition, "mk").data
    assert bring_back(drafter, edition, "mk", out, "same.docx").counts["comments"] == 0
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:p><w:r><w:t>Нова глава</w:t></w:r></w:p></w:hdr>"
    )
    title = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>'

    def change(text: str) -> str:
        assert text.count(title) == 1
        return text.replace(title, f"<w:p><w:r><w:t>Министерство</w:t></w:r></w:p>{title}").replace(
            "Постапка за жртви", "Постапка за сите жртви"
        )

    returned = bring_back(drafter, edition, "mk", edited(out, change, header1=header), "back.docx")
    assert told_beside() == {
        ("back.docx", "Постапка за жртви", "Постапка за сите жртви"),
        ("back.docx", "Стара глава", "Нова глава"),
    }
    assert {one.text.splitlines()[0] for one in Comment.objects.all()} == {
        "Changed in Word before the first section, without tracking.",
        "Changed in Word in the header of the pages, without tracking.",
    }
    assert "Министерство" in Comment.objects.get(text__contains="сите жртви").text
    assert returned.counts["comments"] == 2 and not returned.suggestions.exists()


def test_a_text_written_here_has_a_cover_in_the_language_of_whoever_fetched_it(drafter: User) -> None:
    owner = make_institution()
    made = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    with override("mk"):
        out = export_own(drafter, made, "mk").data
    assert bring_back(drafter, made, "mk", out, "same.docx").counts["comments"] == 0
    title = made.title_in("mk")
    changed = archive(
        {
            name: data.replace(title.encode(), f"{title} – нов".encode())
            for name, data in parts_of(out).items()
        }
    )
    bring_back(drafter, made, "mk", changed, "back.docx")
    assert ("back.docx", title, f"{title} – нов") in told_beside()


def test_a_title_that_was_changed_on_the_desk_is_no_change_in_the_file(drafter: User) -> None:
    owner = make_institution()
    coordinator = make_person(Role.COORDINATOR, owner)
    made = make_draft(owner=owner, by=coordinator, languages=["mk"])
    with override("sq"):
        out = export_own(drafter, made, "mk").data
    title = made.title_in("mk")
    set_titles(coordinator, made, {"mk": "Сосема нов наслов"})
    made.refresh_from_db()
    assert bring_back(drafter, made, "mk", out, "same.docx").counts["comments"] == 0
    parts = {
        name: data.replace(title.encode(), b"Drug")
        for name, data in parts_of(out).items()
        if "Props" not in name
    }
    parts |= {name: data for name, data in parts_of(out).items() if "Props" in name}
    bring_back(drafter, made, "mk", archive(parts), "back.docx")
    assert ("back.docx", title, "Drug") in told_beside()


def test_libreoffice_changes_nothing_beside_the_text_by_itself(
    edition: Edition, drafter: User, soffice: Any, tmp_path: Path
) -> None:
    out = tmp_path / "own.docx"
    out.write_bytes(export_own(drafter, edition, "mk").data)
    saved = soffice.convert(out, "docx").read_bytes()
    assert bring_back(drafter, edition, "mk", saved, "back.docx").counts["comments"] == 0


def test_a_sign_that_libreoffice_writes_among_the_words_is_no_change(edition: Edition, drafter: User) -> None:
    out = export_own(drafter, edition, "mk").data
    data = edited(out, lambda text: text.replace("за жртви</w:t>", "за жртви\uf04a</w:t>", 1))
    assert data != out
    bring_back(drafter, edition, "mk", data, "b.docx")
    assert not Comment.objects.exists()


def test_all_of_one_file_is_refused_and_another_file_stays(edition: Edition, drafter: User, as_: Any) -> None:
    out = export_own(drafter, edition, "mk").data
    wrong = bring_back(drafter, edition, "mk", edited(out, tracked), "wrong.docx")
    right = bring_back(
        drafter,
        edition,
        "mk",
        edited(out, lambda text: text.replace("сите тела", "сите органи")),
        "right.docx",
    )
    page = as_(drafter).get(reverse("desk:suggestions", args=[edition.pk])).content.decode()
    address = reverse("desk:file_suggestions", args=[edition.pk, wrong.pk])
    assert address in page
    assert as_(make_person(Role.DRAFTER, make_institution("mk-other"))).post(address).status_code == 404
    assert as_(drafter).post(address).status_code == 302
    assert set(wrong.suggestions.values_list("state", flat=True)) == {"refused"}
    assert set(right.suggestions.values_list("state", flat=True)) == {"open"}
    page = as_(drafter).get(reverse("desk:suggestions", args=[edition.pk])).content.decode()
    assert address not in page and reverse("desk:file_suggestions", args=[edition.pk, right.pk]) in page


def change(author: str, text: str, *, inserted: bool = True, kind: str = "inserted") -> TrackedChange:
    return TrackedChange("u", author, "2026-03-04T10:00:00Z", inserted, text, kind)


def test_only_those_are_named_who_had_a_hand_in_the_words() -> None:
    retyped = [
        change("Ana", "државјанството, полот", inserted=False, kind="deleted"),
        change("Ana", "државјанството, полот, јазикот"),
        change("Boris", "возрасни лица и деца, државјани и странци;", inserted=False, kind="deleted"),
    ]
    assert who(Suggested("changed", {}, {}, "", "јазикот, "), retyped)[0] == "Ana"
    bold = [*retyped, change("Vera", "стручното", inserted=False, kind="format")]
    assert who(Suggested("changed", {}, {}, "стручното", "стручното"), bold)[0] == "Vera"
    assert who(Suggested("removed", {}, {}, "сосема друго", ""), bold)[0] == "Ana, Boris"
