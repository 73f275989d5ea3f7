"""Which questions ask for a time limit or an institution, and which sentence has it."""

from __future__ import annotations

from search.analysis import Analyser
from search.engines.answers import answer_in, asked_for
from search.engines.base import Document, Query
from search.engines.highlight import present
from search.engines.plan import make_plan

ASKED = (
    ("how many days for the reflection period", "en", "time"),
    ("колку трае периодот", "mk", "time"),
    ("кога да јавам", "mk", "time"),
    ("koga zvati noću", "hbs", "institution"),
    ("sa ditë ka për të menduar", "sq", "time"),
    ("рок за обавештавање", "hbs", "time"),
    ("kush cakton kujdestarin", "sq", "institution"),
    ("кој поставува старател", "mk", "institution"),
    ("tko odlučuje o smještaju", "hbs", "institution"),
    ("how long may the police hold her", "en", "time"),
    ("who appoints the guardian", "en", "institution"),
    ("child border", "en", ""),
)
SENTENCES = (
    ("First. The period lasts 90 days. It ends.", "time", "The period lasts 90 days."),
    ("Прво.\nПериодот трае три месеци од чл. 5 на законот.\nКрај.", "time",
     "Периодот трае три месеци од чл. 5 на законот."),
    ("Obavestiti u roku od 24 sata. Kraj.", "time", "Obavestiti u roku od 24 sata."),
    ("Periudha zgjat 3 muaj. Fund.", "time", "Periudha zgjat 3 muaj."),
    ("Одмах. Полиција обавештава центар.", "institution", "Полиција обавештава центар."),
    ("Shenjat. Gjykata cakton kujdestarin.", "institution", "Gjykata cakton kujdestarin."),
    ("Centre for social work\nNothing.", "institution", ""),
    ("Nothing of the kind here.", "time", ""),
)  # fmt: skip


def test_what_is_asked_for() -> None:
    for text, family, wanted in ASKED:
        others = tuple(other for other in ("en", "sq", "hbs", "mk") if other != family)
        assert asked_for(text, (family, *others)) == wanted, text


def test_the_sentence_that_has_it(analyser: Analyser) -> None:
    for text, wanted, sentence in SENTENCES:
        found = answer_in(text, wanted, lambda _start, _end: 0.0, lambda _start, _end: True)  # type: ignore[arg-type]
        assert (text[slice(*found)] if found else "") == sentence, text
    # Of two the one with more of the query, and none that does not answer it.
    text = "Within 3 days. Within 5 days."
    assert answer_in(text, "time", lambda start, _end: float(start), lambda *_: True) == (15, 29)
    assert answer_in(text, "time", lambda start, _end: float(start), lambda start, _end: start < 9) == (0, 14)
    assert answer_in(text, "", lambda _start, _end: 1.0, lambda *_: True) is None
    rarity = {"en": {"reflection": 2, "period": 1}}
    plan = make_plan(Query("how long is the reflection period", languages=("en",), rarity=rarity), analyser)
    for heading, text, answers in (
        ("Reflection period", "It lasts 90 days.", True),
        ("Recovery", "Reflection lasts 90 days.", True),
        ("A child disappears", "There is no waiting period of 24 hours.", False),
    ):
        document = Document("1", "mk-sop", "1", "u", "en", "Procedures", heading, text, frozenset({"pub"}))
        assert bool(present(document, 1.0, plan, analyser).answer) is answers, heading
