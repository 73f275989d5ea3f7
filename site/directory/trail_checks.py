"""Check of ``verify_audit``: every number and address that is shown is one that the audit trail confirms."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_entries
from directory.actions.change_record import readers_hash, sealed_hash
from directory.models import Place, Service


@check(
    directory_place="seal address latitude longitude town_id *_level",
    directory_service="seal number tel sms email website *_level",
    directory_place_reader_institutions="place_id institution_id",
    directory_place_reader_people="place_id user_id",
    directory_service_reader_institutions="service_id institution_id",
    directory_service_reader_people="service_id user_id",
)
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
