"""The demonstration's tiles of practitioners' first page, from documents/demo/tiles.toml."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from uuid import UUID

from config.demo.instruments import sources
from config.demo.people import FOLDER
from documents.actions.edit_start_tiles import TileData, add_tile
from documents.demo.markdown import uid_of
from documents.models import Instrument, StartTile
from people.models import Country, Membership
from people.roles import Role


def load_tiles() -> int:
    """Adds the tiles of countries that have none; gives how many."""
    rows = defaultdict(list)
    for row in tomllib.loads((FOLDER / "tiles.toml").read_text("utf-8"))["tile"]:
        rows[row["country"]].append(row)
    slugs = {source.folder: source.data["slug"] for source in sources()}
    added = 0
    for code, tiles in rows.items():
        country = Country.objects.get(pk=code)
        if StartTile.objects.filter(country=country).exists():
            continue
        coordinators = Membership.objects.active().filter(role=Role.COORDINATOR, institution__country=code)
        by = coordinators.select_related("user").order_by("pk")[0].user
        for position, row in enumerate(tiles, 1):
            data = TileData(row["title"], position, query=row.get("query", ""))
            if "document" in row:
                folder = row["document"]
                target = Instrument.objects.get(country=country, slug=slugs[folder])
                data = TileData(row["title"], position, target.pk, UUID(uid_of(folder, row["section"])))
            add_tile(by, country, data)
            added += 1
    return added
