"""What points to a real person is found; numbers of laws, hotlines and amounts are not."""

from __future__ import annotations

import pytest

from documents.text.case_data import Kind, traces


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("ЈМБГ 0101006500006, рођен у Новом Саду", Kind.PERSON_NUMBER, "0101006500006"),
        ("NID I05101999I e personit", Kind.PERSON_NUMBER, "I05101999I"),
        ("Numri personal: 1234567890.", Kind.PERSON_NUMBER, "1234567890"),
        ("nosilac pasoša br. 012345678", Kind.PASSPORT, "012345678"),
        ("пасош број А1234567", Kind.PASSPORT, ""),
        ("konto RS35 2600 0560 1001 6113 79", Kind.BANK_ACCOUNT, "RS35 2600 0560 1001 6113 79"),
        ("Жртва је Марија Петровић, рођ. 3.4.1999, тел. 064 123 4567", Kind.PERSON, ""),
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
        "Buxheti: 1 234 567 890 lekë; 2025 2026 2027 2028",
        "ISO 3166 MK07 and form AB12 3456 7890 1234 are no accounts",
    ],
)
def test_not_found(text: str) -> None:
    assert traces(text) == []
