"""Check of ``verify_audit``: every number of the site is in all that callers see as the trail confirms it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, entries, last_entries
from public.actions.change_hotline import hotline_payload, values_of
from public.models import Hotline

CONFIRMING = ("confirm_hotline", "enter_hotline")
REQUIRED = ("number", "tel", "sms", "chat", "abroad")
"""What entries of every Kodeks have; an older one may lack another detail."""


@check(
    public_hotline="country_id kind number tel sms chat abroad free anonymous languages source checked "
    "is_shown",
    public_hotlinetext="hotline_id language name hours call",
    added="public_hotlinetext",
    gone="public_hotlinetext",
)
def numbers() -> Iterator[str]:
    confirmed, days = last_entries(*CONFIRMING), dict[str, str]()
    for one in entries("enter_hotline", "add_hotline", "check_hotline"):
        days[one.thing] = one.detail.get("after", one.detail.get("checked", days.get(one.thing, "")))
    for hotline in Hotline.objects.prefetch_related("texts").order_by("pk"):
        name = f"hotline:{hotline.pk}"
        entry = confirmed.get(name)
        if days.get(name) and days[name] != str(hotline.checked):
            yield f"{name}: the trail tells of another day of the last check"
        if entry is None:
            if hotline.is_shown:
                yield f"{name}: no entry of the trail confirms this number"
            continue
        now = hotline_payload(values_of(hotline)) | {"country": hotline.country_id}
        older = dict.fromkeys(REQUIRED, "")
        differing = sorted(key for key in now if entry.detail.get(key, older.get(key, now[key])) != now[key])
        if differing:
            yield f"{name}: the trail confirms another number ({', '.join(differing)})"
