"""The comment matrix: every comment on a text with institution, section, words, answer and outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from documents.annotations.actions import place_of
from documents.models import Comment, Edition
from documents.texts import load_tree
from documents.tree import SectionTree, body_text, text_hash
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


def rows_of(edition: Edition) -> list[Row]:
    """Every comment in the order of the text; three queries, and one for each language that comments speak of."""
    found = list(
        Comment.objects.filter(edition=edition)
        .select_related("author", "institution__country", "decided_by", "applied_by", "edition__instrument")
        .order_by("id")
    )
    firsts = [comment for comment in found if comment.parent_id is None]
    replies: dict[int, list[Comment]] = {}
    for comment in found:
        if comment.parent_id is not None:
            replies.setdefault(comment.parent_id, []).append(comment)
    trees = {comment.language: load_tree(edition, comment.language) for comment in _one_a_language(firsts)}
    order = {uid: place for tree in trees.values() for place, uid in enumerate(tree.by_uid)}
    firsts.sort(key=lambda comment: (order.get(str(comment.uid), len(order)), comment.pk))
    return [
        _row(number, comment, trees[comment.language], tuple(replies.get(comment.pk, ())))
        for number, comment in enumerate(firsts, 1)
    ]


def _one_a_language(comments: Iterable[Comment]) -> Iterable[Comment]:
    return {comment.language: comment for comment in comments}.values()


def _row(number: int, comment: Comment, tree: SectionTree, replies: tuple[Comment, ...]) -> Row:
    section = tree.by_uid.get(str(comment.uid))
    not_put_in = comment.applied is None  # what was put in stands in the place of the words that it speaks of
    words = body_text(section.text.body, heading=True) if section else ""
    return Row(
        number=number,
        comment=comment,
        institution=str(comment.institution) if comment.institution else "",
        author=author_name(comment),
        section=f"{section.text.label} {section.text.heading}".strip() if section else "",
        quote=comment.quote,
        suggestion=comment.suggestion,
        text=comment.text,
        lost=section is None or (not_put_in and bool(comment.quote) and place_of(comment, words) is None),
        text_hash=text_hash(section.text.body) if section else "",
        replies=replies,
    )
