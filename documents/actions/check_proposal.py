"""What one person proposed, before another confirms it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.models import ClassificationProposal, PriorAdoption
from documents.trail.proposals import waits_as_told


def check_proposed(proposal: ClassificationProposal | PriorAdoption) -> None:
    """Raises ActionError where the audit trail tells of no such proposal, or that it was decided: somebody else put it there."""
    if not waits_as_told(proposal):
        raise ActionError(
            _(
                "The audit trail does not tell that this was proposed so. Refuse it, and have it proposed again."
            ),
            "altered",
        )
