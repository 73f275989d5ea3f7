"""Checks of ``verify_audit``: texts, manifests, acts, corrigenda and files, hashed again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from audit.verify import check, entries, last_entries
from audit.visibility import of_country
from documents.actions.audit_payloads import act_hash, manifest_hash
from documents.actions.record_corrigendum import hash_of
from documents.actions.record_prior_adoption import PriorAdoption
from documents.choices import ADOPTED, State
from documents.editions import blobs
from documents.editions.hashing import hash_of_edition, hash_version
from documents.editions.text_storage import EMPTY, check_language, load_tree
from documents.guards import TOLD
from documents.models import (
    AdoptionAct,
    Blob,
    Comment,
    Corrigendum,
    CorrigendumAct,
    Edition,
    Instrument,
    LanguageVersion,
    Manifest,
    Section,
    WordTemplate,
)
from documents.text import SectionText, sha256_of, text_hash
from documents.text.canonical import edition_hash, language_version_hash
from documents.text.correction import NotThere, correct
from proposals.models import Proposal

ADOPTING = ("adopt", "confirm_prior", "publish_redacted")
SUBMITTING = ("submit", "start_review", "restart", "confirm_prior", "sign_off", "end_stage", "void_review")
"""The entries that name a manifest."""

of_country(Instrument, "country")
of_country(Edition, "instrument__country")
of_country(Comment, "edition__instrument__country")
of_country(Corrigendum, "edition__instrument__country")
of_country(WordTemplate, "country")


@check(
    documents_edition="sha256 title_* number instrument_id",
    documents_section="edition_id uid position level kind label_* body_* text_hash_*",
    documents_languageversion="edition_id language authentic sha256 later unfinished",
    documents_adoptionact="edition_sha256",
    documents_versiontext="version_id uid label body",
)
def adopted_texts() -> Iterator[str]:
    """Every adopted text has the hash that the trail tells, and each act adopted it."""
    adopted = last_entries(*ADOPTING)
    for edition in Edition.objects.filter(state__in=ADOPTED).select_related("instrument").order_by("pk"):
        name = f"edition:{edition.pk}"
        entry = adopted.get(name)
        if entry is None:
            yield f"{name}: it is adopted, and the trail does not say so"
        elif entry.detail.get("sha256", edition.sha256) != edition.sha256:
            yield f"{name}: the trail tells of another text"
        versions = LanguageVersion.objects.filter(edition=edition, authentic=True, unfinished=False)
        authentic = dict(versions.values_list("language", "sha256"))
        yield from _text_problems(edition, authentic, "adopted")
        if hash_of_edition(edition, authentic) != edition.sha256:
            yield f"{name}: its texts do not come to its hash"
        yield from _earlier_numbers(edition)
    for act in AdoptionAct.objects.select_related("edition").order_by("pk"):
        if act.edition_sha256 != act.edition.sha256:
            yield f"adoptionact:{act.pk}: it adopted another text"


@check(
    documents_edition="state",
    documents_instrument="classification",
)
def steps() -> Iterator[str]:
    """Every edition is in the state, and every document has the classification, of which the trail tells
    last. A document that was taken in from another site is told of by the trail of its origin."""
    moved, classified = last_entries(*TOLD), last_entries("classify")
    created = last_entries("create")
    for pk, of, state in Edition.objects.order_by("pk").values_list("pk", "instrument", "state"):
        last = moved.get(f"edition:{pk}")
        if f"instrument:{of}" in created and state != (TOLD[last.verb] if last else State.DRAFT):
            yield f"edition:{pk}: it is {state}, and the trail does not say so"
    for pk, now in Instrument.objects.order_by("pk").values_list("pk", "classification"):
        name = f"instrument:{pk}"
        entry = classified.get(name, created.get(name))
        if entry and entry.detail.get("after", entry.detail.get("classification", now)) != now:
            yield f"{name}: the trail tells of another classification"


@check(documents_edition="sha256")
def submitted_texts() -> Iterator[str]:
    """Every text in review, hashed again in every language, is the one of its newest manifest."""
    for edition in Edition.objects.filter(state=State.IN_REVIEW).select_related("instrument").order_by("pk"):
        name = f"edition:{edition.pk}"
        manifest = edition.manifests.order_by("round").values_list("sha256", "versions").last()
        if manifest is None:
            yield f"{name}: it is in review, and was never submitted"
            continue
        sha256, versions = manifest
        yield from _text_problems(edition, versions, "submitted")
        if edition.sha256 != sha256 or hash_of_edition(edition, versions) != sha256:
            yield f"{name}: its hash is not that of the text that was submitted"


def _text_problems(edition: Edition, wanted: dict[str, str], verb: str) -> Iterator[str]:
    """Languages whose text has another hash than ``wanted``, or than the column of a section."""
    for language in sorted(wanted):
        now, texts = hash_version(edition, language)
        if now != wanted[language]:
            yield f"edition:{edition.pk}: the text in {language} is not the one that was {verb}"
        stored = Section.objects.filter(edition=edition)
        columns = stored.values_list("uid", f"text_hash_{check_language(language)}")
        if any(texts.get(str(uid), "") != (sha256 or "") for uid, sha256 in columns):
            yield f"edition:{edition.pk}: a hash of a section in {language} is not the one of its text"


def _earlier_numbers(edition: Edition) -> Iterator[str]:
    """Earlier numbers of a translation hash as they did; a later authentic language has its act."""
    acts = AdoptionAct.objects.filter(edition=edition).values_list("covers", flat=True)
    covered = {pair for covers in acts for pair in covers.items()}
    for version in LanguageVersion.objects.filter(edition=edition).prefetch_related("texts"):
        what = f"edition:{edition.pk}: {version.language}, number {version.number}"
        followed = version.later and version.authentic and not version.unfinished
        if followed and (version.language, version.sha256) not in covered:
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


@check(
    documents_adoptionact="edition_id body kind number date protocol session gazette* published "
    "signed_file_id",
    documents_corrigendumact="corrigendum_id body kind number date protocol session gazette* published "
    "signed_file_id",
)
def acts() -> Iterator[str]:
    """Every act is as it was recorded, and none was removed or added."""
    adopting = entries(*ADOPTING, "adopt_language")
    yield from _acts("adoptionact", "edition", adopting, AdoptionAct.objects.order_by("pk"))
    correcting = entries("record_corrigendum")
    yield from _acts("corrigendumact", "corrigendum", correcting, CorrigendumAct.objects.order_by("pk"))


def _acts(kind: str, of: str, recorded: Iterable[Any], rows: Iterable[Any]) -> Iterator[str]:
    hashes: dict[str, list[str]] = defaultdict(list)
    for entry in recorded:
        hashes[entry.thing] += entry.detail.get("acts_sha256", ())
    for act in rows:
        left = hashes[f"{of}:{getattr(act, f'{of}_id')}"]
        if (now := act_hash(act)) in left:
            left.remove(now)
        else:
            yield f"{kind}:{act.pk}: it does not say what the trail says"
    for thing in sorted(thing for thing, left in hashes.items() if left):
        yield f"{thing}: an act that the trail tells of is gone"


@check(
    documents_manifest="edition_id round sha256 versions texts made made_by_id",
    added="documents_manifest",
    gone="documents_manifest",
)
def manifests() -> Iterator[str]:
    """Every manifest is as the trail recorded it, and its texts have the signed hash."""
    recorded = {
        entry.detail["manifest"]: entry.detail.get("manifest_sha256")
        for entry in entries(*SUBMITTING)
        if isinstance(entry.detail.get("manifest"), int)
    }
    authentic: dict[int, set[str]] = defaultdict(set)
    for pk, language in LanguageVersion.objects.filter(authentic=True).values_list("edition", "language"):
        authentic[pk].add(language)
    for created in (
        Manifest.objects.select_related("edition__instrument").order_by("pk").iterator(chunk_size=20)
    ):
        name, edition = f"manifest:{created.pk}", created.edition
        versions = [pair for pair in created.versions.items() if pair[0] in authentic[edition.pk]]
        if edition_hash(edition.instrument.path, edition.number, versions) != created.sha256:
            yield f"{name}: its texts do not come to its hash"
        if created.pk not in recorded:
            yield f"{name}: the trail does not know it"
        elif recorded.pop(created.pk) != manifest_hash(created):
            yield f"{name}: it does not say what the trail says"
    for pk in recorded:
        yield f"manifest:{pk}: the trail tells of it, and it is gone"


@check(
    documents_corrigendum="edition_id number uid language prefix exact suffix words before_sha256 "
    "after_sha256 sha256",
    documents_corrigendumact="corrigendum_id corrigendum_sha256",
)
def corrigenda() -> Iterator[str]:
    """Every recorded corrigendum has the hash that the trail tells, and fits its text and its acts."""
    recorded = last_entries("record_corrigendum")
    bodies: dict[tuple[int, UUID, str], dict[str, Any]] = {}
    found = Corrigendum.objects.recorded().select_related("edition__instrument").prefetch_related("acts")
    for one in found.order_by("edition", "number"):
        name = f"corrigendum:{one.pk}"
        entry = recorded.get(name)
        if entry is None or entry.detail.get("sha256") != one.sha256:
            yield f"{name}: the trail does not tell of it, or of another one"
        if hash_of(one.edition, one.correction) != one.sha256:
            yield f"{name}: it is not the one that was recorded"
        if any(act.corrigendum_sha256 != one.sha256 for act in one.acts.all()) or not one.acts.all():
            yield f"{name}: its act adopted another one, or there is none"
        place = (one.edition_id, one.uid, one.language)
        if place not in bodies:
            rows = Section.objects.filter(edition=one.edition_id, uid=one.uid)
            body = rows.values_list(f"body_{check_language(one.language)}", flat=True).first()
            bodies[place] = body or EMPTY
        before = text_hash(bodies[place])
        try:
            bodies[place] = correct(bodies[place], [one.correction])
        except NotThere:
            yield f"{name}: its words are not in the text"
            continue
        if (before, text_hash(bodies[place])) != (one.before_sha256, one.after_sha256):
            yield f"{name}: it does not belong to the text that was adopted"


@check(documents_blob="sha256 file")
def files() -> Iterator[str]:
    """Signed papers and the pictures of adopted texts are there under the hash of their bytes."""
    wanted = {
        pk
        for rows, column in (
            (AdoptionAct.objects, "signed_file"),
            (CorrigendumAct.objects, "signed_file"),
            (Proposal.objects.filter(kind=PriorAdoption.name), "values__signed_file"),
        )
        for pk in rows.values_list(column, flat=True)
        if pk
    }
    pictures = Blob.objects.filter(kind=Blob.Kind.IMAGE, uses__edition__state__in=ADOPTED)
    wanted |= set(pictures.values_list("pk", flat=True))
    rows = Blob.objects.in_bulk(wanted)
    for pk in sorted(wanted):
        data = _bytes(rows.get(pk))
        if data is None:
            yield f"blob:{pk}: the file is not there"
        elif sha256_of(data) != pk:
            yield f"blob:{pk}: the file is not the one that was recorded"


def _bytes(blob: Blob | None) -> bytes | None:
    try:
        return None if blob is None else blobs.read(blob)
    except (OSError, ValueError):
        return None
