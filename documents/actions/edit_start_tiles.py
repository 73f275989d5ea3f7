"""Keep the tiles of practitioners' first page: coordinators of the country add, change and remove them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.choices import State
from documents.models import Edition, Section, StartTile
from documents.text import plain_line
from people.access import require
from people.models import Country, User
from people.roles import Verb

MOST = 12


@dataclass(frozen=True)
class TileData:
    """The titles by language, and where the tile leads: a document, its section, or a search."""

    titles: Mapping[str, str]
    position: int = 0
    instrument: int | None = None
    uid: UUID | None = None
    query: str = ""


def add_tile(by: User, country: Country, data: TileData) -> StartTile:
    """Raises ActionError where a value is wrong, or there are too many tiles."""
    tile = StartTile(country=country)
    require(by, Verb.CREATE, tile)
    with transaction.atomic():
        Country.objects.select_for_update(no_key=True).get(pk=country.pk)
        if StartTile.objects.filter(country=country).count() >= MOST:
            raise ActionError(_("There are %(n)d tiles. Remove one before you add another.") % {"n": MOST})
        _fill(by, tile, data)
        tile.save()
        audit.record("add_start_tile", f"country:{country.pk}", by, tile=tile.pk)
    return tile


def change_tile(by: User, tile: StartTile, data: TileData, expected: str) -> None:
    """Raises ActionError where a value is wrong, or the tile is not the ``expected`` one any more."""
    require(by, Verb.CREATE, tile)
    with transaction.atomic():
        locked = _hold(tile, expected)
        before = locked.version
        _fill(by, locked, data)
        if locked.version != before:
            locked.save()
            audit.record("change_start_tile", f"country:{tile.country_id}", by, tile=tile.pk)


def remove_tile(by: User, tile: StartTile, expected: str) -> None:
    """Raises ActionError where somebody has changed it."""
    require(by, Verb.CREATE, tile)
    with transaction.atomic():
        locked = _hold(tile, expected)
        audit.record("remove_start_tile", f"country:{tile.country_id}", by, tile=tile.pk)
        locked.delete()


def _hold(tile: StartTile, expected: str) -> StartTile:
    locked = StartTile.objects.select_for_update(no_key=True, of=("self",)).select_related("country")
    found = locked.filter(pk=tile.pk).first()
    if found is None or found.version != expected:
        raise ActionError(_("Someone else has changed this tile. You now see the current entry."))
    return found


def _fill(by: User, tile: StartTile, data: TileData) -> None:
    query = plain_line(data.query)[:200]
    if bool(query) == (data.instrument is not None):
        raise ActionError(_("Choose a document or section, or enter a search. Not both."))
    if data.instrument is not None:
        _check_target(by, tile.country, data)
    titles = {
        code: plain_line(data.titles.get(code, ""))[:80] for code in settings.MODELTRANSLATION_LANGUAGES
    }
    if not any(titles[code] for code in tile.country.languages):
        raise ActionError(_("Enter a title in a language of the country."))
    for code, title in titles.items():
        setattr(tile, f"title_{code}", title)
    tile.instrument_id, tile.uid, tile.query = data.instrument, data.uid, query
    tile.position = data.position


def _check_target(by: User, country: Country, data: TileData) -> None:
    """The document is in force in the country, and the section is in it."""
    editions = Edition.objects.visible_to(by).filter(
        instrument=data.instrument, instrument__country=country, state=State.IN_FORCE
    )
    edition = editions.first()
    if edition is None:
        raise ActionError(_("Choose a document that is in force in this country."))
    if data.uid is not None and not Section.objects.filter(edition=edition, uid=data.uid).exists():
        raise ActionError(_("This section is no longer in the document."))
