"""Keep the comments of a returned Word file."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from documents.models import Comment, ReturnedFile
from documents.text import SectionTree, plain_line, plain_text
from documents.word.review.file.comments import WordComment
from documents.word.review.read import ReturnedText

LONGEST = 5_000
"""A comment's text."""


def parse_date(text: str) -> datetime | None:
    """A date as Word writes it."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None:
        return None
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)


def keep_comments(returned: ReturnedFile, read: ReturnedText, draft: SectionTree) -> list[Comment]:
    """Stores all and gives them, except those that an earlier import of the same file has stored."""
    known = {
        (one.author_name, one.written, one.text[:LONGEST])
        for one in Comment.objects.filter(
            edition=returned.edition, language=returned.language, author=None
        ).only("author_name", "written", "text")
    }
    found = [
        *_of_word(returned, read, draft, known),
        *_made_text(returned, read.made_text, draft),
    ]
    fresh = [one for one in found if (one.author_name, one.written, one.text) not in known]
    for one in fresh:
        one.save()
    return fresh


def _of_word(
    returned: ReturnedFile,
    read: ReturnedText,
    draft: SectionTree,
    known: Collection[tuple[str, datetime, str]],
) -> Iterator[Comment]:
    """Answers stay answers. A comment on a section that the draft lacks is placed at the nearest one before
    it in the file. What is longer than a comment goes on in answers."""
    by_id: dict[str, Comment] = {}
    nearest = _nearest(draft, [uid for uid, _level in read.review.outline])
    for comment in read.comments:
        text = plain_text(comment.text)
        answered = by_id.get(comment.parent)
        parent = (answered.parent or answered) if answered else None
        for start in range(0, len(text), LONGEST):
            comment_row = _comment(returned, comment, text[start : start + LONGEST], parent)
            comment_row.uid = uuid.UUID(nearest.get(comment.uid, draft.sections[0].uid))
            if (comment_row.author_name, comment_row.written, comment_row.text) in known:
                break
            comment_row.save()
            by_id.setdefault(comment.id, comment_row)
            parent = parent or comment_row
            yield comment_row


def _comment(returned: ReturnedFile, comment: WordComment, text: str, parent: Comment | None) -> Comment:
    return Comment(
        edition=returned.edition,
        language=returned.language,
        parent=parent,
        author=None,
        author_name=plain_line(comment.author)[:120],
        quote="" if parent else plain_text(comment.quote)[:2000],
        text=text,
        written=parse_date(comment.date) or returned.at,
    )


def _nearest(draft: SectionTree, outline: Sequence[str]) -> dict[str, str]:
    """For every section of the file the one of the draft at which its comments are."""
    found: dict[str, str] = {}
    last = draft.sections[0].uid
    for uid in outline:
        last = uid if uid in draft.by_uid else last
        found[uid] = last
    return found


def _made_text(returned: ReturnedFile, uids: Collection[str], draft: SectionTree) -> Iterator[Comment]:
    for section in draft:
        if section.uid in uids:
            yield Comment(
                edition=returned.edition,
                uid=uuid.UUID(section.uid),
                language=returned.language,
                author_name=plain_line(returned.name)[:120],
                text=_(
                    "In the Word file, this heading looks like body text or a heading of another "
                    "level. Some programs do this when the paragraph before it is deleted. "
                    "Compare the two."
                ),
                written=returned.at,
            )
