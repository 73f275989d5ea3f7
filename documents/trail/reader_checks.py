"""Checks of ``verify_audit``: whoever a document is open to by name is one whom the trail tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db import connection

from audit.verify import check, entries
from documents.choices import Classification
from documents.guards.assignments import UNTOLD_ASSIGNMENTS
from documents.models import Assignment, Instrument

OPENING = ("create", "classify", "name_reader", "end_reader", "share", "end_sharing")


@check(
    documents_instrument_named_readers="instrument_id user_id",
    documents_instrument_shared_with="instrument_id institution_id",
    added="documents_instrument_named_readers documents_instrument_shared_with",
)
def readers() -> Iterator[str]:
    """Named readers of TLP:RED, and institutions with which TLP:AMBER is shared. A document that was taken
    in from another site is told of by the trail of its origin."""
    created, named, shared = _of_the_trail()
    of_a_document = Instrument.named_readers.through.objects.order_by("instrument", "user")
    for one in of_a_document.select_related("user"):
        thing = f"instrument:{one.instrument_id}"
        if thing in created and str(one.user.actor) not in named[thing]:
            yield f"{thing}: the trail does not name user:{one.user_id} as a reader"
    of_institutions = Instrument.shared_with.through.objects.order_by("instrument", "institution")
    for one in of_institutions.select_related("institution"):
        thing = f"instrument:{one.instrument_id}"
        if thing in created and one.institution.key not in shared[thing]:
            yield f"{thing}: the trail does not share it with {one.institution.key}"


def _of_the_trail() -> tuple[set[str], dict[str, set[str]], dict[str, set[str]]]:
    """The documents that were begun here; of each its readers, and its institutions."""
    created, named, shared = set[str](), defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for entry in entries(*OPENING):
        detail, thing = entry.detail, entry.thing
        if entry.verb == "create":
            created.add(thing)
        if Classification.TLP_RED in (detail.get("classification"), detail.get("after")):
            named[thing].add(str(entry.actor))
        elif entry.verb == "name_reader":
            named[thing].add(detail.get("to", ""))
        elif entry.verb == "end_reader":
            named[thing].discard(detail.get("to", ""))
        elif entry.verb == "share":
            shared[thing].update(detail.get("institutions", []))
        elif entry.verb == "end_sharing":
            shared[thing].discard(detail.get("institution", ""))
    return created, named, shared


@check(
    documents_assignment="edition_id user_id language uid",
    added="documents_assignment",
    gone="documents_assignment",
)
def assignments() -> Iterator[str]:
    """Every assignment, which opens a draft, is one that the trail tells of, and is there."""
    with connection.cursor() as cursor:
        cursor.execute(UNTOLD_ASSIGNMENTS)
        for (pk,) in cursor.fetchall():
            yield f"assignment:{pk}: the trail does not assign this part"
    rows = Assignment.objects.values_list("edition", "user__actor", "language", "uid")
    there = {(f"edition:{edition}", str(actor), tag, uid and str(uid)) for edition, actor, tag, uid in rows}
    for thing, actor, tag, uid in sorted(_assigned() - there, key=str):
        yield f"{thing}: the trail assigns {tag} to {actor}{f' ({uid})' if uid else ''}, and it is gone"


def _assigned() -> set[tuple[str, str, str, str | None]]:
    """What an older Kodeks took back names no section."""
    found: set[tuple[str, str, str, str | None]] = set()
    for entry in entries("assign", "unassign"):
        part = (entry.thing, str(entry.detail.get("to")), str(entry.detail.get("language")))
        if entry.verb == "assign":
            found.add((*part, entry.detail.get("uid")))
        elif "uid" in entry.detail:
            found.discard((*part, entry.detail["uid"]))
        else:
            found = {one for one in found if one[:3] != part}
    return found
