"""The addresses that the pages of the review room lead to."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from workflows.pages.review.visit import Visit

KEPT = ("text", "view", "against", "beside", "seat", "answer")
"""What of the query a page hands on to the pages that it leads to."""
OPENED = ("of", "page", "comment")
"""Which comments are open, where there are many (workflows.pages.review.comment_list)."""


class Links:
    """Every address keeps the language of the text and the view that the reader has chosen."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def link(self, **changed: str) -> str:
        """This page with another query; which comments are open is said anew each time."""
        query = self.visit.request.GET.copy()
        for key in OPENED:
            query.pop(key, None)
        for key, value in changed.items():
            if value:
                query[key] = value
            else:
                query.pop(key, None)
        base = reverse("review:room", args=[self.visit.review.pk])
        return f"{base}?{query.urlencode()}" if query else base

    def at_comment(self, pk: int) -> str:
        """This page at a comment; where there are many it holds those around it."""
        there = self.link(comment=str(pk), uid="")
        return f"{there}#k{pk}"

    @property
    def original_url(self) -> str:
        """The same in the language that the others are translated from."""
        return self.link(text=self.visit.review.edition.instrument.source_language) + "#changes"

    @cached_property
    def query(self) -> str:
        """What of this page's query its forms must keep."""
        kept = {name: self.visit.request.GET[name] for name in KEPT if self.visit.request.GET.get(name)}
        return f"?{urlencode(kept)}" if kept else ""

    def _to(self, name: str) -> str:
        return reverse(f"review:{name}", args=[self.visit.review.pk]) + self.query

    @cached_property
    def comment_url(self) -> str:
        return self._to("comment")

    @cached_property
    def matrix_url(self) -> str:
        return reverse("review:matrix", args=[self.visit.review.pk])

    @cached_property
    def read_url(self) -> str:
        return self._to("read")

    @property
    def answer_url(self) -> str:
        return self._to("answer")

    @property
    def back_url(self) -> str:
        return self._to("room")

    @property
    def whole_url(self) -> str:
        return self.link(view="whole") + "#changes"

    @property
    def alone_url(self) -> str:
        """The same without a second language."""
        return self.link(beside="") + "#changes"

    @property
    def against_url(self) -> str:
        return self.link(against="" if self.visit.against else "force") + "#changes"
