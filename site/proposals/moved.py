"""Takes the proposals of an older Kodeks over, each app in a migration of its own."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

import audit

MOVED = "move_proposals"
"""The entry of the trail that tells of them, each with its hash."""


def take_over(apps: Any, kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """``rows``: columns of proposals, oldest first. Of several that wait for the same thing the newest goes
    on; the others end."""
    Proposal, User = apps.get_model("proposals", "Proposal"), apps.get_model("people", "User")
    actors = dict(User.objects.values_list("pk", "actor"))
    built = [Proposal(kind=kind, seal=secrets.token_hex(16), **columns) for columns in rows]
    newest = {one.thing: one for one in built if one.decided is None}
    moved: dict[str, str] = {}
    for proposal in built:
        if proposal.decided is None and newest[proposal.thing] is not proposal:
            proposal.decided, proposal.decided_by_id = proposal.proposed, proposal.proposed_by_id
        proposal.sha256 = _hash(proposal, actors)
        proposal.save(force_insert=True)
        moved[str(proposal.pk)] = proposal.sha256
    if moved:
        waiting = [one.pk for one in newest.values()]
        audit.record(MOVED, f"proposals:{kind}", None, proposals=moved, waiting=waiting)


def _hash(proposal: Any, actors: Mapping[int, Any]) -> str:
    """As proposals.models.Proposal.hash."""
    content = {
        "kind": proposal.kind,
        "thing": proposal.thing,
        "values": proposal.values,
        "reason": proposal.reason,
        "seal": proposal.seal,
        "proposed_by": str(actors[proposal.proposed_by_id]),
        "proposed": proposal.proposed.astimezone(UTC).isoformat(),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
