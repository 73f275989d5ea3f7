"""Materials of the demonstration: a handful, published; the rest is a click away."""

from __future__ import annotations

from materials.actions.order import order
from materials.choices import Size
from materials.models import Material
from public.models import CampaignPage

CAMPAIGNS = ("work-abroad", "check-offer")
LANGUAGES = ("en", "mk", "sq", "sr-cyrl", "ar")
COUNTRY = {"work-abroad": "mk"}
SIZES = (Size.POSTER_A4, Size.SHARE_WIDE)


def order_materials() -> int:
    """The worker makes them, so that the demonstration starts at once. What is there stays."""
    if Material.objects.exists():
        return 0
    found = 0
    for slug in CAMPAIGNS:
        pages = CampaignPage.published().filter(slug=slug)
        for key in {page.translation_key for page in pages}:
            languages = [page.tag for page in pages if page.tag in LANGUAGES]
            done = order(
                None,
                key,
                languages=languages,
                countries=[COUNTRY.get(slug, "mk")],
                sizes=SIZES,
                publish=True,
            )
            found += len(done.waiting)
    return found
