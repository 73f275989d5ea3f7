"""Check of ``verify_audit``: every number to call of a document is one that the audit trail confirms."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_entries
from audit.visibility import of_country
from documents.actions.audit_payloads import contact_payload
from documents.guards.contacts import ENTERED, REMOVED
from documents.models import Contact

of_country(Contact, "instrument__country")


@check(documents_contact="uid number tel names hours")
def numbers_to_call() -> Iterator[str]:
    last = last_entries(*ENTERED, REMOVED)
    there = {f"contact:{one.pk}": one for one in Contact.objects.order_by("pk")}
    for name, contact in there.items():
        entry = last.get(name)
        if entry is None or entry.verb == REMOVED:
            yield f"{name}: no entry of the trail confirms this number"
        elif any(entry.detail.get(key) != value for key, value in contact_payload(contact).items()):
            yield f"{name}: the trail confirms another number"
    for name, entry in last.items():
        if entry.verb != REMOVED and name.startswith("contact:") and name not in there:
            yield f"{name}: the trail confirms it, and it is not there"
