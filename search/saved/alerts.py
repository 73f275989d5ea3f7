"""Mail what is new in saved searches: one mail a person, none where nothing is new."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

import mail
from documents.choices import Classification
from documents.display.language import content_language
from documents.models import Edition
from mail.digest import HOUR, local_now
from mail.models import Message
from mail.validity import Validity
from people.access import memberships
from people.models import User
from search.engines.base import EngineError
from search.models import Often, SavedSearch
from search.pages.result_groups import group_of
from search.pages.service import editions_found, reader_for
from search.saved.store import params_of

TEMPLATE = "saved_searches"
log = logging.getLogger("kodeks.search")

NAMED = 10
"""So many documents of each search are named; of the others it says how many there are."""

# The editions that a mail names, out of their addresses in it: country, slug, number.
_NAMED_IN = re.compile(r"/i/([a-z]{2})/([a-z0-9-]+)/([0-9]+)/")

_signer = Signer(salt="search.alerts")


@dataclass(frozen=True, slots=True)
class Named:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one search; ``more``: how many others there are, at ``url``."""

    name: str
    url: str
    named: tuple[Named, ...]
    more: int


def send_alerts(now: datetime | None = None) -> list[Message]:
    """After seven in the morning, to each whose day it is and for whom something is new: one mail. Gives the
    mails. While the search does not answer, nothing counts as looked at. ``now`` is for tests."""
    local = local_now(now)
    if local.hour < HOUR:
        return []
    sent = []
    due = SavedSearch.objects.filter(_due(local.date())).order_by("user").values_list("user", flat=True)
    for pk in list(due.distinct()):
        try:
            message = _tell(User.objects.get(pk=pk), local.date())
        except EngineError as error:
            log.warning("saved searches wait for the search: %s", error)
            break
        except Exception:
            # What is wrong with one person's must keep nobody else's back.
            log.exception("saved searches of person %s", pk)
            continue
        if message is not None:
            sent.append(message)
    return sent


def stop_token(user: User) -> str:
    """What is in the address that ends a person's mails; it holds as long as the person is there."""
    return _signer.sign(str(user.pk))


def reader_of_token(token: str) -> User | None:
    """Whose mails such an address ends; None for what Kodeks did not write."""
    try:
        return User.objects.filter(pk=int(_signer.unsign(token))).first()
    except (BadSignature, ValueError):
        return None


def _due(day: date) -> Q:
    return (
        Q(often=Often.DAILY, looked__lt=day)
        | Q(often=Often.WEEKLY, looked__lte=day - timedelta(days=7))
        | (~Q(often=Often.NEVER) & Q(looked=None))
    )


def _tell(user: User, day: date) -> Message | None:
    due = list(SavedSearch.objects.filter(_due(day), user=user))
    if not memberships(user):
        # Who may not come in is told nothing; should they come back, this is where it goes on.
        SavedSearch.objects.filter(pk__in=[saved.pk for saved in due]).update(looked=day)
        return None
    with translation.override(user.language):
        reader = reader_for(user, user.language)
        # The engine is asked before anything is locked.
        found = {saved.pk: editions_found(params_of(saved.query), reader) for saved in due}
        with transaction.atomic():
            return _write(user, day, found)


def _write(user: User, day: date, found: Mapping[int, frozenset[int]]) -> Message | None:
    """In one transaction: the news, the mark that it was sent, and the mail."""
    locked = list(
        SavedSearch.objects.select_for_update(no_key=True).filter(_due(day), user=user, pk__in=found)
    )
    fresh = {
        saved.pk: found[saved.pk] - set(saved.known or ()) for saved in locked if saved.known is not None
    }
    open_now = _open_now(user, frozenset().union(*fresh.values()))
    news = []
    for saved in locked:
        new = [edition for edition in open_now if edition.pk in fresh.get(saved.pk, ())]
        if new:
            news.append(_news(saved, new, user.language))
        mailed = found[saved.pk] if saved.known is None else {edition.pk for edition in new}
        saved.known = sorted({*(saved.known or ()), *mailed})
        saved.looked = day
        saved.save(update_fields=["known", "looked"])
    if not news:
        return None
    stop = settings.OFFICE_BASE_URL + reverse("stop_mails", args=[stop_token(user)])
    return mail.send(
        TEMPLATE,
        to=user.email,
        language=user.language,
        context={
            "news": news,
            "n": len({edition.pk for edition in open_now}),
            "saved_url": settings.OFFICE_BASE_URL + reverse("saved:list"),
            "stop_url": stop,
        },
        about=user,
        unsubscribe=stop,
    )


def validity(message: Message, user: User) -> Validity:
    """The validity of an unsent mail of saved searches. It names nothing once its reader may read none of its
    texts any more, or belongs to no institution."""
    if message.template != TEMPLATE:
        return Validity.AS_WRITTEN
    named = set(_NAMED_IN.findall(message.text))
    wanted = Edition.objects.filter(instrument__slug__in={slug for _country, slug, _number in named})
    open_now = {
        (edition.instrument.country_id, edition.instrument.slug, str(edition.number))
        for edition in _open_now(user, wanted.values("pk"))
    }
    return Validity.AS_WRITTEN if memberships(user) and named <= open_now else Validity.WITHOUT_NAMES


def _open_now(user: User, wanted: Iterable[int] | QuerySet[Any]) -> list[Edition]:
    """Those of the editions that may be named to this person in a mail, the newest first."""
    open_now = reader_for(user, user.language).editions().filter(pk__in=wanted)
    # TLP:RED is never mailed. The index has none; this is the second lock.
    return list(
        open_now.exclude(instrument__classification=Classification.TLP_RED)
        .select_related("instrument__country")
        .order_by("-valid_from", "-pk")
    )


def _news(saved: SavedSearch, new: list[Edition], tag: str) -> News:
    groups = [group_of(edition, content_language(tag), tag) for edition in new[:NAMED]]
    return News(
        name=saved.name,
        url=settings.OFFICE_BASE_URL + reverse("search:page") + saved.query,
        named=tuple(Named(group.title, settings.OFFICE_BASE_URL + group.url) for group in groups),
        more=max(0, len(new) - NAMED),
    )
