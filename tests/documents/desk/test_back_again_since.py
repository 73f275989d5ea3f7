"""A file that came back without a heading, without tracking, of a section that the draft changed since the file went out."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

import audit
from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import MovedOn, accept, decide_all
from documents.actions.record_prior_adoption import confirm, propose
from documents.actions.save_section import save_section
from documents.actions.start_revision import start_revision
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, ReturnedFile, Section
from documents.text_storage import load_tree
from people.models import User
from people.roles import Role
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import edited, p
from tests.documents.desk.test_back_again_headings import all_of, heading, texts
from tests.documents.docx.build import HEADINGS, word_file
from tests.factories import make_act, make_draft, make_institution, make_person

pytestmark = pytest.mark.django_db
SOURCE = word_file(
    heading("Цел", 1) + p("Првиот текст.")
    + heading("Опсег", 1) + p("Важи за сите.")
    + heading("Лица", 2) + p("Секое лице.")
    + heading("Рокови", 1) + p("За одговор има осум дена.") + p("Потоа се известува."),
    styles=HEADINGS,
)  # fmt: skip
TIMES = ("Рокови", "дена.", "Потоа се известува.")


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def put(drafter: User, edition: Edition, of: str, old: str, new: str) -> None:
    """Somebody changes words of the section with this heading on the desk."""
    row = Section.objects.get(edition=edition, heading_mk=of)
    body = json.loads(json.dumps(row.body_mk, ensure_ascii=False).replace(old, new))
    save_section(drafter, edition, str(row.uid), "mk", body, row.text_hash_mk)


def back(drafter: User, edition: Edition, out: bytes, *gone: str, **changed: str) -> ReturnedFile:
    """The file brought back without these paragraphs, and with these words for others."""

    def change(text: str) -> str:
        for words in gone:
            a, b = paragraph(text, words)
            text = text[:a] + text[b:]
        for old, new in changed.items():
            text = text.replace(f"{old} ", f"{new} ")
        return text

    return bring_back(drafter, edition, "mk", edited(out, change), "b.docx")


def out_of(drafter: User, edition: Edition) -> bytes:
    return export_own(drafter, edition, "mk").data


def test_a_section_that_the_draft_changed_since_stays_until_somebody_saw_both_texts(
    edition: Edition, drafter: User, as_
) -> None:
    out = out_of(drafter, edition)
    put(drafter, edition, "Рокови", "осум", "седум работни")
    put(drafter, edition, "Цел", "Првиот", "Вториот")
    # A file that says of another section what was written since is not this one.
    out_of(drafter, edition)
    returned = back(drafter, edition, out, *TIMES)
    assert [one[:3] for one in all_of(returned)] == [("gone", False, "Рокови")]
    (left,) = decide_all(drafter, returned.suggestions.all(), "accept")
    assert texts(edition)[3] == (1, "Рокови", "За одговор има седум работни дена.\nПотоа се известува.")
    with pytest.raises(MovedOn):
        accept(drafter, left)
    page = as_(drafter).get(f"/en/desk/{edition.pk}/suggestions/{left.pk}/").content.decode()
    plain = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page))
    assert "За одговор има осум дена." in plain and "седум работни" in plain and not Comment.objects.exists()
    accept(drafter, left, how="instead")
    assert [one[1] for one in texts(edition)] == ["Цел", "Опсег", "Лица"]


def test_a_section_that_was_changed_before_the_file_was_fetched_goes_at_once(
    edition: Edition, drafter: User
) -> None:
    put(drafter, edition, "Рокови", "осум", "седум работни")
    returned = back(drafter, edition, out_of(drafter, edition), *TIMES)
    assert not decide_all(drafter, returned.suggestions.all(), "accept")
    assert [one[1] for one in texts(edition)] == ["Цел", "Опсег", "Лица"]
    assert not Comment.objects.exists()


def test_what_changed_since_stays_where_its_chapter_was_taken_out(edition: Edition, drafter: User) -> None:
    out = out_of(drafter, edition)
    put(drafter, edition, "Лица", "Секое", "Секое ранливо")
    returned = back(drafter, edition, out, "Опсег", "Важи за сите.", "Лица", "Секое лице.")
    assert not decide_all(drafter, [returned.suggestions.get(old="Опсег")], "accept")
    assert [one[1:] for one in texts(edition)][:2] == [
        ("Цел", "Првиот текст."),
        ("Лица", "Секое ранливо лице."),
    ]
    with pytest.raises(MovedOn):
        accept(drafter, returned.suggestions.get(old="Лица"))


@pytest.mark.parametrize("told", [True, False])
def test_where_nothing_tells_which_text_the_file_had_it_stays_and_a_comment_says_so(
    edition: Edition, drafter: User, told: bool
) -> None:
    """Two files were fetched, one with each text, or one by an older Kodeks, whose trail does not tell what was in it."""
    if told:
        out_of(drafter, edition)
    put(drafter, edition, "Рокови", "осум", "седум работни")
    if not told:
        audit.record("export_own", edition, drafter, language="mk")
    returned = back(drafter, edition, out_of(drafter, edition), *TIMES)
    (one,) = decide_all(drafter, returned.suggestions.all(), "accept")
    assert one.before["blocks"][0]["content"][0]["text"] == "За одговор има осум дена."
    assert texts(edition)[3][2].startswith("За одговор има седум работни дена.")
    said = Comment.objects.get()
    assert said.uid == one.uid and "can't be told" in said.text


def test_a_file_of_the_edition_before_has_what_the_draft_began_with(edition: Edition, drafter: User) -> None:
    out = out_of(drafter, edition)
    first, other = (make_person(Role.COORDINATOR, edition.instrument.owner) for _ in range(2))
    confirm(other, propose(first, edition, make_act(), date(2024, 1, 1)))
    edition.refresh_from_db()
    second = start_revision(first, edition)
    put(drafter, second, "Рокови", "осум", "седум работни")
    out_of(drafter, second)
    returned = back(drafter, second, out, *TIMES)
    assert len(decide_all(drafter, returned.suggestions.all(), "accept")) == 1
    assert texts(second)[3][2].startswith("За одговор има седум работни дена.")


def test_a_file_for_readers_may_have_been_made_at_another_moment(drafter: User) -> None:
    """Nobody knows when: every text that the section had while the others were as they are in the file may be its."""
    owner = make_institution()
    edition = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    last = load_tree(edition, "mk").sections[-1]
    row = Section.objects.get(edition=edition, uid=last.uid)
    body = {"heading": row.body_mk["heading"], "notes": {}, "blocks": []}
    for words in ("Осум дена.", "Седум дена."):
        body["blocks"] = [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]
        row.refresh_from_db()
        save_section(drafter, edition, str(row.uid), "mk", body, row.text_hash_mk)

    def change(text: str) -> str:
        for words in (f'preserve">{last.text.heading}', "Седум дена."):
            a, b = paragraph(text, words)
            text = text[:a] + text[b:]
        return text

    returned = bring_back(drafter, edition, "mk", edited(out_of(drafter, edition), change), "b.docx")
    (one,) = decide_all(drafter, returned.suggestions.all(), "accept")
    assert one.kind == "gone" and Comment.objects.filter(uid=one.uid).exists()


def test_words_that_nobody_touched_in_word_are_not_put_back_where_a_heading_went(
    edition: Edition, drafter: User
) -> None:
    out = out_of(drafter, edition)
    put(drafter, edition, "Рокови", "осум", "седум работни")
    returned = back(drafter, edition, out, "Рокови")
    assert [one[:4] for one in all_of(returned)] == [("joined", False, "Лица", "Рокови")]
    assert not decide_all(drafter, returned.suggestions.all(), "accept")
    assert texts(edition)[2][2] == "Секое лице.\nЗа одговор има седум работни дена.\nПотоа се известува."
    assert not Comment.objects.exists()


def test_where_several_files_were_fetched_the_words_of_the_file_tell_which_it_is(
    edition: Edition, drafter: User
) -> None:
    out = out_of(drafter, edition)
    put(drafter, edition, "Рокови", "осум", "седум работни")
    out_of(drafter, edition)
    returned = back(drafter, edition, out, "Рокови")
    assert [one[0] for one in all_of(returned)] == ["joined"] and not Comment.objects.exists()


def test_three_texts_are_shown_where_both_changed_the_words_of_a_section_that_was_joined(
    edition: Edition, drafter: User, as_
) -> None:
    out = out_of(drafter, edition)
    put(drafter, edition, "Рокови", "осум", "седум работни")
    returned = back(drafter, edition, out, "Рокови", осум="девет")
    assert [one[:4] for one in all_of(returned)] == [
        ("changed", False, "осум", "девет"),
        ("joined", False, "Лица", "Рокови"),
    ]
    left = decide_all(drafter, returned.suggestions.order_by("pk"), "accept")
    # Behind the join nobody could choose between the texts any more.
    assert [one.kind for one in left] == ["changed", "joined"]
    assert texts(edition)[3][2].startswith("За одговор има седум работни дена.")
    page = as_(drafter).get(f"/en/desk/{edition.pk}/suggestions/{left[0].pk}/").content.decode()
    for new in ("седум работни", "девет"):
        assert re.search(rf"<del[^>]*>осум</del> ?<ins[^>]*>{new}</ins>", page), page
    accept(drafter, left[0], how="beside")
    assert not decide_all(drafter, left[1:], "accept")
    assert texts(edition)[2][2] == (
        "Секое лице.\nЗа одговор има седум работни дена.\nЗа одговор има девет дена.\nПотоа се известува."
    )


def test_other_words_of_both_are_kept_where_a_section_was_joined(edition: Edition, drafter: User) -> None:
    out = out_of(drafter, edition)
    put(drafter, edition, "Рокови", "осум", "седум работни")
    returned = back(drafter, edition, out, "Рокови", Потоа="Веднаш")
    assert not decide_all(drafter, returned.suggestions.order_by("pk"), "accept")
    assert texts(edition)[2][2] == "Секое лице.\nЗа одговор има седум работни дена.\nВеднаш се известува."


def test_where_the_words_of_the_file_speak_for_no_text_todays_is_not_taken_for_it(
    edition: Edition, drafter: User
) -> None:
    out = out_of(drafter, edition)
    put(drafter, edition, "Рокови", "осум", "седум работни")
    out_of(drafter, edition)
    returned = back(drafter, edition, out, "Рокови", осум="девет")
    left = decide_all(drafter, returned.suggestions.order_by("pk"), "accept")
    assert [(one.kind, one.old) for one in left] == [("changed", "осум"), ("joined", "Лица")]
    assert Comment.objects.filter(uid=left[0].uid).exists()
