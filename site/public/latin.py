"""Campaigns in Serbian Latin follow those in Cyrillic: published with them, and taken off with them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from public.actions.make_latin import latin_of, make_latin
from public.languages import CYRILLIC
from public.models import CampaignPage
from public.publishing import acting_user


@receiver(page_published, sender=CampaignPage)
def publish_latin(instance: CampaignPage, **kwargs: Any) -> None:
    """The signal comes for what is scheduled, too."""
    if instance.live and instance.tag == CYRILLIC:
        make_latin(instance, acting_user())


@receiver(page_unpublished, sender=CampaignPage)
def unpublish_latin(instance: CampaignPage, **kwargs: Any) -> None:
    page = latin_of(instance)
    if page is not None and page.live:
        page.unpublish(user=acting_user())
