"""The texts of rounds as they ended and of answers as they were given: kept, so that a room shows for good
what was answered, and each institution what has changed since."""

from __future__ import annotations

from typing import Any

from documents.actions.submit_edition import make_manifest
from documents.hashing import version_hashes
from documents.models import Edition, Manifest
from documents.text_storage import load_tree, tree_key
from documents.trail.audit_payloads import manifest_payload
from workflows.models import AnsweredText, Review, RoundText


def manifest_now(edition: Edition) -> tuple[Manifest, dict[str, Any]]:
    """What the text of a draft is at this moment, every text hashed anew: the last manifest, where nothing
    has changed since, else a new one. Gives with it what the trail is told of a new one."""
    last = Manifest.objects.filter(edition=edition).order_by("-round").first()
    if last is not None and last.versions == version_hashes(edition, edition.instrument.languages):
        return last, {}
    made = make_manifest(edition, None)
    return made, manifest_payload(made)


def keep_answered(edition: Edition, manifest: Manifest) -> dict[str, Any]:
    """Keeps the text that ``manifest`` names, which is the edition's at this moment, in every language in
    which it is not kept yet. Gives what the trail is told of it. The answer itself is there before: the
    database keeps no text that nobody has answered for (workflows.guards)."""
    named = AnsweredText.objects.filter(edition=edition, sha256__in=manifest.versions.values())
    kept = set(named.values_list("language", "sha256"))
    for language, sha256 in manifest.versions.items():
        if (language, sha256) not in kept:
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
    """Keeps the text of a round that has ended without an adoption, in every language, as it is at this
    moment; one that is kept already stays. Gives what the trail is told of it. The round's state says already
    that it has ended: the database keeps the text of none that runs (workflows.guards).

    Where the text was locked it is the one of the round's manifest. In a consultation or an opinion it went
    on being changed: another manifest says what it had become, so that the kept text can be proved by it.
    """
    edition = Edition.objects.select_related("instrument").get(pk=review.edition_id)
    # By language: a row that somebody put in keeps nothing else from being kept.
    kept = set(RoundText.objects.filter(review=review).values_list("language", flat=True))
    wanting = [language for language in edition.instrument.languages if language not in kept]
    if not wanting:
        return {}
    told: dict[str, Any] = {}
    if not review.locked:
        manifest, told = manifest_now(edition)
        told = {"kept": manifest.pk} | told
    RoundText.objects.bulk_create(
        RoundText(review=review, language=language, text=RoundText.pack(load_tree(edition, language)))
        for language in wanting
    )
    return told
