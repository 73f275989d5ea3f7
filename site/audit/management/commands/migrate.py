"""Django's migrate, for a database that lacks guards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Migrating puts a missing guard in place, so its absence must not prevent it. The check runs only
    after migrating."""

    def check(  # type: ignore[override]
        self,
        app_configs: Any = None,
        tags: Any = None,
        databases: Sequence[str] | None = None,
        **options: Any,
    ) -> None:
        super().check(app_configs=app_configs, tags=tags, databases=None, **options)
