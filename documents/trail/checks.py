"""What the audit trail is told of documents: to which country things belong, and what must still be as it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from audit.models import Entry
from audit.verify import check
from audit.visibility import of_country
from documents import blobs
from documents.actions.record_corrigendum import hash_of
from documents.choices import ADOPTED
from documents.corrigenda.substitution import NotThere, correct
from documents.hashing import hash_of_edition, hash_version
from documents.models import (
    AdoptionAct,
    Blob,
    BlobUse,
    ClassificationProposal,
    Comment,
    Corrigendum,
    CorrigendumAct,
    Edition,
    Instrument,
    LanguageVersion,
    PriorAdoption,
    Section,
    WordTemplate,
)
from documents.text import SectionText, sha256_of, text_hash
from documents.text.canonical import language_version_hash
from documents.text_storage import EMPTY, check_language, load_tree

ADOPTING = ("adopt", "confirm_prior")

of_country(Instrument, "country")
of_country(Edition, "instrument__country")
of_country(Comment, "edition__instrument__country")
of_country(Corrigendum, "edition__instrument__country")
of_country(PriorAdoption, "edition__instrument__country")
of_country(ClassificationProposal, "instrument__country")
of_country(WordTemplate, "country")


@check
def adopted_texts() -> Iterator[str]:
    """Every adopted text, hashed anew, is the one that the trail says was adopted."""
    entries = Entry.objects.filter(verb__in=ADOPTING, refused=False).order_by("id")
    details = dict(entries.values_list("thing", "detail"))
    told = {thing: detail.get("sha256") for thing, detail in details.items()}
    for edition in Edition.objects.filter(state__in=ADOPTED).select_related("instrument").order_by("pk"):
        name = f"edition:{edition.pk}"
        if name not in told:
            yield f"{name}: it is adopted, and the trail does not say so"
        elif told[name] and told[name] != edition.sha256:
            yield f"{name}: the trail tells of another text"
        day = details.get(name, {}).get("valid_from")
        if day and day != str(edition.valid_from):
            yield f"{name}: the trail tells of another day from which it is in force"
        authentic = dict(
            LanguageVersion.objects.filter(edition=edition, authentic=True, unfinished=False).values_list(
                "language", "sha256"
            )
        )
        now = {}
        for language in sorted(authentic):
            now[language], texts = hash_version(edition, language)
            if authentic[language] != now[language]:
                yield f"{name}: the text in {language} is not the one that was adopted"
            yield from other_hashes(edition, language, texts)
        if now == authentic and hash_of_edition(edition, now) != edition.sha256:
            yield f"{name}: its texts do not come to its hash"
        yield from _followed(edition, name)
    for act in AdoptionAct.objects.select_related("edition").order_by("pk"):
        if act.edition_sha256 != act.edition.sha256:
            yield f"adoptionact:{act.pk}: it adopted another text"


def other_hashes(edition: Edition, language: str, texts: dict[str, str]) -> Iterator[str]:
    """A line where the hashes beside the sections are not those of their texts: by them it is told what has changed and which
    translation is older."""
    kept = Section.objects.filter(edition=edition).values_list("uid", f"text_hash_{check_language(language)}")
    if any(texts.get(str(uid), "") != (sha256 or "") for uid, sha256 in kept):
        yield f"edition:{edition.pk}: a hash of a section in {language} is not the one of its text"


def _followed(edition: Edition, name: str) -> Iterator[str]:
    """Every language version that followed the adoption was checked by a second person; an authentic one has its act; the
    earlier numbers are as they were."""
    covered = {
        (language, sha256)
        for covers in AdoptionAct.objects.filter(edition=edition).values_list("covers", flat=True)
        for language, sha256 in covers.items()
    }
    for version in LanguageVersion.objects.filter(edition=edition).prefetch_related("checks", "texts"):
        what = f"{name}: {version.language}, number {version.number}"
        if version.later and not version.unfinished:
            checks = [one for one in version.checks.all() if one.agrees and one.sha256 == version.sha256]
            if not any(one.person_id != version.submitted_by_id for one in checks):
                yield f"{what}: no second person checked this text"
            if version.authentic and (version.language, version.sha256) not in covered:
                yield f"{what}: no act adopted this text"
        texts = {str(text.uid): text for text in version.texts.all()}
        if texts and version.sha256:
            tree = load_tree(edition, version.language)
            sections = (
                replace(one, text=SectionText(texts[one.uid].label, texts[one.uid].body or EMPTY))
                for one in tree
                if one.uid in texts
            )
            if language_version_hash(replace(tree, sections=tuple(sections))) != version.sha256:
                yield f"{what}: its text is not the one that was kept"


@check
def corrigenda() -> Iterator[str]:
    """Every corrigendum is the one that was recorded, of the text that it names, and its acts adopted it."""
    entries = Entry.objects.filter(verb="record_corrigendum", refused=False)
    details = dict(entries.values_list("thing", "detail"))
    told = {thing: detail.get("sha256") for thing, detail in details.items()}
    bodies: dict[tuple[int, UUID, str], dict[str, Any]] = {}
    recorded = Corrigendum.objects.recorded().select_related("edition__instrument").prefetch_related("acts")
    for one in recorded.order_by("edition", "number"):
        name = f"corrigendum:{one.pk}"
        if told.get(name) != one.sha256:
            yield f"{name}: the trail does not tell of it, or of another one"
        if details.get(name, {}).get("valid_from", str(one.valid_from)) != str(one.valid_from):
            yield f"{name}: the trail tells of another day from which it holds"
        if hash_of(one.edition, one.correction) != one.sha256:
            yield f"{name}: it is not the one that was recorded"
        if any(act.corrigendum_sha256 != one.sha256 for act in one.acts.all()) or not one.acts.all():
            yield f"{name}: its act adopted another one, or there is none"
        place = (one.edition_id, one.uid, one.language)
        if place not in bodies:
            rows = Section.objects.filter(edition=one.edition_id, uid=one.uid)
            bodies[place] = (
                rows.values_list(f"body_{check_language(one.language)}", flat=True).first() or EMPTY
            )
        before = text_hash(bodies[place])
        try:
            bodies[place] = correct(bodies[place], [one.correction])
        except NotThere:
            yield f"{name}: its words are not in the text"
            continue
        if (before, text_hash(bodies[place])) != (one.before_sha256, one.after_sha256):
            yield f"{name}: it does not belong to the text that was adopted"


@check
def proposed_corrigenda() -> Iterator[str]:
    """Every corrigendum that waits, or was taken back, says what it said when it was proposed."""
    told = dict(
        Entry.objects.filter(verb="propose_corrigendum", refused=False).values_list("thing", "detail")
    )
    left = Corrigendum.objects.filter(recorded=None).select_related("edition__instrument")
    for one in left.order_by("pk"):
        name = f"corrigendum:{one.pk}"
        now = hash_of(one.edition, one.correction)
        if now != one.sha256 or told.get(name, {}).get("sha256", now) != now:
            yield f"{name}: it is not the one that was proposed"


@check
def signed_files() -> Iterator[str]:
    """The signed papers are kept under the hash of their bytes."""
    acts = (AdoptionAct, CorrigendumAct, PriorAdoption)
    signed = {pk for model in acts for pk in model.objects.values_list("signed_file", flat=True) if pk}
    kept = set(Blob.objects.values_list("pk", flat=True))
    for pk in sorted(signed - kept):
        yield f"blob:{pk}: the signed file is not there"
    for blob in Blob.objects.order_by("pk").iterator():
        if blob.pk not in signed:
            continue
        data = _bytes(blob)
        if data is None:
            yield f"blob:{blob.pk}: the signed file is not there"
        elif sha256_of(data) != blob.pk:
            yield f"blob:{blob.pk}: the signed file is not the one that was recorded"


@check
def papers_to_be_had() -> Iterator[str]:
    """What was signed can be opened from the edition whose act it is."""
    used = set(BlobUse.objects.filter(drafters_only=False).values_list("edition", "blob"))
    acts = list(AdoptionAct.objects.values_list("edition", "signed_file"))
    acts += CorrigendumAct.objects.values_list("corrigendum__edition", "signed_file")
    for edition, blob in sorted(set(acts), key=str):
        if blob and (edition, blob) not in used:
            yield f"edition:{edition}: its signed file {blob} can be opened nowhere"


def _bytes(blob: Blob) -> bytes | None:
    try:
        return blobs.read(blob)
    except (OSError, ValueError):
        return None
