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
    """One entry proposes it; one confirms or refuses it, by the person in the row. Entries of another
    installation are about its proposals, which stay there (site/handover)."""
    told = defaultdict(list)
    moved: dict[str, str] = {}
    waited: set[int] = set()
    here = Entry.objects.filter(refused=False).exclude(detail__has_key="origin_entry").order_by("id")
    for entry in here.filter(detail__has_key="proposal_number"):
        told[entry.detail.get("proposal_number")].append(entry)
    for entry in here.filter(verb=MOVED):
        moved |= entry.detail.get("proposals", {})
        waited |= {*entry.detail.get("waiting", ())}
    rows = {
        row.pk: row for row in Proposal.objects.select_related("proposed_by", "decided_by").order_by("pk")
    }
    for pk, row in rows.items():
        entries = [one for one in told.get(pk, ()) if one.detail["proposal_sha256"] == row.sha256]
        by_old = moved.get(str(pk)) == row.sha256
        found = (
            _problems(row, entries, by_old),
            _decision_problems(row, entries, by_old and pk not in waited),
        )
        yield from (f"proposal:{pk}: {problem}" for problems in found for problem in problems)
    gone = {pk for pk in told if isinstance(pk, int)} | {int(pk) for pk in moved if pk.isdecimal()}
    for pk in sorted(gone - rows.keys()):
        yield f"proposal:{pk}: the trail tells of it, and it is gone"


def _problems(row: Proposal, entries: list[Entry], by_old: bool) -> Iterator[str]:
    kind = kind_of(row)
    asked = (kind.proposes, row.thing, row.proposed_by.actor)
    if not by_old and asked not in [(one.verb, one.thing, one.actor) for one in entries]:
        yield "the trail does not tell that it was proposed"
    if not (row.decided and kind.forgets) and row.hash() != row.sha256:
        yield "it is not what was proposed"


def _decision_problems(row: Proposal, entries: list[Entry], ended_before: bool) -> Iterator[str]:
    """``ended_before``: an older Kodeks decided it, whose entries name no proposal of the kernel."""
    kind = kind_of(row)
    decisions = [(one.verb, one.actor) for one in entries if one.verb in (kind.confirms, kind.refuses)]
    if row.decided is None:
        if decisions or ended_before:
            yield "the trail tells of a decision, and it waits"
    elif not ended_before:
        by = row.decided_by.actor if row.decided_by else None
        if decisions != [(kind.confirms if row.confirmed else kind.refuses, by)]:
            yield "the trail tells of another decision"
