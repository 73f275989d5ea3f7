"""What points to a real person is found; numbers of laws, hotlines and amounts are not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import documents
from documents.text.case_data import Kind, places, traces


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("ЈМБГ 0101006500006, рођен у Новом Саду", Kind.PERSON_NUMBER, "0101006500006"),
        ("NID I05101999I e personit", Kind.PERSON_NUMBER, "I05101999I"),
        ("Numri personal: 1234567890.", Kind.PERSON_NUMBER, "1234567890"),
        ("nosilac pasoša br. 012345678", Kind.PASSPORT, "012345678"),
        ("пасош број А1234567", Kind.PASSPORT, ""),
        ("JMBG 0101006 500006", Kind.PERSON_NUMBER, "0101006 500006"),
        ("Личен број: 1234567890", Kind.PERSON_NUMBER, "1234567890"),
        ("putovnica broj A1234567", Kind.PASSPORT, "A1234567"),
        ("Letërnjoftimi nr. 123456789", Kind.PASSPORT, "123456789"),
        ("tekući račun 260-56010016113-79", Kind.BANK_ACCOUNT, "260-56010016113-79"),
        ("Račun 160-0000000012345-95 i potpis", Kind.BANK_ACCOUNT, ""),
        ("жиро-сметка 200000000000186", Kind.BANK_ACCOUNT, "200000000000186"),
        ("llogaria 1110000000000082", Kind.BANK_ACCOUNT, ""),
        ("Lea Novak, rođena 3. maja 2009, tel. 061 123 456", Kind.PERSON, ""),
        ("konto RS35 2600 0560 1001 6113 79", Kind.BANK_ACCOUNT, "RS35 2600 0560 1001 6113 79"),
        ("Жртва је Марија Петровић, рођ. 3.4.1999, тел. 064 123 4567", Kind.PERSON, ""),
        ("JMBG 0101006\u00a0500006", Kind.PERSON_NUMBER, "0101006 500006"),
        ("JMBG 0101006\u200b500006", Kind.PERSON_NUMBER, "0101006500006"),
        ("JMBG 0101990.450006", Kind.PERSON_NUMBER, "0101990.450006"),
        ("br. 5 01 01 990 45 000 6", Kind.PERSON_NUMBER, "01 01 990 45 000 6"),
        ("NID i05101999i e personit", Kind.PERSON_NUMBER, "i05101999i"),
        ("ANA KODRA, rođena 01.02.1990, +389 70 123 456", Kind.PERSON, ""),
        ("A. Kodra, e lindur më 01.02.1990, tel. +355 69 123 4567", Kind.PERSON, ""),
        ("The girl Ana Kovač, born 3/4/2009, phone +387 61 123 456, said", Kind.PERSON, ""),
    ],
)
def test_found(text: str, kind: Kind, quote: str) -> None:
    found = traces(text)
    assert [one.kind for one in found] == [kind]
    assert not quote or found[0].quote == quote


@pytest.mark.parametrize(
    "text",
    [
        "0101006500007 has a wrong check digit",
        "Службени гласник РС 85/2005, 88/2005 и 107/2005, члан 388",
        "Call 116 006 or +381 11 785 0000, free, at any hour",
        "Ministria e Brendshme, 12.10.2026, nr. 4521",
        "Министарство унутрашњих послова, Београд, 12.10.2026, тел. 011 300 0000",
        "Official Gazette of Montenegro 42/2018, of 29.6.2018",
        "Уплата на рачун буџета 840-742221843-57, модел 97",
        "Ugovor 260-56010016113-78 od 2.3.2021.",
        "Vendim nr. 12, datë 3.4.2019, kontakti Ana Kola, 042 123 456",
        "Serijski broj 123456789012345 uređaja",
        "Open 08.00-16.00 and 17.00-20.00, Ana Kovač, 3.4.2020",
        "The passport costs 100 000 denars, valid 10 years from 12.10.2026",
        "Buxheti: 1 234 567 890 lekë; 2025 2026 2027 2028",
        "ISO 3166 MK07 and form AB12 3456 7890 1234 are no accounts",
    ],
)
def test_not_found(text: str) -> None:
    assert traces(text) == []


def test_a_number_is_found_however_it_is_written() -> None:
    for text in (
        "JMBG-0101006500006", "JMBG,0101006500006", "JMBG/0101006500006", "0101006/500006", "0101006–500006",
        "0101006_500006", "0101006\n500006", "０１０１００６５００００６", "٠١٠١٠٠٦٥٠٠٠٠٦", "(0101006500006)", "0101006500006/x",
        "01,01,006,500006", "01:01:006:500006", "0101006\r\n500006", "0101006[500006]", "0101006−500006",
        "Matični broj 1234567890", "NP: 1234567890", "ID broj 1234567890",
    ):  # fmt: skip
        assert [one.kind for one in traces(text)] == [Kind.PERSON_NUMBER], text
    assert [one.kind for one in traces("Ana Kovač, born 2009-04-03, +387 61 123 456")] == [Kind.PERSON]
    for text in ("12-0101006500006", "0101006500006/2020", "1.0101006500006", "x²0101006500007"):
        assert traces(text) == [], text


FORMS = {
    Kind.PERSON_NUMBER: [
        "JMBG 0101006\t500006", "JMBG 0101006  500006", "JMBG 0101006 - 500006", "JMBG 0101006, 500006",
        "JMBG 0101006: 500006", "JMBG 0101006 (500006)", "JMBG 0101006(500006)", "JMBG: 0101006 / 500006",
        "01.01.006.500006", "01-01-006-50-000-6", "01 01 006 50 000 6", "ЈМБГ\t0101006500006",
        "ЕМБГ 0101990 450006", "матичен број 0101990–450006", "0101990\u2007450006", "JMBG 0101006 ; 500006",
        "Numri personal: 123 456 7890", "nr. personal 1234 567 890", "лични број 123-456-7890",
        "Personal ID number 12 345 678 90", "NID I 05101999 I", "NID I05101999 I", "nid i-05101999-i",
        "NID J51231234W", "NID J 51231 234 W",
    ],
    Kind.PASSPORT: [
        "passport 012 345 678", "pasoš br. 012-345-678", "пасош бр. 012.345.678", "pasaportë nr. BA 1234567",
        "putovnica A1234567", "lična karta 012345678", "лична карта број А 1234567", "ID card no. 1234567",
    ],
    Kind.BANK_ACCOUNT: [
        "rs35260005601001611379", "rs35 2600 0560 1001 6113 79 banka Beograd", "RS35-2600-0560-1001-6113-79",
        "mk07 2501 2000 0058 984 and more", "MK07-250-1200000-589-84", "AL47212110090000000235698741",
        "al47 2121 1009 0000 0002 3569 8741", "BA391290079401028494", "XK05 1212 0123 4567 8906",
        "račun 260-56010016113-79",
    ],
    Kind.PERSON: [
        "Ana Kovač, 3. april 1999, 064/12-34-567", "Ana Kovač, rođena 3.4.99, 064.123.4567",
        "Ana Kovač, rođena 3. april 1999, 06 41 23 45 67", "Ана Ковач, рођена 3/4/99, 064-123-4567",
        "Ana Kovač\nrođena 3.4.1999\n064 123 4567", "Ana Kovač\n3.4.1999\n064/1234567",
        "Ime: Ana Kovač\n\nRođena: 3.4.1999, tel. +381 64 1234567", "Ana Kovač, 1999-04-03, (064) 123 4567",
        "Ана Петрова, родена на 3 април 1999, 070 123 456", "Ана Петрова, 3.4.1999 год., 070/123-456",
        "Ana Kola, e lindur më 3 prill 1999, 069 12 34 567", "Ana Kola, lindur 3.4.99, +355.69.123.4567",
        "Born 3 April 1999: Ana Kovač, +387 (61) 123-456", "DOB 03-04-1999 ANA KOVAČ 00387 61 123 456",
        "Kovač, Ana, 3. 4. 1999, 064 1234 567", "Ana Kovač, 3.4.1999., 0641234567",
        "Ana\tKovač\t3.4.1999\t064 123 4567",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FORMS.items() for text in texts])
def test_data_is_found_as_people_type_it(kind: Kind, text: str) -> None:
    assert [one.kind for one in traces(text)] == [kind]


def test_three_paragraphs_that_name_a_birth_are_one_trace() -> None:
    def found(*texts: str) -> list[int]:
        blocks = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in texts]
        return [one.block for one in places({"heading": [], "blocks": blocks, "notes": {}})]

    assert found("Open.", "Ana Kovač", "rođena 3.4.99", "064/12-34-567") == [2]
    assert found("Ana Kovač", "Skopje, 3.4.2026", "064/12-34-567") == [], "who signed an act"


def test_what_is_no_text_of_a_section_is_looked_through_too() -> None:
    number = "0101006500006"

    def link(href: str) -> dict[str, Any]:
        mark = {"type": "link", "attrs": {"href": href}}
        return {"type": "paragraph", "content": [{"type": "text", "text": "here", "marks": [mark]}]}

    blocks = [
        {"type": "figure", "attrs": {"sha256": "0", "alt": f"JMBG {number}"}, "content": []},
        {"type": "list", "content": [{"type": "item", "attrs": {"label": number}, "content": []}]},
        link(f"tel:{number}"),
        link(f"https://example.org/a%2F{number}?b=c"),
        {"type": "paragraph", "content": [{"type": "image", "attrs": {"sha256": "0", "alt": number}}]},
        link("tel:+38111785000"),
    ]
    found = places({"heading": [], "blocks": blocks, "notes": {"n": [link(f"?{number}")]}}, label=number)
    assert [one.block for one in found] == [0, 1, 2, 3, 4, 5, -1]
    assert not any(number in one.start for one in found)


def test_a_place_is_a_paragraph_or_a_row_and_quotes_nothing() -> None:
    def paragraph(text: str) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "text", "text": text}]}

    cells = [
        {"type": "cell", "content": [paragraph(text)]} for text in ("Ana Kovač", "3.4.2009", "061 123 456")
    ]
    body = {
        "heading": [{"type": "text", "text": "JMBG 0101006500006"}],
        "blocks": [paragraph("Open."), {"type": "table", "content": [{"type": "row", "content": cells}]}],
        "notes": {"n1": [paragraph("Pasoš br. 012345678")]},
    }
    found = places(body)
    assert [(one.block, one.kinds[0]) for one in found] == [
        (0, Kind.PERSON_NUMBER),
        (2, Kind.PERSON),
        (-1, Kind.PASSPORT),
    ]
    assert not any("0101006500006" in one.start or "012345678" in one.start for one in found)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def test_nothing_in_the_demonstration_raises_an_alarm() -> None:
    root = Path(next(iter(documents.__path__))).parent
    texts = [path.read_text() for path in sorted((root / "documents/demo").rglob("*.md"))]
    for path in sorted((root / "site").rglob("*.toml")):
        texts += _strings(tomllib.loads(path.read_text()))
    assert len(texts) > 5000
    assert [trace.kind for text in texts for trace in traces(text)] == []
