"""Check of ``verify_audit``: every number that the site shows is one that the audit trail confirms."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_entries
from public.models import Hotline

DIGITS = ("number", "tel", "sms", "chat", "abroad")


@check(public_hotline="number tel sms chat abroad")
def numbers() -> Iterator[str]:
    confirmed = last_entries("confirm_hotline", "enter_hotline")
    for hotline in Hotline.objects.filter(is_shown=True).order_by("pk"):
        name = f"hotline:{hotline.pk}"
        entry = confirmed.get(name)
        if entry is None:
            yield f"{name}: no entry of the trail confirms this number"
        elif any(entry.detail.get(digits, "") != getattr(hotline, digits) for digits in DIGITS):
            yield f"{name}: the trail confirms another number"
