"""How Word writes a number: 1, I, a, а, 01, 1st … Everything is bounded, whatever a file asks for."""

from __future__ import annotations

import re
from collections.abc import Callable

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # the 29 letters that the standard names for russianLower
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
ARABIC_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
CHICAGO = "*†‡§"
AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
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
HAN = "〇一二三四五六七八九"
AIUEO_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
IROHA_HALF = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
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
    for first, last, sign in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= n <= last:
            return chr(sign + n - first)
    return str(n)


def hebrew_numeral(n: int) -> str:
    """א, ב … יא, and ט with ו or ז for 15 and 16, as the holy name is not written."""
    if not 0 < n < 1000:
        return str(n)
    hundreds, rest = divmod(n, 100)
    text: str = "ת" * (hundreds // 4) + " קרש"[hundreds % 4].strip()
    if rest in (15, 16):
        return text + ("טו" if rest == 15 else "טז")
    tens, ones = divmod(rest, 10)
    return text + " יכלמנסעפצ"[tens].strip() + " אבגדהוזחט"[ones].strip()


def hebrew_letter(n: int) -> str:
    """א … ת, then תא, תב."""
    rounds, index = divmod(n - 1, len(HEBREW))
    return str(n) if n < 1 or rounds >= MAX_REPEATS else HEBREW[-1] * rounds + HEBREW[index]


def in_turn(n: int, signs: str) -> str:
    """The signs one after the other, and from the first again."""
    return signs[(n - 1) % len(signs)] if n > 0 else str(n)


def as_digits(n: int, digits: str) -> str:
    """The decimal digits of a number by other signs."""
    return "".join(digits[int(digit)] for digit in str(n)) if n >= 0 else str(n)


def _full_width(n: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(n))


def counted(n: int, digits: str, units: str, *, ones: bool = False, zero: str = "") -> str:
    """Digits with the names of tens, hundreds and thousands: 十, 十一, 二十, 一百零一. ``ones``: a one stands before
    ten too; ``zero`` marks what is left out between two digits."""
    if not 0 < n < 10_000:
        return str(n)
    text, gap = "", False
    for place, digit in enumerate(map(int, str(n)), -len(str(n))):
        if not digit:
            gap = bool(text)
            continue
        unit = units[-place - 2] if place < -1 else ""
        first_ten = digit == 1 and place == -2 and not text
        said = "" if first_ten and not ones else digits[digit]
        text += (zero if gap else "") + said + unit
        gap = False
    return text


def chinese(n: int) -> str:
    """一, 二, 十一, 二十, 一百零一."""
    return counted(n, HAN, "十百千", zero="零")


def korean(n: int) -> str:
    """일, 이, 십일, 백일."""
    return re.sub("일(?=[십백천])", "", counted(n, "영일이삼사오육칠팔구", "십백천"))


def korean_native(n: int) -> str:
    """하나, 둘, 열하나 up to 99."""
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    return ("", *["열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"])[tens] + (
        "",
        *["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"],
    )[ones]


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
    "hebrew1": hebrew_numeral,
    "hebrew2": hebrew_letter,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": _circled,
    "aiueoFullWidth": lambda n: in_turn(n, AIUEO),
    "irohaFullWidth": lambda n: in_turn(n, IROHA),
    "ganada": lambda n: in_turn(n, "가나다라마바사아자차카타파하"),
    "chosung": lambda n: in_turn(n, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: "子丑寅卯辰巳午未申酉戌亥"[n - 1] if 1 <= n <= 12 else str(n),
    "chineseLegalSimplified": lambda n: counted(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", ones=True, zero="零"),
    "ideographLegalTraditional": lambda n: counted(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", ones=True, zero="零"),
    "japaneseLegal": lambda n: counted(n, "零壱弐参四伍六七八九", "拾百阡", ones=True),
    "ideographDigital": lambda n: as_digits(n, HAN),
    "aiueo": lambda n: in_turn(n, AIUEO_HALF),
    "iroha": lambda n: in_turn(n, IROHA_HALF),
    "koreanCounting": korean,
    "koreanLegal": korean_native,
    "koreanDigital": lambda n: as_digits(n, "영일이삼사오육칠팔구"),
    "koreanDigital2": lambda n: as_digits(n, "零一二三四五六七八九"),
    "thaiLetters": lambda n: letters(n, "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
    "thaiNumbers": lambda n: as_digits(n, "๐๑๒๓๔๕๖๗๘๙"),
    "hindiNumbers": lambda n: as_digits(n, "०१२३४५६७८९"),
    "taiwaneseCounting": chinese,
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
    """The number in Word's format, and whether that format is known (decimal digits stand in where it is
    not).

    ``custom`` is a pattern such as "001, 002, 003, ..." of the format "custom".
    """
    if fmt == "custom":
        first = custom.split(",")[0].strip()
        return (f"{n:0{min(len(first), 20)}d}", True) if first.isdigit() else (str(n), False)
    maker = FORMATS.get(fmt)
    return (maker(n), True) if maker else (str(n), False)
