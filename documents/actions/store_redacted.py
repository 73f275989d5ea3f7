"""Store the texts of a redaction as an edition of the public document."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.redact import Redacted, new_address
from documents.choices import Classification, State, Translation
from documents.editions.hashing import hash_of_edition, version_hashes
from documents.editions.text_storage import section_states, text_columns
from documents.models import (
    Blob,
    BlobUse,
    Edition,
    Instrument,
    LanguageVersion,
)
from documents.models import Section as SectionRow
from documents.text.canonical import text_hash
from documents.text.extraction import picture_uses
from people.models import User

OLDER = "0" * 64
"""The hash of an original that no longer is: a translation that was out of date stays so."""


def store_redacted(by: User, edition: Edition, made: Redacted) -> Edition:
    """The redacted texts as an edition of the public document, still a draft."""
    twin = _twin(by, edition.instrument, made)
    former = Edition.objects.filter(instrument=twin, state__in=(State.IN_FORCE, State.SUPERSEDED)).first()
    public = Edition(
        instrument=twin,
        number=edition.number,
        created_by=by,
        valid_from=edition.valid_from,
        recorded=edition.recorded,
        supersedes=former,
    )
    for language, tree in made.trees.items():
        setattr(public, f"title_{language}", tree.title)
    public.save()
    _store_sections(edition, public, made)
    authentic = LanguageVersion.objects.filter(edition=edition, authentic=True, unfinished=False)
    covered = set(authentic.values_list("language", flat=True))
    hashes = version_hashes(public, made.trees)
    LanguageVersion.objects.bulk_create(
        LanguageVersion(edition=public, language=one, authentic=one in covered, sha256=hashes[one])
        for one in made.trees
    )
    public.sha256 = hash_of_edition(public, hashes)
    if public.sha256 != made.sha256:
        raise ActionError(_("The text has changed since it was proposed. Send it back."), "changed")
    public.save(update_fields=["sha256"])
    return public


def _twin(by: User, instrument: Instrument, made: Redacted) -> Instrument:
    """The document that has the redacted editions; it is created with the first one."""
    found = Instrument.objects.filter(redacts=instrument).first()
    if found is not None:
        if not set(made.trees) <= set(found.languages):
            raise ActionError(
                _("The redacted document does not have this language yet. Contact the operator.")
            )
        return found
    created = Instrument(
        country_id=instrument.country_id,
        owner_id=instrument.owner_id,
        slug=new_address(instrument),
        kind=instrument.kind,
        level=instrument.level,
        topics=instrument.topics,
        languages=instrument.languages,
        source_language=instrument.source_language,
        authentic_languages=instrument.authentic_languages,
        classification=Classification.PUBLIC,
        demonstration=instrument.demonstration,
        redacts=instrument,
    )
    for language, tree in made.trees.items():
        setattr(created, f"title_{language}", tree.title)
    created.save()
    audit.record(
        "create",
        created,
        by,
        address=created.path,
        classification=str(created.classification),
        demonstration=created.demonstration,
    )
    return created


def _store_sections(edition: Edition, public: Edition, made: Redacted) -> None:
    source = edition.instrument.source_language
    states = {one: section_states(edition).of(one) for one in made.trees if one != source}
    sections: list[SectionRow] = []
    pictures: set[str] = set()
    for position, original in enumerate(made.trees[source]):
        row = SectionRow(
            edition=public,
            uid=UUID(original.uid),
            position=position,
            level=original.level,
            kind=original.kind,
            origins=list(original.origins),
        )
        for language, tree in made.trees.items():
            text = tree.by_uid[original.uid].text
            if text.empty and language != source:
                continue
            stale = language != source and states[language].get(original.uid) == Translation.STALE
            made_from = None if language == source else OLDER if stale else text_hash(original.text.body)
            columns = text_columns(language, text.body, label=text.label, source_hash=made_from)
            for column, value in columns.items():
                setattr(row, column, value)
            pictures.update(picture_uses(text.body))
        sections.append(row)
    SectionRow.objects.bulk_create(sections, batch_size=200)
    uses = BlobUse.objects.filter(edition=edition, blob__in=pictures, blob__kind=Blob.Kind.IMAGE)
    for use in uses.filter(drafters_only=False):
        ending = use.name.rpartition(".")[2]
        # A file's name may say what its caption no longer does.
        BlobUse.objects.get_or_create(
            edition=public, blob_id=use.blob_id, language=use.language, defaults={"name": f"picture.{ending}"}
        )
