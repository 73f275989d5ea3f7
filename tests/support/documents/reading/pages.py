"""What several test files of documents/reading begin with: pages."""

from __future__ import annotations

from datetime import date

from django.db import transaction

import audit
from documents.choices import State
from documents.models import AdoptionAct, Edition, Section

FIRST = "00000000-0000-4000-8000-000000000000"


SECOND = "00000000-0000-4000-8000-000000000001"


def supersede(edition: Edition, on: date, others: dict[str, str] | None = None) -> Edition:
    """A second edition in force in the place of the first, with the same sections; ``others`` have another
    uid there."""
    number = edition.number + 1
    with transaction.atomic():
        audit.record("supersede", edition)
    Edition.objects.filter(pk=edition.pk).update(state=State.SUPERSEDED, valid_until=on)
    edition.refresh_from_db()
    new = Edition(instrument=edition.instrument, number=number, supersedes=edition, title_mk="Нови процедури")
    new.save()
    for row in Section.objects.filter(edition=edition):
        row.pk = None
        row.edition = new
        if str(row.uid) == SECOND:
            row.text_hash_en = "f" * 64
        row.uid = (others or {}).get(str(row.uid), row.uid)
        row.save()
    AdoptionAct.objects.create(
        edition=new, edition_sha256="a" * 64, body="Government", kind="other", number="2", date=on
    )
    with transaction.atomic():
        audit.record("enter_into_force", new)
    Edition.objects.filter(pk=new.pk).update(state=State.IN_FORCE, valid_from=on)
    new.refresh_from_db()
    return new
