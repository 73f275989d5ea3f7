"""What an adoption does with each language of an edition. The page before it shows this plan; the act
executes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.actions.errors import Problem
from documents.choices import Translation
from documents.editions.text_storage import language_states
from documents.models import Edition, LanguageVersion, Manifest
from documents.text.canonical import edition_hash
from theme.locales import native_name


@dataclass(frozen=True)
class AdoptionPlan:
    """The languages by what becomes of them, each in the order of the instrument."""

    edition: Edition
    adopted: list[str]
    """Authentic ones that the act covers."""
    translations: list[str]
    """Translations that are released with the adopted text, as number 1."""
    later: list[str]
    """Those that follow, by an act or check of their own."""
    outdated: dict[str, int]
    """Of the adopted ones, in how many sections each is older than the original."""
    incomplete: list[str]
    """Authentic ones that were asked for and have sections without a text: no act can cover them."""

    def problems(self, because: str) -> list[str]:
        """What keeps the plan from being executed, in words; ``because``: why an outdated text is adopted."""
        found: list[str] = [
            Problem(
                _("The text in this language is incomplete, so an act can't cover it yet: %(language)s.")
                % {"language": native_name(language)},
                code="behind",
            )
            for language in self.incomplete
        ]
        if self.outdated and not because.strip():
            names = ", ".join(map(native_name, self.outdated))
            message = _("An authentic text is out of date: %(languages)s. Leave it out or give a reason.")
            found.append(Problem(message % {"languages": names}, "id_because", "behind"))
        return found

    def sha256(self, manifest: Manifest) -> str:
        """The hash of the edition once it is adopted: over the adopted languages, as they were submitted."""
        hashes = [(language, manifest.versions[language]) for language in self.adopted]
        return edition_hash(self.edition.instrument.path, self.edition.number, hashes)


def plan_adoption(edition: Edition, languages: Collection[str] | None) -> AdoptionPlan:
    """What happens if the act covers ``languages``: None is all that can be covered, and the original is
    always among them."""
    instrument, states = edition.instrument, language_states(edition)
    versions = LanguageVersion.objects.filter(edition=edition, authentic=True)
    authentic = set(versions.values_list("language", flat=True))
    missing = {one for one in authentic if states[one].get(Translation.MISSING)}
    wanted = set(instrument.languages) - missing if languages is None else set(languages)
    covered = [one for one in instrument.languages if one in wanted or one == instrument.source_language]
    adopted = [one for one in covered if one in authentic]
    outdated = {one: states[one].get(Translation.STALE, 0) for one in adopted}
    return AdoptionPlan(
        edition=edition,
        adopted=adopted,
        translations=[one for one in covered if one not in authentic],
        later=[one for one in instrument.languages if one not in covered],
        outdated={one: count for one, count in outdated.items() if count},
        incomplete=sorted(missing & wanted),
    )
