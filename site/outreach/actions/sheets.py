"""Enter and delete the sums of comprehension sheets."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404

import audit
from outreach.access import countries_of
from outreach.models import Sheet
from people.models import User


def enter_sheet(by: User, sheet: Sheet) -> Sheet:
    """Raises Http404, and ValidationError where the sums can't be right."""
    _require(by, sheet)
    with transaction.atomic():
        sheet.full_clean()
        sheet.save()
        audit.record("enter_sheet", sheet, by, **_facts(sheet))
    return sheet


def delete_sheet(by: User, sheet: Sheet) -> None:
    _require(by, sheet)
    with transaction.atomic():
        audit.record("delete_sheet", sheet, by, **_facts(sheet))
        sheet.delete()


def _require(by: User, sheet: Sheet) -> None:
    if sheet.country_id not in countries_of(by):
        raise Http404


def _facts(sheet: Sheet) -> dict[str, Any]:
    return {"country": sheet.country_id, "language": sheet.language}
