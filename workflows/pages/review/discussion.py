"""The comments on the page of a review: those that it holds, and which of them a view shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from workflows.pages.review.baseline import Baseline
from workflows.pages.review.comment_list import PageComments, comments_of, page_comments
from workflows.pages.review.progress import Progress
from workflows.pages.review.reader import Reader
from workflows.pages.review.threads import Thread, threads
from workflows.pages.review.visit import Links, Visit
from workflows.rules.mentions import Mention, mentionable


class Discussion:
    """Lazy, as the page is."""

    def __init__(
        self, visit: Visit, links: Links, progress: Progress, reader: Reader, baseline: Baseline
    ) -> None:
        self.visit = visit
        self.review, self.user, self.edition = visit.review, visit.user, visit.edition
        self.links = links
        self.progress = progress
        self.reader = reader
        self.baseline = baseline

    @property
    def led_to(self) -> int:
        """The comment to which an address leads, which the page must hold; 0 where there is none."""
        comment = self.visit.at or self.visit.request.GET.get("comment", "")
        return int(comment) if comment.isdecimal() and len(comment) < 19 else 0

    @cached_property
    def loaded(self) -> PageComments:
        order = [change.uid for change in self.baseline.compared.comparison.sections]
        wanted = self.visit.request.GET.dict()
        return page_comments(
            comments_of(self.review, self.reader.rounds),
            order,
            wanted,
            self.led_to,
            self.review.started,
        )

    @cached_property
    def threads(self) -> dict[str, list[Thread]]:
        text = self.baseline.compared.text
        return threads(
            self.edition,
            self.user,
            text.language,
            {text.language: self.baseline.compared.tree},
            [change.uid for change in self.baseline.compared.comparison.sections],
            self.loaded,
            self.progress.seats,
        )

    @cached_property
    def mentionable(self) -> list[Mention]:
        """Whom the reader can mention: everybody else."""
        own = f"u{self.user.pk}"
        return [one for one in mentionable(self.review, self.progress.seats) if one.key != own]

    @cached_property
    def viewed(self) -> dict[str, list[Thread]]:
        """The threads of this view: all, or those answered in earlier rounds."""
        earlier = self.loaded.earlier
        if self.visit.view != "earlier" or not earlier or (self.led_to and self.led_to not in earlier):
            return self.threads
        stored = {
            uid: [one for one in group if one.first.pk in earlier] for uid, group in self.threads.items()
        }
        return {uid: group for uid, group in stored.items() if group}

    def comment_views(self) -> Iterator[dict[str, Any]]:
        """The views of the comments, with their counts."""
        message, earlier = self.loaded, len(self.loaded.earlier)
        counted = {"open": message.open, "answered": message.all - message.open}
        views = [
            ("comments", _("Comments: %(open)d open, %(answered)d answered") % counted, message.all),
            (
                "earlier",
                _("Answered in earlier rounds (%(n)d)") % {"n": earlier},
                earlier % (message.all or 1),
            ),
        ]
        for view, text, n in views:
            if n or self.visit.view == view:
                yield {
                    "url": self.links.link(view=view) + "#changes",
                    "words": text,
                    "current": self.visit.view == view,
                }
