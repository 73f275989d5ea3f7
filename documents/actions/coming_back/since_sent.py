"""What became of a section, in every language, since a Word file went out that takes it out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from audit.models import Entry
from audit.trail import thing_name
from documents.actions.restore_translation_sources import WRITTEN
from documents.models import Section as SectionRow
from documents.models import SectionChange, Suggestion
from documents.text import text_hash
from theme.locales import native_name


def changed_elsewhere(suggestion: Suggestion) -> str:
    """That the section was changed in other languages too, in words; empty where it was not."""
    languages = ", ".join(map(native_name, languages_since(suggestion)))
    said = _(
        "Since the file went out this section was changed in another language, and would be taken out of it too: %(languages)s. Look at it there, then choose."
    )
    return said % {"languages": languages} if languages else ""


def languages_since(suggestion: Suggestion) -> list[str]:
    """The languages, but for that of the file, in which the section has another text than when the file went out.

    When that was, the file does not say: at the earliest when the draft's own file was fetched first with the section's text as the
    file had it; where nobody fetched it, when that text was written."""
    edition, uid, language = suggestion.edition, str(suggestion.uid), suggestion.language
    changes = SectionChange.objects.filter(edition=edition, uid=uid, verb__in=WRITTEN)
    others = [other for other in edition.instrument.languages if other != language]
    since = _went_out(suggestion)
    then: dict[str, str] = {}
    later = changes.filter(language__in=others, id__gt=since).order_by("id")
    for other, before in later.values_list("language", "before"):
        then.setdefault(other, text_hash(before))
    if not then:
        return []
    columns = [f"text_hash_{other}" for other in then]
    now = SectionRow.objects.filter(edition=edition, uid=uid).values(*columns).first() or {}
    return [
        other for other in others if other in then and then[other] != (now.get(f"text_hash_{other}") or "")
    ]


def _went_out(suggestion: Suggestion) -> int:
    """The number of the last change that the file surely has; 0 where there is none."""
    edition, returned = suggestion.edition, suggestion.returned
    written = SectionChange.objects.filter(
        edition=edition,
        uid=suggestion.uid,
        language=suggestion.language,
        verb__in=WRITTEN,
        at__lte=returned.at,
    )
    sha256, began = text_hash(suggestion.before), 0
    for number, after in written.order_by("-id").values_list("id", "after").iterator(20):
        if text_hash(after) == sha256:
            began = number
            break
    fetched = Entry.objects.filter(
        verb="export_own", thing=thing_name(edition), refused=False, at__lte=returned.at
    )
    logs = [
        detail["log"]
        for detail in fetched.values_list("detail", flat=True)
        if detail.get("language") == suggestion.language and isinstance(detail.get("log"), int)
    ]
    return min((log for log in logs if log >= began), default=began)
