"""Questions about whom to call, as people at work write them: fifty that get the services first, and others."""

from __future__ import annotations

import pytest

from search.analysis import Analyser
from search.pages.question_phrases import asks_whom_to_call, names, sought

TO_CALL = """
child without papers at the border at night, who do I call
whom to call at night
who do I phone when I suspect trafficking
who should I contact about a girl in the hotel
phone number of the shelter
number of the mobile team, what number
hotline for victims
helpline for women
urgent accommodation tonight
duty officer social work centre
contact person at the Ministry of Interior
emergency number for children
where do I call if the victim is hurt
who is on duty this weekend
woman hiding from her boss, who can help now
number to call in Skopje
police number
ambulance number
broj hitne
who can take a victim at 3 am
who speaks Farsi
numri i ambulancës
број на брза помош
кого да повикам ноќе
кого да повикам ако најдам дете на граница
koga da povikam nokje
телефон за дете на граница
број на телефон на засолништето
кому да се јавам за жртва
кому да му се обратам итно
итно сместување за жена
дежурен социјален работник
СОС линија за жртви
на кој број да се јавам
контакт лице во полиција
телефонски број на мобилниот тим
кој одговара на телефон во сабота
kë të telefonoj natën
kë telefonoj për një fëmijë në kufi
kujt t'i telefonoj nëse dyshoj
cilin numër telefonoj
numri i telefonit të strehimores
linja e ndihmës për viktimat
urgjente: grua pa strehim
kë të kontaktoj në polici
personi i kontaktit në ministri
oficeri i gatshëm natën
koga da zovem noću
koga zvati noću
кога да зовем ноћу
telefon za dete na granici
telefon sigurne kuće
број телефона центра за социјални рад
kome da se javim kad posumnjam
SOS telefon za žrtve
hitan smještaj za ženu
tko pomaže sada ženi bez dokumenata
dežurni socijalni radnik vikendom
kontakt osoba u policiji
""".strip().splitlines()

OTHERS = """
first contact with a victim
interview of a child
time limit for notification
who appoints a guardian
who decides on identification
recovery and reflection period
passport taken away by employer
number of victims in 2025
рок за известување
толкувач за интервју
кој назначува старател
прв контакт со жртва
број на жртви во 2025
fëmijë në kufi
periudha e reflektimit
kush e cakton kujdestarin
numri i viktimave
dete na granici bez dokumenata
rok za obaveštavanje
ко именује старатеља
broj žrtava po godinama
kontakt sa žrtvom
kako da prepoznam žrtvu
""".strip().splitlines()


def test_who_asks_whom_to_call_is_understood() -> None:
    assert len(TO_CALL) >= 50
    assert [question for question in TO_CALL if not asks_whom_to_call(question)] == []
    assert [question for question in OTHERS if asks_whom_to_call(question)] == []


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("child without papers at the border at night, who do I call", "child at the border do I"),
        ("fëmijë pa dokumente në kufi", "fëmijë në kufi"),
        ("dete na granici bez dokumenata", "dete na granici"),
        ("како да препознам жртва на принудна работа", "показатели жртва на принудна работа"),
        ("whom to call at night", "whom to call at night"),
        ("victim without documents", "victim without documents"),
        ('"who do I call" child border', '"who do I call" child border'),
        ("passport taken away by employer", "passport taken away by employer"),
    ],
)
def test_what_is_looked_for_in_the_texts(question: str, left: str, analyser: Analyser) -> None:
    assert sought(question, ("en", "sq", "sr", "mk"), analyser) == left


@pytest.mark.parametrize(
    ("question", "name", "found"),
    [
        ("koga zvati noću u Beogradu", "Београд", True),
        ("kë të telefonoj në Tiranë", "Tirana", True),
        ("koga da zovem u Crnoj Gori", "Crna Gora", True),
        ("who to call at night", "Bar", False),
        ("u Baru", "Bar", True),
    ],
)
def test_a_place_is_found_in_any_case(question: str, name: str, found: bool) -> None:
    assert names(question, name) is found
