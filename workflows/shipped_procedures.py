"""The procedures that Kodeks ships with, written after each migration where they are missing."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_noop

from workflows.models import Procedure

ADOPTION: dict[str, Any] = {"kind": "adoption", "days": 14}
SHIPPED: list[dict[str, Any]] = [
    {
        "key": "inter-ministerial",
        "name": gettext_noop("Full inter-ministerial procedure"),
        "order": 10,
        "stages": [
            {
                "kind": "consultation",
                "name": gettext_noop("Consultation of the ministries"),
                "institutions": ["interior", "social", "health", "justice"],
                "least": 2,
                "days": 20,
                "silence": "assent",
            },
            {"kind": "coordination", "name": gettext_noop("Answers to the comments"), "days": 10},
            {
                "kind": "opinion",
                "name": gettext_noop("Legal opinion"),
                "institutions": ["justice"],
                "days": 10,
            },
            {
                "kind": "opinion",
                "name": gettext_noop("Financial opinion"),
                "institutions": ["finance"],
                "days": 10,
                "together": True,
            },
            {"kind": "coordination", "name": gettext_noop("The final text"), "days": 5},
            {
                "kind": "sign_off",
                "name": gettext_noop("Sign-off by the institutions"),
                "institutions": ["interior", "social"],
                "least": 2,
                "days": 10,
                "second_factor": True,
            },
            ADOPTION,
        ],
    },
    {
        "key": "urgent",
        "name": gettext_noop("Urgent revision"),
        "order": 20,
        "stages": [
            {
                "kind": "sign_off",
                "name": gettext_noop("Sign-off by the institutions"),
                "institutions": ["interior", "social"],
                "days": 3,
                "working": True,
                "silence": "assent",
            },
            {
                "kind": "opinion",
                "name": gettext_noop("Legal opinion"),
                "institutions": ["justice"],
                "days": 3,
                "working": True,
                "silence": "assent",
                "together": True,
            },
            ADOPTION | {"days": 5},
        ],
    },
    {
        "key": "joint-order",
        "name": gettext_noop("Operating procedures by a joint order"),
        "order": 30,
        "stages": [
            {
                "kind": "sign_off",
                "name": gettext_noop("Sign-off by the institutions"),
                "institutions": ["interior", "social"],
                "least": 2,
            },
            {"kind": "opinion", "name": gettext_noop("Legal opinion"), "institutions": ["justice"]},
            ADOPTION,
        ],
    },
    {
        "key": "translation",
        "name": gettext_noop("Translation only"),
        "order": 40,
        "stages": [
            {
                "kind": "translation",
                "name": gettext_noop("Check of the translation"),
                "institutions": ["justice"],
                "days": 15,
            },
            ADOPTION,
        ],
    },
]


def ensure(using: str = "default") -> None:
    """Writes the shipped procedures that are not there; one that somebody changed stays as it is."""
    for shipped in SHIPPED:
        Procedure.objects.using(using).get_or_create(
            key=shipped["key"], defaults={name: shipped[name] for name in ("name", "order", "stages")}
        )


def ensure_after_migrate(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Not where the tables are those of another state of the code: an operator may go back a step."""
    loader = MigrationLoader(connections[using])
    if all(leaf in loader.applied_migrations for leaf in loader.graph.leaf_nodes(sender.label)):
        ensure(using)
