"""Whether acts, manifests and comments still say what the audit trail was told of them (documents.trail.audit_payloads)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from audit.models import Entry
from audit.verify import check
from documents.models import AdoptionAct, Comment, CorrigendumAct, Edition, LanguageVersion, Manifest
from documents.text.canonical import edition_hash
from documents.trail.audit_payloads import act_hash, answer_hash, comment_hash


@check
def acts() -> Iterator[str]:
    """Every act says what it said when it was recorded, and none is gone or was added."""
    adopting = Entry.objects.filter(verb__in=("adopt", "confirm_prior", "adopt_language"), refused=False)
    by_edition: dict[str, list[AdoptionAct]] = defaultdict(list)
    for act in AdoptionAct.objects.order_by("pk"):
        by_edition[f"edition:{act.edition_id}"].append(act)
    yield from _acts("adoptionact", _told_acts(adopting), by_edition)
    recording = Entry.objects.filter(verb="record_corrigendum", refused=False)
    by_corrigendum: dict[str, list[CorrigendumAct]] = defaultdict(list)
    for mending in CorrigendumAct.objects.order_by("pk"):
        by_corrigendum[f"corrigendum:{mending.corrigendum_id}"].append(mending)
    yield from _acts("corrigendumact", _told_acts(recording), by_corrigendum)


def _told_acts(entries: Any) -> dict[str, list[str]]:
    """The hashes of the acts by what they adopted; without those of which an older Kodeks told no hash."""
    told: dict[str, list[str]] = defaultdict(list)
    older = set()
    for thing, detail in entries.values_list("thing", "detail"):
        if "acts_sha256" in detail:
            told[thing] += detail["acts_sha256"]
        else:
            older.add(thing)
    return {thing: hashes for thing, hashes in told.items() if thing not in older}


def _acts(kind: str, told: dict[str, list[str]], kept: dict[str, list[Any]]) -> Iterator[str]:
    for thing, hashes in told.items():
        left = list(hashes)
        for act in kept.get(thing, ()):
            if (now := act_hash(act)) in left:
                left.remove(now)
            else:
                yield f"{kind}:{act.pk}: it does not say what the trail says"
        if len(kept.get(thing, ())) < len(hashes):
            yield f"{thing}: an act that the trail tells of is gone"


@check
def manifests() -> Iterator[str]:
    """What was submitted comes to the hash that was signed."""
    authentic: dict[int, set[str]] = defaultdict(set)
    for pk, language in LanguageVersion.objects.filter(authentic=True).values_list("edition", "language"):
        authentic[pk].add(language)
    for made in Manifest.objects.select_related("edition__instrument").defer("texts").order_by("pk"):
        edition = made.edition
        of_edition = authentic[edition.pk]
        versions = [(name, sha256) for name, sha256 in made.versions.items() if name in of_edition]
        if edition_hash(edition.instrument.path, edition.number, versions) != made.sha256:
            yield f"manifest:{made.pk}: its texts do not come to its hash"


@check
def comments() -> Iterator[str]:
    """Every comment, and every answer to one, says what it said when it was written."""
    written = _last(Entry.objects.filter(verb="comment", refused=False), "words_sha256")
    decided = _last(Entry.objects.filter(verb="decide_comment", refused=False), "answer_sha256")
    for comment in Comment.objects.order_by("pk").iterator():
        name = f"comment:{comment.pk}"
        told = written.pop(name, None)
        if told and told["words_sha256"] != comment_hash(comment.text, comment.suggestion):
            yield f"{name}: it does not say what was written"
        answer = decided.get(name)
        if answer and answer["answer_sha256"] != answer_hash(comment.outcome, comment.outcome_text):
            yield f"{name}: its answer is not the one that was given"
    there = set(Edition.objects.values_list("pk", flat=True))
    for name, told in written.items():
        if told.get("edition") in there:
            yield f"{name}: the trail tells of it, and it is gone"


def _last(entries: Iterable[Any], key: str) -> dict[str, Any]:
    """What was told of each thing last, where that names the hash."""
    found = dict(entries.order_by("id").values_list("thing", "detail"))  # type: ignore[attr-defined]
    return {thing: detail for thing, detail in found.items() if key in detail}
