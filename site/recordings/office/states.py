"""Which texts of a campaign or of a number have a recording, and which need one."""

from __future__ import annotations

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


def rows(owner: CampaignPage | Hotline) -> list[Row]:
    """The texts of a campaign or of a number, in their order."""
    is_page = isinstance(owner, CampaignPage)
    found = of_page(as_to_be_read(owner)) if is_page else of_hotline(owner)
    own = Recording.objects.filter(**({"page": owner} if is_page else {"hotline": owner}))
    published, waiting = _by_part(own.published()), _by_part(own.waiting())
    return [Row(one, state_of(one, published.get(_part(one)), waiting.get(_part(one)))) for one in found]


def _by_part(recordings: models.QuerySet[Recording]) -> dict[tuple[str, str], Recording]:
    return {(one.block, one.language): one for one in recordings}


def _part(target: Target) -> tuple[str, str]:
    return str(target.fields["block"]), target.script.language
