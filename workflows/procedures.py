"""The procedures that Kodeks ships with, put in place after every migration where they are missing."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.utils.translation import gettext_noop

SHIPPED: list[dict[str, Any]] = [
    {
        "key": "inter-ministerial",
        "name": gettext_noop("Sign-off by institutions, legal opinion, adoption"),
        "order": 10,
        "stages": [
            {
                "kind": "sign_off",
                "name": gettext_noop("Sign-off by the institutions"),
                "institutions": ["interior", "social"],
                "least": 2,
                "quorum": "all",
                "days": 10,
            },
            {
                "kind": "opinion",
                "name": gettext_noop("Legal opinion"),
                "institutions": ["justice"],
                "least": 1,
                "quorum": "all",
                "days": 10,
            },
            {"kind": "adoption", "name": "", "institutions": [], "least": 1, "quorum": "all", "days": 14},
        ],
    },
]


def ensure(using: str = "default") -> None:
    """Writes the shipped procedures that are not there; one that somebody changed stays as it is."""
    from workflows.models import Procedure

    for shipped in SHIPPED:
        Procedure.objects.using(using).get_or_create(
            key=shipped["key"], defaults={name: shipped[name] for name in ("name", "order", "stages")}
        )


def ensure_after_migrate(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    if "workflows_procedure" in connections[using].introspection.table_names():
        ensure(using)
