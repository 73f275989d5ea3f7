"""Ask the keeper of a service whether it is still right: 90 days after somebody confirmed it, then each
month. Called by the worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

import audit
from directory.access import may_change, who_may_confirm
from directory.models import Service
from directory.models.services import ASK_AFTER
from directory.readable import localized
from mail.delivery import send
from mail.models import Message
from mail.validity import Validity
from people.models import User
from theme.localized_names import localized_name

AGAIN = timedelta(days=30)


def ask_keepers(today: date | None = None) -> int:
    """Writes the mails of the day; gives how many. ``today`` is for tests."""
    day = today or timezone.localdate()
    due = Service.objects.filter(is_shown=True, confirmed__lte=day - ASK_AFTER)
    due = due.filter(Q(reminded=None) | Q(reminded__lte=day - AGAIN))
    return sum(_ask(pk, day) for pk in due.order_by("pk").values_list("pk", flat=True))


def _ask(pk: int, day: date) -> int:
    with transaction.atomic():
        service = Service.of(pk)
        if service.reminded is not None and service.reminded > day - AGAIN:
            return 0
        people = list(_whom(service))
        for person in people:
            _write(service, person)
        service.reminded = day
        service.save(update_fields=["reminded"])
        if people:
            audit.record("ask_keeper", service, None, people=len(people))
    return len(people)


def _whom(service: Service) -> Iterable[User]:
    """The keeper; where there is none who may change it any more, every publisher who may."""
    keeper = service.keeper
    if keeper is not None and keeper.is_active and may_change(keeper, service):
        return [keeper]
    return (one for one in who_may_confirm(service) if may_change(one, service))


def _write(service: Service, person: User) -> None:
    path = reverse("kodeks_service_check", args=[service.pk])
    context = {
        "name": localized(service, person.language).name,
        "country": localized_name(service.country),
        "day": service.confirmed,
        "url": f"{settings.OFFICE_BASE_URL}{path}",
    }
    send(
        "service_to_confirm",
        to=person.email,
        language=person.language,
        context=context,
        about=service,
        may_wait=True,
    )


def mail_validity(message: Message, user: User) -> Validity:
    """Nobody is asked any more who may not change the service, or what was confirmed meanwhile."""
    service = Service.objects.filter(pk=message.about.partition(":")[2]).first()
    if service is None or not may_change(user, service) or not service.is_due(timezone.localdate()):
        return Validity.NOT_AT_ALL
    return Validity.AS_WRITTEN
