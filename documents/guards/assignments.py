"""Guards of who was asked to write: an assignment opens a draft, so the trail tells of each."""

from __future__ import annotations

from audit.guards import Guard, actor_of

SAYS = "the trail does not assign this part"


def unassigned(row: str) -> str:
    """SQL: no entry assigns this part to this person, or a later one took it back."""
    entry = (
        f"a.thing = 'edition:' || CAST({row}.edition_id AS TEXT) AND NOT a.refused "
        f"AND a.detail->>'to' = {actor_of(f'{row}.user_id')} AND a.detail->>'language' = {row}.language "
        f"AND (CAST(a.detail->>'uid' AS uuid) IS NOT DISTINCT FROM {row}.uid"
    )
    # What an older Kodeks took back names no section.
    return (
        "COALESCE((SELECT a.verb FROM audit_entry a WHERE "  # noqa: S608
        f"{entry} OR (a.verb = 'unassign' AND NOT jsonb_exists(a.detail, 'uid'))) "
        "AND a.verb IN ('assign', 'unassign') ORDER BY a.id DESC LIMIT 1), '') <> 'assign'"
    )


UNTOLD_ASSIGNMENTS = f"SELECT d.id FROM documents_assignment d WHERE {unassigned('d')} ORDER BY d.id"  # noqa: S608


def assignments() -> list[Guard]:
    table = "documents_assignment"
    # Somebody else may have taken it over, or it is gone, in the same transaction.
    there = f"EXISTS (SELECT 1 FROM {table} d WHERE d.id = NEW.id AND d.user_id = NEW.user_id) AND "  # noqa: S608
    part = "(OLD.edition_id, OLD.user_id, OLD.language, OLD.uid) IS DISTINCT FROM "
    changed = f"{part}(NEW.edition_id, NEW.user_id, NEW.language, NEW.uid) AND "
    untold = there + unassigned("NEW")
    return [
        Guard(f"{table}_insert", table, "INSERT", untold, SAYS, deferred=True),
        Guard(f"{table}_update", table, "UPDATE", changed + untold, SAYS, deferred=True),
    ]
