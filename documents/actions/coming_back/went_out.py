"""With which words sections went out: told by their bookmarks in a file that came back, and of those without by the log of
changes, by the moments at which own files were fetched, and by the file's own words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from audit.models import Entry
from audit.trail import thing_name
from documents.models import Edition, SectionChange
from documents.suggestions.joined import LEAST
from documents.text import Section, SectionTree, body_text, text_hash
from documents.text_history import text_starting
from documents.text_storage import EMPTY

Json = dict[str, Any]
Texts = dict[str, list[tuple[int, Json]]]


def as_it_was_sent(
    edition: Edition,
    language: str,
    draft: SectionTree,
    states: Mapping[str, str],
    lines: Collection[str],
    *,
    own: bool,
) -> tuple[SectionTree, frozenset[str]]:
    """The draft with the texts that were sent out, and the uids of the sections of which that is not sure.

    ``states``: by uid, the start of the hash of the text with which a section was sent out. Of those without, it is told by
    the moments at which the draft said all that the others' bookmarks name; ``own``: whether the file is the draft's own, of
    which the trail tells when it was fetched. Where several texts are left, it is the likeliest by the ``lines`` of the file, and
    where these speak for none, another one than today's."""
    lost = [section for section in draft if section.uid not in states] if states else []
    bodies, unsure = _lost(edition, language, lost, states, lines, own)
    for section in draft:
        state = states.get(section.uid, "")
        if state and not text_hash(section.text.body or EMPTY).startswith(state):
            found = text_starting(edition, section.uid, language, state)
            if found is not None:
                bodies[section.uid] = found
    sections = (
        replace(one, text=replace(one.text, body=bodies[one.uid])) if one.uid in bodies else one
        for one in draft
    )
    return replace(draft, sections=tuple(sections)), unsure


def _lost(
    edition: Edition,
    language: str,
    sections: Sequence[Section],
    states: Mapping[str, str],
    lines: Collection[str],
    own: bool,
) -> tuple[dict[str, Json], frozenset[str]]:
    """By uid, the texts of the ``sections`` of which the file has no bookmark, where that may be another one than today's."""
    written = _written(edition, language, sections) if sections else {}
    several = {uid for uid, texts in written.items() if len(_distinct(body for _pk, body in texts)) > 1}
    if not several:
        return {}, frozenset()
    agree = _moments(edition, language, states, written)
    moments = [number for number, agrees in agree.items() if agrees]
    moments = (_fetched(edition, language, agree) if own else []) or moments
    bodies: dict[str, Json] = {}
    unsure: set[str] = set()
    for section in sections:
        if section.uid not in several:
            continue
        known = written[section.uid]
        places = [bisect_right(known, moment, key=lambda one: one[0]) - 1 for moment in moments]
        texts = _distinct(known[place][1] for place in places if place >= 0)
        # Where no moment agrees with all that the file says, it was put together from several.
        texts = texts or _distinct(body for _pk, body in known)
        bodies[section.uid], sure = _likeliest(texts, section.text.body, lines)
        if not sure:
            unsure.add(section.uid)
    return bodies, frozenset(unsure)


def _changes(edition: Edition, language: str, uids: Iterable[str]) -> QuerySet[SectionChange]:
    verbs = (SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT)
    found = SectionChange.objects.filter(
        edition=edition, language=language, verb__in=verbs, uid__in=list(uids)
    )
    return found.order_by("pk")


def _written(edition: Edition, language: str, sections: Sequence[Section]) -> Texts:
    """By uid, the texts that a section had in this draft, each with the number of the change that made it; 0: it began so."""
    found: Texts = {one.uid: [] for one in sections}
    changes = _changes(edition, language, found).values_list("pk", "uid", "before", "after")
    for pk, of, before, after in changes.iterator(200):
        texts = found[str(of)]
        if not texts and before and text_hash(before):
            texts.append((0, before))
        if after and text_hash(after):
            texts.append((pk, after))
    for one in sections:
        found[one.uid] = found[one.uid] or [(0, one.text.body)]
    return found


def _distinct(bodies: Iterable[Json]) -> list[Json]:
    return list({text_hash(body): body for body in bodies}.values())


def _moments(edition: Edition, language: str, states: Mapping[str, str], written: Texts) -> dict[int, bool]:
    """The numbers of the changes, 0 for the draft's beginning, and whether behind each the draft said all that ``states`` tell."""
    told: dict[str, list[tuple[int, bool]]] = {}
    changes = _changes(edition, language, states).values_list("pk", "uid", "before", "after")
    for pk, of, before, after in changes.iterator(200):
        start = states[str(of)]
        known = told.setdefault(str(of), [(0, text_hash(before).startswith(start))])
        known.append((pk, text_hash(after).startswith(start)))
    at: dict[int, list[tuple[str, bool]]] = {0: []}
    for texts in written.values():
        at |= {pk: [] for pk, _body in texts}
    for uid, known in told.items():
        # A text that never stood here is an older edition's: it tells nothing of the moment.
        for pk, said in known if any(said for _pk, said in known) else ():
            at.setdefault(pk, []).append((uid, said))
    found: dict[int, bool] = {}
    others: set[str] = set()
    for number in sorted(at):
        others |= {uid for uid, said in at[number] if not said}
        others -= {uid for uid, said in at[number] if said}
        found[number] = not others
    return found


def _fetched(edition: Edition, language: str, agree: Mapping[int, bool]) -> list[int]:
    """Those of the moments that agree at which somebody fetched the draft's own file; that of an edition before says what the
    draft began with."""
    numbers = sorted(agree)
    before = Edition.objects.filter(instrument=edition.instrument_id, number__lt=edition.number)
    things = {thing_name(one): False for one in before.only("pk")} | {thing_name(edition): True}
    found: set[int] = set()
    for entry in Entry.objects.filter(verb="export_own", thing__in=list(things), refused=False):
        if entry.detail.get("language") != language:
            continue
        last = entry.detail.get("log") if things[entry.thing] else 0
        if not isinstance(
            last, int
        ):  # An older Kodeks did not tell which change was the last one in the file.
            return []
        number = numbers[bisect_right(numbers, last) - 1]
        if agree[number]:
            found.add(number)
    return sorted(found)


def _likeliest(texts: Sequence[Json], now: Json, lines: Collection[str]) -> tuple[Json, bool]:
    """Which of these texts, the oldest first, went out, and whether that is sure: the one of which the file has the most, of
    several the newest that is not today's."""
    if len(texts) == 1:
        return texts[0], True
    shares = [standing(body, lines) for body in texts]
    best = max(shares)
    likely = [body for body, share in zip(texts, shares, strict=True) if share == best or best[0] < LEAST]
    others = [body for body in likely if text_hash(body) != text_hash(now)]
    whole = sum(share == 1 for share, _count in shares)
    return (others or likely)[-1], best[0] == 1 and len(likely) == whole == 1


def standing(body: Json, lines: Collection[str]) -> tuple[float, int]:
    """What share of a text's lines is among these ``lines``, and how many they are."""
    own = [line for line in (" ".join(one.split()) for one in body_text(body).splitlines()) if line]
    found = sum(line in lines for line in own)
    return found / len(own) if own else 0.0, found
