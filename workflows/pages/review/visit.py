"""What one request asks of the page of a review."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from documents.models import Edition
from people.models import User
from workflows.models import Review

VIEWS = ("changed", "since", "comments", "earlier", "whole")


@dataclass(frozen=True)
class Visit:
    """A reader at the page of a review. ``at``: the number of a comment that the page must hold."""

    request: HttpRequest
    review: Review
    at: str = ""

    @property
    def user(self) -> User:
        return self.request.user  # type: ignore[return-value]

    @property
    def edition(self) -> Edition:
        return self.review.edition

    @cached_property
    def tag(self) -> str:
        """The language of the page."""
        return get_language() or "en"

    @property
    def view(self) -> str:
        """Which sections are shown."""
        wanted = self.request.GET.get("view", "")
        return wanted if wanted in VIEWS else "changed"

    @property
    def against(self) -> str:
        """``force``: compared with the edition in force whatever the reader knows."""
        return "force" if self.request.GET.get("against") == "force" else ""


CARRIED = ("text", "view", "against", "beside", "seat", "answer")
"""What of the query a page hands on to the pages that it leads to."""
OPENED = ("of", "page", "comment")
"""Which comments are open, where there are many (workflows.pages.review.comment_list)."""


class Links:
    """Every address keeps the language of the text and the view that the reader has chosen."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def link(self, **changed: str) -> str:
        """This page with another query; which comments are open is set again each time."""
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
        query = {name: self.visit.request.GET[name] for name in CARRIED if self.visit.request.GET.get(name)}
        return f"?{urlencode(query)}" if query else ""

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


def number_in(text: str | None) -> int:
    """A number from a form or an address, or 0, which no row has."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
