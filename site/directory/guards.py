"""The database shows no number, address or level of access that the audit trail does not name as confirmed,
whoever writes the row. The trail has a hash of these, with a seal that is in the row alone."""

from audit.guards import Guard, add, never_removed, numbered
from directory.models import Organisation, Place, Record, Service, Town

SAYS = "the trail does not confirm this record"


def _unconfirmed(model: type[Record]) -> str:
    columns = ", ".join(f"COALESCE(CAST(NEW.{name} AS TEXT), '')" for name in model.SEALED)
    digest = f"encode(sha256(convert_to(concat_ws('|', NEW.seal, {columns}), 'UTF8')), 'hex')"
    return (
        "NEW.is_shown AND NOT EXISTS (SELECT 1 FROM audit_entry a "  # noqa: S608  (names of columns)
        f"WHERE a.thing = '{model._meta.model_name}:' || CAST(NEW.id AS TEXT) AND NOT a.refused "
        "AND a.verb IN ('confirm_record', 'enter_record') "
        f"AND a.detail ->> 'sealed_sha256' = {digest})"
    )


for _model in (Place, Service):
    _table = _model._meta.db_table
    add(
        numbered(_table),
        *(
            Guard(f"{_table}_{event.lower()}", _table, event, _unconfirmed(_model), SAYS, deferred=True)
            for event in ("INSERT", "UPDATE")
        ),
    )

for _model in (Town, Organisation, Place, Service):
    _table = _model._meta.db_table
    add(*never_removed(_table, "a record is hidden, never removed"))
