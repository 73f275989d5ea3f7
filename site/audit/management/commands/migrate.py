"""Django's migrate, for a database that lacks guards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """A guard that is missing is put in place by migrating, so its absence must not keep anybody from it:
    what the database lacks is not checked before, only after."""

    def check(  # type: ignore[override]
        self,
        app_configs: Any = None,
        tags: Any = None,
        databases: Sequence[str] | None = None,
        **options: Any,
    ) -> None:
        super().check(app_configs=app_configs, tags=tags, databases=None, **options)
