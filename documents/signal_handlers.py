"""What documents do when something happens to a person, or to a text that cites or is cited."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver

import audit
from documents.actions.find_citations import citing, request_citations
from documents.actions.publish_redaction import follow
from documents.choices import ADOPTED, FOLLOWED, State
from documents.models import Assignment, Edition, LanguageVersion
from documents.signals import edition_moved, texts_changed
from people.actions.leave import handed_over
from people.models import Membership, User


@receiver(handed_over, dispatch_uid="documents.handed_over")
def reassign(
    sender: Any, leaving: User, successor: User, by: User, membership: Membership, **kwargs: Any
) -> None:
    """Hands the open parts of drafts and later languages over, each once. Those of another country's drafts
    stay: those who look after people here can't open them to anybody."""
    country = membership.institution.country_id
    here = Q(edition__instrument__country=country) | Q(edition__instrument__owner__country=country)
    following = LanguageVersion.objects.filter(
        edition=OuterRef("edition"), language=OuterRef("language"), unfinished=True
    )
    is_open = Q(edition__state=State.DRAFT) | Q(Exists(following), edition__state__in=FOLLOWED)
    for assignment in Assignment.objects.filter(here, is_open, user=leaving):
        same = {"edition": assignment.edition, "language": assignment.language, "uid": assignment.uid}
        language, uid = assignment.language, assignment.uid and str(assignment.uid)
        audit.record("unassign", assignment.edition, by, to=str(leaving.actor), language=language, uid=uid)
        if Assignment.objects.filter(user=successor, **same).exists():
            assignment.delete()
        else:
            assignment.user = successor
            assignment.save(update_fields=["user"])
            audit.record(
                "assign", assignment.edition, by, to=str(successor.actor), language=language, uid=uid
            )


@receiver(texts_changed, dispatch_uid="documents.citations.texts")
def _texts_changed(*, edition: Edition, **kwargs: Any) -> None:
    request_citations([edition.pk])


@receiver(edition_moved, dispatch_uid="documents.citations.moved")
def _moved(*, edition: Edition, before: str, **kwargs: Any) -> None:
    """What cites the document leads elsewhere now. Under a title that is new, any text may have cited it."""
    if edition.state in (State.SUPERSEDED, State.REPEALED):
        follow(edition)
    if edition.state not in (*ADOPTED, State.WITHDRAWN):
        request_citations([edition.pk])
    elif edition.state in ADOPTED and _is_new(edition):
        request_citations([None])
    else:
        request_citations(citing(edition.instrument))


def _is_new(edition: Edition) -> bool:
    titles = {f"title_{language}": edition.title_in(language) for language in edition.instrument.languages}
    others = Edition.objects.filter(instrument=edition.instrument, state__in=ADOPTED).exclude(pk=edition.pk)
    return not others.filter(**titles).exists()
