"""Posters, cards and pictures as something to take along (public.take_along)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import get_language

from materials.choices import Size
from materials.models import Material
from public.countries import named
from public.take_along import Item, Offer, Wanted

WIDTH = 300


class MaterialSource:
    def offers(self) -> Iterable[Offer]:
        """Kinds in the order of the sizes."""
        order = list(Size.values)
        rows = Material.objects.offered().order_by().values_list("campaign", "language", "country", "size")
        for campaign, language, country, size in sorted(rows.distinct(), key=lambda row: order.index(row[3])):
            yield Offer(campaign, language, country, size, str(Size(size).label))

    def items(self, wanted: Wanted) -> Iterable[Item]:
        """One query. The newest of each comes first."""
        asked = {"campaign": wanted.campaign, "language": wanted.language, "country": wanted.country,
                 "size": wanted.kind}  # fmt: skip
        order = list(Size.values)
        rows = Material.objects.offered().filter(**{name: value for name, value in asked.items() if value})
        rows, tag = rows.defer("shown").select_related("country"), get_language() or "en"
        for row in sorted(rows, key=lambda row: (row.title, order.index(row.size), row.country_id)):
            yield item_of(row, tag)


def item_of(row: Material, tag: str) -> Item:
    """``tag``: the reader's language."""
    wide, high = (int(number) for number in re.findall(r"\d+", row.format.measure))
    return Item(
        campaign=row.campaign,
        kind=row.size,
        label=str(Size(row.size).label),
        title=row.title,
        language=row.language,
        language_name=row.language_name,
        url=row.file_path,
        quiet_url=row.quiet_path,
        file_name=row.file_name,
        stored=row.file,
        size=row.bytes,
        ending=row.format.ending.upper(),
        measure=row.format.measure,
        country=row.country_id,
        country_name=named(row.country, tag).name,
        checked=row.checked,
        partners=row.partners,
        thumb=row.thumb_path,
        box=(WIDTH, round(WIDTH * high / wide)),
    )
