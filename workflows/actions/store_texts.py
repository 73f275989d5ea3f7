"""Store the texts of rounds as they ended and of answers as they were given."""

from __future__ import annotations

from typing import Any

from documents.actions.audit_payloads import manifest_payload
from documents.actions.submit_edition import make_manifest
from documents.editions.hashing import version_hashes
from documents.editions.text_storage import load_tree, tree_key
from documents.models import Edition, Manifest
from workflows.models import AnsweredText, Review, RoundText


def manifest_now(edition: Edition) -> tuple[Manifest, dict[str, Any]]:
    """The manifest of a draft at this moment, a new one where the text changed, and its audit payload."""
    last = Manifest.objects.filter(edition=edition).order_by("-round").first()
    if last is not None and last.versions == version_hashes(edition, edition.instrument.languages):
        return last, {}
    manifest = make_manifest(edition, None)
    return manifest, manifest_payload(manifest)


def keep_answered(edition: Edition, manifest: Manifest) -> dict[str, Any]:
    """Store the answered text in each language where it is new; the guard asks for the answer first."""
    named = AnsweredText.objects.filter(edition=edition, sha256__in=manifest.versions.values())
    stored = set(named.values_list("language", "sha256"))
    for language, sha256 in manifest.versions.items():
        if (language, sha256) not in stored:
            tree = load_tree(edition, language)
            AnsweredText.objects.create(
                edition=edition,
                language=language,
                sha256=sha256,
                key=tree_key(tree),
                text=AnsweredText.pack(tree),
            )
    return {"kept": manifest.pk}


def keep_round(review: Review) -> dict[str, Any]:
    """Store the text of a round that ended without an adoption; gives the audit payload.

    Where it was not locked, a new manifest names what the text had become.
    """
    edition = Edition.objects.select_related("instrument").get(pk=review.edition_id)
    # By language: a row that somebody put in keeps nothing else from being kept.
    stored = set(RoundText.objects.filter(review=review).values_list("language", flat=True))
    wanting = [language for language in edition.instrument.languages if language not in stored]
    if not wanting:
        return {}
    payload: dict[str, Any] = {}
    if not review.locked:
        manifest, payload = manifest_now(edition)
        payload = {"kept": manifest.pk} | payload
    RoundText.objects.bulk_create(
        RoundText(review=review, language=language, text=RoundText.pack(load_tree(edition, language)))
        for language in wanting
    )
    return payload
