"""The timeline of reviews with the words of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from theme import dates, locales
from workflows.pages.coordinator.rows import Row
from workflows.pages.coordinator.timeline import Scale, Segment, head_svg, svg


def head_of(scale: Scale, today: date) -> SafeString:
    """The months above the pictures, and where today is."""
    months = locales.cldr_locale(get_language() or "en").months["stand-alone"]["abbreviated"]
    return mark_safe(head_svg(scale, today, months, _("today")))  # noqa: S308 - escaped there


def picture_of(row: Row, segments: Sequence[Segment], scale: Scale, today: date) -> str:
    """One review in time; empty where nothing is to be drawn."""
    segments = scale.within(segments)
    if not segments:
        return ""
    title = row.title
    if row.stage is not None and row.stage.due_day is not None:
        title = _("%(title)s: stage %(stage)s, until %(date)s") % {
            "title": row.title,
            "stage": row.stage.title,
            "date": dates.of_date(row.stage.due_day, get_language() or "en"),
        }
    return mark_safe(svg(segments, scale, today, title))  # noqa: S308 - escaped there
