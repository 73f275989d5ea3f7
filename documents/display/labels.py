"""What a page adds to a text, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.text.html_context import Labels


def labels() -> Labels:
    """What the page adds to a text, in the language of the page."""
    return Labels(
        who=pgettext("of a step", "Who"),
        limit=pgettext("of a step", "Time limit"),
        note=_("note"),
        back=_("back to the text"),
        notes=_("Footnotes"),
        table=_("Table"),
        picture=_("Picture"),
        opaque=_("Unchanged from the Word file"),
        no_words=_("(cannot be shown as text)"),
        corrigendum=_("Corrigendum"),
        corrigendum_short=pgettext("a corrigendum, shortened, before its number", "corr."),
    )
