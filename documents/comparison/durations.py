"""Spans of time as the texts write them ("24 часа", "2 orë", "three" is not among them): to say that a limit got shorter.

Every language of the region and English, in every form that follows a number.
"""

from __future__ import annotations

import re

_UNITS: tuple[tuple[float, str], ...] = (
    (1 / 60, r"min|minut\w*|минут\w*"),
    (1, r"h|hours?|or[ëe]\w*|sati?|sata|čas(?:a|ova|ovi)?|h|час(?:а|ова|ови|от)?|сат(?:а|и)?"),
    (24, r"days?|dit[ëe]\w*|dan(?:a|i)?|дан(?:а|и)?|ден(?:а|ови|от)?"),
    (168, r"weeks?|jav[ëe]\w*|nedelj\w+|sedmic\w+|tjedan\w*|tjedn\w+|недељ\w+|недел\w+|седмиц\w+"),
    (730, r"months?|muaj\w*|mjesec\w*|mesec\w*|месец\w*|мјесец\w*"),
    (8760, r"years?|vit\w*|vjet\w*|godin\w*|годин\w*"),
)
UNIT = re.compile(
    "(?:"
    + "|".join(pattern for _, pattern in _UNITS)
    + r"|%|percent|përqind\w*|posto|отсто|проценти?|EUR|€|euro?|евра?|евро)\Z",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\s*(\d+(?:[.,]\d+)?)[\s\u00a0]+(?:(?:radn\w+|работн\w+|радн\w+|pune|working|calendar|kalendarsk\w+|календарск\w+)[\s\u00a0]+)?"
    r"([^\W\d_]+)(?:[\s\u00a0]+pune)?\s*\.?\Z"
)
_COMPILED = tuple((hours, re.compile(f"(?:{pattern})\\Z", re.IGNORECASE)) for hours, pattern in _UNITS)


def hours(text: str) -> float | None:
    """How many hours a text such as "24 hours" or "3 дена" says, or None where it is no span of time."""
    found = _DURATION.match(text)
    if not found:
        return None
    for length, unit in _COMPILED:
        if unit.match(found.group(2)):
            return float(found.group(1).replace(",", ".")) * length
    return None
