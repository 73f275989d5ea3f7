"""What several test files of workflows begin with: like words."""

from __future__ import annotations

import pytest

from documents.comments.actions import section_text
from documents.comments.apply import apply_suggestion
from documents.models import Comment
from people.models import User
from tests.support.reviews import Cast, hash_now, open_review
from workflows.actions.comments import write_comment
from workflows.models import Review

LINES = ("Рок за одговор: 2 часа.", "Центарот известува во рок од 2 часа од првиот контакт.")


LIMIT = "{} по приемот на пријавата постапува во рок од 2 часа од приемот на пријавата."


@pytest.fixture
def consulted(cast: Cast) -> Review:
    cast.change(0, *LINES)
    return open_review(cast)


def suggest(cast: Cast, review: Review, by: User, words: str, line: int, start: str = "") -> Comment:
    """As the page sends it: the words behind ``start``, or the start of a line, and what is read around them."""
    text = section_text(cast.edition, cast.uids[0], "mk") or ""
    at = text.index("2 часа", text.index(start or LINES[line][:10]))
    return write_comment(
        by, review, cast.uids[0], "mk", text="", quote="2 часа", suggestion=words,
        prefix=text[max(0, at - 60) : at], suffix=text[at + 6 : at + 66],
    )  # fmt: skip


def now(cast: Cast) -> str:
    return section_text(cast.edition, cast.uids[0], "mk") or ""


def accept(cast: Cast, comment: Comment) -> None:
    found = Comment.objects.select_related("edition__instrument").get(pk=comment.pk)
    apply_suggestion(cast.coordinator, found, hash_now(cast))
