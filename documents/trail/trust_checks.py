"""Checks of ``verify_audit``: what signatures are checked against, and what was found."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_entries
from documents.actions.check_papers import is_sealed
from documents.models import PaperCheck, TrustList
from documents.text.canonical import sha256_of


@check(documents_trustlist="sha256 content")
def trust_lists() -> Iterator[str]:
    """The lists are those that the trail imported and did not remove, with their content."""
    imported, removed = last_entries("import_trust_list"), last_entries("remove_trust_list")
    there = {f"trustlist:{one.pk}": one for one in TrustList.objects.order_by("pk")}
    for name, one in there.items():
        entry = imported.get(name)
        if entry is None or name in removed:
            yield f"{name}: the trail does not say that it is in use"
        elif (one.sha256, sha256_of(one.content)) != (
            entry.detail.get("sha256"),
            entry.detail.get("content"),
        ):
            yield f"{name}: the trail tells of another list"


@check(documents_papercheck="sha256 path result seal trust_sha256 checked", added="documents_papercheck")
def paper_checks() -> Iterator[str]:
    """Kodeks itself found what is shown of signatures."""
    for one in PaperCheck.objects.filter(wanted=None).order_by("pk"):
        if not is_sealed(one):
            yield f"papercheck:{one.pk}: somebody else wrote the result"
