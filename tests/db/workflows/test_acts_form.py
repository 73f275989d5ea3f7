"""The acts of an adoption: one more, one less, an empty one passed over, and nothing typed is lost without a
word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from documents.models import AdoptionAct
from tests.support.reviews import Cast, act_form, client_of, pass_all, pdf, to
from workflows.models import Review


@pytest.fixture
def address(cast: Cast, review: Review) -> str:
    pass_all(cast, review)
    return to("coordinate:adopt", review.pk)


def second(n: int = 1, **other: object) -> dict[str, object]:
    first = {name: value for name, value in act_form().items() if name.startswith("act0-")}
    del first["act0-signed"]
    return {name.replace("act0", f"act{n}"): value for name, value in first.items()} | other


def shown(page: str) -> dict[str, str]:
    """The numbers of the acts that the page shows."""
    return dict(re.findall(r'name="(act\d-number)" value="([^"]*)"', page))


def test_an_act_that_was_added_once_too_often_is_taken_away_and_the_others_stay(
    cast: Cast, address: str
) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"another": "1"}).content.decode()
    assert page.count('name="away"') == 2 and "act.pdf was kept" in page and "passed over" in page
    token = re.search(r'name="act0-kept" value="([^"]+)"', page)
    assert token
    three = act_form() | {"act0-signed": "", "act0-kept": token[1], "acts": "3"}
    three |= second(1, **{"act1-number": "41"}) | second(
        2, **{"act2-number": "42", "act2-signed": pdf("third.pdf")}
    )
    page = client.post(address, three | {"away": "1"}).content.decode()
    assert shown(page) == {"act0-number": "40-1/2026", "act1-number": "42"}
    assert "act.pdf was kept" in page and "third.pdf was kept" in page and 'name="acts" value="2"' in page
    page = client.post(address, three | {"away": "0"}).content.decode()
    assert shown(page) == {"act0-number": "41", "act1-number": "42"} and "act.pdf was kept" not in page
    # The last one stays, and what is no number of an act takes nothing away.
    for odd in ("7", "x", ""):
        assert len(shown(client.post(address, three | {"away": odd}).content.decode())) == 3
    assert client.post(address, act_form() | {"away": "0"}).content.decode().count('name="act0-number"') == 1
    assert not AdoptionAct.objects.exists()


@pytest.mark.parametrize("empty", [0, 1])
def test_an_act_that_is_left_empty_is_passed_over(cast: Cast, address: str, empty: int) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"another": "1"}).content.decode()
    assert "required" not in page.partition('name="act1-body"')[2].partition(">")[0]
    form: dict[str, Any] = {
        "valid_from": "2026-02-01",
        "acts": "2",
        f"act{empty}-kind": "ministers_order",
        "antedated": "2026-01-15",
    }
    form |= second(1 - empty)
    assert client.post(address, form).status_code == 302
    assert AdoptionAct.objects.get().number == "40-1/2026"


def test_a_single_act_that_is_empty_is_refused(cast: Cast, address: str) -> None:
    response = client_of(cast.coordinator).post(address, {"acts": "2", "act1-kind": "ministers_order"})
    assert response.status_code == 400 and not AdoptionAct.objects.exists()


def test_not_now_asks_before_it_loses_what_was_typed(cast: Cast, address: str, review: Review) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"leave": "1"}).content.decode()
    assert "What you typed is not recorded yet." in page and "Leave without recording it" in page
    assert shown(page) == {"act0-number": "40-1/2026"} and "act.pdf was kept" in page
    assert (
        "What you typed" in client.post(address, {"leave": "1", "valid_from": "2026-02-01"}).content.decode()
    )
    nothing = client.post(address, {"leave": "1", "acts": "1", "act0-kind": "ministers_order"})
    assert nothing.status_code == 302 and nothing["Location"] == to("coordinate:review", review.pk)
    assert not AdoptionAct.objects.exists()


def test_enter_records_nothing_and_a_refusal_is_said_at_the_head_and_at_its_field(
    cast: Cast, address: str
) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"same": "1"}).content.decode()
    assert shown(page) == {"act0-number": "40-1/2026"} and not AdoptionAct.objects.exists()
    assert page.index('name="same"') < page.index('name="another"')
    said = "A text can&#x27;t be in force before the act that adopts it."
    page = client.post(address, act_form(valid_from="2026-01-01")).content.decode()
    assert page.count(said) == 2 and "Nothing was saved yet" not in page
