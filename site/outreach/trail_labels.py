"""Comprehension sheets in the audit trail: by week and language."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit import labels
from audit.labels import Named, numbers
from outreach.models import Sheet


def _sheets(user: Any, ids: Collection[str]) -> dict[str, Named]:
    return {str(one.pk): Named(str(one)) for one in Sheet.objects.filter(pk__in=numbers(ids))}


labels.kind("sheet", _("comprehension sheet"), _sheets)
