"""How the audit trail names documents: by their present titles, for those who may see them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from audit import labels
from audit.labels import Named, kind, numbers, values
from documents.actions.explain_case_data import TITLE
from documents.choices import CASE_DATA, Classification, CommentOutcome
from documents.display import language as display_language
from documents.display import links
from documents.display import script as display_script
from documents.models import Comment, Contact, Corrigendum, Edition, Section, Suggestion
from documents.text.case_data import Kind


def title_of(edition: Edition) -> str:
    """The title in the language and script of the page, else in that of the original."""
    tag = get_language() or "en"
    own = display_language.content_language(tag)
    source = edition.instrument.source_language
    return display_script.title_of(edition, own if own in edition.instrument.languages else source, tag)


def called(edition: Edition) -> str:
    return f"{title_of(edition)}, {_('Edition %(number)s') % {'number': edition.number}}"


def editions_seen(user: Any, **wanted: Any) -> list[Edition]:
    return list(Edition.objects.visible_to(user).filter(**wanted).select_related("instrument__country"))


def _editions(user: Any, ids: Collection[str]) -> dict[str, Named]:
    return {
        str(one.pk): Named(called(one), links.edition_url(one))
        for one in editions_seen(user, pk__in=numbers(ids))
    }


def _instruments(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = sorted(editions_seen(user, instrument__in=numbers(ids)), key=lambda one: one.number)
    return {str(one.instrument_id): Named(title_of(one)) for one in found}


def _closed(user: Any, paths: Collection[str]) -> set[str]:
    """Addresses of documents ("/en/i/mk/sop/…") except those that the reader may see. Nobody else learns
    whether there is such a document."""
    found = {path: at.group(1) for path in paths if (at := re.match(r"/[^/]+/i/([^/]+/[^/]+)", path))}
    seen = Edition.objects.visible_to(user).filter(
        instrument__country__in={one.partition("/")[0] for one in found.values()},
        instrument__slug__in={one.partition("/")[2] for one in found.values()},
    )
    known = {
        f"{country}/{slug}" for country, slug in seen.values_list("instrument__country", "instrument__slug")
    }
    return {path for path, address in found.items() if address not in known}


def _sections(user: Any, ids: Collection[str]) -> dict[str, Named]:
    """By the newest edition that the reader may see."""
    seen = Edition.objects.visible_to(user).values("pk")
    tag = get_language() or "en"
    own = display_language.content_language(tag) or "en"
    rows = Section.objects.filter(uid__in=[one for one in ids if len(one) == 36], edition__in=seen)
    found = {TITLE: Named(_("Title"))} if TITLE in ids else {}
    for row in rows.order_by("edition__number").values(
        "uid",
        "edition__instrument__source_language",
        *(f"{name}_{code}" for code in settings.MODELTRANSLATION_LANGUAGES for name in ("label", "heading")),
    ):
        source = row["edition__instrument__source_language"]
        language = own if row[f"heading_{own}"] else source
        wording = f"{row[f'label_{language}'] or ''} {row[f'heading_{language}'] or ''}".strip()
        if wording:
            found[str(row["uid"])] = Named(display_script.as_page(language, wording, tag)(wording))
    return found


def _of_edition(model: Any) -> Any:
    def named(user: Any, ids: Collection[str]) -> dict[str, Named]:
        rows = dict(model.objects.filter(pk__in=numbers(ids)).values_list("pk", "edition"))
        known = {one.pk: called(one) for one in editions_seen(user, pk__in=set(rows.values()))}
        kinds = {Comment: _("Comment"), Corrigendum: _("Corrigendum")}
        return {str(pk): Named(f"{kinds[model]} · {known[of]}") for pk, of in rows.items() if of in known}

    return named


def _suggestions(user: Any, ids: Collection[str]) -> dict[str, Named]:
    """The authors of the words, as the Word file names them, and its file name. Where it names nobody, the
    entry names who uploaded it."""
    found = list(
        Suggestion.objects.filter(pk__in=numbers(ids)).select_related("returned").defer("before", "after")
    )
    seen = {one.pk for one in editions_seen(user, pk__in={row.edition_id for row in found})}
    return {
        str(row.pk): Named(
            f"{row.author_name} · {row.returned.name}" if row.author_name else row.returned.name
        )
        for row in found
        if row.edition_id in seen
    }


def _contacts(user: Any, ids: Collection[str]) -> dict[str, Named]:
    """Who answers and under which number, as it is now; of one that is gone, that it is."""
    wanted = numbers(ids)
    rows = list(Contact.objects.filter(pk__in=wanted).select_related("instrument"))
    of = {row.instrument_id for row in rows}
    seen = set(
        Edition.objects.visible_to(user).filter(instrument__in=of).values_list("instrument", flat=True)
    )
    tag = get_language() or "en"
    own = display_language.content_language(tag) or "en"
    removed = set(wanted) - {row.pk for row in rows}
    found = {
        str(pk): Named(pgettext("number to call, in the audit trail", "removed since")) for pk in removed
    }
    for row in rows:
        if row.instrument_id in seen:
            language = own if row.names.get(own) else row.instrument.source_language
            name = row.names.get(language) or next(iter(row.names.values()), "")
            found[str(row.pk)] = Named(f"{display_script.as_page(language, name, tag)(name)} · {row.number}")
    return found


def _classification(text: str) -> str:
    return str(Classification(text).label) if text in Classification.values else ""


def _case_data(text: str) -> str:
    return str(CASE_DATA[Kind(text)]) if text in list(Kind) else ""


labels.addresses(_closed)
kind(
    "edition",
    gettext_lazy("Edition"),
    _editions,
    pgettext_lazy("in the audit trail", "a document you may not read"),
)
kind(
    "instrument",
    gettext_lazy("Document"),
    _instruments,
    pgettext_lazy("in the audit trail", "a document you may not read"),
)
kind("section", gettext_lazy("Section"), _sections)
kind(
    "contact",
    gettext_lazy("Number to call"),
    _contacts,
    pgettext_lazy("in the audit trail", "a number to call"),
)
kind(
    "comment", gettext_lazy("Comment"), _of_edition(Comment), pgettext_lazy("in the audit trail", "a comment")
)
kind(
    "corrigendum",
    gettext_lazy("Corrigendum"),
    _of_edition(Corrigendum),
    pgettext_lazy("in the audit trail", "a corrigendum"),
)
kind(
    "suggestion",
    gettext_lazy("Suggestion"),
    _suggestions,
    pgettext_lazy("in the audit trail", "a suggestion"),
)
for name in ("classification", "before", "after", "to"):
    values(name, _classification)
values("kinds", _case_data)
values("outcome", lambda text: str(CommentOutcome(text).label) if text in CommentOutcome.values else "")
