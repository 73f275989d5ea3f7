"""Find what texts cite, and keep it: by the worker, soon after a change. The rows are derived data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.db import transaction
from django.db.models import Q

from documents.citations import find
from documents.citations.find import GAZETTE
from documents.citations.marks import cross_references, lines
from documents.editions.citation_targets import Target, Targets
from documents.editions.language_versions import Shown
from documents.models import Citation, CitationDue, Edition, Instrument, RedactionMark
from documents.text import Section, text_hash

AT_ONCE: Final = 40
"""How many editions are read before the worker's other jobs have their turn."""
BLANK: Final = "\ue000"
"""A private character: no citation has it."""


def request_citations(editions: Iterable[int | None]) -> None:
    """Notes, in the transaction of a change, whose citations are to be found again; None: all."""
    CitationDue.objects.bulk_create(CitationDue(edition=pk) for pk in editions)


def citing(instrument: Instrument) -> list[int]:
    """The editions whose citations depend on a document: its own, and those that cite it."""
    found = Edition.objects.filter(Q(instrument=instrument) | Q(citations__instrument=instrument))
    return sorted(set(found.values_list("pk", flat=True)))


def find_due(most: int = AT_ONCE) -> int:
    """Finds the citations of editions that wait for it; gives how many were read."""
    rows = list(CitationDue.objects.order_by("pk").values_list("pk", "edition"))
    if not rows:
        return 0
    waiting = {edition for _, edition in rows if edition is not None}
    if any(edition is None for _, edition in rows):
        every = set(Edition.objects.values_list("pk", flat=True)) - waiting
        CitationDue.objects.bulk_create(CitationDue(edition=pk) for pk in sorted(every))
        CitationDue.objects.filter(pk__in=[pk for pk, edition in rows if edition is None]).delete()
        return find_due(most)
    targets = Targets()
    read = sorted(waiting)[:most]
    for pk in read:
        edition = Edition.objects.select_related("instrument").filter(pk=pk).first()
        with transaction.atomic():
            if edition is not None:
                find_in(edition, targets)
            CitationDue.objects.filter(pk__in=[row for row, one in rows if one == pk]).delete()
    return len(read)


def find_all() -> int:
    """Finds the citations of every edition from the start; gives how many there are."""
    CitationDue.objects.all().delete()
    targets = Targets()
    for edition in Edition.objects.select_related("instrument").order_by("pk").iterator():
        with transaction.atomic():
            find_in(edition, targets)
    return Citation.objects.count()


def find_in(edition: Edition, targets: Targets) -> None:
    """Replaces the citations of an edition, in every language, by those of the texts that readers see."""
    reasons = _reasons(edition)
    rows = [
        row
        for language in edition.instrument.languages
        for section in Shown(edition).tree(language)
        for row in _of_section(section, edition, language, targets, reasons.get(language, ()))
    ]
    Citation.objects.filter(edition=edition).delete()
    Citation.objects.bulk_create(rows, batch_size=500)


def _reasons(edition: Edition) -> dict[str, list[str]]:
    """By language the reasons that a redacted edition gives for what is left out; the longest first."""
    marks = RedactionMark.objects.filter(redaction__public_edition=edition).exclude(words="")
    found: dict[str, list[str]] = {}
    for language, words in sorted(set(marks.values_list("language", "words")), key=lambda one: -len(one[1])):
        found.setdefault(language, []).append(words)
    return found


def without_notes(line: str, reasons: Iterable[str]) -> str:
    """A line with blanks for the notes "[Left out: ground. reason]": a reason may cite, the text does not."""
    for reason in reasons:
        note = rf"\[[^\[\]]*{re.escape(reason)}\]"
        line = re.sub(note, lambda found: BLANK * len(found[0]), line)
    return line


def _of_section(
    section: Section, edition: Edition, language: str, targets: Targets, reasons: Iterable[str]
) -> Iterator[Citation]:
    body = section.text.body
    known: dict[int, Citation] = {}

    def row(start: int, quote: str, act: str, target: Target, set_by_editor: bool = False) -> Citation:
        return Citation(
            edition=edition,
            uid=section.uid,
            language=language,
            start=start,
            end=start + len(quote),
            quote=quote,
            act=act,
            instrument_id=target.instrument,
            target_uid=target.uid,
            broken=target.broken,
            cross_reference=set_by_editor,
        )

    for start, words, uid in cross_references(body):
        known[start] = row(start, words, "", targets.cross_reference(uid, edition), set_by_editor=True)
    for begins, whole in lines(body):
        line = without_notes(whole, reasons)
        for one in find(line, language, targets.names):
            target = targets.target_of(one, edition, language)
            if target is not None and target != Target(edition.instrument_id, section.uid):
                quote = line[one.start : one.end]
                act = one.act or (quote if one.sort == GAZETTE else "")
                known.setdefault(begins + one.start, row(begins + one.start, quote, act, target))
    if known:
        own_hash = text_hash(body)
        for citation in known.values():
            citation.text_hash = own_hash
        yield from known.values()
