"""One section through all the editions that a reader sees: what each did to it, and who approved that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from documents.choices import Translation
from documents.comparison import SectionChange, compare
from documents.comparison.render.blocks import heading_html, inline_html
from documents.comparison.render.inlines import Numbering
from documents.display import links
from documents.display import script as display_script
from documents.display.acts import acts_by_edition
from documents.display.language import Text
from documents.editions.language_versions import as_read, stored_versions
from documents.editions.text_storage import EMPTY, check_language, translation_state
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.pages import lookup
from documents.pages.compare.labels import KindLook, kind_look, strings, summary_html
from documents.pages.compare.page import converted, edition_name
from documents.pages.decorators import door, referrer
from documents.pages.edition.approvals import agreed
from documents.pages.edition.page import EditionPage
from documents.text import Section, SectionText, SectionTree


@dataclass(frozen=True, slots=True)
class Stop:
    """A section in one edition. ``happened`` is first, same, changed, gone (it is no longer there) or
    untranslated. ``look``, ``say``, ``heading`` and ``body`` describe a change. All HTML in it is safe."""

    edition: Edition
    happened: str
    url: str
    label: str
    title: str
    acts: Sequence[str]
    agreed: Sequence[str]
    before: int = 0
    compare_url: str = ""
    look: KindLook | None = None
    say: str = ""
    heading: SafeString = mark_safe("")  # noqa: RUF009 - a constant
    body: SafeString = mark_safe("")  # noqa: RUF009 - a constant


@door
def through(request: HttpRequest, country: str, slug: str, uid: UUID) -> HttpResponse:
    """A section from the newest edition back to its first; 404 where no edition that the reader sees holds
    it. As many queries for many editions as for few."""
    editions = lookup.editions_of(request.user, country, slug)
    holding = lookup.holding(editions, uid)
    if holding is None:
        raise Http404
    page = EditionPage(request, holding, editions, uid)
    stops = _stops(request, editions, str(uid), page.text)
    newest = next(stop for stop in stops if stop.happened != "gone")
    context = {
        "page": page,
        "stops": stops,
        "label": newest.label,
        "name": newest.title,
        "section_url": links.section_url(holding, uid, **page.text.query),
        "referrer": referrer(request),
        "origins": _origins(stops, uid, page),
    }
    return render(request, "documents/section_history.html", context)


def _rows(editions: Sequence[Edition], uid: str, text: Text) -> dict[int, dict[str, Any]]:
    """The section's row in each edition that has it, as it is read there. As many queries for many editions
    as for few."""
    language = check_language(text.language)
    source = check_language(editions[0].instrument.source_language)
    columns = {f"{name}_{language}" for name in ("label", "body", "text_hash", "source_hash")}
    columns |= {"edition_id", "uid", "level", "kind", f"text_hash_{source}", f"heading_{source}"}
    found = SectionRow.objects.filter(uid=uid, edition__in=[one.pk for one in editions]).values(*columns)
    stored = stored_versions(editions, [language], [uid])
    return {
        row["edition_id"]: as_read(row, language, stored.get((row["edition_id"], language))) for row in found
    }


def _stops(request: HttpRequest, editions: Sequence[Edition], uid: str, text: Text) -> list[Stop]:
    rows = _rows(editions, uid, text)
    acts = acts_by_edition(editions)
    names = agreed(request, editions)
    stops: list[Stop] = []
    before: Edition | None = None
    tree: SectionTree | None = None
    for edition in sorted(editions, key=lambda one: one.number):
        row = rows.get(edition.pk)
        known: dict[str, Any] = {
            "edition": edition,
            "acts": acts.get(edition.pk, ()),
            "agreed": names.get(edition.pk, ()),
        }
        if row is None:
            if tree is not None and before is not None:
                url = links.edition_url(edition, **text.query)
                stops.append(
                    Stop(happened="gone", url=url, label="", title="", before=before.number, **known)
                )
                tree = None
            continue
        now = _tree(row, uid, text)
        known |= {
            "url": links.section_url(edition, uid, **text.query),
            "label": now.sections[0].text.label,
            "title": now.sections[0].text.heading,
        }
        if _untranslated(row, edition, text):
            stops.append(Stop(happened="untranslated", **known))
            continue
        change = _change(tree, now, text) if tree is not None else None
        if tree is None or before is None:
            stops.append(Stop(happened="first", **known))
        elif change is None:
            stops.append(Stop(happened="same", before=before.number, **known))
        else:
            stops.append(_changed(change, before, edition, uid, text, known))
        before, tree = edition, now
    return stops[::-1]


def _tree(row: dict[str, Any], uid: str, text: Text) -> SectionTree:
    label, body = row[f"label_{text.language}"] or "", row[f"body_{text.language}"] or EMPTY
    section = Section(uid, row["level"], row["kind"], SectionText(label, body))
    tree = SectionTree(text.language, "", (section,))
    if not text.script.shown:
        return tree
    sample = section.text.heading + " " + section.text.plain[:400]
    return converted(tree, display_script.choose(text.language, text.script.shown, sample).convert)


def _untranslated(row: dict[str, Any], edition: Edition, text: Text) -> bool:
    source = edition.instrument.source_language
    state = translation_state(
        text.language,
        source,
        row[f"text_hash_{text.language}"],
        row[f"source_hash_{text.language}"],
        row[f"text_hash_{source}"],
    )
    return state == Translation.MISSING


def _change(old: SectionTree, new: SectionTree, text: Text) -> SectionChange | None:
    """What changed, its number included; None where nothing did."""
    comparison = compare(old, new, one_text_in_two_scripts=text.language in display_script.TWO_SCRIPTS)
    return None if comparison.identical else comparison.sections[0]


def _changed(
    change: SectionChange, before: Edition, edition: Edition, uid: str, text: Text, known: dict[str, Any]
) -> Stop:
    words = strings(
        edition_name(before),
        edition_name(edition),
        image_url=lambda sha256: links.file_url(sha256, "picture"),
    )
    numbering = Numbering(f"e{edition.number}-")
    return Stop(
        happened="changed",
        before=before.number,
        compare_url=links.compare_url(edition, before.number, uid, **text.query),
        look=kind_look(change),
        say=summary_html(change),
        heading=mark_safe(heading_html(change, strings=words, numbering=numbering)),  # noqa: S308 - escaped there
        body=mark_safe(inline_html(change, words, numbering)) if change.worth_showing else mark_safe(""),  # noqa: S308 - escaped there
        **known,
    )


def _origins(stops: Sequence[Stop], uid: UUID, page: EditionPage) -> list[dict[str, str]]:
    """The sections that this one was split from or joined from, with the way to their own editions."""
    first = stops[-1].edition
    named = SectionRow.objects.filter(uid=uid, edition=first).values_list("origins", flat=True).first() or []
    if not named:
        return []
    language = check_language(page.text.language)
    rows = SectionRow.objects.filter(uid__in=named, edition__in=[one.pk for one in page.editions])
    stored = stored_versions(page.editions, [language], named)
    found: dict[str, dict[str, str]] = {}
    for row in rows.values("uid", "edition_id", f"label_{language}", f"heading_{language}"):
        read = as_read(row, language, stored.get((row["edition_id"], language)))
        name = f"{read[f'label_{language}'] or ''} {read[f'heading_{language}'] or ''}".strip()
        if not name and str(row["uid"]) in found:
            continue  # another edition has a name for it
        found[str(row["uid"])] = {
            "url": links.section_editions_url(page.instrument, row["uid"], **page.text.query),
            "name": page.text.script.convert(name) or "–",
        }
    return list(found.values())
