"""The comments on the page of a review: those that it holds, and which of them a view shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from workflows.pages.review.comment_list import Said, comments_of, held
from workflows.pages.review.second_language import TwoLanguages
from workflows.pages.review.threads import Thread, threads
from workflows.rules.mentions import Mention, mentionable


class Commented(TwoLanguages):
    """Lazy, as the page is."""

    view: str
    at: str

    @property
    def led_to(self) -> int:
        """The comment to which an address leads, which the page must hold; 0 where there is none."""
        comment = self.at or self.request.GET.get("comment", "")
        return int(comment) if comment.isdecimal() and len(comment) < 19 else 0

    @cached_property
    def said(self) -> Said:
        order = [change.uid for change in self.compared.comparison.sections]
        asked = self.request.GET.dict()
        return held(comments_of(self.review, self.rounds), order, asked, self.led_to, self.review.started)

    @cached_property
    def threads(self) -> dict[str, list[Thread]]:
        text = self.compared.text
        return threads(
            self.edition,
            self.user,
            text.language,
            {text.language: self.compared.tree},
            [change.uid for change in self.compared.comparison.sections],
            self.said,
            self.seats,
        )

    @cached_property
    def mentionable(self) -> list[Mention]:
        """Whom the reader can mention: everybody else."""
        own = f"u{self.user.pk}"
        return [one for one in mentionable(self.review, self.seats) if one.key != own]

    @cached_property
    def viewed(self) -> dict[str, list[Thread]]:
        """The threads that this view shows: all of them or, where it is asked for, those that were answered and are of earlier
        rounds."""
        earlier = self.said.earlier
        if self.view != "earlier" or not earlier or (self.led_to and self.led_to not in earlier):
            return self.threads
        kept = {uid: [one for one in group if one.first.pk in earlier] for uid, group in self.threads.items()}
        return {uid: group for uid, group in kept.items() if group}

    def comment_views(self) -> Iterator[dict[str, Any]]:
        """The views of the comments: all of them, counted alike while a round runs and when it has ended; and, where they are not
        all, those that were answered and are of earlier rounds."""
        said, earlier = self.said, len(self.said.earlier)
        counted = {"open": said.open, "answered": said.all - said.open}
        views = [
            ("comments", _("Comments: %(open)d open, %(answered)d answered") % counted, said.all),
            ("earlier", _("Answered in earlier rounds (%(n)d)") % {"n": earlier}, earlier % (said.all or 1)),
        ]
        for view, words, n in views:
            if n or self.view == view:
                yield {"url": self.link(view=view) + "#changes", "words": words, "current": self.view == view}
