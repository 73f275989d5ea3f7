"""Numbers that are typed at the start of headings, told by the headings beside them from words that only look like numbers.

"Члан 5" and "1.2." are numbers wherever they stand (:mod:`documents.word.read.outline.headings`). "II.1.", "а)", "§ 3", "Корак 2" and
"I" alone are where another heading of the level goes on by them, or where what leads them is the number of the section in which they
stand, bare ones and those before a small letter only in a row that begins with a first: "I dalje", "24 сата", "17. октобар" beside
"18. октобар" stay words, and so do words in which a part is only spoken of, and initials
(:mod:`documents.word.read.outline.parts`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.text.numerals import Number, readings
from documents.word.marks import NONE_TYPED, TYPED, OwnMark
from documents.word.read.context import Json
from documents.word.read.outline.acts import Cited
from documents.word.read.outline.draft import Draft, Typed
from documents.word.read.outline.headings import GAP, NUMBERED_WORDS, cites, cut, looks_as, tidy_heading
from documents.word.read.outline.parts import like_initials, names_a_case, part_number
from documents.word.read.outline.runs import Worded, own_numbers

SIGN = r"(?:\d{1,3}|[IVXLC]{1,7}|[ivxlc]{1,7}|[^\W\d_])"
CHAIN = rf"{SIGN}(?:\.{SIGN})*"
ENDS = r"(?=\s|\Z)"
MANNERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(\({CHAIN}\)){ENDS}",
        rf"(§{{1,2}}\s*{CHAIN}[.)]?){ENDS}",
        rf"({SIGN}(?:\.{SIGN})+[.)]?){ENDS}",
        rf"((?:[ivxlcIVXLC]{{1,7}}|[^\W\d_]|\d{{1,3}}\s?-?[^\W\d_])[.)]){ENDS}",
    )
)
NAMED = re.compile(
    rf"((?:[^\W\d_]+\s+){{0,2}}{NUMBERED_WORDS}(?:\s+[^\W\d_]{{4,}})?\s+"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,7})[.)]?)(?=\s*[:–—-]?\s+\S)",
    re.IGNORECASE,
)
"""Words with a number of which an own file says that they are one, be they names of parts or not."""
BARE = re.compile(r"(\d{1,2}|[IVXLC]{1,7})(?=\s+([^\W\d_]))")
"""No sign parts such a number from the words: it must lead them as a number of two or more headings does, and they begin anew."""
BARE_DECIMAL = re.compile(r"\d{1,3}[.)]?")
NEAR = 3
"""How many headings away another one still tells whether a number goes on."""


def begins_with(inlines: Sequence[Json], own: OwnMark | None) -> Typed | None:
    """The number that a heading seems to begin with; in an own file its bookmark says whether it is one."""
    text = shown(inlines).lstrip()
    if own is None:
        return typed_number(text)
    if own.typed == NONE_TYPED:
        return None
    if own.typed == TYPED:
        label = _marked_number(text)
        return Typed(label, True) if label else None
    _, label = looks_as(text)
    return _worded(text, label) if label else None


def typed_number(text: str) -> Typed | None:
    """The number that a heading's text seems to begin with, which has no blank before it."""
    if names_a_case(text):
        return None
    _, label = looks_as(text)
    if label and not BARE_DECIMAL.fullmatch(label):
        return _worded(text, label)
    behind = text[len(label) :].lstrip()[:1] if label else ""
    if label and not label.isdigit():
        return Typed(label, not behind.islower(), behind.islower())
    if bare := BARE.match(text):
        return Typed(bare[1], False, True) if bare[2].isupper() else None
    found = _with_sign(text) or part_number(text)
    if not found:
        return None
    small = text[len(found) :].lstrip()[:1].islower()
    if found.startswith("§") and small and found[-1].isalnum():
        return None
    return Typed(found, False, small and like_initials(found))


def _worded(text: str, label: str) -> Typed:
    """A number whose look tells that it is one: the heading's own, or that of an act which it names."""
    other = cites(text)
    return Typed(label, not other, cites=other)


def any_number(text: str) -> str:
    """Whatever a heading's text begins with that can be a number with a sign of its own, alone by its look."""
    _, label = looks_as(text)
    if label := label or _with_sign(text):
        return label
    return match[1] if (match := NAMED.match(text)) else ""


def _with_sign(text: str) -> str:
    return next((match[1] for manner in MANNERS if (match := manner.match(text))), "")


def _marked_number(text: str) -> str:
    """The same, also without a sign of its own: the bookmark says that it is one. That first, as a part's name may follow it
    ("I Step 2 of the process")."""
    bare = BARE.match(text)
    return bare[1] if bare else any_number(text)


def split_number(inlines: list[Json], label: str, *, with_sign: bool = False) -> tuple[str, list[Json], str]:
    """A heading's number, the heading without it and without the sign that parts the two, which may be left at the number; and all
    that was taken off."""
    text = shown(inlines)
    start = len(text) - len(text.lstrip())
    end = start + len(label)
    gap = GAP.match(text, end)
    end = gap.end() if gap else end
    return " ".join((text[start:end] if with_sign else label).split()), cut(inlines, end), text[:end]


def shown(inlines: Sequence[Json]) -> str:
    return "".join(node["text"] if node["type"] == "text" else "\n" for node in inlines)


def sign_of(text: str, label: str) -> str:
    """What the bookmark of an own file must say of a heading with that text (``OwnMark.typed``), so that its number is read again:
    nothing where the heading tells it itself, or Word counts it."""
    text = text.lstrip()
    _, read = looks_as(text)
    if not label:
        return NONE_TYPED if read else ""
    number = _marked_number(text)
    told = read == number and not cites(text)
    return "" if told or " ".join(number.split()) != label else TYPED


@dataclass(slots=True)
class _Candidate:
    draft: Draft
    typed: Typed | None
    numbers: list[Number] = field(default_factory=list)

    def goes_on(self, before: _Candidate) -> bool:
        return any(
            one.last.style == other.last.style and one.last.value == other.last.value + 1
            for one in self.numbers
            for other in before.numbers
        )

    @property
    def first(self) -> bool:
        return any(number.last.value == 1 for number in self.numbers)


def take_numbers(drafts: Sequence[Draft], *, with_sign: bool = False) -> list[Draft]:
    """Takes the numbers off the headings that wait for what the others say; gives those that had one."""
    found = [*_own_of_citing(drafts), *_going_by_others(drafts)]
    for draft in found:
        if draft.doubt is not None:
            label = draft.doubt.label
            draft.label, rest, draft.taken_off = split_number(draft.heading, label, with_sign=with_sign)
            draft.heading, _ = tidy_heading(rest, one_line=not with_sign)
    return found


def _own_of_citing(drafts: Sequence[Draft]) -> list[Draft]:
    """Those that seem to speak of another act's article and have a number of their own."""
    worded = [
        (draft, Worded(draft.level, draft.doubt.label if draft.doubt else draft.label, citing))
        for draft in drafts
        if (citing := draft.doubt.cites if draft.doubt else Cited.NOT) or draft.label
    ]
    own = own_numbers([one for _, one in worded])
    return [draft for at, (draft, _) in enumerate(worded) if at in own]


def _going_by_others(drafts: Sequence[Draft]) -> list[Draft]:
    waiting = [draft for draft in drafts if draft.doubt and not draft.doubt.cites]
    if not waiting:
        return []
    groups: dict[tuple[object, ...], list[_Candidate]] = defaultdict(list)
    above: list[tuple[int, _Candidate]] = []
    led: list[_Candidate] = []
    chains: set[tuple[int, ...]] = set()
    for draft in drafts:
        typed = draft.doubt if draft.doubt and not draft.doubt.cites else None
        label = typed.label if typed else draft.label
        one = _Candidate(draft, typed, readings(" ".join(label.split()), ""))
        while above and above[-1][0] >= draft.level:
            above.pop()
        if one.numbers:
            if not like_initials(typed.label if typed else "") or _has_parent(one, chains):
                groups[_shape(one)].append(one)
            chains.update(tuple(sign.value for sign in number.chain) for number in one.numbers)
            if above and _leads(above[-1][1], one):
                led.append(one)
                # "1 Увод" alone is one where "1.1" stands in it.
                led.append(above[-1][1])
        above.append((draft.level, one))
    taken = {id(one.draft) for one in led}
    for group in groups.values():
        on = _going_on(group)
        if not any(one.first for one in group):
            # Days of a month, telephone numbers, years of age go on too, but from no first one.
            on = [one for one in on if not (one.typed and one.typed.strict)]
        firsts = [one for one in group if one.first and not (one.typed and one.typed.strict)]
        more = [one for one in firsts if one not in on] if len(on) + len(firsts) > 1 else []
        taken.update(id(one.draft) for one in (*on, *more))
    return [draft for draft in waiting if id(draft) in taken]


def _going_on(group: Sequence[_Candidate]) -> list[_Candidate]:
    found = []
    for at, one in enumerate(group):
        before, behind = group[max(0, at - NEAR) : at], group[at + 1 : at + 1 + NEAR]
        if any(one.goes_on(other) for other in before) or any(other.goes_on(one) for other in behind):
            found.append(one)
    return found


def _leads(parent: _Candidate, one: _Candidate) -> bool:
    return any(
        len(number.lead) == len(other.chain)
        and [sign.value for sign in number.lead] == [sign.value for sign in other.chain]
        for number in one.numbers
        if number.lead
        for other in parent.numbers
    )


def _has_parent(one: _Candidate, chains: set[tuple[int, ...]]) -> bool:
    """Whether what is like initials may go on by others: not before a small letter, nor where no heading before has the number
    that leads it."""
    strict = one.typed is not None and one.typed.strict
    return not strict and any(tuple(sign.value for sign in number.lead) in chains for number in one.numbers)


def _shape(one: _Candidate) -> tuple[object, ...]:
    number = one.numbers[0]
    return (
        one.draft.level,
        number.word.strip().casefold(),
        len(number.lead),
        *(sign.style if sign.style in ("1", "01") else str(sign).isupper() for sign in number.chain),
    )
