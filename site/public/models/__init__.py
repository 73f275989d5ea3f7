"""What the public site is made of: pages, their pictures, the numbers to call."""

from public.models.block_translations import BlockTranslation
from public.models.hotlines import Hotline, HotlineChange, HotlineText
from public.models.pages import CampaignPage, HomePage
from public.models.pictures import Picture, Rendition

__all__ = [
    "BlockTranslation",
    "CampaignPage",
    "HomePage",
    "Hotline",
    "HotlineChange",
    "HotlineText",
    "Picture",
    "Rendition",
]
