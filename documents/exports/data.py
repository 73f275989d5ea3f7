"""An edition as JSON: its text exactly as stored and hashed, and all its metadata. docs/json.md describes
it."""

from __future__ import annotations

from typing import Any

from documents.actions.redact import standing
from documents.display import links
from documents.display.acts import acts_read
from documents.editions.corrected import corrected_body, corrigenda_of, of_section
from documents.editions.language_versions import Shown
from documents.models import BlobUse, Corrigendum, Edition, LanguageVersion
from documents.models.acts import ActFields
from documents.text import SectionTree
from documents.text.canonical import language_version_hash, language_version_json, text_hash
from documents.text.extraction import image_hashes

SCHEMA = "kodeks-edition/1"


def as_json(
    edition: Edition, language: str, base_url: str, notice: str, shown: Shown | None = None
) -> dict[str, Any]:
    """The edition in one language. The text is in its original script: only that is hashed. ``shown`` says
    which number of a translation is wanted, where it is not the one that readers have."""
    instrument = edition.instrument
    shown = shown or Shown(edition)
    tree, read = shown.tree(language), shown.shown(language)
    known, corrigenda = tree.by_uid, corrigenda_of(edition)
    named = set().union(*(image_hashes(section.text.body) for section in tree))
    return {
        "schema": SCHEMA,
        "notice": notice,
        "address": base_url + links.edition_url(edition),
        "instrument": {
            "path": instrument.path,
            "kind": instrument.kind,
            "level": instrument.level,
            "owner": instrument.owner.key,
            "classification": instrument.classification,
            "topics": instrument.topics,
            "languages": instrument.languages,
            "source_language": instrument.source_language,
            "demonstration": instrument.demonstration,
        },
        "edition": {
            "number": edition.number,
            "state": edition.state,
            "valid_from": _day(edition.valid_from),
            "valid_until": _day(edition.valid_until),
            "recorded_as_adopted_before": edition.recorded,
            "sha256": edition.sha256,
        },
        "acts": _acts(edition),
        "corrigenda": [corrigendum_json(one) for one in corrigenda],
        "corrected": {
            uid: corrected_body(known[uid].text.body, of_section(corrigenda, uid, language))
            for uid in sorted({str(one.uid) for one in corrigenda if one.language == language})
        },
        "versions": [
            {
                "language": version.language,
                "authentic": version.authentic,
                "number": version.number,
                "followed": version.later,
                "sha256": version.sha256,
            }
            for version in LanguageVersion.objects.filter(edition=edition, unfinished=False)
        ],
        "version": language_version_json(tree),
        "version_number": read.number if read else None,
        "version_sha256": language_version_hash(tree),
        "text_sha256": {section.uid: text_hash(section.text.body) for section in tree},
        "origins": {section.uid: list(section.origins) for section in tree if section.origins},
        "files": [
            {
                "sha256": use.blob_id,
                "address": base_url + links.file_url(use.blob_id, use.name),
                "content_type": use.blob.content_type,
                "size": use.blob.size,
            }
            for use in BlobUse.objects.filter(
                edition=edition, drafters_only=False, blob__kind="image"
            ).select_related("blob")
            if use.blob_id in named
        ],
    } | _redaction(edition, tree)


def _acts(edition: Edition) -> list[dict[str, Any]]:
    """The acts. Of a redacted edition without the hashes of what they adopted: with these somebody could try
    what was left out."""
    acts = acts_read(edition)
    if edition.instrument.redacts_id:
        return [act_json(act) | {"covers": {}, "signed_file_sha256": ""} for act in acts]
    return [act_json(act) | {"covers": act.covers} for act in acts]


def _redaction(edition: Edition, tree: SectionTree) -> dict[str, Any]:
    """What is left out of a redacted edition, and why; nothing of any other."""
    if not edition.instrument.redacts_id:
        return {}
    left_out = [
        {
            "section": str(mark.uid) if mark.uid else None,
            "language": mark.language,
            "what": "words" if mark.end else "section" if mark.block is None else "block",
            "ground": mark.ground,
            "reason": mark.words,
        }
        for mark in standing(edition.redaction, tree)
    ]
    return {"redaction": left_out}


def act_json(act: ActFields) -> dict[str, Any]:
    """What is known of an act, as every file for machines says it."""
    return {
        "kind": act.kind,
        "body": act.body,
        "number": act.number,
        "date": act.date.isoformat(),
        "protocol": act.protocol,
        "session": act.session,
        "gazette": act.gazette,
        "gazette_number": act.gazette_number,
        "gazette_year": act.gazette_year,
        "published": _day(act.published),
        "signed_file_sha256": act.signed_file_id or "",
    }


def corrigendum_json(one: Corrigendum) -> dict[str, Any]:
    """A corrigendum as every file for machines says it; its hash comes of what is here and of the edition."""
    return {
        "number": one.number,
        "section": str(one.uid),
        "language": one.language,
        "quote": {"prefix": one.prefix, "exact": one.exact, "suffix": one.suffix},
        "words": one.words,
        "before": one.before_sha256,
        "after": one.after_sha256,
        "sha256": one.sha256,
        "reason": one.reason,
        "valid_from": _day(one.valid_from),
        "acts": [act_json(act) | {"corrigendum_sha256": act.corrigendum_sha256} for act in one.acts.all()],
    }


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
