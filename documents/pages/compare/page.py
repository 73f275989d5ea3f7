"""The page that shows what changes from one edition to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import Translation
from documents.comparison import Comparison, compare
from documents.comparison.render.strip import NARROW, WIDE, StripText, strip_svg
from documents.display import language as display_language
from documents.display import links
from documents.display import script as display_script
from documents.display.language import Text
from documents.editions.corrected import corrected_tree
from documents.editions.language_versions import Shown
from documents.models import Edition
from documents.pages.compare.cards import cards, title_change
from documents.pages.compare.summary import chips, lead, strip_description
from documents.pages.decorators import door
from documents.pages.edition.page import files_of
from documents.pages.lookup import by_number, editions_of
from documents.text import Section, SectionText, SectionTree
from documents.text.extraction import image_hashes
from documents.text.types import Json

VIEWS = ("inline", "side")


@dataclass(frozen=True)
class Compared:
    """Two editions compared in one language, the older one first."""

    comparison: Comparison
    old: Edition
    new: Edition
    text: Text
    missing: int
    """Sections of either edition without a translation into this language; they are left out."""
    stale: int
    """Sections of the newer edition whose translation is older than the original."""


def compare_editions(first: Edition, second: Edition, page_tag: str, wanted: str = "") -> Compared:
    """Compares two editions of one instrument, the lower number as the older one.

    In the language that ``wanted`` (a language tag) or the page names, where both editions have a text in it.
    Else in the language of the source.
    """
    old, new = sorted((first, second), key=lambda edition: edition.number)
    source = new.instrument.source_language
    available = languages_of(old) & languages_of(new)
    text = display_language.choose(page_tag, wanted, source, sorted(available | {source}), samples(new))
    before, lost = tree_in(old, text)
    after, missing = tree_in(new, text)
    # What is not translated on one side would look as if it were new or removed: it is compared nowhere.
    silent = lost | missing
    before, after = without(before, silent), without(after, silent)
    outline = Shown(new).outline(text.language) if text.language != source else []
    return Compared(
        comparison=compare(
            before, after, one_text_in_two_scripts=text.language in display_script.TWO_SCRIPTS
        ),
        old=old,
        new=new,
        text=text,
        missing=len(silent),
        stale=sum(1 for row in outline if row.state == Translation.STALE),
    )


@door
def compare_view(request: HttpRequest, country: str, slug: str, number: int, other: int) -> HttpResponse:
    """What changes between two editions that the reader may see; 404 if either is not for them.

    ``?view=inline|side``, ``?text=`` a content language, ``?all=1`` with what did not change.
    """
    editions = editions_of(request.user, country, slug)
    if number == other:
        raise Http404
    chosen = by_number(editions, number), by_number(editions, other)
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "inline"
    unchanged = request.GET.get("all") == "1"
    found = compare_editions(*chosen, get_language() or "en", request.GET.get("text", "")[:12])
    comparison, text = found.comparison, found.text
    drawn = cards(
        comparison,
        text.tag,
        side=view == "side",
        unchanged=unchanged,
        old_name=edition_name(found.old),
        new_name=edition_name(found.new),
        image_url=_image_urls(found),
    )
    steps = [card for card in drawn if card.role == "change"]
    first_sentence, rest = lead(comparison)
    name = StripText(_("Where the changes are"), strip_description(comparison))
    instrument = found.new.instrument
    context = {
        "found": found,
        "comparison": comparison,
        "instrument": instrument,
        "trail": [
            (
                text.script.convert(instrument.title_in(text.language)),
                links.instrument_url(instrument, **text.query),
            )
        ],
        "title": text.script.convert(found.new.title_in(text.language)),
        "text": text,
        "instead": display_language.fallback_notice(text, instrument.source_language) if text.instead else "",
        "source_link": _query(request, text=instrument.source_language),
        "old_url": links.edition_url(found.old, **text.query),
        "new_url": links.edition_url(found.new, **text.query),
        "file_urls": {
            form: links.compared_file_url(found.new, found.old.number, form, **text.query)
            for form in ("docx", "json")
            if instrument.may_be_file
        },
        "cards": drawn,
        "steps": steps,
        "changes": steps[-1].last if steps else 0,
        "chips": chips(comparison),
        "lead": first_sentence,
        "title_change": title_change(comparison),
        "lead_more": rest,
        "strip_wide": mark_safe(strip_svg(comparison, WIDE, name, "mirror hide-s")),  # noqa: S308 - escaped there
        "strip_narrow": mark_safe(strip_svg(comparison, NARROW, name, "mirror only-n")),  # noqa: S308
        "view": view,
        "unchanged": unchanged,
        "inline_link": _query(request, view=""),
        "side_link": _query(request, view="side"),
        "all_link": _query(request, all="" if unchanged else "1"),
        "languages": _language_links(request, found),
        "others": _other_comparisons(request, editions, found),
    }
    return render(request, "documents/compare.html", context)


def edition_name(edition: Edition) -> str:
    return _("Edition %(number)s") % {"number": edition.number}


def edition_title(edition: Edition, language: str) -> str:
    return getattr(edition, f"title_{language}", None) or ""


def languages_of(edition: Edition) -> set[str]:
    """The languages in which an edition has any text."""
    return {
        language
        for language, counts in Shown(edition).states().items()
        if any(n for state, n in counts.items() if state != Translation.MISSING)
    }


def samples(edition: Edition) -> Mapping[str, str]:
    return {language: edition_title(edition, language) for language in display_script.TWO_SCRIPTS}


def tree_in(edition: Edition, text: Text) -> tuple[SectionTree, set[str]]:
    """An edition's text with its corrigenda, in the reader's script, and the uids without a translation."""
    tree = corrected_tree(edition, text.language)
    missing: set[str] = set()
    if text.language != edition.instrument.source_language:
        outline = Shown(edition).outline(text.language)
        missing = {row.uid for row in outline if row.state == Translation.MISSING}
    if text.script.shown:
        # By the text itself: of two editions one may have been written in Cyrillic and the other in Latin.
        sample = " ".join(section.text.heading or section.text.plain[:200] for section in tree.sections[:40])
        tree = converted(tree, display_script.choose(text.language, text.script.shown, sample).convert)
    return tree, missing


def without(tree: SectionTree, uids: set[str]) -> SectionTree:
    if not uids:
        return tree
    return replace(tree, sections=tuple(section for section in tree if section.uid not in uids))


def converted(tree: SectionTree, convert: Callable[[str], str]) -> SectionTree:
    if convert is display_script.unchanged:
        return tree
    return SectionTree(
        tree.language,
        convert(tree.title),
        tuple(
            Section(
                section.uid,
                section.level,
                section.kind,
                SectionText(convert(section.text.label), _convert(section.text.body, convert)),
                section.origins,
            )
            for section in tree
        ),
    )


READ = frozenset({"text", "title", "who", "limit", "label", "alt"})
"""The keys of a body under which words to be read are."""


def _convert(node: Any, convert: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {
            key: convert(value) if key in READ and isinstance(value, str) else _convert(value, convert)
            for key, value in node.items()
        }
    return [_convert(each, convert) for each in node] if isinstance(node, list) else node


def _image_urls(found: Compared) -> Callable[[str], str]:
    """Where the pictures of the changed sections are fetched."""
    olds: set[str] = set()
    news: set[str] = set()
    for change in found.comparison.shown:
        olds |= image_hashes(change.old.text.body) if change.old else set()
        news |= image_hashes(change.new.text.body) if change.new else set()
    files = {**files_of(found.old, olds), **files_of(found.new, news)} if olds or news else {}
    return lambda sha256: files[sha256].url if sha256 in files else ""


def _query(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for key, value in changed.items():
        if value:
            query[key] = value
        else:
            query.pop(key, None)
    return f"?{query.urlencode()}" if query else "?"


def _language_links(request: HttpRequest, found: Compared) -> list[Json]:
    """The languages in which these two editions can be compared."""
    both = languages_of(found.old) & languages_of(found.new)
    return [
        {
            "name": display_language.name_of(language, found.text.script.shown),
            "lang": language,
            "url": _query(request, text=language),
            "current": language == found.text.language,
        }
        for language in found.new.instrument.languages
        if language in both
    ]


def _other_comparisons(request: HttpRequest, editions: list[Edition], found: Compared) -> list[Json]:
    """The newer edition compared with each other one."""
    return [
        {
            "name": edition_name(one),
            "url": links.compare_url(found.new, one.number),
            "current": one.pk == found.old.pk,
        }
        for one in editions
        if one.number < found.new.number
    ]
