"""The check numbers of a review, each with the languages that it covers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import LanguageVersion
from theme.locales import native_name
from workflows.actions.sign_off import covered
from workflows.choices import ReviewState
from workflows.models import Review


@dataclass(frozen=True)
class Number:
    """A hash, and what it is the hash of, in words."""

    words: str
    sha256: str


def numbers_of(review: Review) -> list[Number]:
    """Of the text under review; once adopted, also of the adopted text and each later language."""
    signed = ", ".join(native_name(one) for one in sorted(covered(review.manifest)))
    text = _("Submitted: %(languages)s") if review.locked else _("At the start of the round: %(languages)s")
    found = [Number(text % {"languages": signed}, review.manifest.sha256)]
    if review.state != ReviewState.DONE:
        return found
    versions = LanguageVersion.objects.filter(edition=review.edition_id, unfinished=False).exclude(sha256="")
    together: list[LanguageVersion] = []
    after: list[LanguageVersion] = []
    for version in versions.order_by("language", "number"):
        (together if version.authentic and not version.later else after).append(version)
    names = ", ".join(native_name(one.language) for one in together)
    found.append(Number(_("Adopted: %(languages)s") % {"languages": names}, review.edition.sha256))
    newest = {version.language: version for version in after}
    for language, version in newest.items():
        kind = (
            _("authentic")
            if version.authentic
            else _("translation no. %(number)d") % {"number": version.number}
        )
        found.append(Number(f"{native_name(language)} ({kind})", version.sha256))
    return found
