"""Enter a new instrument, with its first edition as a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.choices import Classification, Level
from documents.editions.text_storage import check_language
from documents.models import Edition, Instrument, LanguageVersion, OldSlug
from documents.text import plain_line
from people.access import require
from people.models import Institution, User
from people.roles import Verb


def create_instrument(
    by: User,
    *,
    owner: Institution,
    slug: str,
    kind: str,
    titles: Mapping[str, str],
    languages: Sequence[str],
    source_language: str,
    authentic_languages: Sequence[str] = (),
    level: str = Level.NATIONAL,
    topics: Sequence[str] = (),
    classification: str = Classification.TLP_AMBER_STRICT,
    demonstration: bool = False,
) -> Edition:
    """Gives the draft of edition 1. Raises ActionError where address or languages don't fit."""
    require(by, Verb.CREATE, owner)
    for language in languages:
        check_language(language)
    authentic = list(authentic_languages) or [source_language]
    if source_language not in languages or not set(authentic) <= set(languages):
        raise ActionError(_("The languages must include the drafting language and the authentic languages."))
    titles = {language: plain_line(title) for language, title in titles.items()}
    if not titles.get(source_language):
        raise ActionError(_("Enter the title in the drafting language."))
    instrument = Instrument(
        country=owner.country,
        owner=owner,
        slug=slug,
        kind=kind,
        level=level,
        topics=list(topics),
        languages=list(languages),
        source_language=source_language,
        authentic_languages=authentic,
        classification=classification,
        demonstration=demonstration,
    )
    for language, title in titles.items():
        setattr(instrument, f"title_{check_language(language)}", title)
    taken = OldSlug.objects.filter(country=owner.country, slug=slug).exists()
    if taken or Instrument.objects.filter(country=owner.country, slug=slug).exists():
        raise ActionError(_("Another document of this country already uses this address."))
    try:
        instrument.full_clean(exclude=["title"])
    except ValidationError as problem:
        raise ActionError(" ".join(problem.messages)) from problem
    with transaction.atomic():
        instrument.save()
        if classification == Classification.TLP_RED:
            instrument.named_readers.add(by)  # else nobody could open it, its author included
        edition = Edition(instrument=instrument, number=1, created_by=by)
        for language, title in titles.items():
            setattr(edition, f"title_{language}", title)
        edition.save()
        make_versions(edition)
        audit.record(
            "create",
            instrument,
            by,
            address=instrument.path,
            classification=classification,
            demonstration=instrument.demonstration,
        )
    return edition


def make_versions(edition: Edition) -> None:
    """A language version for every language of the instrument, authentic or courtesy."""
    authentic = set(edition.instrument.authentic_languages)
    LanguageVersion.objects.bulk_create(
        LanguageVersion(edition=edition, language=language, authentic=language in authentic)
        for language in edition.instrument.languages
    )
