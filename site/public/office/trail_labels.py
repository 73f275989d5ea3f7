"""Campaigns and numbers in the audit trail: what they are called, and what was done to them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from audit import labels
from audit.labels import Named, numbers
from people.access import has_role
from people.roles import Role
from public.models import CampaignPage, HomePage, Hotline, Picture
from theme.locales import native_name


def _in_admin(user: Any) -> bool:
    return has_role(user, Role.PUBLISHER) or has_role(user, Role.OPERATOR)


def _pages(model: type[Page]) -> labels.Namer:
    def named(user: Any, ids: Collection[str]) -> dict[str, Named]:
        found = model.objects.filter(pk__in=numbers(ids)).select_related("locale")
        inside = _in_admin(user)
        return {
            str(page.pk): Named(
                f"{page.title} ({native_name(page.locale.language_code)})",
                reverse("wagtailadmin_pages:history", args=[page.pk]) if inside else "",
            )
            for page in found
        }

    return named


def _hotlines(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found, inside = Hotline.objects.filter(pk__in=numbers(ids)), _in_admin(user)
    return {
        str(one.pk): Named(str(one), reverse("wagtailsnippets_public_hotline:list") if inside else "")
        for one in found
    }


def _pictures(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found, inside = Picture.objects.filter(pk__in=numbers(ids)), _in_admin(user)
    return {
        str(one.pk): Named(one.title, reverse("wagtailimages:edit", args=[one.pk]) if inside else "")
        for one in found
    }


labels.kind("campaignpicture", _("Picture"), _pictures)
labels.kind("campaignpage", _("Campaign"), _pages(CampaignPage))
labels.kind("homepage", _("Home page"), _pages(HomePage))
labels.kind("hotline", _("Number to call"), _hotlines)
