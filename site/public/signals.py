"""What happens by itself when a page is published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published


@receiver(page_published)
def know_files_at_once(instance: Page, **kwargs: Any) -> None:
    """The worker keeps Wagtail's list of what a page shows; a page that is published needs its files now."""
    ReferenceIndex.create_or_update_for_object(instance)
