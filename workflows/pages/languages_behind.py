"""Languages whose text is older than the original: told before a review starts, and before anybody signs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit.models import Entry
from audit.trail import thing_name
from documents.choices import Translation
from documents.editions.text_storage import language_states
from documents.models import Edition
from theme.check_answers import Answer
from theme.locales import native_name
from workflows.models import Review


@dataclass(frozen=True)
class Behind:
    """A translation of which some sections are missing or older than the original."""

    language: str
    authentic: bool
    ready: int
    total: int

    def __str__(self) -> str:
        return _("%(language)s: %(ready)d of %(all)d sections up to date") % {
            "language": native_name(self.language),
            "ready": self.ready,
            "all": self.total,
        }


def behind(edition: Edition) -> list[Behind]:
    """The language versions that are not up to date, the authentic ones first."""
    instrument = edition.instrument
    found = []
    for language, counts in language_states(edition).items():
        ready, total = counts.get(Translation.CURRENT, 0), sum(counts.values())
        if language != instrument.source_language and ready < total:
            found.append(Behind(language, language in instrument.authentic_languages, ready, total))
    return sorted(found, key=lambda one: not one.authentic)


def behind_answers(edition: Edition) -> list[Answer]:
    """The row of a check page, where a language is behind."""
    late = behind(edition)
    return [Answer(_("Languages that are behind"), "\n".join(map(str, late)))] if late else []


def reason_of_submission(review: Review) -> str:
    """Why the coordinator submitted a text of which a language was behind; empty where none was."""
    entries = Entry.objects.filter(thing=thing_name(review.edition), verb="submit", refused=False)
    entry = entries.filter(detail__manifest=review.manifest_id).select_related("reason").last()
    if entry is None:
        return ""
    return str(entry.reason.text if hasattr(entry, "reason") else entry.detail.get("reason", ""))
