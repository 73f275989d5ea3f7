"""Check of ``verify_audit``: every number and address that is shown is one that the audit trail confirms."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_entries
from directory.actions.change_record import readers_hash, sealed_hash
from directory.models import Place, Service


@check
def records() -> Iterator[str]:
    confirmed = last_entries("confirm_record", "enter_record")
    for model in (Place, Service):
        for record in model.objects.filter(is_shown=True).order_by("pk"):
            entry = confirmed.get(record.thing)
            if entry is None:
                yield f"{record.thing}: no entry of the trail confirms it"
            elif entry.detail.get("sealed_sha256") != sealed_hash(record):
                yield f"{record.thing}: the trail confirms other values"
            elif entry.detail.get("readers_sha256") != readers_hash(record, record.values()):
                yield f"{record.thing}: the trail confirms other readers"
