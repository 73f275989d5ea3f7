"""The acts of a redacted edition, without what was left out. The acts themselves can't be changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.editions.corrected import corrected_body, corrigenda_of, of_section
from documents.editions.language_versions import Shown
from documents.models import AdoptionAct, Edition, Ground, Redaction, RedactionMark
from documents.text import SectionTree, body_text, text_hash
from documents.text.case_data import traces
from documents.text.redact import find_words
from documents.text.traces_of_redacted import Traces
from documents.translation.scripts import to_cyrillic, to_latin

FIELDS = ("body", "number", "protocol", "session", "gazette", "gazette_number")
SHORTEST = 3
"""Shorter words are left out where they stand alone: they would cut into others."""
_PLACE = 0xE000
"""With a number: stands for a note while words are cut out; no text has it (it is a private character)."""


def acts_as_read(redaction: Redaction) -> list[AdoptionAct]:
    """The acts of the original with a note in place of the words that were left out, in either script, and of
    what may be case data. They are not to be saved."""
    words = _left_out(redaction)
    acts = list(known_acts(redaction))
    for act in acts:
        for name in FIELDS:
            setattr(act, name, without(getattr(act, name), words))
    return acts


def known_acts(redaction: Redaction) -> QuerySet[AdoptionAct]:
    """The acts of the original that both people saw. One that was recorded after the proposal becomes public
    with another redacted edition alone."""
    acts = AdoptionAct.objects.filter(edition=redaction.edition)
    if redaction.state == Redaction.State.DRAFT or redaction.proposed is None:
        return acts
    return acts.filter(recorded__lte=redaction.proposed)


def note(ground: str) -> str:
    return _("[Left out: %(ground)s]") % {"ground": Ground(ground).label}


def without(text: str, words: dict[str, str]) -> str:
    if not text:
        return ""
    if "" in words:
        return note(words[""])
    if traces(text):
        return note(Ground.PERSONAL_DATA)
    for number, one in enumerate(words):
        for start, end in reversed(find_words(text, one)):
            neighbours = text[max(0, start - 1) : start] + text[end : end + 1]
            if len(one) < SHORTEST and any(letter.isalnum() for letter in neighbours):
                continue
            text = f"{text[:start]}{chr(_PLACE + number)}{text[end:]}"
    # Another spelling, with other accents or hyphens, can't be cut out.
    other = next((one for one in words if Traces.of({}, [one]).says(text)), None)
    if other is not None:
        return note(words[other])
    notes = {_PLACE + number: note(ground) for number, ground in enumerate(words.values())}
    return text.translate(notes)


def _left_out(redaction: Redaction) -> dict[str, str]:
    """The words of the marks in both scripts, each with its ground. The empty word stands for a text that has
    changed since: what was marked in it is unknown."""
    marks = [mark for mark in redaction.marks.all() if mark.end]
    found: dict[str, str] = {}
    for language in dict.fromkeys(mark.language for mark in marks):
        tree = Shown(redaction.edition).tree(language)
        for mark in marks:
            if mark.language == language:
                words = _words(redaction.edition, tree, mark)
                for one in (words, to_latin(words), to_cyrillic(words)):
                    found.setdefault(one, mark.ground)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _words(edition: Edition, tree: SectionTree, mark: RedactionMark) -> str:
    texts = [edition.title_in(mark.language)] if mark.uid is None else _texts(edition, tree, mark)
    return next((text[mark.start or 0 : mark.end] for text in texts), "").strip()


def _texts(edition: Edition, tree: SectionTree, mark: RedactionMark) -> Iterator[str]:
    """The text in which the place was marked: today's, or that with fewer corrigenda."""
    if (section := tree.by_uid.get(str(mark.uid))) is None:
        return
    corrigenda = of_section(corrigenda_of(edition, mark.language), mark.uid, mark.language)
    for count in range(len(corrigenda), -1, -1):
        body = corrected_body(section.text.body, corrigenda[:count])
        if text_hash(body) == mark.text_hash:
            yield body_text(body, heading=True)
