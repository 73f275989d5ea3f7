"""What the words right before a limit say of it: that it is the most ("within 30 days", "најкасније 30 дана", "jo më vonë se 30 ditë")
or the least ("at least 30 days", "најмалку 30 дена"). Where that changes, a limit with a smaller number is none that is shorter.
"""

from __future__ import annotations

import re
from enum import Enum

from documents.comparison.durations import is_number
from documents.translation.scripts import to_latin


class Direction(Enum):
    MOST = "most"
    LEAST = "least"


_THAN = r"(?: than| se| od| nego)"
_LATER = r"(?:later|longer|more|exceed(?:s|ing)?|më (?:vonë|shumë|gjatë|tepër)|kasnij[ei]|duž[ei]|dulj[ei]|viš[ei]|podocna|pove\w{1,3}|podolgo)"
_EARLIER = r"(?:earlier|sooner|less|fewer|shorter|më (?:herët|pak|shkurt)|ranij[ei]|prije|kra[ćc][ei]|manj[ei]|porano|pomalku|pokratko)"
_LEAST = (
    r"(?:at least|minimum|after|over|upon expiry|së paku|të paktën|minimumi|pas|mbi|najmanje|barem|najranije|minimalno|nakon|poslij?e"
    r"|preko|po isteku|po|najmalku|najrano|najkratko|po istekot na)"
)
_MOST = (
    r"(?:at most|at the latest|within|up to|until|maximum|më së shumti|brenda|deri(?: në)?|maksimumi|najkasnije|najviše|najduže|najdulje"
    r"|u roku|u periodu|unutar|do|maksimalno|maksimum|najdocna|najkasno|najmnogu|najdolgo|vo rok|vo period)"
)
_FILLING = r"(?: (?:a|an|the|of|in|period|first|next|afatit|periudhës|prej|od|na))*"
_NOT = r"(?:no|not|cannot|\w+n['’]t|never|jo|nuk|ne)"
_DIRECTION = re.compile(
    rf"(?:^|(?<=[ (]))(?:(?P<no>{_NOT} )(?:\w+ ){{0,3}}?)?"
    rf"(?:(?P<later>{_LATER}{_THAN}?)|(?P<earlier>{_EARLIER}{_THAN}?)|(?P<least>{_LEAST})|(?P<most>{_MOST})){_FILLING}\Z"
)
_NEAR = 8
"""So many words before a limit are looked at."""
_DENIED = re.compile(
    r"(?:^|(?<=[ (]))(?:no|not|cannot|\w+n['’]t|never|nobody|none|neither|nor|without|jo|nuk|mos|pa|askush|asnjë\w*|kurrë"
    r"|ne|nije|nisu|neće|nema|niko|nitko|nikoj|nijed\w+|nikad\w*|nikogaš|nitu|niti|bez|nemoj\w*|ni)(?= )(?!.*[.;:!?] )"
)
"""A word that turns what follows round, in the same sentence."""


def direction_of(before: str) -> tuple[Direction | None, str]:
    """What the text before a limit says of it with its last words, and those words."""
    words = before.split()[-_NEAR:]
    text = to_latin(" ".join(words)).lower()
    found = _DIRECTION.search(text)
    if (
        found is None
        # Of what is denied further away it is not said what it is.
        or (not found["no"] and _DENIED.search(text, 0, found.start()))
    ):
        return None, ""
    count = len(found.group().split())
    if any(map(is_number, words[-count - 1 : -count])):
        return None, ""  # "15 do 30 dana": as much the least as the most.
    least = bool(found["later"] or found["least"]) is not bool(found["no"])
    return Direction.LEAST if least else Direction.MOST, " ".join(words[-count:])
