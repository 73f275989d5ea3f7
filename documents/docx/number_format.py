"""How Word writes a number: 1, I, a, а, 01, 1st … Everything is bounded, whatever a file asks for."""

from __future__ import annotations

from collections.abc import Callable

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # the 29 letters that the standard names for russianLower
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
ARABIC_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
CHICAGO = "*†‡§"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
MAX_NUMBER = 32767
MAX_REPEATS = 30
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


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


def in_words(n: int) -> str:
    if not 0 <= n < 1_000_000:
        return str(n)
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{ONES[n // 100]} hundred" + (f" {in_words(n % 100)}" if n % 100 else "")
    return f"{in_words(n // 1000)} thousand" + (f" {in_words(n % 1000)}" if n % 1000 else "")


def ordinal_in_words(n: int) -> str:
    text = in_words(n)
    if text[-1:].isdigit():
        return ordinal(n)
    head, sep, last = text.rpartition("-") if "-" in text.rsplit(" ", 1)[-1] else text.rpartition(" ")
    if last in ORDINALS:
        last = ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return head + sep + last


def _circled(n: int) -> str:
    return chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n)


def _full_width(n: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(n))


def chinese(n: int) -> str:
    """一, 二, 十一, 二十 … up to 99."""
    digits = "〇一二三四五六七八九"
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda n: f"{n:02d}" if n >= 0 else str(n),
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda n: letters(n, LATIN).upper(),
    "lowerLetter": lambda n: letters(n, LATIN),
    "russianLower": lambda n: letters(n, RUSSIAN),
    "russianUpper": lambda n: letters(n, RUSSIAN).upper(),
    "ordinal": ordinal,
    "cardinalText": lambda n: _capital(in_words(n)),
    "ordinalText": lambda n: _capital(ordinal_in_words(n)),
    "hex": lambda n: f"{n:X}" if n >= 0 else str(n),
    "chicago": lambda n: CHICAGO[(n - 1) % 4] * ((n - 1) // 4 + 1) if 1 <= n <= 4 * MAX_REPEATS else str(n),
    "numberInDash": lambda n: f"- {n} -",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedParen": lambda n: chr(0x2474 + n - 1) if 1 <= n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2488 + n - 1) if 1 <= n <= 20 else f"{n}.",
    "hebrew1": lambda n: letters(n, HEBREW),
    "hebrew2": lambda n: letters(n, HEBREW),
    "arabicAlpha": lambda n: letters(n, ARABIC_ALPHA),
    "arabicAbjad": lambda n: letters(n, ARABIC_ABJAD),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "none": lambda n: "",
    "bullet": lambda n: "",
}


def format_number(n: int, fmt: str, custom: str = "") -> tuple[str, bool]:
    """The number in Word's format, and whether that format is known (decimal digits stand in where it is not).

    ``custom`` is a pattern such as "001, 002, 003, ..." of the format "custom".
    """
    if fmt == "custom":
        first = custom.split(",")[0].strip()
        return (f"{n:0{min(len(first), 20)}d}", True) if first.isdigit() else (str(n), False)
    maker = FORMATS.get(fmt)
    return (maker(n), True) if maker else (str(n), False)
