"""A long text for tests and benches: chapters, sections, lists, tables and notes."""

from __future__ import annotations

import uuid
from random import Random
from typing import Any

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.numbering import number_sections
from documents.text.types import Body, Json

PHRASES: dict[str, list[str]] = {
    "mk": [
        "Постапување со жртви и потенцијални жртви на трговија со луѓе.",
        "Полицискиот службеник веднаш го известува социјалниот работник.",
        "Најдобриот интерес на детето е прв услов за секоја одлука.",
        "Лицето добива време за закрепнување и размислување од шеесет дена.",
        "Мобилниот тим излегува на терен во рок од два часа.",
        "Согласноста се дава слободно, информирано и во писмена форма.",
        "Податоците се чуваат одвоено од другите списи и се бришат по истекот на рокот.",
        "Преведувачот се избира така што лицето нема да се плаши од него.",
        "Националниот механизам за упатување ги поврзува сите институции.",
        "Безбедното враќање се планира заедно со земјата на потекло.",
        "Лицето не се казнува за дело што било принудено да го стори.",
        "Транзитниот центар води евиденција за секое упатување.",
    ],
    "sq": [
        "Trajtimi i viktimave dhe viktimave të mundshme të trafikimit të qenieve njerëzore.",
        "Punonjësi i policisë njofton menjëherë punonjësin social.",
        "Interesi më i lartë i fëmijës është kushti i parë për çdo vendim.",
        "Personi merr gjashtëdhjetë ditë për shërim dhe reflektim.",
        "Ekipi lëvizës del në terren brenda dy orëve.",
        "Pëlqimi jepet lirisht, i informuar dhe me shkrim.",
        "Të dhënat ruhen veçmas nga shkresat e tjera dhe fshihen pas afatit.",
        "Përkthyesi zgjidhet ashtu që personi të mos ketë frikë prej tij.",
        "Mekanizmi kombëtar i referimit lidh të gjitha institucionet.",
        "Kthimi i sigurt planifikohet bashkë me vendin e origjinës.",
    ],
    "sr": [
        "Поступање са жртвама и могућим жртвама трговине људима.",
        "Полицијски службеник одмах обавештава социјалног радника.",
        "Најбољи интерес детета први је услов сваке одлуке.",
        "Лице добија шездесет дана за опоравак и размишљање.",
        "Мобилни тим излази на терен у року од два часа.",
        "Пристанак се даје слободно, обавештено и у писаном облику.",
        "Подаци се чувају одвојено од других списа и бришу по истеку рока.",
        "Преводилац се бира тако да га се лице не плаши.",
        "Национални механизам упућивања повезује све установе.",
        "Безбедан повратак планира се заједно са земљом порекла.",
    ],
    "en": [
        "Procedures for victims and presumed victims of trafficking in human beings.",
        "The police officer informs the social worker at once.",
        "The best interests of the child come first in every decision.",
        "The person has sixty days to recover and reflect.",
        "The mobile team goes out within two hours.",
        "Consent is given freely, on full information and in writing.",
        "Data are kept apart from other files and erased when the time limit has passed.",
        "The interpreter is chosen so that the person need not fear them.",
        "The national referral mechanism links all institutions.",
        "Safe return is planned together with the country of origin.",
    ],
}


def long_tree(sections: int = 150, words: int = 350, language: str = "mk", seed: int = 1) -> SectionTree:
    """A long text for tests (by default a good 100 pages): chapters, sections, lists, tables and notes, the
    same for the same arguments."""
    chance = Random(seed)
    phrases = PHRASES.get(language, PHRASES["en"])
    made: list[tuple[int, str, Body]] = []
    for index in range(sections):
        level, kind = (1, "chapter") if index % 10 == 0 else (2 if index % 10 % 3 == 1 else 3, "section")
        blocks: list[Json] = []
        notes: Json = {}
        count = 0
        while count < words:
            text = " ".join(chance.choice(phrases) for _ in range(chance.randint(3, 6)))
            count += len(text.split())
            content: list[Json] = [{"type": "text", "text": text}]
            if chance.random() < 0.2:
                note = f"n{len(notes) + 1}"
                notes[note] = [
                    {"type": "paragraph", "content": [{"type": "text", "text": chance.choice(phrases)}]}
                ]
                content.append({"type": "note", "attrs": {"id": note}})
            blocks.append({"type": "paragraph", "content": content})
            if chance.random() < 0.25:
                blocks.append(_some_list([chance.choice(phrases) for _ in range(4)], chance.random() < 0.5))
            if chance.random() < 0.08:
                blocks.append(_some_table([chance.choice(phrases) for _ in range(7)]))
        heading = chance.choice(phrases).rstrip(".")
        body = {
            "heading": [{"type": "text", "text": f"{heading} {index + 1}"}],
            "blocks": blocks,
            "notes": notes,
        }
        made.append((level, kind, normalise_body(body)))
    labels = number_sections([(level, kind) for level, kind, _ in made], language)
    return SectionTree(
        language,
        phrases[0].rstrip("."),
        tuple(
            Section(
                str(uuid.UUID(int=chance.getrandbits(128), version=4)), level, kind, SectionText(label, body)
            )
            for (level, kind, body), label in zip(made, labels, strict=True)
        ),
    )


def _some_list(texts: list[str], ordered: bool) -> Json:
    items = [
        {
            "type": "item",
            "attrs": {"label": f"{number}." if ordered else "•"},
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
        }
        for number, text in enumerate(texts, 1)
    ]
    return {"type": "list", "attrs": {"ordered": ordered}, "content": items}


def _some_table(texts: list[str]) -> Json:
    def cell(text: str, **attrs: Any) -> Json:
        return {
            "type": "cell",
            "attrs": attrs,
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
        }

    rows = [
        [cell(texts[0], header=True), cell(texts[1], header=True, colspan=2)],
        [cell(texts[2], rowspan=2), cell(texts[3]), cell(texts[4])],
        [cell(texts[5]), cell(texts[6])],
    ]
    return {"type": "table", "content": [{"type": "row", "content": row} for row in rows]}
