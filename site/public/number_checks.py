"""Check of ``verify_audit``: every number of the site is in all that callers see as the trail confirms it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_entries
from public.actions.change_hotline import hotline_payload, values_of
from public.models import Hotline

CONFIRMING = ("confirm_hotline", "enter_hotline")
REQUIRED = ("number", "tel", "sms", "chat", "abroad")
"""What entries of every Kodeks have; an older one may lack another detail."""


@check(
    public_hotline="country_id kind number tel sms chat abroad free anonymous languages source checked "
    "is_shown",
    public_hotlinetext="hotline_id language name hours call",
)
def numbers() -> Iterator[str]:
    confirmed, checked = last_entries(*CONFIRMING), last_entries("check_hotline")
    for hotline in Hotline.objects.prefetch_related("texts").order_by("pk"):
        name = f"hotline:{hotline.pk}"
        entry = confirmed.get(name)
        if entry is None:
            if hotline.is_shown:
                yield f"{name}: no entry of the trail confirms this number"
            continue
        now = hotline_payload(values_of(hotline)) | {"country": hotline.country_id}
        older = dict.fromkeys(REQUIRED, "")
        differing = sorted(key for key in now if entry.detail.get(key, older.get(key, now[key])) != now[key])
        if differing:
            yield f"{name}: the trail confirms another number ({', '.join(differing)})"
        day = checked.get(name)
        if day is not None and day.detail.get("after") != str(hotline.checked):
            yield f"{name}: the trail tells of another day of the last check"
