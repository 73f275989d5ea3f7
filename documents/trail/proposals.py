"""Whether what one person proposes and another confirms (a lower classification, an adoption before Kodeks) is what the audit
trail tells: what was proposed, how often, by whom, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from audit.models import Entry
from audit.trail import thing_name
from audit.verify import check, other_moment, told
from documents.models import ClassificationProposal, Edition, Instrument, PriorAdoption
from documents.trail.audit_payloads import proposal_hash


@dataclass(frozen=True)
class Kind:
    """A kind of proposal: what it is about (``of``), the column of what is proposed (``column``) and the detail that has it, the
    verbs of its entries, and the detail with which a confirmation of an older Kodeks says what was confirmed."""

    model: type[ClassificationProposal] | type[PriorAdoption]
    of: type[Instrument] | type[Edition]
    column: str
    detail: str
    propose: str
    confirm: str
    refuse: str
    confirmed: str

    def thing(self, proposal: Any) -> str:
        name = str(self.of._meta.model_name)
        return f"{name}:{getattr(proposal, f'{name}_id')}"

    def ends(self, proposal: Any) -> tuple[Any, Any]:
        """When it was confirmed and when it was refused."""
        if isinstance(proposal, PriorAdoption):
            return proposal.confirmed, proposal.refused
        if proposal.confirmed_by_id is None:
            return None, proposal.decided
        return proposal.decided, None


KINDS = (
    Kind(
        ClassificationProposal, Instrument, "classification", "to", "propose_classification", "classify",
        "refuse_classification", "after",
    ),
    Kind(
        PriorAdoption, Edition, "edition_sha256", "sha256", "propose_prior", "confirm_prior", "refuse_prior", "sha256",
    ),
)  # fmt: skip


class Proposed:
    """The entries that tell of proposals, each taken for one row. An older Kodeks told no hash of a proposal: its entries are
    found by who proposed what."""

    def __init__(self, kind: Kind, entries: Iterable[Entry]) -> None:
        self.kind = kind
        self.hashes: Counter[Any] = Counter()
        self.older: Counter[Any] = Counter()
        for entry in entries:
            if "proposal_sha256" in entry.detail:
                self.hashes[entry.thing, str(entry.detail["proposal_sha256"]), entry.actor] += 1
            else:
                self.older[entry.thing, str(entry.detail.get(kind.detail)), entry.actor] += 1

    def take(self, proposal: Any) -> bool:
        """Whether there is an entry that tells of it, and of no row before."""
        thing, by = self.kind.thing(proposal), proposal.proposed_by.actor
        for told_of, what in (
            (self.hashes, proposal_hash(proposal)),
            (self.older, str(getattr(proposal, self.kind.column))),
        ):
            if told_of[thing, what, by] > 0:
                told_of[thing, what, by] -= 1
                return True
        return False

    def left(self) -> list[str]:
        """What entries tell of that no row is of."""
        return sorted(
            thing
            for counter in (self.hashes, self.older)
            for (thing, _what, _by), n in counter.items()
            if n > 0
        )


def waits_as_told(proposal: ClassificationProposal | PriorAdoption) -> bool:
    """Whether the audit trail tells that just this was proposed, and of no decision on it."""
    kind = next(one for one in KINDS if isinstance(proposal, one.model))
    of = thing_name(getattr(proposal, str(kind.of._meta.model_name)))
    entries = [entry for entry in told(kind.propose, kind.confirm, kind.refuse) if entry.thing == of]
    proposed = Proposed(kind, (entry for entry in entries if entry.verb == kind.propose))
    rows = kind.model._default_manager.filter(**{f"{kind.of._meta.model_name}__pk": of.partition(":")[2]})
    known = {row.pk for row in rows.select_related("proposed_by").order_by("pk") if proposed.take(row)}
    decided = {entry.detail.get("proposal") for entry in entries if entry.verb != kind.propose}
    return proposal.pk in known and proposal.pk not in decided


@check
def two_people() -> Iterator[str]:
    """What one person proposed and another confirmed or refused is what the trail tells, by whom, and as often as it tells."""
    for kind in KINDS:
        yield from _of_kind(kind)


def _of_kind(kind: Kind) -> Iterator[str]:
    entries = told(kind.propose, kind.confirm, kind.refuse)
    proposed = Proposed(kind, (entry for entry in entries if entry.verb == kind.propose))
    ended: dict[Any, Entry] = {}
    older: Counter[Any] = Counter()
    for entry in entries:
        pk = entry.detail.get("proposal")
        if entry.verb == kind.propose:
            continue
        if isinstance(pk, int):
            ended[pk] = entry
        elif "proposal" in entry.detail:
            continue  # a document was closed: that takes no proposal
        elif entry.verb == kind.confirm:
            older[entry.thing, entry.actor, str(entry.detail.get(kind.confirmed))] += 1
        else:
            older[entry.thing] += 1
    there = kind.model._default_manager.select_related("proposed_by", "confirmed_by").order_by("pk")
    for row in there:
        name = thing_name(row)
        if not proposed.take(row):
            yield f"{name}: the trail does not know who proposed it, or it is not what was proposed"
        if row.pk in ended:
            yield from _ended(kind, name, row, ended.pop(row.pk))
        else:
            yield from _ended_before(kind, name, row, older)
    things = {
        f"{kind.of._meta.model_name}:{pk}" for pk in kind.of._default_manager.values_list("pk", flat=True)
    }
    for thing in proposed.left():
        if thing in things:
            yield f"{thing}: a proposal of which the trail tells is gone, or it is another one"
    for pk, entry in ended.items():
        if entry.thing in things:
            yield f"{kind.model._meta.model_name}:{pk}: the trail tells of it, and it is gone"


def _ended(kind: Kind, name: str, row: Any, entry: Entry) -> Iterator[str]:
    confirmed, refused = kind.ends(row)
    by = row.confirmed_by
    if entry.verb == kind.confirm:
        if by is None or by.actor != entry.actor:
            yield f"{name}: the trail does not know who confirmed it"
        if refused is not None or other_moment(entry, confirmed):
            yield f"{name}: what became of it, or when, is not as the trail says"
    elif by is not None or confirmed is not None or other_moment(entry, refused):
        yield f"{name}: what became of it, or when, is not as the trail says"
    if entry.thing != kind.thing(row):
        yield f"{name}: it is about something else than the trail tells"


def _ended_before(kind: Kind, name: str, row: Any, older: Counter[Any]) -> Iterator[str]:
    """A row that no entry names by its key: an older Kodeks decided it, or nobody has."""
    confirmed, refused = kind.ends(row)
    thing = kind.thing(row)
    if row.confirmed_by is not None or confirmed is not None:
        what = thing, row.confirmed_by and row.confirmed_by.actor, str(getattr(row, kind.column))
        if older[what] <= 0:
            yield f"{name}: the trail does not know who confirmed it"
        older[what] -= 1
    if refused is not None:
        if older[thing] <= 0:
            yield f"{name}: it was refused, and the trail does not say so"
        older[thing] -= 1
