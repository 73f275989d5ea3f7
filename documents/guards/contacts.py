"""Guards of the numbers to call: the trail tells of each, and two people of those that readers rely on."""

from __future__ import annotations

from audit.guards import Guard, never_emptied
from documents.guards.conditions import changed

ENTERED = ("enter_contact", "add_contact", "change_contact", "confirm_contact")
REMOVED = "remove_contact"
"""The entries that tell which number stands, and that it is gone. Each is about "contact:12"."""
SHOWN = ("id", "instrument_id", "uid", "names", "hours", "number", "tel")
SAYS = "a number to call changes as the audit trail tells, by two people once its document was submitted"

_AT_WORK = (
    "NOT EXISTS (SELECT 1 FROM documents_edition e WHERE e.instrument_id = {row}.instrument_id "
    "AND e.state NOT IN ('draft', 'withdrawn'))"
)
_BY_TWO = (
    "EXISTS (SELECT 1 FROM audit_entry p WHERE p.verb = 'propose_contact' AND NOT p.refused AND p.id < a.id "
    "AND p.thing = 'instrument:' || CAST({row}.instrument_id AS TEXT) AND p.actor <> a.actor "
    "AND CAST(p.actor AS TEXT) = a.detail->>'suggested_by' "
    "AND p.detail->>'proposal_sha256' = a.detail->>'proposal_sha256')"
)


def _last_entry_is(row: str, verbs: tuple[str, ...], also: str = "") -> str:
    """The last entry about the number is one of the verbs: by two people, of a document that was not
    submitted yet, by Kodeks itself, or of another installation (site/handover)."""
    every = ", ".join(f"'{verb}'" for verb in (*ENTERED, REMOVED))
    wanted = ", ".join(f"'{verb}'" for verb in verbs)
    return (
        "EXISTS (SELECT 1 FROM audit_entry a WHERE a.id = (SELECT max(b.id) FROM audit_entry b "  # noqa: S608
        f"WHERE b.thing = 'contact:' || CAST({row}.id AS TEXT) AND NOT b.refused AND b.verb IN ({every})) "
        f"AND a.verb IN ({wanted}){also} AND (a.verb = 'enter_contact' "
        f"OR a.detail->>'origin_entry' IS NOT NULL OR {_AT_WORK.format(row=row)} "
        f"OR {_BY_TWO.format(row=row)}))"
    )


def contacts() -> list[Guard]:
    table = "documents_contact"
    same = (
        " AND a.detail->>'uid' = CAST(c.uid AS TEXT) AND a.detail->>'number' = c.number "
        "AND a.detail->>'tel' = c.tel"
    )
    # As it is when the transaction ends: the entry follows the row, and a row may change twice.
    untold = (
        f"EXISTS (SELECT 1 FROM {table} c WHERE c.id = NEW.id AND NOT {_last_entry_is('c', ENTERED, same)})"  # noqa: S608
    )
    lost = (
        f"NOT EXISTS (SELECT 1 FROM {table} c WHERE c.id = OLD.id) "  # noqa: S608
        "AND EXISTS (SELECT 1 FROM documents_instrument i WHERE i.id = OLD.instrument_id) "
        f"AND NOT {_last_entry_is('OLD', (REMOVED,))}"
    )
    return [
        Guard(f"{table}_insert", table, "INSERT", untold, SAYS, deferred=True),
        Guard(f"{table}_update", table, "UPDATE", f"({changed(SHOWN)}) AND {untold}", SAYS, deferred=True),
        Guard(f"{table}_delete", table, "DELETE", lost, SAYS, deferred=True),
        never_emptied(table, SAYS),
    ]
