"""What of the pages may be seen on the public host: published, below a published first page, and open to
everybody."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from public.models import CampaignPage, HomePage


def homes() -> QuerySet[HomePage]:
    return HomePage.objects.live().public().select_related("locale")


def campaigns() -> QuerySet[CampaignPage]:
    """Published campaigns. One below a first page that was taken back is taken back with it, as Wagtail has
    it."""
    below = Q()
    for path in homes().values_list("path", flat=True):
        below |= Q(path__startswith=path)
    every = CampaignPage.objects.live().public().select_related("locale", "country", "picture")
    return every.filter(below) if below else every.none()


def translations(page: CampaignPage) -> list[tuple[str, str]]:
    """The published languages of a campaign, itself among them: tag and slug, by tag."""
    found = campaigns().filter(translation_key=page.translation_key)
    return sorted(found.values_list("locale__language_code", "slug"))
