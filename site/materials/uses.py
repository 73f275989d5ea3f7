"""Posters and cards in the list of a number's uses: what is printed does not follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from materials.choices import Size
from materials.models import Material
from public.number_uses import Number, Use


def in_materials(number: Number, user: Any) -> Iterator[Use]:
    """One line for each kind of a campaign in a language, with the code words of what was handed out."""
    if number.hotline is None:
        return
    rows = Material.objects.made().filter(
        country=number.country, shown__numbers__contains=[number.hotline.pk], recalled_at=None
    )
    for row in rows.exclude(published_at=None):
        name = f"{row.title}: {Size(row.size).label} ({row.language_name}), {row.code_word}"
        yield Use(_("Material"), name, reverse("kodeks_materials_of", args=[row.campaign]), False)
