"""Materials of the demonstration: two countries whole, published; the rest is a click away."""

from __future__ import annotations

from materials.actions.order import order
from materials.choices import Size
from materials.models import Material
from public.models import CampaignPage

CAMPAIGN = "work-abroad"
LANGUAGES = {
    "mk": ("mk", "sq", "en", "ar", "prs"),
    "rs": ("sr-cyrl", "en", "ar", "fa", "ps"),
}
"""By country: its own languages, and those of people on the move that its helpline speaks."""
SIZES = (Size.POSTER_A4, Size.LEAFLET, Size.CARD, Size.SHARE_WIDE)


def order_materials() -> int:
    """The worker makes them, so that the demonstration starts at once. What is there stays."""
    if Material.objects.exists():
        return 0
    pages = list(CampaignPage.published().filter(slug=CAMPAIGN))
    found = 0
    for country, languages in LANGUAGES.items() if pages else ():
        there = [page.tag for page in pages if page.tag in languages]
        done = order(
            None, pages[0].translation_key, languages=there, countries=[country], sizes=SIZES, publish=True
        )
        found += len(done.waiting)
    return found
