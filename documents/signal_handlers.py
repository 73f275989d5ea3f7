"""What documents do when something happens to a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver

from documents.choices import FOLLOWED, State
from documents.models import Assignment, LanguageVersion
from people.actions.leave import handed_over
from people.models import Membership, User


@receiver(handed_over, dispatch_uid="documents.handed_over")
def reassign(sender: Any, leaving: User, successor: User, membership: Membership, **kwargs: Any) -> None:
    """Hands the open parts of drafts and later languages over, each once. Those of another country's drafts
    stay: whoever looks after people here can't open them to anybody."""
    country = membership.institution.country_id
    here = Q(edition__instrument__country=country) | Q(edition__instrument__owner__country=country)
    following = LanguageVersion.objects.filter(
        edition=OuterRef("edition"), language=OuterRef("language"), unfinished=True
    )
    is_open = Q(edition__state=State.DRAFT) | Q(Exists(following), edition__state__in=FOLLOWED)
    for assignment in Assignment.objects.filter(here, is_open, user=leaving):
        same = {"edition": assignment.edition, "language": assignment.language, "uid": assignment.uid}
        if Assignment.objects.filter(user=successor, **same).exists():
            assignment.delete()
        else:
            assignment.user = successor
            assignment.save(update_fields=["user"])
