"""A reviewed Word file comes back: what is otherwise in it is suggested, taken or not, and each decision
can be undone."""

from __future__ import annotations

import pytest

from audit.models import Entry
from documents.access.authorship import authors, wrote_in
from documents.actions.decide_suggestions import accept, refuse, undo, write
from documents.actions.decide_suggestions import now_at as now_in
from documents.actions.errors import ActionError
from documents.exports.own_file import export_own
from documents.models import Comment, ReturnedFile, Section, SectionChange, Suggestion
from documents.word.review.normalise import block_hash
from people.roles import Role
from tests.support.documents.word.build import HEADINGS, word_file
from tests.support.factories import make_institution, make_person
from tests.support.returned_files import (
    ANA,
    BORIS,
    SOURCE,
    dele,
    draft_of,
    edited,
    give_back,
    headings,
    ins,
    inside,
    p,
    paragraph_of,
    returned,
    save,
    texts,
    tracked,
    uid_at,
    without_marks,
)

pytestmark = pytest.mark.django_db
Kind, State = Suggestion.Kind, Suggestion.State
OUT = ["Првиот текст за заштита.\nВториот текст останува.", "Ова важи за сите тела.\nПоследен став."]
BACK = ["Првиот став за заштита.\nНов став од Ана.", "Ова важи за сите тела.\nПоследниот став без траги."]


def cards(file: ReturnedFile) -> list[Suggestion]:
    return list(file.suggestions.order_by("pk"))


def kinds(file: ReturnedFile) -> list[str]:
    return sorted(one.kind for one in cards(file))


def test_each_changed_block_is_a_card_with_who_changed_what_and_when(edition, drafter):
    file = returned(drafter, edition)
    assert texts(edition) == OUT
    assert file.state == ReturnedFile.State.READY and file.file.name == ""
    first, second, last = (one for one in cards(file) if one.kind == Kind.CHANGED)
    told = [[(one["old"], one["new"], one["author"]) for one in card.changes] for card in (first, second)]
    assert told[0] == [("текст", "став", "Ana Petrova")]
    assert first.written is not None and first.written.day == 4 and first.position == 0
    assert {name for *_words, author in told[1] for name in author.split("; ")} == {"Ana Petrova", "Boris"}
    assert not last.tracked and last.author_name == "" and last.position == 1
    assert file.counts == {"suggestions": 3, "untracked": 1, "comments": 0}


def test_all_taken_is_the_text_of_the_file_all_refused_the_draft_and_both_can_be_undone(edition, drafter):
    def hashes() -> list[str]:
        return list(Section.objects.filter(edition=edition).values_list("text_hash_mk", flat=True))

    before, file = hashes(), returned(drafter, edition)
    outcome = refuse(drafter, cards(file))
    assert texts(edition) == OUT and len(outcome.done) == 3
    undo(drafter, Suggestion.objects.filter(batch=outcome.batch))
    assert {one.state for one in cards(file)} == {State.OPEN}
    outcome = accept(drafter, cards(file))
    assert texts(edition) == BACK and not outcome.left
    assert SectionChange.objects.filter(verb="save", actor=drafter.actor).count() == 2
    undo(drafter, Suggestion.objects.filter(batch=outcome.batch))
    assert texts(edition) == OUT and hashes() == before
    verbs = Entry.objects.filter(verb__startswith="suggestion_").values_list("verb", flat=True)
    assert (
        sorted(verbs)
        == ["suggestion_accepted"] * 3 + ["suggestion_refused"] * 3 + ["suggestion_reopened"] * 6
    )


def test_changes_of_a_block_are_switched_one_by_one(edition, drafter):
    def change(text: str) -> str:
        runs = inside(dele("Првиот", BORIS), ins("Првиот и единствен", BORIS))
        return text.replace("Првиот текст за", f"{runs} {inside(dele('текст'), ins('став'))} за")

    (card,) = cards(returned(drafter, edition, change))
    assert card.author_name == "Boris; Ana Petrova" and len(card.changes) == 2
    accept(drafter, [card], [1])
    assert texts(edition)[0].startswith("Првиот став за заштита.")
    undo(drafter, [card])
    card.refresh_from_db()
    accept(drafter, [card], [0])
    assert texts(edition)[0].startswith("Првиот и единствен текст за заштита.")


def test_a_draft_that_moved_on_elsewhere_keeps_both_and_in_the_block_asks_a_person(edition, drafter):
    out = export_own(drafter, edition, "mk").data
    save(
        drafter, edition, 0, "Сосема друг почеток.", "Првиот документ за заштита.", "Вториот текст останува."
    )
    save(drafter, edition, 1, "Ова важи за сите тела и лица.", "Последен став.")
    file = give_back(drafter, edition, edited(out, tracked))
    outcome = accept(drafter, cards(file))
    assert len(outcome.done) == 2
    assert texts(edition)[1] == "Ова важи за сите тела и лица.\nПоследниот став без траги."
    assert texts(edition)[0] == "Сосема друг почеток.\nПрвиот документ за заштита.\nНов став од Ана."
    ((card, why),) = outcome.left
    assert "three texts" in why
    seen = [block_hash(one) for one in now_in(card)[0]]
    assert write(drafter, card, ["0" * 64], ["Друго."]).left
    outcome = write(
        drafter, card, seen, ["Сосема друг почеток.", "Првиот документ, односно став, за заштита."]
    )
    assert not outcome.left
    assert texts(edition)[0].startswith(
        "Сосема друг почеток.\nПрвиот документ, односно став, за заштита.\nНов"
    )
    undo(drafter, [card])
    assert texts(edition)[0].startswith("Сосема друг почеток.\nПрвиот документ за заштита.\nНов")


def test_what_was_edited_since_is_not_undone(edition, drafter):
    file = returned(drafter, edition)
    outcome = accept(drafter, cards(file))
    save(drafter, edition, 0, "Првиот став за целосна заштита.", "Нов став од Ана.")
    left = undo(drafter, Suggestion.objects.filter(batch=outcome.batch)).left
    assert len(left) == 1 and texts(edition) == [
        "Првиот став за целосна заштита.\nВториот текст останува.",
        OUT[1],
    ]


def test_what_the_draft_says_already_waits_for_nobody(edition, drafter):
    out = export_own(drafter, edition, "mk").data
    save(drafter, edition, 0, "Првиот став за заштита.", "Нов став од Ана.")
    file = give_back(drafter, edition, edited(out, tracked))
    states = {one.state for one in cards(file) if str(one.uid) == uid_at(edition, 0)}
    assert states == {State.PRESENT} and file.counts["suggestions"] == 1


def test_the_same_file_comes_again_once_it_is_decided_about(edition, drafter):
    data = edited(export_own(drafter, edition, "mk").data, tracked)
    file = give_back(drafter, edition, data)
    with pytest.raises(ActionError) as problem:
        give_back(drafter, edition, data)
    assert problem.value.code == "brought_back"
    refuse(drafter, cards(file))
    again = give_back(drafter, edition, data)
    accept(drafter, cards(again))
    assert texts(edition) == BACK


@pytest.mark.parametrize("marks", [True, False])
def test_blocks_and_sections_that_come_go_and_move(edition, drafter, marks):
    def change(text: str) -> str:
        first, second = (paragraph_of(text, words) for words in ("Првиот текст", "Вториот текст"))
        text = text.replace(first + second, second + first)
        added = p("Ново поглавје", True) + p("Негов текст.")
        text = (
            text.replace("<w:sectPr", added + "<w:sectPr")
            if "<w:sectPr" in text
            else text.replace("</w:body>", added + "</w:body>")
        )
        return text if marks else without_marks(text)

    file = returned(drafter, edition, change)
    assert kinds(file) == [Kind.MOVED, Kind.SECTION_ADDED]
    outcome = accept(drafter, cards(file))
    assert texts(edition) == ["Вториот текст останува.\nПрвиот текст за заштита.", OUT[1], "Негов текст."]
    undo(drafter, Suggestion.objects.filter(batch=outcome.batch))
    assert texts(edition) == OUT and headings(edition) == ["Цел", "Опсег"]


def test_a_section_that_goes_and_comes_back_and_one_that_is_retitled(edition, drafter):
    def change(text: str) -> str:
        start = text.index(paragraph_of(text, "Опсег"))
        end = text.index(paragraph_of(text, "Последен став.")) + len(paragraph_of(text, "Последен став."))
        return (text[:start] + text[end:]).replace(">Цел<", ">Цел и опсег<")

    before = Section.objects.get(edition=edition, uid=uid_at(edition, 1))
    file = returned(drafter, edition, change)
    assert kinds(file) == [Kind.HEADING, Kind.SECTION_REMOVED]
    outcome = accept(drafter, cards(file))
    assert headings(edition) == ["Цел и опсег"]
    undo(drafter, Suggestion.objects.filter(batch=outcome.batch))
    after = Section.objects.get(edition=edition, uid=before.uid)
    assert headings(edition) == ["Цел", "Опсег"] and texts(edition) == OUT
    assert (after.text_hash_mk, after.level, after.kind) == (before.text_hash_mk, before.level, before.kind)


def test_a_section_that_moves(edition, drafter):
    def change(text: str) -> str:
        start, middle = text.index(paragraph_of(text, ">Цел<")), text.index(paragraph_of(text, "Опсег"))
        last = paragraph_of(text, "Последен став.")
        end = text.index(last) + len(last)
        return text[:start] + text[middle:end] + text[start:middle] + text[end:]

    file = returned(drafter, edition, change)
    assert kinds(file) == [Kind.SECTION_MOVED]
    outcome = accept(drafter, cards(file))
    assert headings(edition) == ["Опсег", "Цел"]
    undo(drafter, Suggestion.objects.filter(batch=outcome.batch))
    assert headings(edition) == ["Цел", "Опсег"]


def test_looks_alone_are_cards_of_their_own(edition, drafter):
    def change(text: str) -> str:
        return text.replace(
            '<w:r><w:t xml:space="preserve">Последен',
            '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Последен',
        )

    file = returned(drafter, edition, change)
    assert kinds(file) == [Kind.LOOKS]
    accept(drafter, cards(file))
    body = Section.objects.get(edition=edition, uid=uid_at(edition, 1)).body_mk
    assert body["blocks"][1]["content"][0]["marks"] == [{"type": "bold"}]


def test_comments_come_once_with_author_quote_and_answers(edition, drafter):
    comment = f'<w:comment w:id="7" {ANA}><w:p><w:r><w:t>Зошто сите?</w:t></w:r></w:p></w:comment>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def change(text: str) -> str:
        return text.replace(
            "за сите тела.</w:t></w:r>",
            'за </w:t></w:r><w:commentRangeStart w:id="7"/><w:r><w:t>сите тела.</w:t></w:r>'
            '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
        )

    data = edited(
        export_own(drafter, edition, "mk").data, change, f"<w:comments {space}>{comment}</w:comments>"
    )
    for n in (1, 0):
        file = give_back(drafter, edition, data)
        assert file.counts == {"suggestions": 0, "untracked": 0, "comments": n}
    made = Comment.objects.get(edition=edition)
    assert (made.text, made.author_name, made.quote) == ("Зошто сите?", "Ana Petrova", "сите тела.")
    assert str(made.uid) == uid_at(edition, 1)


def test_who_brought_words_that_were_taken_is_an_author(edition, drafter):
    other = make_person(Role.DRAFTER, make_institution())
    file = returned(other, edition)
    assert not wrote_in(other.actor, edition)
    accept(drafter, cards(file)[:1])
    assert wrote_in(other.actor, edition) and other.actor in authors(edition)
    undo(drafter, cards(file)[:1])
    assert not wrote_in(other.actor, edition)


def test_what_a_source_tracked_already_is_not_suggested_again(drafter):
    made = draft_of(drafter, edited(SOURCE, tracked))
    assert texts(made) == BACK
    assert not cards(returned(drafter, made, lambda text: text))
    (card,) = cards(returned(drafter, made, lambda text: text.replace("за сите тела", "за сите органи")))
    assert [(one["old"], one["new"], one["author"]) for one in card.changes] == [("тела", "органи", "")]


def test_what_is_no_file_of_this_draft_is_refused_in_words(edition, drafter):
    other = word_file(p("Нешто сосема друго", True) + p("Без врска."), styles=HEADINGS)
    for data in (b"no Word file", other):
        file = give_back(drafter, edition, data)
        assert file.state == ReturnedFile.State.REFUSED and file.why and not file.file
    assert texts(edition) == OUT and not Suggestion.objects.exists()
