"""Whether the translations of adopted texts count as made from the originals of which the audit trail was told: by that a reader is
told that a translation is up to date, or older."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, told
from documents.models import Edition, LanguageVersion
from documents.trail.audit_payloads import made_from_hash

TELLING = ("adopt", "confirm_prior", "check_translation", "adopt_language")


@check
def made_from() -> Iterator[str]:
    """Of every text that was adopted or checked, each section counts as made from the original that it counted as made from then.
    An older Kodeks told the trail nothing of it."""
    wanted: dict[tuple[str, str, int], str] = {}
    for entry in told(*TELLING):
        hashes, number = entry.detail.get("made_from_sha256"), entry.detail.get("number", 1)
        if isinstance(hashes, dict) and isinstance(number, int):
            wanted |= {(entry.thing, language, number): str(sha256) for language, sha256 in hashes.items()}
    things = {thing for thing, _language, _number in wanted}
    editions = {f"edition:{edition.pk}": edition for edition in Edition.objects.order_by("pk")}
    for name in sorted(things & editions.keys()):
        versions = LanguageVersion.objects.filter(edition=editions[name], unfinished=False)
        for version in versions.order_by("language", "number"):
            sha256 = wanted.get((name, version.language, version.number))
            if sha256 is not None and made_from_hash(version) != sha256:
                yield (
                    f"{name}: {version.language}, number {version.number}: from which original a section was made is not as the trail "
                    "was told"
                )
