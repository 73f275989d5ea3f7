"""Who to call, above what the office's search found: for whoever asks that at night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from directory.hours import is_open
from directory.models import Town
from directory.readable import ServiceView, emergency, hotlines, services
from people.access import keys
from people.models import Country
from public.countries import footnotes
from public.languages import native_name
from search.pages.question_phrases import names

MOST = 8


@dataclass(frozen=True)
class ToCall:
    """A service with whether it answers now; None where only its own words say so."""

    service: ServiceView
    open_now: bool | None
    languages: str


def services_to_call(request: HttpRequest, words: str, tag: str, country: str) -> SafeString:
    """The numbers of the country that the question names, by itself or by a town, else of ``country``; what
    is open now first, and of that what is in the town. The reader's rights decide what is shown."""
    town = _town_named(words)
    country = town.country_id if town else _country_named(words) or country
    found = emergency(tag, country) + hotlines(tag, country)
    if country:
        found += services(keys(request.user), tag, country=country)
    now = timezone.localtime()
    shown = [ToCall(one, _open(one, now), ", ".join(map(native_name, one.languages))) for one in found]
    shown = [one for one in shown if one.service.tel]
    shown.sort(key=lambda one: (one.open_now is False, not _is_in(one.service, town), one.open_now or False))
    if not shown:
        return SafeString()
    context = {
        "to_call": shown[:MOST],
        "country": shown[0].service.country if country else None,
        "footnotes": footnotes(
            list({one.service.country.code: one.service.country for one in shown}.values())
        ),
    }
    return SafeString(render_to_string("directory/to_call.html", context, request))


def _open(service: ServiceView, now: datetime) -> bool | None:
    """Numbers to call have their hours in words."""
    return is_open(service.hours, now) if service.hours else None


def _is_in(service: ServiceView, town: Town | None) -> bool:
    return service.organisation is None or any(town and one.key == town.key for one in service.towns)


def _town_named(words: str) -> Town | None:
    towns = Town.objects.filter(is_shown=True).prefetch_related("texts")
    return next((town for town in towns if any(names(words, text.name) for text in town.texts.all())), None)


def _country_named(words: str) -> str:
    columns = [f"name_{language}" for language in settings.MODELTRANSLATION_LANGUAGES]
    rows = Country.objects.values_list("pk", *columns)
    return next((pk for pk, *found in rows if any(name and names(words, name) for name in found)), "")
