"""The comment matrix: every comment on a text with institution, section, words, answer and outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.models import Comment, Edition
from people.prefetch import with_institutions, with_people
from theme.localized_names import localized_name
from workflows.pages.review.threads import author_name
from workflows.rules.comment_anchors import CommentAnchors, Marked, can_put_in
from workflows.rules.unanswered_comments import with_waits


@dataclass(frozen=True)
class Row:
    """One comment with its replies. What needs the text is looked up only where it is shown."""

    number: int
    comment: Comment
    texts: CommentAnchors
    replies: tuple[Comment, ...] = field(default=())
    waits: bool = False
    """Whether it waits for an answer, as the coordinator's desk counts them."""

    @property
    def pk(self) -> int:
        return self.comment.pk

    @property
    def key(self) -> str:
        """Its number in the database, as a form sends it."""
        return str(self.pk)

    @property
    def institution(self) -> str:
        return localized_name(self.comment.institution) if self.comment.institution else ""

    @property
    def author(self) -> str:
        return author_name(self.comment)

    @cached_property
    def section(self) -> str:
        return self._shown(self.texts.name(self.comment))

    @property
    def quote(self) -> str:
        return self._shown(self.comment.quote)

    @cached_property
    def mark(self) -> Marked:
        """The quoted words in their surroundings, while others could be put in their place."""
        marked = self.texts.marked(self.comment) if self.can_put_in and not self.lost else Marked()
        return Marked(*map(self._shown, (marked.words, marked.before, marked.after)))

    @property
    def suggestion(self) -> str:
        return self._shown(self.comment.suggestion)

    @property
    def text(self) -> str:
        return self.comment.text

    @property
    def lost(self) -> bool:
        # What was put in stands in the place of the words that it speaks of.
        section_removed = self.texts.section(self.comment) is None
        return section_removed or (self.comment.applied is None and self.texts.lost(self.comment))

    @property
    def quote_state(self) -> str:
        """The state of the quoted words; empty where they are unchanged."""
        if self.comment.applied:
            put_in = _("the suggested words were inserted into the text")
            changed = _("this part of the text has changed since")
            return f"{put_in}; {changed}" if self.replaced else put_in
        if not self.left_out:
            return self._quote_now
        known, out = self._quote_now, _("the suggested words are not in the text")
        return f"{out}; {known}" if known else out

    @property
    def _quote_now(self) -> str:
        if self.lost:
            return _("the words it refers to are no longer in the text")
        if self.ambiguous:
            return _("the same words appear more than once, so it is not clear which are meant")
        return _("the text around these words has changed") if self.unsure else ""

    @cached_property
    def left_out(self) -> bool:
        """Whether it was accepted, and the words that it suggests are not in the text."""
        return self.texts.left_out(self.comment)

    @property
    def replaced(self) -> bool:
        """Whether the words that it suggested were inserted, and edited or removed since."""
        return self.texts.replaced(self.comment)

    @property
    def ambiguous(self) -> bool:
        """Whether words like its own are there more than once, and which of them are meant is not sure."""
        return not self.lost and self.texts.ambiguous(self.comment)

    @cached_property
    def around(self) -> str:
        """The quote among the words around it at first, where it is more than once in its section."""
        one = self.comment
        if not (one.quote and (one.prefix or one.suffix)) or not self.texts.several(one):
            return ""
        before, after = (" ".join(self._shown(text).split()) for text in (one.prefix, one.suffix))
        quote = " ".join(self.quote.split())
        return f"… {before} [{quote}] {after} …"

    @property
    def unsure(self) -> bool:
        """Whether it suggests words for ones that are in other surroundings by now."""
        return self.can_put_in and not self.lost and not self.texts.certain(self.comment)

    @property
    def text_hash(self) -> str:
        """That of its section's text as it is now."""
        return self.texts.text_hash(self.comment)

    @property
    def outcome(self) -> str:
        """The word for its outcome; empty while it waits for one."""
        return "" if self.waits else self.comment.get_outcome_display()

    @property
    def answer(self) -> str:
        return "" if self.waits else self.comment.outcome_text

    @property
    def wants_suggestion(self) -> bool:
        """Whether words that it suggests are still to come into the text, or may be."""
        return self.texts.wants_suggestion(self.comment)

    def _shown(self, words: str) -> str:
        """Words of the text in the script of the page."""
        return self.texts.convert(self.comment.language)(words) if words else ""

    @property
    def can_put_in(self) -> bool:
        """Whether it suggests words that were not put into the text yet and still could be."""
        return can_put_in(self.comment)


def rows_of(edition: Edition, comments: QuerySet[Comment] | None = None) -> list[Row]:
    """The comments in the order of the text; a few queries, and one for each language."""
    wanted = Comment.objects.filter(edition=edition) if comments is None else comments
    found = list(with_waits(wanted).order_by("id"))
    with_people(found, "author", "decided_by", "applied_by")
    with_institutions(found, "institution")
    for comment in found:
        comment.edition = edition
    firsts = [comment for comment in found if comment.parent_id is None]
    replies: dict[int, list[Comment]] = {}
    for comment in found:
        if comment.parent_id is not None:
            replies.setdefault(comment.parent_id, []).append(comment)
    texts = CommentAnchors(edition)
    languages = dict.fromkeys(comment.language for comment in firsts)
    order = {uid: place for one in languages for place, uid in enumerate(texts.tree(one).by_uid)}
    firsts.sort(key=lambda comment: (order.get(str(comment.uid), len(order)), comment.pk))
    return [
        Row(number, comment, texts, tuple(replies.get(comment.pk, ())), comment.waits)
        for number, comment in enumerate(firsts, 1)
    ]
