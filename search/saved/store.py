"""Save, change and delete a person's searches."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict

import audit
from mail.digest import local_now
from people.models import User
from search.engines.base import EngineError
from search.models import Often, SavedSearch
from search.pages.params import SearchParams, parse_params
from search.pages.service import editions_found, reader_for

MOST = 50


class TooMany(Exception):
    """The person keeps as many searches as one may."""


def params_of(query: str) -> SearchParams:
    """What a saved query asks for, from its first page on."""
    return parse_params(QueryDict(query.lstrip("?")))


def save_search(user: User, params: SearchParams, name: str, often: str) -> SavedSearch:
    """Keeps a search; the same one again gets the new name and the new choice of mails. Raises TooMany."""
    query = params.address(page=1)
    known = _found_now(user, params) if often != Often.NEVER else None
    with transaction.atomic():
        # One at a time for each person: two clicks make one saved search.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        saved = SavedSearch.objects.filter(user=user, query=query).first()
        if saved is None:
            if SavedSearch.objects.filter(user=user).count() >= MOST:
                raise TooMany
            saved = SavedSearch(user=user, query=query)
        _choose(saved, often, known)
        saved.name = name
        saved.save()
        audit.record("save_search", saved, user, often=often)
    return saved


def change_search(user: User, pk: int, name: str, often: str) -> SavedSearch:
    """Changes name and mails. Raises SavedSearch.DoesNotExist for another person's search."""
    before = SavedSearch.objects.get(pk=pk, user=user)
    begins = before.often == Often.NEVER and often != Often.NEVER
    known = _found_now(user, params_of(before.query)) if begins else None
    with transaction.atomic():
        saved = SavedSearch.objects.select_for_update(no_key=True).get(pk=pk, user=user)
        _choose(saved, often, known)
        saved.name = name
        saved.save()
        audit.record("change_saved_search", saved, user, often=often)
    return saved


def delete_search(user: User, pk: int) -> None:
    """Raises SavedSearch.DoesNotExist for what is not the person's own."""
    with transaction.atomic():
        saved = SavedSearch.objects.select_for_update(no_key=True).get(pk=pk, user=user)
        audit.record("delete_saved_search", saved, user)
        saved.delete()


def stop_alerts(user: User) -> int:
    """No mail about any saved search of a person any more; the searches stay. Gives how many had mails."""
    with transaction.atomic():
        stopped = SavedSearch.objects.filter(user=user).exclude(often=Often.NEVER)
        count = stopped.update(often=Often.NEVER, known=None, looked=None)
        if count:
            audit.record("stop_alerts", user, user, searches=count)
    return count


def _choose(saved: SavedSearch, often: str, known: list[int] | None) -> None:
    """A subscriber is notified of new texts from now on, not of those that the page has shown already."""
    if often == Often.NEVER:
        saved.known, saved.looked = None, None
    elif saved.often == Often.NEVER:
        saved.known, saved.looked = known, local_now().date()
    saved.often = often


def _found_now(user: User, params: SearchParams) -> list[int] | None:
    """None while the search does not answer: then the worker asks at its first look."""
    try:
        return sorted(editions_found(params, reader_for(user, user.language)))
    except EngineError:
        return None
