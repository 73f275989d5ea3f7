"""A file that came back with headings made text, set to another level or deleted with tracking, and what stands under them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import accept, decide_all
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, ReturnedFile, Section
from documents.text_storage import load_tree
from documents.word.comments import WordComment, comment_key, said_since
from people.models import User
from people.roles import Role
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.docx.build import HEADINGS, word_file
from tests.factories import make_draft, make_institution, make_person

pytestmark = pytest.mark.django_db


def heading(words: str, level: int) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


SOURCE = word_file(
    heading("Цел", 1) + p("Првиот текст.")
    + heading("Опсег", 1) + p("Важи за сите.")
    + heading("Лица", 2) + p("Секое лице.")
    + heading("Рокови", 1) + p("Осум дена."),
    styles=HEADINGS,
)  # fmt: skip
CONVERSATION = [(1, "Зошто?", ""), (2, "Кој?", ""), (3, "Затоа.", "1")]
LOOK = '<w:pStyle w:val="Heading1"/>'


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def returned(
    drafter: User, edition: Edition, *changes: tuple[str, Callable[[str], str]], name: str = "b.docx"
) -> ReturnedFile:
    """The draft's own file brought back, with the paragraphs of these words changed."""

    def change(text: str) -> str:
        for words, how in changes:
            a, b = paragraph(text, words)
            text = text[:a] + how(text[a:b]) + text[b:]
        return text

    return bring_back(drafter, edition, "mk", edited(export_own(drafter, edition, "mk").data, change), name)


def looks(new: str, *, tracked: bool = False, old: str = LOOK) -> Callable[[str], str]:
    was = f'<w:pPrChange w:id="90" {BY}><w:pPr>{old}</w:pPr></w:pPrChange>' if tracked else ""
    return lambda found: found.replace(old, new + was)


def deleted(found: str) -> str:
    a, b = found.index("<w:r>"), found.index("</w:r>") + 6
    run = found[a:b].replace("<w:t ", "<w:delText ").replace("<w:t>", "<w:delText>")
    run = run.replace("</w:t>", "</w:delText>")
    return f'{found[:a]}<w:del w:id="71" {BY}>{run}</w:del>{found[b:]}'


def with_its_end(found: str) -> str:
    mark = f'<w:rPr><w:del w:id="70" {BY}/></w:rPr>'
    return deleted(found).replace("</w:pPr>", f"{mark}</w:pPr>")


def gone(_found: str) -> str:
    return ""


def all_of(back: ReturnedFile) -> list[tuple[str, bool, str, str, str]]:
    return [(s.kind, s.tracked, s.old, s.new, s.author_name) for s in back.suggestions.order_by("pk")]


def texts(edition: Edition) -> list[tuple[int, str, str]]:
    return [(one.level, one.text.heading, one.text.plain) for one in load_tree(edition, "mk")]


@pytest.mark.parametrize("tracked", [True, False])
def test_a_heading_that_its_look_makes_text_is_suggested_to_be_joined(
    edition: Edition, drafter: User, tracked: bool
) -> None:
    back = returned(drafter, edition, ("Рокови", looks("", tracked=tracked)))
    assert all_of(back) == [("joined", tracked, "Лица", "Рокови", "Ana Petrova" if tracked else "")]
    assert not decide_all(drafter, back.suggestions.all(), "accept")
    assert texts(edition)[2:] == [(2, "Лица", "Секое лице.\nРокови\nОсум дена.")]


@pytest.mark.parametrize("tracked", [True, False])
def test_a_heading_of_another_level_is_suggested(edition: Edition, drafter: User, tracked: bool) -> None:
    deeper = looks('<w:pStyle w:val="Heading2"/>', tracked=tracked)
    back = returned(drafter, edition, ("Рокови", deeper))
    assert all_of(back) == [("level", tracked, "1", "Рокови", "Ana Petrova" if tracked else "")]
    assert not decide_all(drafter, back.suggestions.all(), "accept")
    assert texts(edition)[3] == (2, "Рокови", "Осум дена.")
    # In the next file the look is the new level's, and nothing is suggested.
    assert not all_of(returned(drafter, edition, name="again.docx"))


def test_what_stands_in_a_section_of_another_level_stays_as_the_file_has_it(
    edition: Edition, drafter: User
) -> None:
    back = returned(drafter, edition, ("Опсег", looks('<w:pStyle w:val="Heading2"/>')))
    accept(drafter, back.suggestions.get())
    assert [(level, words) for level, words, _text in texts(edition)] == [
        (1, "Цел"), (2, "Опсег"), (2, "Лица"), (1, "Рокови"),
    ]  # fmt: skip


def test_a_look_that_makes_text_of_the_first_heading_is_told(edition: Edition, drafter: User) -> None:
    back = returned(drafter, edition, ("Цел", looks("")))
    assert not all_of(back)
    assert str(Comment.objects.get().uid) == load_tree(edition, "mk").sections[0].uid


def test_a_look_that_the_editor_may_have_given_by_itself_is_asked_about(
    edition: Edition, drafter: User
) -> None:
    back = returned(drafter, edition, ("Секое лице.", gone), ("Рокови", looks("")))
    assert [one[:4] for one in all_of(back)] == [("removed", False, "Секое лице.", "")]
    assert str(Comment.objects.get().uid) == load_tree(edition, "mk").sections[3].uid


def test_headings_that_never_had_the_look_of_one_are_not_told(drafter: User) -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    text = "Овој текст е подолг став кој завршува со точка."
    plain = word_file("".join(bold.format(f"Член {n} Рок") + p(text) for n in range(1, 4)))
    edition = taken_in(drafter, plain)
    assert len(texts(edition)) == 3
    assert not all_of(returned(drafter, edition)) and not Comment.objects.exists()


@pytest.mark.parametrize("how", [with_its_end, deleted])
def test_a_heading_deleted_with_tracking_joins_its_section(
    edition: Edition, drafter: User, how: Callable[[str], str]
) -> None:
    changed = ("Осум дена.", lambda found: found.replace("Осум", "Девет"))
    back = returned(drafter, edition, ("Рокови", how), changed)
    assert all_of(back) == [
        ("changed", False, "Осум", "Девет", ""),
        ("joined", True, "Лица", "Рокови", "Ana Petrova"),
    ]
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition)[2:] == [(2, "Лица", "Секое лице.\nДевет дена.")]


def test_what_stands_in_a_section_that_was_joined_stays_under_the_one_before(
    edition: Edition, drafter: User
) -> None:
    back = returned(drafter, edition, ("Опсег", gone))
    assert [one[:4] for one in all_of(back)] == [("joined", False, "Цел", "Опсег")]
    accept(drafter, back.suggestions.get())
    assert texts(edition) == [
        (1, "Цел", "Првиот текст.\nВажи за сите."),
        (2, "Лица", "Секое лице."),
        (1, "Рокови", "Осум дена."),
    ]


def test_what_stands_in_a_section_that_was_taken_out_stays_where_the_file_has_it(
    edition: Edition, drafter: User
) -> None:
    back = returned(drafter, edition, ("Опсег", gone), ("Важи за сите.", gone))
    accept(drafter, back.suggestions.get())
    assert texts(edition) == [
        (1, "Цел", "Првиот текст."),
        (2, "Лица", "Секое лице."),
        (1, "Рокови", "Осум дена."),
    ]


def test_what_was_taken_out_with_its_section_goes_with_it(edition: Edition, drafter: User) -> None:
    all_gone = [(words, gone) for words in ("Опсег", "Важи за сите.", "Лица", "Секое лице.")]
    back = returned(drafter, edition, *all_gone)
    accept(drafter, back.suggestions.get(new="", old="Опсег"))
    assert texts(edition) == [(1, "Цел", "Првиот текст."), (1, "Рокови", "Осум дена.")]
    assert {one.state for one in back.suggestions.all()} == {"accepted"}


def test_an_empty_table_that_is_left_of_a_section_that_went_is_not_told(drafter: User) -> None:
    cells = "".join(f"<w:tc>{p(words)}</w:tc>" for words in ("Орган", "Задача"))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    source = word_file(
        heading("Цел", 1) + p("Првиот текст.") + heading("Опсег", 1) + table + p("Крај."), styles=HEADINGS
    )
    edition = taken_in(drafter, source)

    def whole(found: str) -> str:
        """As LibreOffice deletes a paragraph: with its bookmarks."""
        marks = re.findall("<w:bookmark[^>]*/>", found)
        for mark in marks:
            found = found.replace(mark, "")
        properties = "" if "<w:pPr>" in found else "<w:pPr></w:pPr>"
        found = with_its_end(found.replace("<w:r>", f"{properties}<w:r>", 1))
        return found.replace('<w:del w:id="71" ' + BY + ">", '<w:del w:id="71" ' + BY + ">" + "".join(marks))

    words = [("Опсег", whole), ("Орган", deleted), ("Задача", deleted), ("Крај.", whole)]
    back = returned(drafter, edition, *words)
    assert [one[:3] for one in all_of(back)] == [("gone", True, "Опсег")]


def test_the_looks_of_a_text_that_was_written_here_are_known(drafter: User) -> None:
    owner = make_institution()
    edition = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    first, second, *_ = Section.objects.filter(edition=edition).order_by("position")
    assert not all_of(returned(drafter, edition)) and not Comment.objects.exists()
    # The table of contents says the same words.
    words = f'preserve">{second.heading_mk}'
    old = f'<w:pStyle w:val="Heading{second.level}"/>'
    back = returned(drafter, edition, (words, looks("", tracked=True, old=old)), name="text.docx")
    assert [one[:4] for one in all_of(back)] == [("joined", True, f"1 {first.heading_mk}", second.heading_mk)]
    deeper = looks(f'<w:pStyle w:val="Heading{second.level + 1}"/>', old=old)
    back = returned(drafter, edition, (words, deeper), name="deeper.docx")
    assert [one[:2] for one in all_of(back)] == [("level", False)]


def test_tracked_changes_that_the_source_held_are_nobodys_suggestions(drafter: User) -> None:
    def run(words: str, tag: str = "t") -> str:
        return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'

    held = (
        f'<w:del w:id="5" {BY}>{run("the online editing of a DOCX file is still a pain", "delText")}</w:del>'
    )
    held += f'<w:ins w:id="6" {BY}>{run("the ")}</w:ins>'
    held += f'<w:ins w:id="7" {BY}>{run("experience of editing documents on the web is difficult")}</w:ins>'
    before, behind = (
        "For all the powers of the modern browser, ",
        ". This is so when one needs to embed an editor.",
    )
    source = word_file(heading("Aim", 1) + f"<w:p>{run(before)}{held}{run(behind)}</w:p>", styles=HEADINGS)
    edition = taken_in(drafter, source)
    assert not all_of(returned(drafter, edition))


def test_comments_that_the_source_held_are_told_where_somebody_answered_them(drafter: User) -> None:
    def comment(number: int, words: str) -> str:
        return f'<w:comment w:id="{number}" {BY}>{p(words)}</w:comment>'

    def place(number: int) -> str:
        return f'<w:r><w:commentReference w:id="{number}"/></w:r>'

    first, other = comment(1, "Зошто?"), comment(2, "Кој?")
    source = word_file(
        heading("Цел", 1) + f"<w:p><w:r><w:t>Првиот текст.</w:t></w:r>{place(1)}</w:p>"
        f"<w:p><w:r><w:t>Вториот.</w:t></w:r>{place(2)}</w:p>",
        styles=HEADINGS,
        comments=first + other,
    )
    edition = taken_in(drafter, source)
    assert returned(drafter, edition).counts["comments"] == 0
    read = [WordComment(str(n), "u", "Ana", "2026", words, "", up) for n, words, up in CONVERSATION]
    known = {comment_key(one) for one in read[:2]}
    assert [one.id for one in said_since(read, known)] == ["1", "3"]
