"""Which texts have a recording, which need one: for the studio list and the first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from people.access import has_role
from people.roles import Role
from public.models import CampaignPage, Hotline
from public.publishing import REGION, territories
from recordings.models import Recording
from recordings.targets import Target, as_to_be_read, of_hotline, of_page


class State(models.TextChoices):
    """In the order of the list."""

    STALE = "stale", pgettext_lazy("state of a recording", "The text has changed")
    WAITING = "waiting", pgettext_lazy("state of a recording", "Listen and publish")
    MISSING = "missing", pgettext_lazy("state of a recording", "No recording")
    CURRENT = "current", pgettext_lazy("state of a recording", "Public")


@dataclass(frozen=True)
class Row:
    target: Target
    state: State


Key = tuple[int | None, int | None, str, str]


def state_of(target: Target, published: Recording | None, waiting: Recording | None) -> State:
    if waiting is not None:
        return State.WAITING
    if published is None:
        return State.MISSING
    return State.CURRENT if target.is_read_by(published) else State.STALE


def mine(user: Any, path: str = "country") -> Q:
    """What belongs to the countries of a publisher; everything for the operator."""
    if has_role(user, Role.OPERATOR):
        return Q()
    own = territories(user)
    region = Q(**{f"{path}__isnull": True}) if REGION in own else Q(pk__in=[])
    return Q(**{f"{path}__in": own - {REGION}}) | region


def pages(user: Any) -> models.QuerySet[CampaignPage]:
    return CampaignPage.objects.filter(mine(user)).select_related("locale", "country").order_by("path")


def hotlines(user: Any) -> models.QuerySet[Hotline]:
    helplines = Hotline.objects.filter(mine(user), kind=Hotline.Kind.HELPLINE)
    return helplines.select_related("country").prefetch_related("texts")


def targets(shown: Iterable[CampaignPage], numbers: Iterable[Hotline]) -> Iterator[Target]:
    for page in shown:
        yield from of_page(as_to_be_read(page))
    for number in numbers:
        yield from of_hotline(number)


def rows(found: Iterable[Target]) -> list[Row]:
    """What needs somebody first."""
    published, waiting = _by_key(Recording.objects.published()), _by_key(Recording.objects.waiting())
    listed = [Row(one, state_of(one, published.get(_key(one)), waiting.get(_key(one)))) for one in found]
    order = list(State)
    return sorted(listed, key=lambda row: order.index(row.state))


def _by_key(recordings: models.QuerySet[Recording]) -> dict[Key, Recording]:
    return {(one.page_id, one.hotline_id, one.block, one.language): one for one in recordings}


def _key(target: Target) -> Key:
    is_page = isinstance(target.owner, CampaignPage)
    pk = target.owner.pk
    return (
        (pk, None, target.part, target.script.language) if is_page else (None, pk, "", target.script.language)
    )
