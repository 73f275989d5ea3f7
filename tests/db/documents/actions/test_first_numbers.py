"""A language without a file of its own gets its numbers from the original, with its first text."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document
from lxml import etree

from documents.actions.adopt_edition import adopt_edition
from documents.actions.assign import assign
from documents.actions.edit_outline import add_section, fingerprint, move_section
from documents.actions.import_translation import Outcome, make_exchange, take_translation
from documents.actions.import_word import import_word
from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.editions.hashing import version_hashes
from documents.editions.text_storage import load_outline
from documents.exports.own_file import export_own
from documents.models import Edition, Section
from documents.translation.xliff import read_xliff, write_xliff
from documents.word.languages.bilingual import Words, read_bilingual, write_bilingual
from people.models import User
from people.roles import Role
from tests.support.documents.actions.numbers_from_files import typed
from tests.support.documents.desk.exchange import filled_word, filled_xliff
from tests.support.documents.following import no_review
from tests.support.factories import body, make_act, make_draft, make_institution, make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["no_review"]

LAW = (
    ("Глава I Основи", 1), ("Член 1. Цел", 2), ("Член 2. Поими", 2), ("Глава II Постапка", 1), ("Член 3. Рок", 2),
)  # fmt: skip


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution())


def taken_in(by: User, *rows: tuple[str, int]) -> Edition:
    owner = make_institution()
    made = make_draft(
        owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk", "sq", "en", "sr", "hr"]
    )
    Section.objects.filter(edition=made).delete()
    import_word(by, made, "mk", typed(*rows), "law.docx")
    return made


def labels(draft: Edition, language: str) -> list[str]:
    return [row.label for row in load_outline(draft, language)]


def uid(draft: Edition, words: str) -> str:
    return str(Section.objects.get(edition=draft, heading_mk=words).uid)


def write(by: User, draft: Edition, words: str, language: str, heading: str) -> None:
    row = Section.objects.get(edition=draft, heading_mk=words)
    old = getattr(row, f"text_hash_{language}") or ""
    save_section(by, draft, str(row.uid), language, body(heading, "Tekst."), old, from_editor=True)


def by_xliff(by: User, draft: Edition, language: str, words: str = "Përkthim") -> Outcome:
    data = filled_xliff(write_xliff(make_exchange(draft, language)), words)
    return take_translation(by, draft, language, read_xliff(data))


def by_table(by: User, draft: Edition, language: str, words: str = "Përkthim") -> Outcome:
    data = filled_word(write_bilingual(make_exchange(draft, language), Words("mk", language, "Help")), words)
    return take_translation(by, draft, language, read_bilingual(data))


@pytest.mark.parametrize("bring", [by_xliff, by_table])
def test_a_translation_from_a_file_has_the_numbers_in_its_own_words(
    drafter: User, bring: Callable[..., Outcome]
) -> None:
    draft = taken_in(drafter, *LAW)
    assert labels(draft, "sq") == [""] * 5
    outcome = bring(drafter, draft, "sq")
    assert (outcome.taken, outcome.refused, outcome.unnumbered) == (5, (), ())
    assert labels(draft, "sq") == ["Kreu I", "Neni 1.", "Neni 2.", "Kreu II", "Neni 3."]
    assert labels(draft, "en") == [""] * 5
    assert [row.heading for row in load_outline(draft, "sq")] == ["Përkthim h"] * 5
    made = export_own(drafter, draft, "sq")
    shown = [paragraph.text for paragraph in Document(io.BytesIO(made.data)).paragraphs]
    assert "Neni 2.\tPërkthim h" in shown
    bring(drafter, draft, "en")
    assert labels(draft, "en") == ["Chapter I", "Article 1.", "Article 2.", "Chapter II", "Article 3."]


def test_on_the_desk_the_first_text_brings_the_numbers_of_all(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    write(drafter, draft, "Поими", "sq", "Përkufizime")
    assert labels(draft, "sq") == ["Kreu I", "Neni 1.", "Neni 2.", "Kreu II", "Neni 3."]
    write(drafter, draft, "Рок", "sq", "Afati")
    assert labels(draft, "sq")[-1] == "Neni 3."


def test_numbers_alone_stay_as_they_are(drafter: User) -> None:
    draft = taken_in(drafter, ("A. Aims", 1), ("3.1 Scope", 2), ("3.2 Terms", 2), ("B. Steps", 1))
    by_xliff(drafter, draft, "sq")
    assert labels(draft, "sq") == labels(draft, "mk") == ["A.", "3.1", "3.2", "B."]


def test_what_cannot_be_said_is_told_and_stays_without(drafter: User) -> None:
    draft = taken_in(drafter, ("Глава прва Основи", 1), ("Член 1. Цел", 2), ("Глава втора Постапка", 1))
    outcome = by_xliff(drafter, draft, "sq")
    assert labels(draft, "sq") == ["", "Neni 1.", ""]
    assert [one.name for one in outcome.unnumbered] == ["Глава прва Основи", "Глава втора Постапка"]
    client = signed_in(drafter)
    other = filled_xliff(write_xliff(make_exchange(draft, "en")), "English")
    file = io.BytesIO(other)
    file.name = "back.xlf"
    page = client.post(f"/en/desk/{draft.pk}/translate/en/", {"file": file}, follow=True).content.decode()
    assert page.count("Number missing: Kodeks does not know") == 2 and "note-warn" in page


def test_serbian_in_latin_letters_has_its_words_in_them(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    write(drafter, draft, "Цел", "sr", "Svrha")
    assert labels(draft, "sr") == ["Glava I", "Član 1.", "Član 2.", "Glava II", "Član 3."]


def test_a_language_with_a_file_of_its_own_keeps_what_that_says(drafter: User) -> None:
    draft = taken_in(drafter, ("А. Цел", 1), ("Б. Поими", 1))
    import_word(drafter, draft, "sq", typed(("Qëllimi", 1), ("Përkufizime", 1)), "sq.docx")
    write(drafter, draft, "Цел", "sq", "Qëllimi i ligjit")
    assert by_table(drafter, draft, "sq").taken == 2
    assert labels(draft, "sq") == ["", ""]


def test_a_number_that_somebody_typed_in_the_heading_stays_there(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    Section.objects.filter(edition=draft, heading_mk="Цел").update(
        heading_sq="Neni 1 – Qëllimi", body_sq=body("Neni 1 – Qëllimi", "Tekst."), text_hash_sq="a" * 64
    )
    write(drafter, draft, "Поими", "sq", "Përkufizime")
    assert labels(draft, "sq") == ["Kreu I", "", "Neni 2.", "Kreu II", "Neni 3."]


def test_a_number_typed_in_the_file_is_not_shown_twice(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    document = Document(io.BytesIO(write_bilingual(make_exchange(draft, "sq"), Words("mk", "sq", "Help"))))
    said = dict.fromkeys(("Цел", "Поими", "Рок"), "")
    for row in document.tables[0].rows[1:]:
        if row.cells[0]._tc is not row.cells[2]._tc:
            number, words, translation = row.cells
            heading = words.text.split(". ", 1)[-1]
            is_article = number.text.partition("\n")[0].endswith(".h") and heading in said
            translation.text = f"Neni {int('ЦПР'.index(heading[0])) + 1}. Fjalë" if is_article else "Fjalë"
    out = io.BytesIO()
    document.save(out)
    first = take_translation(drafter, draft, "sq", read_bilingual(out.getvalue()))
    again = take_translation(drafter, draft, "sq", read_bilingual(out.getvalue()))
    assert (first.taken, again.taken) == (5, 0)  # alike as they are, some have to be read
    assert {row.heading for row in load_outline(draft, "sq")} == {"Fjalë"}
    assert labels(draft, "sq")[1:3] == ["Neni 1.", "Neni 2."]


def test_the_table_shows_the_number_beside_the_heading_and_reads_it_never(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    data = write_bilingual(make_exchange(draft, "sq"), Words("mk", "sq", "Help"))
    rows = [[cell.text for cell in row.cells] for row in Document(io.BytesIO(data)).tables[0].rows]
    assert ["2.h", "Член 1. Цел", ""] in rows
    assert not any(section.units for section in read_bilingual(data).sections)
    root = etree.fromstring(write_xliff(make_exchange(draft, "sq")))
    assert [group.get("name") for group in root.iter("{*}group")][1] == "Член 1. Цел"


def test_numbers_taken_over_count_on_with_the_outline_and_go_back_with_it(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    move_section(drafter, draft, uid(draft, "Цел"), uid(draft, "Поими"), 2, fingerprint(draft))
    by_xliff(drafter, draft, "sq")
    move_section(drafter, draft, uid(draft, "Поими"), uid(draft, "Цел"), 2, fingerprint(draft))
    assert labels(draft, "sq") == ["Kreu I", "Neni 1.", "Neni 2.", "Kreu II", "Neni 3."]
    headings = {"mk": "Нов", "sq": "I ri"}
    add_section(drafter, draft, uid(draft, "Цел"), 2, "article", headings, fingerprint(draft))
    assert labels(draft, "mk") == ["Глава I", "Член 1.", "Член 2.", "Член 3.", "Глава II", "Член 4."]
    assert labels(draft, "sq") == ["Kreu I", "Neni 1.", "Neni 2.", "Neni 3.", "Kreu II", "Neni 4."]


def test_a_section_that_is_added_with_a_heading_in_a_new_language_brings_its_numbers(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    headings = {"mk": "Нов", "sq": "I ri"}
    add_section(drafter, draft, uid(draft, "Цел"), 2, "article", headings, fingerprint(draft))
    assert labels(draft, "sq")[:3] == ["Kreu I", "Neni 1.", "Neni 2."]
    assert labels(draft, "en") == [""] * 6


def test_an_adopted_edition_gets_none_but_in_the_language_that_is_being_written(no_review: None) -> None:
    draft = make_draft(authentic=["mk", "sq"])
    by = make_person(Role.COORDINATOR, draft.instrument.owner)
    for at, row in enumerate(Section.objects.filter(edition=draft).order_by("position"), 1):
        Section.objects.filter(pk=row.pk).update(label_mk=f"Член {at}.", label_sq="", label_en="")
    translator = make_person(Role.TRANSLATOR, draft.instrument.owner, languages=["sq"])
    assign(by, draft, translator, "sq")
    submit_edition(by, draft)
    draft.refresh_from_db()
    adopt_edition(by, draft, [make_act()], date(2024, 1, 1), ["en"])
    draft.refresh_from_db()
    mk = version_hashes(draft, ["mk"])
    row = Section.objects.filter(edition=draft).order_by("position")[0]
    said, opened = body("Qëllimi", "Tekst."), row.text_hash_sq or ""
    save_section(translator, draft, str(row.uid), "sq", said, opened, from_editor=True)
    assert labels(draft, "sq") == ["Neni 1.", "Neni 2.", "Neni 3."]
    assert labels(draft, "en") == [""] * 3 and version_hashes(draft, ["mk"]) == mk


def test_the_translator_sees_the_number_of_the_original(drafter: User) -> None:
    draft = taken_in(drafter, *LAW)
    client = signed_in(drafter)
    page = client.get(f"/en/desk/{draft.pk}/s/{uid(draft, 'Цел')}/sq/").content.decode()
    assert '<h3><span class="num">Член 1.</span> Цел</h3>' in page
    write(drafter, draft, "Цел", "sq", "Qëllimi")
    page = client.get(f"/en/desk/{draft.pk}/s/{uid(draft, 'Цел')}/sq/").content.decode()
    assert '<span class="num">Neni 1.</span> <span lang="sq">Qëllimi' in page
    assert '<h3><span class="num">Член 1.</span> Цел</h3>' in page
