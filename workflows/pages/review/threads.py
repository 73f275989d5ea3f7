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
from workflows.pages.desk_links import DeskLinks
from workflows.pages.review.comment_list import PageComments
from workflows.rules.comment_anchors import CommentAnchors, Marked, can_put_in


@dataclass
class Thread:
    """A comment with its answers. ``lost``: the words that it is about are no longer in the text."""

    first: Comment
    number: int
    replies: list[Comment] = field(default_factory=list)
    lost: bool = False
    unsure: bool = False
    """Whether it suggests words for ones that are in other surroundings by now."""
    replaced: bool = False
    """Whether the words that it suggested were inserted, and edited or removed since."""
    ambiguous: bool = False
    """Whether words like its own are there more than once, and which of them are meant is not sure."""
    mark: Marked = field(default_factory=Marked)
    """The words as they are in the text now."""
    other_language: str = ""
    """The language of the comment's text, where the page shows another one."""
    may_resolve: bool = False
    may_decide: bool = False
    may_apply: bool = False
    """Whether its suggested words can be put into the draft by who looks at it."""
    left_out: bool = False
    """Whether it was accepted, and the words that it suggests are not in the text."""
    wants_suggestion: bool = False
    """Whether words that it suggests are still to come into the text, or may be."""
    desk_url: str = ""
    """Its section on the drafting desk, where the reader can insert its words by hand."""
    text_hash: str = ""
    """Of its section's text as it is now: the precondition of putting words into it."""
    section_name: str = ""
    """Number and heading of the section that it is in."""

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
    def quote_missing(self) -> bool:
        """Whether another change than its own removed its words from the text."""
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
    page_comments: PageComments,
    seats: Iterable[Seat] = (),
) -> dict[str, list[Thread]]:
    """The threads of the comments that a page holds, by section.

    ``order``: the sections of the page; ``trees``: texts that are loaded; ``seats``: people who are fetched
    already.
    """
    found = page_comments.comments
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
    make = _Maker(edition, user, language, trees)
    by_pk: dict[int, Thread] = {}
    by_uid: dict[str, list[Thread]] = defaultdict(list)
    for comment in found:
        if comment.parent_id is None:
            by_pk[comment.pk] = thread = make.thread(comment)
            by_uid[str(comment.uid)].append(thread)
        elif comment.parent_id in by_pk:
            by_pk[comment.parent_id].replies.append(comment)
    _number(by_pk, by_uid, order, page_comments.numbers)
    return dict(by_uid)


def _number(
    by_pk: Mapping[int, Thread],
    by_uid: Mapping[str, list[Thread]],
    order: Iterable[str],
    numbers: Mapping[int, int],
) -> None:
    """Numbers the threads in the order of the sections, or as ``numbers`` says."""
    sections = dict.fromkeys([*order, *by_uid])
    ordered = [thread.first.pk for uid in sections for thread in by_uid.get(uid, ())]
    for pk, number in (numbers or {pk: n for n, pk in enumerate(ordered, 1)}).items():
        if pk in by_pk:
            by_pk[pk].number = number


class _Maker:
    """Makes the threads of one page, for one reader."""

    def __init__(self, edition: Edition, user: User, language: str, trees: Mapping[str, SectionTree]) -> None:
        owner = edition.instrument.owner_id
        coordinates = has_role(user, Role.COORDINATOR, owner)
        self.user, self.language, self.trees = user, language, trees
        self.texts = CommentAnchors(edition, trees)
        self.hand = DeskLinks(user, edition)
        self.runs_it = coordinates or has_role(user, Role.DRAFTER, owner)
        self.decides = coordinates and may(user, Verb.COMMENT, edition)

    def thread(self, comment: Comment) -> Thread:
        texts, tree = self.texts, self.trees.get(self.language)
        lost = bool(comment.quote) and texts.lost(comment)
        thread = Thread(
            comment,
            0,
            lost=lost,
            replaced=texts.replaced(comment),
            ambiguous=texts.ambiguous(comment),
            unsure=can_put_in(comment) and not lost and not texts.certain(comment),
            other_language=comment.language if comment.language != self.language else "",
            may_resolve=self.runs_it or comment.author_id == self.user.pk,
            may_decide=self.decides,
            left_out=texts.left_out(comment),
            wants_suggestion=texts.wants_suggestion(comment),
            section_name=name_of(tree, str(comment.uid)) if tree is not None else "",
        )
        if thread.marked:
            thread.mark = texts.marked(comment)
        if self._may_write(comment):
            thread.may_apply = texts.certain(comment)
            thread.text_hash = texts.text_hash(comment)
        if thread.wants_suggestion:
            thread.desk_url = self.hand.desk_url(comment)
        return thread

    def _may_write(self, comment: Comment) -> bool:
        """Whether the reader may put the words that a comment suggests into the draft."""
        decided = self.decides or bool(comment.outcome)
        return can_put_in(comment) and decided and comment.language in self.hand.languages


def name_of(tree: SectionTree, uid: str) -> str:
    """Number and heading of a section; empty where there is none in that text."""
    section = tree.by_uid.get(uid)
    return f"{section.text.label} {section.text.heading}".strip() if section else ""
