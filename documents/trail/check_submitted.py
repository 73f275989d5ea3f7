"""Whether a text that is in review is the one that was submitted: whoever signs it off must be shown that one."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, last_told, other_moment
from documents.choices import State
from documents.hashing import hash_of_edition, hash_version
from documents.models import Edition, LanguageVersion
from documents.trail.audit_payloads import origins_hash
from documents.trail.checks import other_hashes


@check
def texts_in_review() -> Iterator[str]:
    """Every text in review, hashed anew in every language (titles, numbers and order are in these hashes), is the one of its
    newest manifest; so are the hashes kept beside it. That a manifest is as it was made: documents.trail.check_log."""
    submitted = last_told("submit")
    for edition in Edition.objects.filter(state=State.IN_REVIEW).select_related("instrument").order_by("pk"):
        name = f"edition:{edition.pk}"
        made = edition.manifests.order_by("round").values_list("sha256", "versions").last()
        if made is None:
            yield f"{name}: it is in review, and was never submitted"
            continue
        sha256, versions = made
        kept = dict(LanguageVersion.objects.filter(edition=edition).values_list("language", "sha256"))
        for language in sorted({*versions, *kept}):
            now, texts = hash_version(edition, language)
            if now != versions.get(language):
                yield f"{name}: the text in {language} is not the one that was submitted"
            elif kept.get(language) != now:
                yield f"{name}: the hash beside its text in {language} is not the one that was submitted"
            yield from other_hashes(edition, language, texts)
        if edition.sha256 != sha256 or hash_of_edition(edition, versions) != sha256:
            yield f"{name}: its hash is not that of the text that was submitted"
        entry = submitted.get(name)
        if entry is not None and entry.detail.get("sha256", sha256) != sha256:
            yield f"{name}: the trail tells of another text that was submitted"


@check
def origins() -> Iterator[str]:
    """What of a text came out of which section of the edition before is as it was when it was submitted."""
    last = last_told("submit", "confirm_prior")
    for edition in Edition.objects.exclude(state=State.DRAFT).order_by("pk").values_list("pk", flat=True):
        entry = last.get(f"edition:{edition}")
        if entry is not None and entry.detail.get("origins_sha256", now := origins_hash(edition)) != now:
            yield f"edition:{edition}: which section came out of which is not as the trail was told"


@check
def submissions() -> Iterator[str]:
    """Every text stands as submitted since the moment that the trail tells, and no draft does."""
    last = last_told("submit", "reopen")
    for edition in Edition.objects.order_by("pk"):
        entry = last.get(f"edition:{edition.pk}")
        if entry is None or entry.verb == "reopen":
            wrong = edition.submitted is not None
        else:
            wrong = edition.submitted is None or other_moment(entry, edition.submitted)
        if wrong:
            yield f"edition:{edition.pk}: it was submitted at another moment than the trail tells"
