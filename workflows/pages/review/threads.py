"""The comments on a text as threads, each with its place in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from documents.models import Comment, Edition
from documents.text import SectionTree
from people.access import has_role, may
from people.models import User
from people.prefetch import with_institutions, with_people
from people.roles import Role, Verb
from theme.localized_names import localized_name
from workflows.models import Seat
from workflows.pages.review.comment_list import Said
from workflows.pages.review.desk_links import ByHand
from workflows.rules.comment_anchors import CommentAnchors, Marked, can_put_in


@dataclass
class Thread:
    """A comment with its answers. ``lost``: the words that it speaks of are no longer in the text."""

    first: Comment
    number: int
    replies: list[Comment] = field(default_factory=list)
    lost: bool = False
    unsure: bool = False
    """Whether it suggests words for ones that stand in other surroundings by now."""
    replaced: bool = False
    """Whether the words that it suggested were put in, and edited or taken out since."""
    ambiguous: bool = False
    """Whether words like its own stand there more than once, and which of them are meant is not sure."""
    mark: Marked = field(default_factory=Marked)
    """The words as they stand in the text now."""
    other_language: str = ""
    """The language of the comment's text, where the page shows another one."""
    may_resolve: bool = False
    may_decide: bool = False
    may_apply: bool = False
    """Whether its suggested words can be put into the draft by who looks at it."""
    left_out: bool = False
    """Whether it was accepted, and the words that it suggests are not in the text."""
    wants_words: bool = False
    """Whether words that it suggests are still to come into the text, or may be."""
    desk_url: str = ""
    """Its section on the drafting desk, where its words can be put in by hand by who looks at it."""
    text_hash: str = ""
    """Of its section's text as it is now: the precondition of putting words into it."""
    section_name: str = ""
    """Number and heading of the section that it stands in."""

    @property
    def comment(self) -> Comment:
        return self.first

    @property
    def anchor(self) -> str:
        return f"k{self.first.pk}"

    @property
    def solved(self) -> bool:
        return self.first.resolved is not None

    @property
    def gone(self) -> bool:
        """Whether its words were taken out of the text by something else than what it suggests."""
        return self.lost and self.first.applied is None

    @property
    def marked(self) -> bool:
        """Whether its words can be marked in the text that the page shows."""
        sure = not self.lost and not self.ambiguous
        return bool(self.first.quote) and sure and not self.other_language


def author_name(comment: Comment) -> str:
    """Who wrote a comment, in the script of the page: a person, or the name that a Word file gave."""
    return localized_name(comment.author.name if comment.author else comment.author_name)


def threads(
    edition: Edition,
    user: User,
    language: str,
    trees: Mapping[str, SectionTree],
    order: Iterable[str],
    said: Said,
    seats: Iterable[Seat] = (),
) -> dict[str, list[Thread]]:
    """The threads of the comments that a page holds, by section, numbered in the order in which the sections
    stand on the page.

    ``trees`` holds the texts that are loaded already, by language; others are loaded where a comment speaks
    of them. ``seats`` are those of the review: who was asked is who comments, mostly, and need not be fetched
    again.
    """
    found = said.comments
    listed = list(seats)
    with_people(
        found,
        "author",
        "resolved_by",
        "decided_by",
        "applied_by",
        "to_person",
        known=[user, *(seat.user for seat in listed)],
    )
    with_institutions(found, "institution", "to_institution", known=[seat.institution for seat in listed])
    texts = CommentAnchors(edition, trees)
    owner = edition.instrument.owner_id
    runs_it = has_role(user, Role.COORDINATOR, owner) or has_role(user, Role.DRAFTER, owner)
    decides = has_role(user, Role.COORDINATOR, owner) and may(user, Verb.COMMENT, edition)
    hand = ByHand(user, edition)
    by_pk: dict[int, Thread] = {}
    by_uid: dict[str, list[Thread]] = defaultdict(list)
    for comment in found:
        if comment.parent_id is not None:
            if comment.parent_id in by_pk:
                by_pk[comment.parent_id].replies.append(comment)
            continue
        thread = Thread(
            comment,
            0,
            lost=bool(comment.quote) and texts.lost(comment),
            other_language=comment.language if comment.language != language else "",
            may_resolve=runs_it or comment.author_id == user.pk,
            may_decide=decides,
            may_apply=can_put_in(comment)
            and comment.language in hand.languages
            and (decides or bool(comment.outcome)),
            section_name=name_of(trees[language], str(comment.uid)) if language in trees else "",
        )
        thread.replaced = texts.replaced(comment)
        thread.ambiguous = texts.ambiguous(comment)
        if thread.marked:
            thread.mark = texts.marked(comment)
        thread.unsure = can_put_in(comment) and not thread.lost and not texts.certain(comment)
        if thread.may_apply:
            thread.may_apply = texts.certain(comment)
            thread.text_hash = texts.text_hash(comment)
        thread.left_out = texts.left_out(comment)
        thread.wants_words = texts.wants_words(comment)
        if thread.wants_words:
            thread.desk_url = hand.desk_url(comment)
        by_pk[comment.pk] = thread
        by_uid[str(comment.uid)].append(thread)
    if said.numbers:
        for pk, thread in by_pk.items():
            thread.number = said.numbers[pk]
        return dict(by_uid)
    number = 0
    for uid in [*order, *by_uid]:
        for thread in by_uid.get(uid, ()):
            if not thread.number:
                number += 1
                thread.number = number
    return dict(by_uid)


def name_of(tree: SectionTree, uid: str) -> str:
    """Number and heading of a section; empty where there is none in that text."""
    section = tree.by_uid.get(uid)
    return f"{section.text.label} {section.text.heading}".strip() if section else ""
