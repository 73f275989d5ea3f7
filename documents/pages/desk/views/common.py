"""What the desk's views share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from documents.actions.errors import ActionError, Locked
from documents.actions.numbering import last_change, unsure_since
from documents.choices import State
from documents.display import links
from documents.editions.language_versions import writable_after_adoption
from documents.models import Edition
from documents.pages.desk.worklist import title_of
from people.requests import OfficeRequest


def desk_page(
    request: OfficeRequest, edition: Edition, name: str, /, status: int = 0, **context: Any
) -> HttpResponse:
    """A page of the desk about an edition; 422 where its ``form`` has errors."""
    form = context.get("form")
    status = status or (422 if form is not None and form.errors else 200)
    context = {"edition": edition, "title": title_of(edition), **context}
    return render(request, f"documents/desk/{name}.html", context, status=status)


def number_in(text: str) -> int:
    """A number that a form or an address names; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def link(name: str, *args: Any) -> str:
    """The address of a page in another room, or an empty text while that room has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def tell(request: OfficeRequest, problem: ActionError) -> None:
    """Shows the error at the top of the next page."""
    for line in problem.problems:
        messages.error(request, line)


@contextmanager
def number_warning(request: OfficeRequest, edition: Edition) -> Iterator[None]:
    """Says at the top of the next page where a change of the outline leaves numbers that can't be known."""
    before = last_change(edition)
    yield
    if unsure_since(edition, before):
        messages.warning(
            request,
            _(
                "Kodeks can't tell how sections are numbered here. Existing sections keep their "
                "numbers; a new section has none. Check the numbers."
            ),
        )


def locked(request: OfficeRequest, edition: Edition, yours: str = "") -> HttpResponse:
    """409: the text can't be changed now. ``yours`` is what the person had typed, so that it isn't lost."""
    context = {
        "edition": edition,
        "message": Locked().message,
        "yours": yours,
        "in_review": edition.state == State.IN_REVIEW,
        "read_url": links.edition_url(edition),
    }
    return render(request, "documents/desk/locked.html", context, status=409)


def editable(edition: Edition, language: str = "") -> bool:
    """Whether the text can be changed: all of it, or that of one language, which may follow the adoption."""
    return edition.state == State.DRAFT or bool(language and language in writable_after_adoption(edition))
