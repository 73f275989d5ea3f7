"""The languages of an edition that are out of date, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.choices import Translation
from documents.editions.behind import Lack
from documents.models import Edition
from theme.home_panels import Mark, Rank
from theme.locales import native_name


def language_marks(edition: Edition, lacks: Mapping[str, Sequence[Lack]]) -> Iterator[Mark]:
    """A mark for each language that lacks something; authentic ones first, and marked as such."""
    authentic = edition.instrument.authentic_languages
    for language in sorted(lacks, key=lambda code: (code not in authentic, code)):
        name = native_name(language)
        if language in authentic:
            name = _("%(language)s (authentic)") % {"language": name}
        yield Mark(
            f"{name}: {', '.join(_counts(lacks[language]))}",
            "globe",
            Rank.DUE if language in authentic else Rank.TO_READ,
        )


def _counts(lacks: Sequence[Lack]) -> Iterator[str]:
    """How many sections are out of date, and how many were never translated."""
    missing = sum(one.state == Translation.MISSING for one in lacks)
    if stale := len(lacks) - missing:
        text = ngettext("%(n)d section is out of date", "%(n)d sections are out of date", stale)
        yield text % {"n": stale}
    if missing:
        text = ngettext("%(n)d section is not translated", "%(n)d sections are not translated", missing)
        yield text % {"n": missing}
