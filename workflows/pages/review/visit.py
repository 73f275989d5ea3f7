"""What one request asks of the page of a review."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
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
        asked = self.request.GET.get("view", "")
        return asked if asked in VIEWS else "changed"

    @property
    def against(self) -> str:
        """``force``: compared with the edition in force whatever the reader knows."""
        return "force" if self.request.GET.get("against") == "force" else ""
