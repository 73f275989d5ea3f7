"""What several test files of workflows begin with: ended rounds."""

from __future__ import annotations

from people.models import User
from tests.support.html import PageClient
from workflows.models import Review

WAS = "Социјалниот работник ја проценува опасноста во рок од 24 часа."


NOW = "Во рок од 2 часа."


def room(user: User, review: Review, query: str = "?text=mk&view=whole") -> str:
    client = PageClient()
    client.force_login(user)
    return client.get(f"/en/review/{review.pk}/{query}").content.decode()
