"""Whether a proposal that a second person confirms is the one that the audit trail tells of."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from audit.models import Entry
from audit.trail import thing_name
from documents.actions.errors import ActionError
from documents.models import ClassificationProposal, Edition, Instrument, PriorAdoption
from documents.trail.audit_payloads import proposal_hash


def check_proposed(proposal: ClassificationProposal | PriorAdoption) -> None:
    """Raises ActionError where the audit trail tells of no such proposal, or that it was decided."""
    if not _waits(proposal):
        raise ActionError(
            _("The audit trail does not show this proposal. Reject it and ask for it to be proposed again."),
            "altered",
        )


def _waits(proposal: ClassificationProposal | PriorAdoption) -> bool:
    """Whether the trail has an entry for this proposal alone, and none of a decision."""
    of: Edition | Instrument
    rows: Iterable[ClassificationProposal | PriorAdoption]
    if isinstance(proposal, PriorAdoption):
        of, verbs = proposal.edition, ("propose_prior", "confirm_prior", "refuse_prior")
        rows = PriorAdoption.objects.filter(edition=of, pk__lte=proposal.pk)
    else:
        of, verbs = proposal.instrument, ("propose_classification", "classify", "refuse_classification")
        rows = ClassificationProposal.objects.filter(instrument=of, pk__lte=proposal.pk)
    entries = Entry.objects.filter(thing=thing_name(of), verb__in=verbs, refused=False)
    if entries.exclude(verb=verbs[0]).filter(detail__proposal=proposal.pk).exists():
        return False
    sha256 = proposal_hash(proposal)
    matching = entries.filter(verb=verbs[0], actor=proposal.proposed_by.actor, detail__proposal_sha256=sha256)
    same = [row for row in rows if proposal_hash(row) == sha256]
    return matching.count() >= len(same)
