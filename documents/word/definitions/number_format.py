"""How Word writes a number: 1, I, a, а, 01, 1st … Everything is bounded, whatever a file asks for."""

from __future__ import annotations

from collections.abc import Callable

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # the 29 letters that the standard names for russianLower
CHICAGO = "*†‡§"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
CIRCLED = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
MAX_NUMBER = 32767
MAX_REPEATS = 30


def roman(n: int) -> str:
    if not 0 < n <= MAX_NUMBER:
        return str(n)
    parts = []
    for value, sign in ROMAN:
        count, n = divmod(n, value)
        parts.append(sign * count)
    return "".join(parts)


def letters(n: int, alphabet: str) -> str:
    """a, b … z, aa, bb … as Word repeats letters."""
    repeats, index = divmod(n - 1, len(alphabet))
    if n < 1 or repeats >= MAX_REPEATS:
        return str(n)
    return alphabet[index] * (repeats + 1)


def ordinal(n: int) -> str:
    last = 0 if n % 100 in (11, 12, 13) else n % 10
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def circled(n: int) -> str:
    return next((chr(sign + n - first) for first, last, sign in CIRCLED if first <= n <= last), str(n))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}" if n >= 0 else str(n),
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda n: letters(n, LATIN).upper(),
    "lowerLetter": lambda n: letters(n, LATIN),
    "russianLower": lambda n: letters(n, RUSSIAN),
    "russianUpper": lambda n: letters(n, RUSSIAN).upper(),
    "ordinal": ordinal,
    "hex": lambda n: f"{n:X}" if n >= 0 else str(n),
    "chicago": lambda n: CHICAGO[(n - 1) % 4] * ((n - 1) // 4 + 1) if 1 <= n <= 4 * MAX_REPEATS else str(n),
    "numberInDash": lambda n: f"- {n} -",
    "decimalEnclosedCircle": circled,
    "decimalEnclosedParen": lambda n: chr(0x2474 + n - 1) if 1 <= n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2488 + n - 1) if 1 <= n <= 20 else f"{n}.",
    "none": lambda n: "",
    "bullet": lambda n: "",
}
"""The formats of Latin and Cyrillic texts. Others (words, other scripts) are shown as digits and reported."""


def format_number(n: int, fmt: str, custom: str = "") -> tuple[str, bool]:
    """The number in Word's format, and whether that format is known (decimal digits are in where it is not).

    ``custom`` is a pattern such as "001, 002, 003, ..." of the format "custom".
    """
    if fmt == "custom":
        first = custom.split(",")[0].strip()
        return (f"{n:0{min(len(first), 20)}d}", True) if first.isdigit() else (str(n), False)
    maker = FORMATS.get(fmt)
    return (maker(n), True) if maker else (str(n), False)
