"""The sizes in which materials are made."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Size(models.TextChoices):
    POSTER_A4 = "poster-a4", _("Poster A4")
    POSTER_A3 = "poster-a3", _("Poster A3")
    LEAFLET = "leaflet", _("Leaflet A5, two sides")
    CARD = "card", _("Pocket card, two sides")
    STICKER = "sticker", _("Sticker")
    SHARE_WIDE = "share-wide", _("Picture to share, wide")
    SHARE_TALL = "share-tall", _("Picture to share, tall")


@dataclass(frozen=True)
class Format:
    """``measure``: what is printed or shown, as numbers; ``thumb_ppi``: dots an inch of the small picture."""

    ending: str
    content_type: str
    measure: str
    thumb_ppi: int


def _paper(measure: str, thumb_ppi: int) -> Format:
    return Format("pdf", "application/pdf", measure, thumb_ppi)


def _picture(measure: str, thumb_ppi: int) -> Format:
    return Format("png", "image/png", measure, thumb_ppi)


FORMATS: dict[str, Format] = {
    Size.POSTER_A4: _paper("210 × 297 mm", 36),
    Size.POSTER_A3: _paper("297 × 420 mm", 26),
    Size.LEAFLET: _paper("148 × 210 mm", 52),
    Size.CARD: _paper("85 × 55 mm", 90),
    Size.STICKER: _paper("80 × 80 mm", 95),
    Size.SHARE_WIDE: _picture("1200 × 630", 18),
    Size.SHARE_TALL: _picture("1080 × 1920", 20),
}
