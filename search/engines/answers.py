"""The sentence of a text that answers a question about a time limit or an institution."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal

from documents.translation.scripts import to_latin
from search.analysis import spelling

AskedFor = Literal["", "time", "institution"]

# All patterns are of words in plain small Latin letters. A word may have one meaning in Serbian and another
# in Macedonian (*koga*), so the reader's language is read first.
_TIME: Final = {
    "en": r"how (?:long|soon|quickly|many (?:minutes|hours|days|weeks|months|years))|when|deadlines?|"
    r"time limits?",
    "hbs": r"koliko (?:dugo|traje|brzo|vremena|minuta|sati|casova|dana|nedelja|nedjelja|sedmica|tjedana|"
    r"mesec[ai]|mjesec[ai]|godina)|rok|roka|roku|rokovi|rokova|kada?",
    "mk": r"kolku (?:dolgo|trae|brzo|vreme|minuti|casa|casovi|dena|denovi|nedeli|meseci|godini)|rok|rokot|"
    r"rokovi|koga",
    "sq": r"sa (?:kohe|gjate|shpejt|zgjat|minuta|ore|dite|jave|muaj|vite|vjet)|afat\w*|kur|brenda",
}
_INSTITUTION: Final = {
    "en": r"who|whom|which (?:institution|body|office|authority)",
    "hbs": r"ko|tko|kome|komu|koga|kim|koj[aei] (?:institucij|sluzb|ustanov|organ)\w*|nadlezn\w*",
    "mk": r"koj|kogo|komu|koj[ai]? (?:institucij|sluzb|ustanov|organ)\w*|nadlezn\w*",
    "sq": r"kush|ke|kujt|cil\w* (?:institucion|organ|zyre)\w*",
}

_NUMBERS: Final = (
    r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|"
    r"jeda?n\w*|dva|dve|dvije|tri|cetiri|pet|sest|sedam|osam|osum|devet|deset|petnaest|petnaeset|"
    r"dvadeset|trideset|trieset|sezdeset|seeset|devedeset|"
    r"nje|dy|tre|tri|kater|pese|gjashte|shtate|tete|nente|dhjete|pesembedhjete|njezet|tridhjete|gjashtedhjete|nentedhjete"
)
_UNITS: Final = (
    r"minut\w*|hours?|days?|weeks?|months?|years?|sat[aiu]?|sati|cas(?:a|ova|ovi)?|dana?|den(?:a|ovi)?|"
    r"sedmic\w*|nedel\w*|nedjelj\w*|tjed\w*|mesec\w*|mjesec\w*|godin\w*|ore\w*|dite\w*|jave\w*|muaj\w*|vite\w*|vjet\w*"
)
_AT_ONCE: Final = (
    r"immediately|at once|without (?:undue )?delay|same day|odmah|bez odgode|bez odlaganj\w+|"
    r"istog dana|istoga dana|vednas|istiot den|menjehere|pa vonese|te njejten dite"
)
_HAS_TIME: Final = re.compile(rf"\b(?:(?:{_NUMBERS})\W+(?:\w+\W+)?(?:{_UNITS})|{_AT_ONCE})\b")
_HAS_INSTITUTION: Final = re.compile(
    r"\b(?:polic|court|ministr|offic|cent(?:re|er|ar|r)|prosecut|inspect|commission|coordinat|team|authorit|"
    r"sud(?:u|a|om|ot|ovi)?\b|ured|kancelari|tuzi[lt]|tuzilas|inspek|komisi|koordina|sluzb|tim(?:a|u|ot|ovi)?\b|uprav|ustanov|"
    r"obvinitel|zdruzeni|udruzen|gjykat|qend[er]|zyr|prokuror|komision|shoqat|sherbim|ekip|drejtori|agenci|agenc)\w*"
)
# A sentence ends at a line's end, or where a capital or a digit follows its full stop.
_SENTENCE: Final = re.compile(r"[^\n]+?(?:[.!?](?=\s+[^\sa-zа-џčćđšžëç0-9])|$|(?=\n))", re.MULTILINE)
LONGEST: Final = 400
_FEWEST_WORDS: Final = 5
"""What has no full stop and fewer words is a name in a table."""

Span = tuple[int, int]


def asked_for(text: str, families: Sequence[str]) -> AskedFor:
    """Whether a query asks for a time limit or for an institution; in the language of its reader first."""
    folded = _folded(text)
    for family in families:
        if family in _TIME:
            if _pattern(_TIME[family]).search(folded):
                return "time"
            if _pattern(_INSTITUTION[family]).search(folded):
                return "institution"
    return ""


def answer_in(
    text: str,
    wanted: AskedFor,
    weight: Callable[[int, int], float],
    answers: Callable[[int, int], bool],
    *,
    without: Sequence[Span] = (),
) -> Span | None:
    """The first of the sentences with a time limit or an institution that has most of the query's ``weight``.
    ``answers`` selects the sentences. Not one that is in ``without``."""
    if not wanted:
        return None
    pattern = _HAS_TIME if wanted == "time" else _HAS_INSTITUTION
    best: tuple[float, Span] | None = None
    for start, end in _sentences(text):
        if any(begins <= start < until for begins, until in without):
            continue
        of_query = weight(start, end)
        if (
            (best is None or of_query > best[0])
            and answers(start, end)
            and pattern.search(_folded(text[start:end]))
        ):
            best = of_query, (start, end)
    return best[1] if best else None


def _sentences(text: str) -> Iterator[Span]:
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        sentence = text[start : match.end()]
        whole = sentence.endswith((".", "!", "?")) or len(sentence.split()) >= _FEWEST_WORDS
        if whole and len(sentence) <= LONGEST:
            yield start, match.end()


def _folded(text: str) -> str:
    """In plain small Latin letters, whatever it is written in."""
    return spelling.plain(to_latin(spelling.macedonian_in_latin(spelling.lower(text))))


@lru_cache(maxsize=16)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b")
