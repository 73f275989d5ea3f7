"""How many sections a reader of a review has to look at, and how many of these they have read.

Counted in one language, that in which the text is shown, and with what changed in the original alone: the
first page, the room and the page before the answer all say this number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from documents.comparison import SectionChange
from documents.display import language as display_language
from people.models import User
from workflows.models import Review, Seat, SectionRead
from workflows.pages.review.comparison import Compared, compare_review
from workflows.texts import NOTHING, Since, answers_of


class Changes:
    """What changed in the text of a review against what its reader knows; each part is asked for once."""

    def __init__(
        self,
        user: User,
        review: Review,
        compared: Compared,
        tag: str,
        against: str = "",
        since: Since = NOTHING,
    ) -> None:
        self.user, self.review, self.compared = user, review, compared
        self._of_original = (tag, review.edition.instrument.source_language, against, since)

    @property
    def language(self) -> str:
        """The name of the language in which the changes are counted."""
        return display_language.name_of(self.compared.text.language, self.compared.text.script.shown)

    @cached_property
    def original(self) -> Compared | None:
        """The original, where this language does not show all of its changes."""
        tag, source, against, since = self._of_original
        if self.compared.text.language == source or not self.compared.unseen:
            return None
        return compare_review(self.review, tag, source, against, since)

    @cached_property
    def behind(self) -> list[SectionChange]:
        """What changed in the original and is not translated yet."""
        return self.compared.changed_unseen(self.original) if self.original else []

    @cached_property
    def unread(self) -> frozenset[str]:
        """The sections shown whose text the reader has not marked as read."""
        return self._unread(self.compared, self.compared.shown)

    @cached_property
    def unread_behind(self) -> frozenset[str]:
        return self._unread(self.original, self.behind) if self.original else frozenset()

    def _unread(self, compared: Compared, changes: Sequence[SectionChange]) -> frozenset[str]:
        rows = SectionRead.objects.filter(
            user=self.user, edition=self.review.edition_id, language=compared.text.language
        )
        read = {str(uid): text_hash for uid, text_hash in rows.values_list("uid", "text_hash")}
        return frozenset(one.uid for one in changes if read.get(one.uid) != compared.hash_of(one))

    @property
    def count(self) -> int:
        return len(self.compared.shown) + len(self.behind)

    @property
    def read(self) -> int:
        return self.count - len(self.unread) - len(self.unread_behind)


def changes_for(seat: Seat, user: User, tag: str) -> Changes:
    """The changes that the room shows first to who is to answer for a seat, in the language of the page."""
    review = seat.stage.review
    answers = answers_of(review, seat.institution_id)
    given_open = any(not one.seat.stage.locked for one in answers)
    since = Since(respondent=True, open=given_open, answers=answers)
    return Changes(user, review, compare_review(review, tag, since=since), tag, since=since)
