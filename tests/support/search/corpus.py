"""A small library of made-up sections in the seven languages, the same on every run."""

from __future__ import annotations

import random
from datetime import date
from typing import Final

from documents.translation.scripts import to_cyrillic
from search.engines import Document

HEADINGS: Final = {
    "en": [
        "Identification of victims", "Referral to support", "Protection of children", "Risk assessment",
        "Cooperation with consulates", "Data protection", "Emergency accommodation", "Return and reintegration",
    ],
    "sq": [
        "Identifikimi i viktimave", "Referimi në shërbime", "Mbrojtja e fëmijëve", "Vlerësimi i rrezikut",
        "Bashkëpunimi me konsullatat", "Mbrojtja e të dhënave", "Strehimi emergjent", "Kthimi dhe riintegrimi",
    ],
    "sr": [
        "Identifikacija žrtava", "Upućivanje na podršku", "Zaštita dece", "Procena rizika",
        "Saradnja sa konzulatima", "Zaštita podataka", "Hitan smeštaj", "Povratak i reintegracija",
    ],
    "hr": [
        "Identifikacija žrtava", "Upućivanje na potporu", "Zaštita djece", "Procjena rizika",
        "Suradnja s konzulatima", "Zaštita podataka", "Hitan smještaj", "Povratak i reintegracija",
    ],
    "bs": [
        "Identifikacija žrtava", "Upućivanje na podršku", "Zaštita djece", "Procjena rizika",
        "Saradnja s konzulatima", "Zaštita podataka", "Hitan smještaj", "Povratak i reintegracija",
    ],
    "cnr": [
        "Identifikacija žrtava", "Upućivanje na podršku", "Zaštita đece", "Procjena rizika",
        "Saradnja sa konzulatima", "Zaštita podataka", "Hitan smještaj", "Povratak i reintegracija",
    ],
    "mk": [
        "Идентификација на жртви", "Упатување кон поддршка", "Заштита на деца", "Проценка на ризик",
        "Соработка со конзулати", "Заштита на податоци", "Итно сместување", "Враќање и реинтеграција",
    ],
}  # fmt: skip

SENTENCES: Final = {
    "en": [
        "The officer speaks with the person in private, with an interpreter if one is needed.",
        "A victim of trafficking has ninety days to recover and to decide.",
        "The mobile team is called when a child travels without parents.",
        "Signs of exploitation are written down in the form, never in front of others.",
        "No victim is punished for what she was forced to do.",
        "The shelter is told by telephone before anybody is taken there.",
        "Medical help comes first, questions come later.",
        "The social worker makes a plan together with the person.",
        "Documents taken away by the trafficker are reported to the police.",
        "The centre for social work appoints a guardian within a day.",
    ],
    "sq": [
        "Punonjësi flet veçmas me personin, me përkthyes nëse është e nevojshme.",
        "Viktima e trafikimit ka nëntëdhjetë ditë për t'u rikuperuar dhe për të vendosur.",
        "Ekipi i lëvizshëm thirret kur një fëmijë udhëton pa prindër.",
        "Shenjat e shfrytëzimit shënohen në formular, kurrë në sy të të tjerëve.",
        "Asnjë viktimë nuk dënohet për atë që u detyrua të bënte.",
        "Strehimorja njoftohet me telefon para se dikush të dërgohet atje.",
        "Ndihma mjekësore vjen e para, pyetjet vijnë më vonë.",
        "Punonjësi social harton një plan bashkë me personin.",
        "Dokumentet e marra nga trafikanti i raportohen policisë.",
        "Qendra për punë sociale cakton kujdestarin brenda një dite.",
    ],
    "sr": [
        "Službenik razgovara sa osobom nasamo, uz prevodioca ako je potreban.",
        "Žrtva trgovine ljudima ima devedeset dana da se oporavi i da odluči.",
        "Mobilni tim se poziva kada dete putuje bez roditelja.",
        "Znaci iskorišćavanja beleže se u obrazac, nikada pred drugima.",
        "Nijedna žrtva se ne kažnjava za ono na šta je bila primorana.",
        "Prihvatilište se obaveštava telefonom pre nego što se bilo ko tamo odvede.",
        "Lekarska pomoć je prva, pitanja dolaze kasnije.",
        "Socijalni radnik pravi plan zajedno sa osobom.",
        "Dokumenta koja je trgovac oduzeo prijavljuju se policiji.",
        "Centar za socijalni rad postavlja staratelja u roku od jednog dana.",
    ],
    "hr": [
        "Službenik razgovara s osobom nasamo, uz prevoditelja ako je potreban.",
        "Žrtva trgovanja ljudima ima devedeset dana da se oporavi i da odluči.",
        "Mobilni tim se poziva kada dijete putuje bez roditelja.",
        "Znakovi iskorištavanja bilježe se u obrazac, nikada pred drugima.",
        "Nijedna žrtva se ne kažnjava za ono na što je bila prisiljena.",
        "Sklonište se obavještava telefonom prije nego što se itko ondje odvede.",
        "Liječnička pomoć je prva, pitanja dolaze kasnije.",
        "Socijalni radnik izrađuje plan zajedno s osobom.",
        "Isprave koje je trgovac oduzeo prijavljuju se policiji.",
        "Centar za socijalnu skrb imenuje skrbnika u roku od jednog dana.",
    ],
    "mk": [
        "Службеникот разговара со лицето насамо, со преведувач ако е потребен.",
        "Жртвата на трговија со луѓе има деведесет дена да закрепне и да одлучи.",
        "Мобилниот тим се повикува кога дете патува без родители.",
        "Знаците на искористување се запишуваат во образецот, никогаш пред други.",
        "Ниедна жртва не се казнува за она на што била принудена.",
        "Засолништето се известува по телефон пред некој да биде однесен таму.",
        "Лекарската помош е прва, прашањата доаѓаат подоцна.",
        "Социјалниот работник прави план заедно со лицето.",
        "Документите што ги одзел трговецот се пријавуваат во полиција.",
        "Центарот за социјална работа поставува старател во рок од еден ден.",
    ],
}  # fmt: skip
SENTENCES["bs"] = SENTENCES["hr"]
SENTENCES["cnr"] = SENTENCES["hr"]

COUNTRIES: Final = {"en": "xk", "sq": "al", "sr": "rs", "bs": "ba", "hr": "ba", "cnr": "me", "mk": "mk"}
KINDS: Final = ("sop", "strategy", "action_plan", "referral_mechanism")
TOPICS: Final = ("identification", "referral", "protection", "children", "prosecution")
#: The access of a section, and who may read it is who holds one of the keys.
KEYS: Final = ("pub", "c:mk:official", "tlp:green", "inst:4", "ed:77")


def make_documents(count: int = 280, seed: int = 7) -> list[Document]:
    """Sections with headings, texts and properties drawn by lot; every eighth in Serbian Cyrillic."""
    lot = random.Random(seed)
    documents = []
    for number in range(count):
        language = list(HEADINGS)[number % len(HEADINGS)]
        edition = str(number // 14)
        sentences = lot.choices(SENTENCES[language], k=lot.randint(1, 12))
        cyrillic = language == "sr" and lot.random() < 0.5
        spell = to_cyrillic if cyrillic else str
        start = date(2015 + number % 9, 1 + number % 12, 1)
        key = lot.choices(KEYS, weights=(12, 3, 3, 2, 1))[0]
        documents.append(
            Document(
                id=f"{edition}:{number // 7}:{language}",
                instrument=f"i{number // 28}",
                edition=edition,
                uid=f"u{number // 7}",
                language=language,
                title=spell(f"{lot.choice(HEADINGS[language])} {number // 28}"),
                heading="" if lot.random() < 0.08 else spell(lot.choice(HEADINGS[language])),
                label=spell(f"{lot.choice(('Član', '', 'Tačka'))} {number % 14 + 1}".strip()),
                text=spell(" ".join(sentences)) if lot.random() > 0.04 else "",
                keys=frozenset({key}),
                country=COUNTRIES[language],
                kind=lot.choice(KINDS),
                status=lot.choice(("in_force", "in_force", "superseded", "draft")),
                institution=str(lot.randint(1, 5)),
                classification="public" if key == "pub" else "official",
                topics=tuple(lot.sample(TOPICS, k=lot.randint(0, 2))),
                valid_from=None if number % 11 == 0 else start,
                valid_until=date(2024, 1, 1) if number % 5 == 0 else None,
                slug=f"slug-{number // 28}",
                edition_number=int(edition) + 1,
                position=number // 7,
                fingerprint=f"f{number}",
            )
        )
    return documents


def make_equals(count: int = 130) -> list[Document]:
    """Sections of one document that are equally good where its title alone answers: more than a page and what
    lies beyond."""
    return [
        Document(
            id=f"900:{number}:sr",
            instrument="i900",
            edition="900",
            uid=f"e{number}",
            language="sr",
            title="Zajednički priručnik",
            heading=f"Mesto {number}",
            text=f"Grad broj {number}.",
            keys=frozenset({"pub"}),
            country="rs",
            kind="guideline",
            status="in_force",
            institution="9",
            valid_from=date(2023, 5, 1),
            position=number,
            fingerprint=f"e{number}",
        )
        for number in range(count)
    ]
