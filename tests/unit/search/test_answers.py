"""Which questions ask for a time limit or an institution, and which sentence has it."""

from __future__ import annotations

from search.engines.answers import answer_in, asked_for

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


def test_the_sentence_that_has_it() -> None:
    for text, wanted, sentence in SENTENCES:
        found = answer_in(text, wanted, lambda _start, _end: 0.0, headed=True)  # type: ignore[arg-type]
        assert (text[slice(*found)] if found else "") == sentence, text
    # Of two the one with more of the query; none where neither text nor heading answers it.
    text = "Within 3 days. Within 5 days."
    assert answer_in(text, "time", lambda start, _end: float(start), headed=False) == (15, 29)
    assert answer_in(text, "time", lambda _start, _end: 0.0, headed=False) is None
    assert answer_in(text, "", lambda _start, _end: 1.0, headed=True) is None
