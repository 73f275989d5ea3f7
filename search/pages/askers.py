"""Count what people ask, once a day for each asker and without persons, and give what many asked."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_network
from typing import Any

from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import F, Max, QuerySet, Sum
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from mail.digest import local_now
from people.throttle import network_of
from search.models import AskedToday

log = logging.getLogger("kodeks.search")

AT_ONCE = 3
"""So many askers on one day: one person who asks every day is not ten."""


def asker_of(request: HttpRequest) -> str:
    """The person, or the network: an IPv4 address or an IPv6 /48, as a household or office has it. "" where
    unknown."""
    if request.user.is_authenticated:
        return f"u{request.user.pk}"
    if not (known := network_of(request)):
        return ""
    network = ip_network(known)
    return str(network.supernet(new_prefix=48)) if isinstance(network, IPv6Network) else known


@dataclass(frozen=True)
class Tally:
    """Rows of a model by ``day``, each with the ``count`` of its askers. At most ``most`` different ones a
    day: nobody fills the database by asking for nonsense."""

    model: type[models.Model]
    count: str
    most: int

    def add(self, request: HttpRequest, **what: Any) -> None:
        """Count an asker once a day. A read-only database costs a count, not the page."""
        asker, today = asker_of(request), local_now().date()
        if not asker:
            return
        seal = f"{self.model.__name__} {today} {sorted(what.items())} {asker}"
        digest = salted_hmac("kodeks.search.asked", seal).hexdigest()[:32]
        if AskedToday.objects.filter(digest=digest).exists():
            return
        rows = self.model._default_manager.filter(day=today)
        try:
            with transaction.atomic():
                if not rows.filter(**what).update(**{self.count: F(self.count) + 1}):
                    if rows.count() >= self.most:
                        return
                    self.model._default_manager.create(**what, day=today, **{self.count: 1})
                AskedToday.objects.create(digest=digest, day=today)
        except (OperationalError, IntegrityError) as error:  # read-only, or two at the same moment
            log.warning("a question was not counted: %s", error)

    def frequent(self, rows: QuerySet[Any], floor: int, *columns: str) -> QuerySet[Any, dict[str, Any]]:
        """What at least ``floor`` askers asked, with their number ``n``, most asked first."""
        return (
            rows.order_by()
            .values(*columns)
            .annotate(n=Sum(self.count), at_once=Max(self.count), last=Max("day"))
            .filter(n__gte=floor, at_once__gte=AT_ONCE)
            .order_by("-n", *columns)
        )
