"""The line that was the title of a file that was sent out stays it, whatever becomes of its look."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from documents.actions.bring_back import bring_back
from documents.exports.own_file import export_own
from documents.models import Comment, Suggestion
from people.models import User
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import edited
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, word_file

__all__ = ["drafter"]
pytestmark = pytest.mark.django_db
BY = 'w:author="Ana" w:date="2026-03-04T10:00:00Z"'
TITLE = "ЗАЯВЛЕНИЕ"
TITLE_STYLE = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
LOOK = '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="40"/>'


def line(text: str, of_paragraph: str = "", of_words: str = "") -> str:
    return f"<w:p><w:pPr>{of_paragraph}</w:pPr><w:r><w:rPr>{of_words}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


ABOVE = line("ДО") + line("ПРЕДСЕДАТЕЛЯ") + line("НА АГЕНЦИЯТА")
BELOW = line("за издаване на лиценз.") + line("Последен став на текста тука стои.")


def returned(drafter: User, change: Callable[[str], str], source: str = "") -> list[Suggestion]:
    draft = taken_in(
        drafter, word_file(source or ABOVE + line(TITLE, *LOOK) + BELOW, styles=HEADINGS + TITLE_STYLE)
    )
    back = edited(export_own(drafter, draft, "mk").data, change)
    return list(bring_back(drafter, draft, "mk", back, "b.docx").suggestions.order_by("pk"))


def at(text: str, words: str, change: Callable[[str], str]) -> str:
    start, end = paragraph(text, words)
    return text[:start] + change(text[start:end]) + text[end:]


def a_heading(text: str) -> str:
    return at(text, TITLE, lambda p: p.replace("<w:pPr>", '<w:pPr><w:pStyle w:val="Heading1"/>', 1))


def plain(text: str) -> str:
    return at(text, TITLE, lambda p: re.sub(r"<w:jc [^>]*/>|<w:b/>|<w:sz [^>]*/>", "", p))


def deleted(text: str) -> str:
    mark = f'<w:rPr><w:del w:id="77" {BY}/></w:rPr></w:pPr>'
    words = f'<w:del w:id="78" {BY}><w:r><w:delText>{TITLE}</w:delText></w:r></w:del>'
    return at(text, TITLE, lambda p: re.sub(r"<w:r>.*</w:r>", words, p.replace("</w:pPr>", mark, 1)))


def other_words(text: str) -> str:
    return text.replace(f"{TITLE}</w:t>", "БАРАЊЕ</w:t>")


@pytest.mark.parametrize("change", [a_heading, plain, deleted, other_words])
def test_no_other_line_is_left_out_for_the_title(drafter: User, change: Callable[[str], str]) -> None:
    assert [(one.kind, one.old, one.new) for one in returned(drafter, change)] == []


@pytest.mark.parametrize(("change", "new"), [(deleted, "(taken out)"), (other_words, "БАРАЊЕ")])
def test_what_became_of_the_title_is_told(drafter: User, change: Callable[[str], str], new: str) -> None:
    returned(drafter, change)
    told = Comment.objects.get()
    assert told.quote == TITLE
    assert told.text.endswith(new)


@pytest.mark.parametrize("source", ["", ABOVE + BELOW], ids=["with a title", "without one"])
def test_a_line_that_is_made_striking_stays_text(drafter: User, source: str) -> None:
    def striking(text: str) -> str:
        look = '<w:pPr><w:jc w:val="center"/>', '<w:rPr><w:b/><w:sz w:val="60"/>'
        words = "НА АГЕНЦИЯТА"
        return at(text, words, lambda p: p.replace("<w:pPr>", look[0], 1).replace("<w:rPr>", look[1], 1))

    found = returned(drafter, striking, source)
    assert {one.kind for one in found} <= {"changed"}
    assert all(one.old == one.new for one in found)


def test_a_title_that_runs_together_with_text_is_text(drafter: User) -> None:
    mark = f'<w:rPr><w:del w:id="77" {BY}/></w:rPr></w:pPr>'
    found = returned(drafter, lambda text: at(text, TITLE, lambda p: p.replace("</w:pPr>", mark, 1)))
    assert [one.new for one in found if one.new] == [f"{TITLE}за издаване на лиценз."] or [
        one.new for one in found
    ] == [TITLE]


def end(words: str, mark: str) -> Callable[[str], str]:
    """The end of the paragraph with the words, taken out or put in with tracking."""
    marked = f'<w:rPr><w:{mark} w:id="77" {BY}/></w:rPr></w:pPr>'
    return lambda text: at(text, words, lambda p: p.replace("</w:pPr>", marked, 1))


@pytest.mark.parametrize(
    ("mark", "old", "new"),
    [
        ("del", f"{TITLE}\nза лиценз", f"{TITLE}за лиценз"),
        ("ins", f"{TITLE}за лиценз", f"{TITLE}\nза лиценз"),
    ],
)
def test_two_lines_of_the_title_that_were_joined_or_made_of_one_are_told(
    drafter: User, mark: str, old: str, new: str
) -> None:
    named = '<w:pStyle w:val="Title"/>'
    source = ABOVE + line(TITLE, named) + line("за лиценз", named) + BELOW
    assert returned(drafter, end(TITLE, mark), source) == []
    told = Comment.objects.get()
    assert (told.author_name, told.quote) == ("Ana", old)
    assert told.text.endswith(new)


def fallen(words: str) -> Callable[[str], str]:
    """As a program does that takes the title's line out: its bookmark falls on the line beside."""

    def change(text: str) -> str:
        start, end = paragraph(text, TITLE)
        marks = "".join(re.findall(r"<w:bookmark(?:Start|End)[^>]*/>", text[start:end]))
        text = text[:start] + text[end:]
        return at(text, words, lambda p: p.replace("<w:r>", marks + "<w:r>", 1))

    return change


@pytest.mark.parametrize("words", ["НА АГЕНЦИЯТА", "за издаване на лиценз."])
def test_a_line_of_text_on_which_its_bookmark_falls_stays_text(drafter: User, words: str) -> None:
    assert returned(drafter, fallen(words)) == []


def test_a_line_of_text_that_was_joined_to_it_stays_text(drafter: User) -> None:
    def joined(text: str) -> str:
        start, end = paragraph(text, "за издаване на лиценз.")
        marks = "".join(re.findall(r"<w:bookmark(?:Start|End)[^>]*/>", text[start:end]))
        text = text[:start] + text[end:]
        return at(
            text,
            TITLE,
            lambda p: p.replace("</w:p>", f"{marks}<w:r><w:t> за издаване на лиценз.</w:t></w:r></w:p>"),
        )

    (found,) = returned(drafter, joined)
    assert (found.kind, found.new) == ("changed", f"{TITLE}за издаване на лиценз.")
