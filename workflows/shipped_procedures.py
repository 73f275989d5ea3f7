"""The procedures that Kodeks ships with, written after each migration where they are missing."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_noop

from workflows.models import Procedure

Stage = dict[str, Any]


def _stage(kind: str, name: str, institutions: str, **more: Any) -> Stage:
    return (
        {"kind": kind, "name": name} | ({"institutions": institutions.split()} if institutions else {}) | more
    )


SIGN_OFF, LEGAL = gettext_noop("Sign-off by the institutions"), gettext_noop("Legal opinion")
ADOPTION: Stage = {"kind": "adoption", "days": 14}
SHORT: Stage = {"days": 3, "working": True, "silence": "assent"}
ALL = "interior social health justice"
CONSULTATION = gettext_noop("Consultation of the ministries")
BEFORE_SIGNING: list[Stage] = [
    _stage("consultation", CONSULTATION, ALL, least=2, days=20, silence="assent"),
    _stage("coordination", gettext_noop("Answers to the comments"), "", days=10),
    _stage("opinion", LEGAL, "justice", days=10),
    _stage("opinion", gettext_noop("Financial opinion"), "finance", days=10, together=True),
    _stage("coordination", gettext_noop("The final text"), "", days=5),
]
SHIPPED: list[dict[str, Any]] = [
    {
        "key": "inter-ministerial",
        "name": gettext_noop("Full inter-ministerial procedure"),
        "order": 10,
        "stages": [
            *BEFORE_SIGNING,
            _stage("sign_off", SIGN_OFF, "interior social", least=2, days=10, second_factor=True),
            ADOPTION,
        ],
    },
    {
        "key": "urgent",
        "name": gettext_noop("Urgent revision"),
        "order": 20,
        "stages": [
            _stage("sign_off", SIGN_OFF, "interior social", **SHORT),
            _stage("opinion", LEGAL, "justice", **SHORT, together=True),
            ADOPTION | {"days": 5},
        ],
    },
    {
        "key": "joint-order",
        "name": gettext_noop("Operating procedures by a joint order"),
        "order": 30,
        "stages": [
            _stage("sign_off", SIGN_OFF, "interior social", least=2),
            _stage("opinion", LEGAL, "justice"),
            ADOPTION,
        ],
    },
    {
        "key": "translation",
        "name": gettext_noop("Translation only"),
        "order": 40,
        "stages": [
            _stage("translation", gettext_noop("Check of the translation"), "justice", days=15),
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
