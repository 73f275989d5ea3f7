"""Check of ``verify_audit``: every proposal is as the trail tells of it, and so is its decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.models import Entry
from audit.verify import check
from proposals.kinds import kind_of
from proposals.models import Proposal
from proposals.moved import MOVED


@check(
    proposals_proposal="kind thing values reason seal sha256 proposed_by_id proposed decided_by_id decided "
    "confirmed",
    added="proposals_proposal",
    gone="proposals_proposal",
)
def proposals() -> Iterator[str]:
    """One entry proposes it; one confirms or refuses it, by the person in the row."""
    told = defaultdict(list)
    moved: dict[str, str] = {}
    for entry in Entry.objects.filter(refused=False, detail__has_key="proposal_number").order_by("id"):
        told[entry.detail.get("proposal_number")].append(entry)
    for entry in Entry.objects.filter(refused=False, verb=MOVED):
        moved |= entry.detail.get("proposals", {})
    rows = {
        row.pk: row for row in Proposal.objects.select_related("proposed_by", "decided_by").order_by("pk")
    }
    for pk, row in rows.items():
        entries = [one for one in told.get(pk, ()) if one.detail["proposal_sha256"] == row.sha256]
        yield from (f"proposal:{pk}: {problem}" for problem in _problems(row, entries, moved))
    gone = {pk for pk in told if isinstance(pk, int)} | {int(pk) for pk in moved if pk.isdecimal()}
    for pk in sorted(gone - rows.keys()):
        yield f"proposal:{pk}: the trail tells of it, and it is gone"


def _problems(row: Proposal, entries: list[Entry], moved: dict[str, str]) -> Iterator[str]:
    kind = kind_of(row)
    by_old = moved.get(str(row.pk)) == row.sha256
    if not by_old and not any(
        (one.verb, one.thing, one.actor) == (kind.proposes, row.thing, row.proposed_by.actor)
        for one in entries
    ):
        yield "the trail does not tell that it was proposed"
    if not (row.decided and kind.forgets) and row.hash() != row.sha256:
        yield "it is not what was proposed"
    verb = kind.confirms if row.confirmed else kind.refuses
    decisions = [one for one in entries if one.verb in (kind.confirms, kind.refuses)]
    if row.decided is None:
        if decisions:
            yield "the trail tells of a decision, and it waits"
    elif not by_old or decisions:
        by = row.decided_by.actor if row.decided_by else None
        if [(one.verb, one.actor) for one in decisions] != [(verb, by)]:
            yield "the trail tells of another decision"
