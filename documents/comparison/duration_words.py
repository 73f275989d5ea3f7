"""What the units of a span of time are called, and the numbers before them: in every language of the region and English."""

from __future__ import annotations

import re
from collections.abc import Iterable

HOUR = 60
YEAR = 525_600
MONTH = YEAR // 12
# Units in minutes, in the very forms that stand behind a number: a word that only begins like one ("vital", "minutna") is none.
_UNITS = {
    1: "min minute minutes minut minuta minuti minutu minutë minutash minutave minutat minutama минут минута минуте минути минуту минутите минутама",
    HOUR: "h hour hours orë ore orësh orëve oreve orët sata sati satima čas časa časova časovi časovima сат сата сати сатима час часа часова часови часот часовите часовима",
    24
    * HOUR: "day days ditë dite ditësh ditëve diteve ditët dan dana dani danima дан дана дани данима ден дена денови денот деновите",
    168
    * HOUR: "week weeks javë jave javësh javëve javët nedelja nedelje nedelju sedmica sedmice sedmicu tjedan tjedna tjedana tjedni tjedne tjednima nedeljama sedmicama "
    "недеља недеље недељу недела недели неделите недељама седмица седмице седмицу седмици седмиците седмицама",
    MONTH: "month months muaj muajsh muajve muajt mesec meseca meseci mesecima mjesec mjeseca mjeseci mjesecima месец месеца месеци месеците месецима мјесец мјесеца мјесеци мјесецима",
    YEAR: "year years vit viti vite vitesh viteve vitet vjet vjetë vjetësh godina godine godinu godini godinama година године годину години годините годинама",
}
LENGTHS = {form: minutes for minutes, forms in _UNITS.items() for form in forms.split()} | {"sat": HOUR}


def one_of(words: Iterable[str]) -> str:
    return rf"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


UNIT = re.compile(
    rf"(?:{one_of(LENGTHS)}|%|percent|përqind\w*|posto|отсто|проценти?|EUR|€|euro?|евра?|евро)\Z",
    re.IGNORECASE,
)
# What a number is called, in every form that stands before days and hours, alone or in one of several words ("njëzet e pesë").
_CALLED = {
    1: "one një jedan jednog jedna jednu један једног једна једну еден една",
    2: "two dy dva dve dvije два две двије",
    3: "three tre tri три",
    4: "four katër četiri четири",
    5: "five pesë pet пет",
    6: "six gjashtë šest шест",
    7: "seven shtatë sedam седам седум",
    8: "eight tetë osam осам осум",
    9: "nine nëntë devet девет",
    10: "ten dhjetë deset десет",
    11: "eleven njëmbëdhjetë jedanaest једанаест единаесет",
    12: "twelve dymbëdhjetë dvanaest дванаест дванаесет",
    13: "thirteen trembëdhjetë trinaest тринаест тринаесет",
    14: "fourteen katërmbëdhjetë četrnaest четрнаест четиринаесет",
    15: "fifteen pesëmbëdhjetë petnaest петнаест петнаесет",
    16: "sixteen gjashtëmbëdhjetë šesnaest шеснаест шеснаесет",
    17: "seventeen shtatëmbëdhjetë sedamnaest седамнаест седумнаесет",
    18: "eighteen tetëmbëdhjetë osamnaest осамнаест осумнаесет",
    19: "nineteen nëntëmbëdhjetë devetnaest деветнаест деветнаесет",
    20: "twenty njëzet dvadeset двадесет дваесет",
    30: "thirty tridhjetë trideset тридесет триесет",
    40: "forty dyzet četrdeset четрдесет четириесет",
    50: "fifty pesëdhjetë pedeset педесет",
    60: "sixty gjashtëdhjetë šezdeset шездесет шеесет",
    70: "seventy shtatëdhjetë sedamdeset седамдесет седумдесет",
    80: "eighty tetëdhjetë osamdeset осамдесет осумдесет",
    90: "ninety nëntëdhjetë devedeset деведесет",
    100: "njëqind sto stotinu сто стотину",
    200: "dyqind dvesta dvjesta dvesto dvjesto двеста двјеста двесто двјесто двесте",
    300: "treqind trista tristo триста тристо",
    400: "katërqind četiristo четиристо четиристотини",
    500: "pesëqind petsto петсто петстотини",
    600: "gjashtëqind šeststo шестсто шестстотини",
    700: "shtatëqind sedamsto седамсто седумстотини",
    800: "tetëqind osamsto осамсто осумстотини",
    900: "nëntëqind devetsto деветсто деветстотини",
    1000: "hiljadu tisuću хиљаду илјада",
}
_TIMES = {
    100: "hundred stotina stotine стотина стотине",
    1000: "thousand mijë hiljada hiljade tisuća tisuće хиљада хиљаде илјади",
}
"""What says nothing without the number before it: "several hundred" and "two and a half thousand" are neither 100 nor 1000."""
ONLY_TIMES = {word for words in _TIMES.values() for word in words.split()}
NUMBERS = {word: n for called in (_CALLED, _TIMES) for n, words in called.items() for word in words.split()}
NUMBER = rf"{one_of(NUMBERS)}(?!\w)"
