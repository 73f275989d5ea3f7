"""The database takes no proposal, and no decision on one, of which the trail does not tell."""

from audit.guards import Guard, add, never_removed
from proposals.moved import MOVED

TABLE = "proposals_proposal"
FIXED = ("id", "kind", "thing", "reason", "seal", "sha256", "proposed_by_id", "proposed")

_CHANGED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)
_DECIDED = "NEW.decided IS NOT NULL OR NEW.decided_by_id IS NOT NULL OR NEW.confirmed"
_AGAIN = (
    "OLD.decided IS NOT NULL AND (NEW.decided, NEW.decided_by_id, NEW.confirmed) "
    "IS DISTINCT FROM (OLD.decided, OLD.decided_by_id, OLD.confirmed)"
)
_FORGOTTEN = "(NEW.decided IS NOT NULL AND NEW.values = CAST('{}' AS jsonb))"
_HALF = "(NEW.decided IS NULL) <> (NEW.decided_by_id IS NULL) OR (NEW.confirmed AND NEW.decided IS NULL)"


def _untold(person: str) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM audit_entry a JOIN people_user u ON u.actor = a.actor "  # noqa: S608
        f"WHERE u.id = NEW.{person} AND NOT a.refused AND a.thing = NEW.thing "
        "AND a.detail->>'proposal_number' = CAST(NEW.id AS TEXT) "
        "AND a.detail->>'proposal_sha256' = NEW.sha256{also})"
    )


_MOVED = (
    f"EXISTS (SELECT 1 FROM audit_entry a WHERE a.verb = '{MOVED}' AND NOT a.refused "  # noqa: S608
    "AND a.detail->'proposals'->>CAST(NEW.id AS TEXT) = NEW.sha256)"
)
_UNTOLD_DECISION = _untold("decided_by_id").format(also=" AND a.at >= NEW.decided")

add(
    Guard(
        f"{TABLE}_new",
        TABLE,
        "INSERT",
        f"NOT {_MOVED} AND ({_DECIDED} OR {_untold('proposed_by_id').format(also='')})",
        "what is proposed is told in the audit trail",
        deferred=True,
    ),
    Guard(
        f"{TABLE}_fixed",
        TABLE,
        "UPDATE",
        f"{_CHANGED} OR {_AGAIN} OR {_HALF} OR (NEW.values <> OLD.values AND NOT {_FORGOTTEN}) "
        "OR (NEW.confirmed AND NEW.decided_by_id = NEW.proposed_by_id)",
        "what one person proposed another confirms, once",
    ),
    Guard(
        f"{TABLE}_decided",
        TABLE,
        "UPDATE",
        f"OLD.decided IS NULL AND NEW.decided IS NOT NULL AND {_UNTOLD_DECISION}",
        "the trail does not tell who decided",
        deferred=True,
    ),
    *never_removed(TABLE, "what was proposed stays"),
)
