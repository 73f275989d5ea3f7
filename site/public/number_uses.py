"""Where a number to call is used: pages, steps and whatever else an app registers. Change the number once,
and look through the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from documents.models import Contact, Edition
from public import addresses
from public.dialling import same_number
from public.languages import native_name
from public.models import CampaignPage, Hotline
from theme.localized_names import localized_name


@dataclass(frozen=True)
class Number:
    """A number of a country, as it is shown; ``hotline``: where it is a number to call of the public site."""

    shown: str
    country: str
    hotline: Hotline | None = None


@dataclass(frozen=True)
class Use:
    """``follows``: it shows the new number by itself; else somebody must change it there."""

    kind: str
    name: str
    url: str
    follows: bool = True


Finder = Callable[[Number, Any], Iterable[Use]]
"""Gives what uses a number, as far as a person may see it."""
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    _finders.append(finder)
    return finder


def uses_of(number: Number, user: Any) -> list[Use]:
    return [use for finder in _finders for use in finder(number, user)]


@register
def in_campaigns(number: Number, user: Any) -> Iterator[Use]:
    """Blocks of campaigns, and the materials of these pages: what is printed does not follow."""
    if number.hotline is None:
        return
    found = ReferenceIndex.get_references_to(number.hotline).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    ids = {int(pk) for pk in found.values_list("object_id", flat=True)}
    for page in CampaignPage.objects.filter(pk__in=ids).select_related("locale").order_by("path"):
        language = native_name(page.tag)
        yield Use(_("Campaign"), f"{page.title} ({language})", addresses.absolute(page.public_path))
        for block in page.body:
            if block.block_type == "materials":
                for item in block.value["materials"]:
                    if item.get("file"):
                        yield Use(_("Material"), f"{item['name']} ({language})", item["file"].url, False)


@register
def on_help_pages(number: Number, user: Any) -> Iterator[Use]:
    if number.hotline is not None and number.hotline.is_shown:
        country = localized_name(number.hotline.country)
        path = addresses.path_of("country", "en", number.country)
        name = _("Numbers to call: %(country)s") % {"country": country}
        yield Use(_("Help page"), name, addresses.absolute(path))


@register
def in_documents(number: Number, user: Any) -> Iterator[Use]:
    """Call boxes of procedures have digits of their own."""
    seen = Edition.objects.visible_to(user).filter(instrument__country=number.country)
    found = Contact.objects.filter(instrument__in=seen.values("instrument")).select_related("instrument")
    for contact in found:
        if same_number(contact.number, number.shown, number.country):
            one = contact.instrument
            path = reverse("documents:section_in_force", args=[one.country_id, one.slug, contact.uid])
            yield Use(_("Step of a procedure"), localized_name(one), path, False)
