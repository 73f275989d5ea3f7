"""Submit a draft for review: every text is hashed again, written into a manifest, and locked."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import audit
from documents.actions.audit_payloads import manifest_payload, moment
from documents.actions.errors import ActionError, NotReady, Problem
from documents.actions.locking import hold_draft
from documents.actions.record_refusal import record_refusals
from documents.choices import State, Translation
from documents.editions.hashing import hash_of_edition, hash_version, version_hashes
from documents.editions.text_storage import hash_is, language_states
from documents.models import Edition, LanguageVersion, Manifest, Section
from documents.signals import edition_moved
from documents.text import plain_line
from people.access import require
from people.models import User
from people.roles import Verb
from theme.locales import native_name


@record_refusals("submit")
def submit_edition(by: User, edition: Edition, behind_because: str = "") -> Manifest:
    """Gives the manifest. Raises NotReady where an authentic translation is older than its source, or
    incomplete, without a reason (``behind_because``). An incomplete one can only follow later."""
    require(by, Verb.SUBMIT, edition)
    with transaction.atomic():
        locked = hold_draft(edition)
        because = plain_line(behind_because)[:400]
        behind = _counts(locked, Translation.STALE, Translation.MISSING)
        problems = what_is_missing(locked)
        if problems and because and Section.objects.filter(edition=locked).exists():
            problems = []  # an authentic translation that is not whole follows later, by an act of its own
        if behind and not because:
            older = _counts(locked, Translation.STALE)
            problems += [
                Problem(_behind(language, count), "because", "behind") for language, count in older.items()
            ]
        if problems:
            raise NotReady(problems)
        manifest = make_manifest(locked, by)
        for language, sha256 in manifest.versions.items():
            LanguageVersion.objects.filter(edition=locked, language=language).update(sha256=sha256)
        why = {"behind": behind, "reason": because} if behind else {}
        now = timezone.now()
        # Before the state: the database lets a draft into its review by this entry alone (documents.guards).
        audit.record(
            "submit",
            locked,
            by,
            sha256=manifest.sha256,
            moment=moment(now),
            **manifest_payload(manifest),
            **why,
        )
        Edition.objects.filter(pk=locked.pk).update(
            state=State.IN_REVIEW, sha256=manifest.sha256, submitted=now
        )
        locked.refresh_from_db()
        edition_moved.send(sender=Edition, edition=locked, before=State.DRAFT)
    return manifest


def what_is_missing(edition: Edition) -> list[str]:
    """What keeps a draft from being submitted: texts missing in an authentic language."""
    if not Section.objects.filter(edition=edition).exists():
        return [Problem(_("The document has no sections yet."), "text", "no_text")]
    problems: list[str] = []
    source = edition.instrument.source_language
    for language in edition.instrument.authentic_languages:
        wanting = (
            Section.objects.filter(hash_is(language, ""))
            .exclude(hash_is(source, ""))
            .filter(edition=edition)
            .count()
        )
        if wanting:
            message = _("%(count)d sections have no text in an authentic language (%(language)s).")
            message %= {"count": wanting, "language": native_name(language)}
            problems.append(Problem(message, "because", "behind"))
    return problems


def behind_source(edition: Edition) -> dict[str, int]:
    """In how many sections authentic translations are older than the source or missing, by language."""
    return _counts(edition, Translation.STALE, Translation.MISSING)


def _counts(edition: Edition, *of: Translation) -> dict[str, int]:
    states = language_states(edition)
    counts = {
        language: sum(states[language].get(state, 0) for state in of)
        for language in edition.instrument.authentic_languages
    }
    return {language: count for language, count in counts.items() if count}


def _behind(language: str, count: int) -> str:
    return ngettext(
        "%(count)d section of the authentic text (%(language)s) is out of date. Update it, or "
        "give the reason for submitting it anyway.",
        "%(count)d sections of the authentic text (%(language)s) are out of date. Update them, "
        "or give the reason for submitting them anyway.",
        count,
    ) % {"count": count, "language": native_name(language)}


def make_manifest(edition: Edition, by: User | None) -> Manifest:
    """Hashes everything from the stored text, not from stored hashes."""
    versions: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    for language in edition.instrument.languages:
        versions[language], hashes = hash_version(edition, language)
        for uid, sha256 in hashes.items():
            named = texts.setdefault(uid, {})
            if sha256:
                named[language] = sha256
    last = Manifest.objects.filter(edition=edition).order_by("-round").first()
    return Manifest.objects.create(
        edition=edition,
        round=last.round + 1 if last else 1,
        sha256=hash_of_edition(edition, versions),
        versions=versions,
        texts=texts,
        made_by=by,
    )


def is_as_submitted(edition: Edition, manifest: Manifest, languages: Iterable[str]) -> bool:
    """Whether the stored text, hashed again in these languages, is the one of the manifest, hash by hash. All
    authentic ones must be among them: the edition's hash is compared too."""
    now = version_hashes(edition, languages)
    return (
        all(manifest.versions.get(language) == sha256 for language, sha256 in now.items())
        and hash_of_edition(edition, now) == manifest.sha256
    )


def check_against_manifest(edition: Edition) -> Manifest:
    """Compares the text with what was submitted. Raises ActionError where a hash differs."""
    manifest = Manifest.objects.filter(edition=edition).order_by("-round").first()
    if manifest is None:
        raise ActionError(_("The text was not submitted for review."))
    if not is_as_submitted(edition, manifest, manifest.versions):
        raise ActionError(
            _("The text has changed since it was submitted, so it was not adopted. Contact the operator.")
        )
    return manifest
