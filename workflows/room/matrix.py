"""The comment matrix: every comment on a text with institution, section, words, answer and outcome."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from documents.models import Comment, Edition
from documents.tree import text_hash
from workflows.room.spoken_of import SpokenOf
from workflows.room.threads import author_name, can_put_in


@dataclass(frozen=True)
class Row:
    """One comment with what was replied to it. ``text_hash`` is that of its section's text as it is now."""

    number: int
    comment: Comment
    institution: str
    author: str
    section: str
    quote: str
    suggestion: str
    text: str
    lost: bool
    text_hash: str
    replies: tuple[Comment, ...] = field(default=())

    @property
    def pk(self) -> int:
        return self.comment.pk

    @property
    def outcome(self) -> str:
        """The word for its outcome; empty while there is none."""
        return self.comment.get_outcome_display() if self.comment.outcome else ""

    @property
    def answer(self) -> str:
        return self.comment.outcome_text

    @property
    def can_put_in(self) -> bool:
        """Whether it suggests words that were not put into the text yet and still could be."""
        return can_put_in(self.comment)


def rows_of(edition: Edition, comments: QuerySet[Comment] | None = None) -> list[Row]:
    """Every comment, or those named, in the order of the text; three queries, and one for each language that comments speak of."""
    found = list(
        (Comment.objects.filter(edition=edition) if comments is None else comments)
        .select_related("author", "institution__country", "decided_by", "applied_by", "edition__instrument")
        .order_by("id")
    )
    firsts = [comment for comment in found if comment.parent_id is None]
    replies: dict[int, list[Comment]] = {}
    for comment in found:
        if comment.parent_id is not None:
            replies.setdefault(comment.parent_id, []).append(comment)
    texts = SpokenOf(edition)
    languages = dict.fromkeys(comment.language for comment in firsts)
    order = {uid: place for one in languages for place, uid in enumerate(texts.tree(one).by_uid)}
    firsts.sort(key=lambda comment: (order.get(str(comment.uid), len(order)), comment.pk))
    return [
        _row(number, comment, texts, tuple(replies.get(comment.pk, ())))
        for number, comment in enumerate(firsts, 1)
    ]


def _row(number: int, comment: Comment, texts: SpokenOf, replies: tuple[Comment, ...]) -> Row:
    section = texts.section(comment)
    not_put_in = comment.applied is None  # what was put in stands in the place of the words that it speaks of
    return Row(
        number=number,
        comment=comment,
        institution=str(comment.institution) if comment.institution else "",
        author=author_name(comment),
        section=texts.name(comment),
        quote=comment.quote,
        suggestion=comment.suggestion,
        text=comment.text,
        lost=section is None or (not_put_in and texts.lost(comment)),
        text_hash=text_hash(section.text.body) if section else "",
        replies=replies,
    )
