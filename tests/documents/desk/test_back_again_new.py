"""New sections in a file that came back, sections joined to them or one to another, and sections that the draft changed meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations

import pytest
from django.db import transaction

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import MovedOn, accept, decide_all, refuse
from documents.actions.save_section import save_section
from documents.exports.own_file import export_own
from documents.models import Edition, ReturnedFile, Section, Suggestion
from people.models import User
from tests.documents.desk.returning import paragraph
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.desk.test_back_again_headings import (
    all_of,
    drafter,
    edition,
    gone,
    heading,
    looks,
    returned,
    texts,
)

__all__ = ["drafter", "edition"]

pytestmark = pytest.mark.django_db
AIM, SCOPE, WHO, TIMES = (
    (1, "Цел", "Првиот текст."),
    (1, "Опсег", "Важи за сите."),
    (2, "Лица", "Секое лице."),
    (1, "Рокови", "Осум дена."),
)
NEW, OTHER = (1, "Нов прв", "Текст еден."), (1, "Нов втор", "Текст два.")
INSIDE = (2, "Нов во него", "Текст три.")


def before(*sections: tuple[int, str, str], tracked: bool = True) -> Callable[[str], str]:
    """These sections put before a paragraph; without words of a text the heading alone."""

    def made(words: str, level: int = 0) -> str:
        one = heading(words, level) if level else p(words)
        if not tracked:
            return one
        mark = f'<w:rPr><w:ins w:id="80" {BY}/></w:rPr>'
        one = (
            one.replace("</w:pPr>", f"{mark}</w:pPr>")
            if level
            else one.replace("<w:p>", f"<w:p><w:pPr>{mark}</w:pPr>")
        )
        return one.replace("<w:r>", f'<w:ins w:id="81" {BY}><w:r>').replace("</w:r>", "</w:r></w:ins>")

    new = "".join(made(title, level) + (made(words) if words else "") for level, title, words in sections)
    return lambda found: new + found


def made_text(level: int) -> Callable[[str], str]:
    return looks("", old=f'<w:pStyle w:val="Heading{level}"/>')


def meanwhile(drafter: User, edition: Edition, title: str, old: str, new: str) -> None:
    row = next(row for row in Section.objects.filter(edition=edition) if row.heading_mk == title)
    body = json.loads(json.dumps(row.body_mk, ensure_ascii=False).replace(old, new))
    save_section(drafter, edition, str(row.uid), "mk", body, row.text_hash_mk)


def changed_file(
    drafter: User, edition: Edition, changes: list[tuple[str, Callable[[str], str]]], *moved_on: str
) -> ReturnedFile:
    """The file that went out, changed, and brought back when the draft had moved on."""
    out = export_own(drafter, edition, "mk").data

    def change(text: str) -> str:
        for words, how in changes:
            a, b = paragraph(text, words)
            text = text[:a] + how(text[a:b]) + text[b:]
        return text

    meanwhile(drafter, edition, *moved_on)
    return bring_back(drafter, edition, "mk", edited(out, change), "back.docx")


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    ("at", "new", "wanted"),
    [
        ("Рокови", [NEW, OTHER], [AIM, SCOPE, WHO, NEW, OTHER, TIMES]),
        ("Рокови", [NEW, INSIDE], [AIM, SCOPE, WHO, NEW, INSIDE, TIMES]),
        ("Рокови", [INSIDE, NEW], [AIM, SCOPE, WHO, INSIDE, NEW, TIMES]),
        ("Лица", [NEW], [AIM, SCOPE, NEW, WHO, TIMES]),
        ("Цел", [NEW, OTHER], [NEW, OTHER, AIM, SCOPE, WHO, TIMES]),
    ],
)
def test_new_sections_stand_as_in_the_file_whichever_is_accepted_first(
    edition: Edition, drafter: User, tracked: bool, at: str, new: list[tuple[int, str, str]], wanted: object
) -> None:
    back = returned(drafter, edition, (at, before(*new, tracked=tracked)))
    assert [(kind, title) for kind, _, _, title, _ in all_of(back)] == [("new", title) for _, title, _ in new]
    assert not decide_all(drafter, back.suggestions.order_by("-pk"), "accept")
    assert texts(edition) == wanted


def test_new_sections_accepted_in_their_order_stand_so(edition: Edition, drafter: User) -> None:
    third = (1, "Нов трет", "Текст четири.")
    back = returned(drafter, edition, ("Рокови", before(NEW, OTHER, INSIDE, third)))
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition) == [AIM, SCOPE, WHO, NEW, OTHER, INSIDE, third, TIMES]


def test_what_follows_a_new_section_that_was_refused_stands_in_its_place(
    edition: Edition, drafter: User
) -> None:
    back = returned(drafter, edition, ("Рокови", before(NEW, OTHER)))
    first, second = back.suggestions.order_by("pk")
    refuse(drafter, first)
    accept(drafter, second)
    assert texts(edition) == [AIM, SCOPE, WHO, OTHER, TIMES]


@pytest.mark.parametrize("order", ["pk", "-pk"])
def test_of_two_headings_made_text_either_is_joined_first(
    edition: Edition, drafter: User, order: str
) -> None:
    back = returned(drafter, edition, ("Лица", made_text(2)), ("Рокови", made_text(1)))
    assert not decide_all(drafter, back.suggestions.order_by(order), "accept")
    assert texts(edition) == [AIM, (1, "Опсег", "Важи за сите.\nЛица\nСекое лице.\nРокови\nОсум дена.")]


def test_a_section_joined_to_one_that_was_joined_stays_open_alone(edition: Edition, drafter: User) -> None:
    back = returned(drafter, edition, ("Лица", made_text(2)), ("Рокови", made_text(1)))
    accept(drafter, back.suggestions.get(new="Лица"))
    refuse(drafter, back.suggestions.get(new="Рокови"))
    assert texts(edition)[1:] == [(1, "Опсег", "Важи за сите.\nЛица\nСекое лице."), TIMES]


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("how", [made_text(1), gone])
def test_a_section_whose_heading_went_behind_a_new_one_is_joined_to_that(
    edition: Edition, drafter: User, how: Callable[[str], str], alone: bool
) -> None:
    back = returned(drafter, edition, ("Рокови", how), ("Секое лице.", before((1, "Нов прв", ""))))
    rows = back.suggestions.order_by("pk")
    assert ("joined", "Рокови") in [(row.kind, row.new) for row in rows]
    if alone:
        # The new section comes along with what is joined to it.
        accept(drafter, rows.get(kind="joined"))
        rows = rows.filter(state=Suggestion.State.OPEN)
    assert not decide_all(drafter, rows, "accept")
    words = "Секое лице.\n" + ("" if how is gone else "Рокови\n") + "Осум дена."
    assert texts(edition) == [AIM, SCOPE, (2, "Лица", ""), (1, "Нов прв", words)]


@pytest.mark.parametrize(
    "words", [("Рокови", "Осум дена."), ("Опсег", "Важи за сите.", "Лица", "Секое лице.")]
)
def test_a_section_taken_out_silently_that_the_draft_changed_stays_until_both_texts_were_seen(
    edition: Edition, drafter: User, words: tuple[str, ...]
) -> None:
    title, said = words[-2:]
    later = f"{said[:-1]} и повеќе."
    back = changed_file(drafter, edition, [(one, gone) for one in words], title, said, later)
    (left,) = decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert (left.kind, left.old) == ("gone", title)
    assert later in [text for _, _, text in texts(edition)]
    with pytest.raises(MovedOn):
        accept(drafter, left)
    accept(drafter, left, how="instead")
    assert title not in [one for _, one, _ in texts(edition)]


def test_a_section_joined_silently_keeps_the_words_that_the_draft_changed(
    edition: Edition, drafter: User
) -> None:
    back = changed_file(drafter, edition, [("Рокови", gone)], "Рокови", "Осум", "Седум работни")
    assert [row.kind for row in back.suggestions.all()] == ["joined"]
    assert not decide_all(drafter, back.suggestions.all(), "accept")
    assert texts(edition)[2:] == [(2, "Лица", "Секое лице.\nСедум работни дена.")]


def test_a_section_joined_silently_whose_words_both_changed_asks(edition: Edition, drafter: User) -> None:
    changes = [("Рокови", gone), ("Осум дена.", lambda found: found.replace("Осум", "Девет"))]
    back = changed_file(drafter, edition, changes, "Рокови", "Осум", "Седум работни")
    left = decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    # Behind the join nobody could choose between the texts any more.
    assert [(one.kind, one.old) for one in left] == [("changed", "Осум"), ("joined", "Лица")]
    assert texts(edition)[3] == (1, "Рокови", "Седум работни дена.")


def test_every_order_of_new_sections_ends_as_the_file(edition: Edition, drafter: User) -> None:
    back = returned(drafter, edition, ("Лица", before(NEW, INSIDE, OTHER)))
    rows = list(back.suggestions.order_by("pk"))
    wanted = [AIM, SCOPE, NEW, INSIDE, OTHER, WHO, TIMES]
    for order in permutations(range(len(rows))):
        with transaction.atomic():
            for index in order:
                accept(drafter, rows[index])
            assert texts(edition) == wanted, order
            transaction.set_rollback(True)
