"""Headings whose first words look like a number and are none: numbered when the outline changes, they would go round."""

from __future__ import annotations

SPOKEN_OF = (
    # Serbian, Bosnian, Croatian, Montenegrin
    "Budžet za cilj %d i rokovi",
    "Uvod u modul %d obuke",
    "Rezultat %d istraživanja",
    "Izveštaj za cilj %d 2025",
    "Izveštaj o mera %d Obuka",
    "Primena mera %d Obuka",
    "Stav %d. člana 5",
    "Тачка %d) члана 8",
    "Преглед фаза %d: рокови",
    "Корак %d у поступку",
    "Standard %d Konvencije",
    "Cilj %d Agende 2030",
    "Ishod %d obuke",
    "Posebni cilj %d i nositelji",
    "Mjera %d s rokovima",
    "Postupak pred Sudom %d Rok",
    "Zadatak prema planu %d Rok",
    "Faza %d – 9 Obuka",
    "Faza %d – Faza 9",
    "§ %d zakona",
    # Macedonian
    "Буџет за цел %d и рокови",
    "Буџет цел %d: рокови",
    "Мерка %d од планот",
    "Чекор %d во постапката",
    "Стратешка цел %d на планот",
    # Albanian
    "Raporti për masa %d dhe afatet",
    "Hapi %d i procedurës",
    "Pika %d e ligjit",
    "Objektivi strategjik %d në plan",
    "Masa në vitin %d Rezultati",
    # English
    "Training in phase %d of care",
    "Step %d of the process",
    "Goal %d of the SDGs",
    "Budget for goal %d only",
    "Progress on goal %d Protection",
    "Module %d for judges",
    "Strategic objective %d and its budget",
)
OTHERS = (
    ("C.N. v. the UK", "C.O. v. France"),
    ("C.I. protiv Hrvatske", "C.II. protiv Hrvatske"),
    ("C.N. slučaj", "C.O. slučaj"),
    ("А.Б. против Србије", "А.В. против Србије"),
    ("S. M. v. Croatia", "T. I. v. Greece"),
    ("A. v. Croatia", "B. v. Croatia"),
    ("A. i B. protiv Hrvatske", "B. i C. protiv Hrvatske"),
    ("A. kundër Shqipërisë", "B. kundër Shqipërisë"),
    ("C.N. Petrović", "C.O. Petrović"),
    ("Cilj i Svrha", "Cilj i Plan"),
    ("Značenje člana 3 Protokola", "Značenje člana 4 Protokola"),
)
WORDS = (*((words % 1, words % 2, words % 3) for words in SPOKEN_OF), *OTHERS)
"""Headings that follow one another."""
