"""The database shows no number that the audit trail does not name as confirmed, whoever writes the row."""

from audit.guards import Guard, add, never_emptied, numbered, told

SAYS = "the trail does not confirm this number"
ENTRY = (
    "SELECT 1 FROM audit_entry a WHERE a.thing = 'hotline:' || CAST(NEW.id AS TEXT) AND NOT a.refused "
    "AND a.verb IN ('confirm_hotline', 'enter_hotline')"
)
SHOWN = ("number", "tel", "sms", "chat", "abroad")
DIGITS = " AND ".join(f"COALESCE(a.detail ->> '{name}', '') = NEW.{name}" for name in SHOWN)
UNCONFIRMED = f"NEW.is_shown AND NOT EXISTS ({ENTRY} AND {DIGITS})"

add(
    numbered("public_hotline"),
    Guard(
        "public_hotline_delete",
        "public_hotline",
        "DELETE",
        f"NOT {told('hotline', ['delete_hotline'], key='OLD.id')}",
        "the trail does not remove this number",
    ),
    never_emptied("public_hotline", "the trail does not remove this number"),
    *(
        Guard(f"public_hotline_{event.lower()}", "public_hotline", event, UNCONFIRMED, SAYS, deferred=True)
        for event in ("INSERT", "UPDATE")
    ),
)
