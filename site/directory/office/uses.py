"""Services that show a number: their own, or the country's where they have none that may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.access import may_list, may_read
from directory.addresses import service_url
from directory.models import Service
from directory.readable import localized
from people.access import keys
from public.dialling import same_number
from public.number_uses import Number, Use


def in_services(number: Number, user: Any) -> Iterator[Use]:
    own, tag, today = keys(user), get_language() or "en", timezone.localdate()
    found = Service.objects.filter(country=number.country, is_shown=True).prefetch_related("texts")
    for service in found:
        stands_in = number.hotline is not None and (not service.tel or service.is_stale(today))
        readable = service.number and may_read(own, service, service.number_level)
        shows = readable and same_number(service.number, number.shown, number.country)
        if (stands_in or shows) and may_list(own, service):
            url = service_url(service.country_id, service.key)
            follows = stands_in or number.hotline is None
            yield Use(_("Service"), localized(service, tag).name, url, follows)
