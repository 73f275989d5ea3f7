"""Guards of what signatures are checked against."""

from __future__ import annotations

from audit.guards import Guard, never_emptied

ON_RECORD = "what signatures are checked against changes on the record alone"


def _without(row: str, verb: str) -> str:
    entry = (
        f"a.thing = 'trustlist:' || CAST({row}.id AS TEXT) AND NOT a.refused AND a.verb = '{verb}' "
        f"AND a.detail->>'sha256' = {row}.sha256"
    )
    return f"NOT EXISTS (SELECT 1 FROM audit_entry a WHERE {entry})"  # noqa: S608


def trust_lists() -> list[Guard]:
    table = "documents_trustlist"
    imported, removed = _without("NEW", "import_trust_list"), _without("OLD", "remove_trust_list")
    return [
        Guard(f"{table}_insert", table, "INSERT", imported, ON_RECORD, deferred=True),
        Guard(f"{table}_update", table, "UPDATE", "1 = 1", ON_RECORD),
        Guard(f"{table}_delete", table, "DELETE", removed, ON_RECORD, deferred=True),
        never_emptied(table, ON_RECORD),
    ]
