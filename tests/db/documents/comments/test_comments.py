from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404

from audit.models import Entry
from documents.actions.errors import ActionError
from documents.comments.actions import add_comment, may_resolve, resolve, section_text
from documents.models import Comment, Edition, Section
from documents.text.text_quote import locate
from people.models import User
from people.roles import Role
from tests.support.factories import make_draft, make_institution, make_person


@pytest.fixture
def edition(db: None) -> Edition:
    return make_draft()


@pytest.fixture
def drafter(edition: Edition) -> User:
    return make_person(Role.DRAFTER, edition.instrument.owner)


def uid_of(edition: Edition, place: int = 0) -> str:
    return str(Section.objects.filter(edition=edition).order_by("position")[place].uid)


def test_the_anchor_is_taken_from_the_text(edition: Edition, drafter: User) -> None:
    text = section_text(edition, uid_of(edition, 2), "mk") or ""
    word = text.split()[-1].rstrip(".")
    comment = add_comment(
        drafter, edition, uid_of(edition, 2), "mk", "Why?", quote=f" {word} ", suggestion="Друго"
    )
    assert comment.quote == word and text.endswith(word + comment.suffix)
    assert comment.institution == edition.instrument.owner
    found = locate(comment.quote, comment.prefix, comment.suffix, text).certain
    assert found is not None and text[slice(*found)] == word
    entry = Entry.objects.get(verb="comment")
    assert "Why?" not in str(entry.detail)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "x" * 5_001},
        {"text": "a\x00b"},
        {"text": "x", "quote": "words that are not there at all, anywhere"},
        {"text": "x", "suggestion": "instead of what?"},
        {"text": "x", "language": "hr"},
    ],
)
def test_what_can_not_be_kept_is_refused_in_words(
    edition: Edition, drafter: User, wrong: dict[str, Any]
) -> None:
    values = {"language": "mk"} | wrong
    with pytest.raises(ActionError):
        add_comment(drafter, edition, uid_of(edition), **values)
    assert not Comment.objects.exists()


def test_what_makes_the_words_around_read_otherwise_is_not_kept(edition: Edition, drafter: User) -> None:
    """U+202E turns what follows it round; a bell, an escape and a line tab are signs of no text."""
    quote = (section_text(edition, uid_of(edition), "mk") or "").split()[0]
    comment = add_comment(
        drafter,
        edition,
        uid_of(edition),
        "mk",
        "safe\u202egnp.exe\x07\x1b[31m\u2066 x",
        quote,
        suggestion="12\u202e\x0bh",
    )
    assert (comment.text, comment.suggestion) == ("safegnp.exe  [31m x", "12 h")


def test_no_such_section_no_such_language(edition: Edition, drafter: User) -> None:
    with pytest.raises(Http404):
        add_comment(drafter, edition, "00000000-0000-4000-8000-00000000ffff", "mk", "x")
    with pytest.raises(LookupError):
        add_comment(drafter, edition, uid_of(edition), "mk; drop", "x")


def test_who_does_not_work_on_the_text_finds_nothing(edition: Edition, drafter: User) -> None:
    comment = add_comment(drafter, edition, uid_of(edition), "mk", "x")
    stranger = make_person(Role.DRAFTER, make_institution("rs-coordinator"))
    with pytest.raises(Http404):
        add_comment(stranger, edition, uid_of(edition), "mk", "x")
    with pytest.raises(Http404):
        resolve(stranger, comment)
    assert not may_resolve(stranger, comment)


def test_an_answer_belongs_to_its_thread(edition: Edition, drafter: User) -> None:
    first = add_comment(drafter, edition, uid_of(edition), "mk", "Why?")
    answer = add_comment(drafter, edition, uid_of(edition), "mk", "So.", parent=first, quote="ignored")
    deeper = add_comment(drafter, edition, uid_of(edition), "mk", "Yes.", parent=answer)
    assert deeper.parent == first and answer.quote == ""
    with pytest.raises(ActionError):
        add_comment(drafter, edition, uid_of(edition, 1), "mk", "Elsewhere.", parent=first)


def test_a_thread_is_settled_and_opened_again(edition: Edition, drafter: User) -> None:
    first = add_comment(drafter, edition, uid_of(edition), "mk", "Why?")
    resolve(drafter, first)
    first.refresh_from_db()
    assert first.resolved and first.resolved_by == drafter
    resolve(drafter, first, settled=False)
    first.refresh_from_db()
    assert first.resolved is None
