"""What several test files of audit begin with: guards hold."""

from __future__ import annotations

import json
from typing import Any

from django.core import serializers
from django.db import connection
from django.db.models import Model

from audit.models import Entry
from documents.models import (
    AdoptionAct,
    Blob,
    BlobUse,
    Edition,
    LanguageVersion,
    Manifest,
    Section,
    SectionChange,
)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def everything() -> str:
    """All that must stay, as it stands."""
    kept: list[type[Model]] = [
        Edition, Section, LanguageVersion, AdoptionAct, Manifest, SectionChange, Entry, Blob, BlobUse
    ]  # fmt: skip
    return json.dumps([serializers.serialize("json", m._default_manager.order_by("pk")) for m in kept])
