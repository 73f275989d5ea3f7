"""Count by the week, without persons: what was opened and which word was heard."""

from __future__ import annotations

import logging
from datetime import date

from django.db import DatabaseError, transaction

from mail.digest import local_now
from materials.models import Material
from outreach.models import FLOOR, Kind, RunningCount, WeekCount, week_of
from outreach.seal import Unreadable, seal, unseal

log = logging.getLogger("kodeks.outreach")


def this_week() -> date:
    return week_of(local_now().date())


def count(kind: Kind, material: Material, by: int = 1) -> None:
    """Adds to the running count of this week; less than nothing is nothing."""
    with transaction.atomic():
        rows = _running(kind)
        if material.pk not in {row.material_id for row in rows}:
            _begin_week(kind, material)
            rows = _running(kind)
        for row in rows:
            row.sealed = seal(max(_open(row) + (by if row.material_id == material.pk else 0), 0))
        # All are written anew: where the database puts a row does not say that it was counted.
        RunningCount.objects.bulk_update(rows, ["sealed"])


def count_opened(material: Material) -> None:
    """For the public host: a database that takes nothing costs the count, not the page."""
    try:
        count(Kind.OPENED, material)
    except DatabaseError as error:
        log.warning("an opened material was not counted: %s", error)


def close_weeks() -> int:
    """Keeps the counts of weeks that are over where they are five or more, and forgets the others; gives how
    many were kept."""
    kept = 0
    with transaction.atomic():
        over = RunningCount.objects.select_for_update().filter(week__lt=this_week())
        for row in over:
            number = _open(row)
            if number >= FLOOR:
                same = {"kind": row.kind, "material": row.material, "week": row.week}
                WeekCount.objects.get_or_create(**same, defaults={"number": number})
                kept += 1
            row.delete()
    return kept


def _running(kind: Kind) -> list[RunningCount]:
    rows = RunningCount.objects.select_for_update()
    return list(rows.filter(kind=kind, week=this_week()).order_by("material"))


def _begin_week(kind: Kind, material: Material) -> None:
    """A row for every material that is out, so that none says that something was counted."""
    ids = {*Material.objects.exclude(published_at=None).values_list("pk", flat=True), material.pk}
    RunningCount.objects.bulk_create(
        [RunningCount(kind=kind, material_id=pk, week=this_week(), sealed=seal(0)) for pk in ids],
        ignore_conflicts=True,
    )


def _open(row: RunningCount) -> int:
    try:
        return unseal(bytes(row.sealed))
    except Unreadable:
        log.warning("the count of a week is lost: it was sealed with another secret key")
        return 0
