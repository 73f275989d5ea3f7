"""Check of ``verify_audit``: every record is in all that readers see as the audit trail confirms it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_entries
from directory.actions.change_record import readers_hash, sealed_hash, version_of
from directory.models import Organisation, Place, Service, Town

PARTS = (
    "directory_towntext directory_organisationtext directory_placetext directory_servicetext "
    "directory_service_places directory_place_reader_institutions directory_place_reader_people "
    "directory_service_reader_institutions directory_service_reader_people"
)


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


@check(
    directory_town="seal is_shown latitude longitude",
    directory_towntext="record_id language name",
    directory_organisation="seal is_shown website",
    directory_organisationtext="record_id language name description",
    directory_place="is_shown",
    directory_placetext="record_id language name reach accessible",
    directory_service="is_shown organisation_id kind for_whom age_from age_to languages free hours",
    directory_service_places="service_id place_id",
    directory_servicetext="record_id language name description cost reach bring",
    added=f"directory_town directory_organisation {PARTS}",
    gone=PARTS,
)
def values() -> Iterator[str]:
    """All that readers see, of towns and organisations too. What was taken in from another site has the
    hash of its values there, and towns then have no entry."""
    elsewhere = last_entries("import_country")
    confirmed = last_entries("confirm_record", "enter_record")
    at_once = last_entries("confirm_record", "enter_record", "add_record", "change_record")
    for model in (Town, Organisation, Place, Service):
        entries = at_once if model is Town else confirmed
        for record in model.objects.order_by("pk"):
            entry = entries.get(record.thing)
            if entry is None:
                brought = model is Town and f"country:{record.country_id}" in elsewhere
                if record.is_shown and not brought:
                    yield f"{record.thing}: no entry of the trail confirms it"
            elif "origin_sha256" not in entry.detail and entry.detail.get("values_sha256", "") != version_of(
                record
            ):
                yield f"{record.thing}: the trail confirms other words or values"
