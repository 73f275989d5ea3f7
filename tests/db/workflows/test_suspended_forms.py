"""A form that waits for the second factor: what of it waits, and that no act loses its signed file."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from documents.actions.record_corrigendum import propose_corrigendum
from documents.models import AdoptionAct, BlobUse, Corrigendum, Instrument, TrustList
from people.actions.groups import sync_groups
from people.roles import Role
from people.suspended_form import ANSWERED, suspend
from proposals.models import Proposal
from tests.support.documents.following import Cast as Following
from tests.support.documents.following import approved, no_review  # noqa: F401
from tests.support.documents.following import cast as following  # noqa: F401
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient, signed_in
from tests.support.reviews import Cast, act_form, pass_all, pdf, to
from tests.support.sign_in import code_of, give_app
from workflows.models import Review

pytestmark = pytest.mark.django_db
AGAIN = "Choose the file again. It was not saved while you entered the code."


def late(person: Any) -> PageClient:
    """Signed in, with a factor that was shown more than an hour ago."""
    cache.clear()  # the codes that were used: the next test gives its people the same numbers
    client = signed_in(person)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 67 * 60
    session.save()
    return client


def send(person: Any, address: str, form: dict[str, Any], ahead: int = 0) -> tuple[PageClient, Any]:
    """Sends the form, gives the code, and follows to the page of the form."""
    client = late(person)
    asked = client.post(address, form)
    assert asked["Location"] == f"/en/account/confirm/code/?next={quote(address, safe='')}"
    answer = client.post(asked["Location"], {"code": code_of(person, ahead), "next": address})
    assert answer["Location"] == address
    return client, client.get(address)


def recorded() -> list[int]:
    kinds = (AdoptionAct, Proposal, TrustList, BlobUse)
    return [*(one.objects.count() for one in kinds), Corrigendum.objects.exclude(number=None).count()]


def refuses(answer: Any, field: str, typed: str) -> None:
    page = answer.content.decode()
    assert answer.status_code in (400, 422), answer.status_code
    assert AGAIN in page and f'id="{field}_error"' in page and typed in page
    assert recorded() == [0] * 5


def test_a_prior_adoption_and_a_trusted_list_wait_for_their_files(cast: Cast, settings: Any) -> None:
    give_app(cast.coordinator)
    prior = to("coordinate:prior", cast.edition.pk)
    _client, answer = send(cast.coordinator, prior, act_form())
    refuses(answer, "id_act0-signed", "40-1/2026")
    operator = make_person(Role.OPERATOR, make_institution())
    give_app(operator)
    lists = {"file": pdf("list.pem"), "operator": pdf("operator.pem")}
    settings.KODEKS_CLAMAV = "tcp://127.0.0.1:1"  # no file is left to be scanned after the code
    _client, answer = send(operator, reverse("desk:trusted_lists"), lists)
    refuses(answer, "id_file", "")
    assert answer.content.decode().count(AGAIN) >= 2


def test_an_adoption_waits_for_its_file(cast: Cast, review: Review) -> None:
    give_app(cast.coordinator)
    pass_all(cast, review)
    adopt = to("coordinate:adopt", review.pk)
    client, answer = send(cast.coordinator, adopt, act_form())
    refuses(answer, "id_act0-signed", "40-1/2026")
    # Sent again without it, the page insists; with it, the act has it.
    without = {name: value for name, value in act_form().items() if name != "act0-signed"}
    assert client.post(adopt, without | {"act0-kept": "-"}).status_code == 400
    assert recorded() == [0] * 5
    client.post(adopt, act_form())
    assert AdoptionAct.objects.get().signed_file_id is not None


def test_a_corrigendum_and_a_further_language_wait_for_theirs(following: Following) -> None:  # noqa: F811
    edition = following["edition"]
    one = propose_corrigendum(
        following["coordinator"],
        edition,
        edition.sections.first().uid,
        "mk",
        "Текст",
        "Друг текст",
        "Погрешно.",
    )
    approved(following, "sq")
    second = make_person(Role.COORDINATOR, edition.instrument.owner)
    for person, address in (
        (second, f"/en/desk/corrigenda/{one.pk}/"),
        (following["coordinator"], f"/en/desk/{edition.pk}/versions/sq/adopt/"),
    ):
        give_app(person)
        before = recorded()
        client, answer = send(person, address, act_form())
        page = answer.content.decode()
        assert answer.status_code == 400 and AGAIN in page and "40-1/2026" in page
        # One act more shows no error yet; the next sending does.
        client, answer = send(person, address, act_form() | {"another": "1"}, 1)
        assert 'name="act0-kept" value="-"' in answer.content.decode()
        assert recorded() == before
        client.post(address, act_form())
    assert one.acts.get().signed_file_id and AdoptionAct.objects.latest("pk").signed_file_id


def test_only_its_address_and_fields_wait_and_it_goes_on_at_its_own_address(cast: Cast) -> None:
    give_app(cast.coordinator)
    address = f"/en/desk/{cast.edition.pk}/classification/?x=1&y=%D1%9F"
    before = cast.edition.instrument.classification
    form = {"classification": "tlp_red", "reason": "Names of witnesses", "csrfmiddlewaretoken": "secret"}
    client = late(cast.coordinator)
    asked = client.post(address, form, REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.9")
    session = Session.objects.get(pk=client.session.session_key).get_decoded()
    state = session["account_reauthentication_state"]["state"]
    assert set(state) == {"path", "fields", "files", "sent"} and state["path"] == address
    stored = str(session)
    for secret in (
        "192.0.2.7",
        "198.51.100.9",
        "HTTP_",
        "REMOTE_ADDR",
        "secret",
        str(client.session.session_key),
    ):
        assert secret not in stored, secret
    # The same of allauth's own pages, which ask for the password or a code.
    client.post("/en/account/second-factor/recovery-codes/new/", {}, REMOTE_ADDR="192.0.2.7")
    assert "192.0.2.7" not in str(Session.objects.get(pk=client.session.session_key).get_decoded())

    asked = client.post(address, form)
    given = {"code": code_of(cast.coordinator), "next": address}
    assert client.post(asked["Location"], given)["Location"] == address
    # Another page is not the form, and a minute later it is none any more.
    assert "Names of witnesses" not in client.get("/en/desk/").content.decode()
    session = client.session
    session[ANSWERED]["at"] = time.time() - 61
    session.save()
    assert "Names of witnesses" not in client.get(address).content.decode()
    assert ANSWERED not in client.session

    client, answer = send(cast.coordinator, address, form, 1)
    page = answer.content.decode()
    assert "Check the new classification" in page and "Names of witnesses" in page
    assert client.post(address, form | {"answers": "confirmed"}).status_code == 302
    now = Instrument.objects.get(pk=cast.edition.instrument_id).classification
    assert before != now == "tlp_red"


@pytest.mark.parametrize(("minutes", "is_taken_up"), [(9, True), (11, False)])
def test_a_form_waits_ten_minutes_for_the_code(cast: Cast, minutes: int, is_taken_up: bool) -> None:
    give_app(cast.coordinator)
    address = f"/en/desk/{cast.edition.pk}/classification/"
    client = late(cast.coordinator)
    asked = client.post(address, {"classification": "tlp_red", "reason": "Names of witnesses"})
    session = client.session
    session["account_reauthentication_state"]["state"]["sent"] -= minutes * 60
    session.save()
    given = {"code": code_of(cast.coordinator), "next": address}
    assert client.post(asked["Location"], given)["Location"] == address
    assert (ANSWERED in client.session) is is_taken_up
    page = client.get(address)
    assert page.status_code == 200
    assert ("Names of witnesses" in page.content.decode()) is is_taken_up


def test_a_table_of_the_admin_as_a_file_asks_for_the_factor(cast: Cast) -> None:
    give_app(cast.coordinator)
    sync_groups(cast.coordinator)
    client = late(cast.coordinator)
    for path in ("/admin/reports/site-history/", "/admin/reports/kodeks-reviews/"):
        assert client.get(path).status_code == 200
        for kind in ("csv", "xlsx"):
            asked = client.get(f"{path}?export={kind}")
            assert asked["Location"].startswith("/en/account/confirm/code/?next="), path
            fresh = signed_in(cast.coordinator).get(f"{path}?export={kind}")
            assert fresh.status_code == 200 and "Content-Disposition" in fresh


def test_a_form_from_elsewhere_never_waits(cast: Cast) -> None:
    """Once the code was shown nobody would ask again where it came from."""
    give_app(cast.coordinator)
    sync_groups(cast.coordinator)
    client = late(cast.coordinator)
    client.handler.enforce_csrf_checks = True
    for path in ("/admin/account/?export=csv", "/admin/reports/kodeks-reviews/?export=xlsx"):
        answer = client.post(path, {"title": "x"}, headers={"origin": "https://evil.example"})
        assert answer.status_code == 403, path
        assert STATE_SESSION_KEY not in client.session
    request = RequestFactory().post("/en/desk/", {"title": "x"})
    request.session = client.session
    assert suspend(request, "/there/")["Location"] == "/there/"
    assert STATE_SESSION_KEY not in request.session
