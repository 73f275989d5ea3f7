"""The worker's backup, each night, where a place for it is set."""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from audit.models import Entry
from backup.keep import expired
from backup.take import NAME, remove_unfinished, take

log = logging.getLogger("kodeks.backup")
AFTER = timedelta(hours=20)
"""So long after the last backup the next is not due, whatever the hour."""


def back_up_when_due() -> None:
    """Take the night's backup once, and remove those that the rule lets go."""
    target = settings.KODEKS_BACKUP
    if not target:
        return
    remove_unfinished(Path(target))
    if timezone.localtime().hour != settings.KODEKS_BACKUP_HOUR:
        return
    last = Entry.objects.filter(verb="record_backup").order_by("-id").values_list("at", flat=True).first()
    if last is not None and timezone.now() - last < AFTER:
        return
    take(Path(target), settings.KODEKS_BACKUP_KEY)
    remove_expired(Path(target))


def remove_expired(target: Path) -> list[Path]:
    """Remove the backups of a folder that the rule lets go; gives their paths."""
    found = {
        datetime.strptime(name[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC): path
        for path in target.iterdir()
        if (name := NAME.fullmatch(path.name))
    }
    gone = [found[at] for at in expired(found)]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        log.info("a backup is removed by the rule", extra={"backup": path.name})
    return gone
