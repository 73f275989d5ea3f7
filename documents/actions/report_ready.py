"""Tell the coordinators that a draft is ready for its review. The audit trail alone holds it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

import audit
from audit.models import Entry
from audit.trail import thing_name
from documents import notifications
from documents.actions.errors import ActionError
from documents.actions.locking import hold_draft
from documents.actions.record_refusal import record_refusals
from documents.models import Edition, Manifest, Section, SectionChange
from people.access import require
from people.models import User
from people.roles import Verb

VERB = "report_ready"


@record_refusals(VERB)
def report_ready(by: User, edition: Edition) -> None:
    """Mails the owner's coordinators; nothing where they know it already. Raises ActionError for a draft
    without text, Locked for what is no draft, Http404 for who does not draft it."""
    require(by, Verb.OUTLINE, edition)
    with transaction.atomic():
        draft = hold_draft(edition)
        if not Section.objects.filter(edition=draft).exists():
            raise ActionError(_("The document has no sections yet."), "no_text")
        if draft.pk in ready_drafts([draft]):
            return
        audit.record(VERB, draft, by)
        notifications.tell_of_ready(by, draft)


@dataclass(frozen=True)
class Report:
    """Who reported a draft as ready, and when."""

    name: str
    at: datetime


def ready_drafts(editions: Collection[Edition]) -> dict[int, Report]:
    """The drafts that are reported as ready, by edition. One that was changed or submitted since is reported
    anew."""
    by_thing = {thing_name(edition): edition.pk for edition in editions}
    entries = Entry.objects.filter(verb=VERB, thing__in=list(by_thing), refused=False).order_by("id")
    found = {by_thing[entry.thing]: entry for entry in entries}
    if not found:
        return {}
    changes = SectionChange.objects.filter(edition__in=list(found)).values("edition")
    rounds = Manifest.objects.filter(edition__in=list(found)).values("edition")
    last = [
        *changes.annotate(last=Max("at")).values_list("edition", "last"),
        *rounds.annotate(last=Max("made")).values_list("edition", "last"),
    ]
    gone = {pk for pk, at in last if at > found[pk].at}
    people = User.objects.filter(actor__in=[entry.actor for entry in found.values()])
    names = {user.actor: user.name for user in people}
    return {
        pk: Report(names.get(entry.actor, "") if entry.actor else "", entry.at)
        for pk, entry in found.items()
        if pk not in gone
    }
