"""A signed paper chosen in a form that was refused is kept, or asked for again: no act is recorded without it
in silence."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings

from documents import blobs
from documents.actions.manage_uploads import forget_uploads
from documents.actions.record_corrigendum import propose
from documents.models import AdoptionAct, BlobUse, PriorAdoption
from people.roles import Role
from tests.support.documents.following import Cast as Following
from tests.support.documents.following import approved, no_review
from tests.support.documents.following import cast as following
from tests.support.factories import make_person
from tests.support.reviews import Cast, act_form, client_of, pass_all, pdf, to
from workflows.models import Review

pytestmark = pytest.mark.django_db
__all__ = ["following", "no_review"]


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a page, by name."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_signed_file_outlives_a_refused_form(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    refused = client.post(address, act_form(valid_from="2026-01-01"))
    page = refused.content.decode()
    assert refused.status_code == 409 and "act.pdf was kept" in page
    assert '<a href="#id_valid_from">A text can' in page and 'id="id_valid_from_error"' in page
    assert 'value="08-1234/1"' in page
    again = {name: value for name, value in act_form().items() if name != "act0-signed"}
    token = {"act0-kept": fields_of(page)["act0-kept"]}
    # Another person's token, and a forgotten one, do not pass in silence.
    other = client_of(cast.second).post(address, again | token)
    assert other.status_code == 400 and "Choose it again, or tick below" in other.content.decode()
    assert client.post(address, again | {"act0-kept": "-"}).status_code == 400
    assert not AdoptionAct.objects.exists()
    client.post(address, again | token)
    act = AdoptionAct.objects.get()
    assert act.signed_file is not None and blobs.read(act.signed_file) == pdf().read()
    assert BlobUse.objects.get(blob=act.signed_file).name == "act.pdf"


def test_a_refused_signed_file_is_left_out_only_by_a_tick(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    page = client.post(address, act_form(**{"act0-signed": pdf(data=b"MZ a program")})).content.decode()
    again = {name: value for name, value in act_form().items() if name != "act0-signed"} | {
        "act0-kept": fields_of(page)["act0-kept"]
    }
    assert client.post(address, again).status_code == 400
    assert "Record the act without its signed file" in client.post(address, again).content.decode()
    client.post(address, again | {"act0-without": "on"})
    assert AdoptionAct.objects.get().signed_file is None


def test_another_act_keeps_the_signed_file_of_the_first(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    page = client.post(address, act_form() | {"another": "1"}).content.decode()
    assert "act.pdf was kept" in page
    first = {name: value for name, value in act_form().items() if name != "act0-signed"}
    second = {name.replace("act0", "act1"): value for name, value in first.items() if name.startswith("act0")}
    kept = {"act0-kept": fields_of(page)["act0-kept"]}
    client.post(address, first | second | kept | {"acts": "2", "act1-number": "41-1/2026"})
    assert {act.number: act.signed_file is not None for act in AdoptionAct.objects.all()} == {
        "40-1/2026": True,
        "41-1/2026": False,
    }


def test_a_prior_adoption_keeps_its_signed_file_and_forgets_it_in_time(cast: Cast) -> None:
    client, address = client_of(cast.coordinator), to("coordinate:prior", cast.edition.pk)
    page = client.post(address, act_form(valid_from="tomorrow")).content.decode()
    again = {name: value for name, value in act_form().items() if name != "act0-signed"} | {
        "act0-kept": fields_of(page)["act0-kept"]
    }
    assert forget_uploads() == 0
    client.post(address, again)
    assert PriorAdoption.objects.get().signed_file is not None
    with override_settings(KODEKS_UPLOAD_DAYS=-1):
        assert forget_uploads() >= 1 and forget_uploads() == 0


def test_a_corrigendum_and_a_further_language_keep_it_too(following: Following) -> None:
    edition, coordinator = following["edition"], client_of(following["coordinator"])
    again = {name: value for name, value in act_form().items() if name != "act0-signed"}
    uid = edition.sections.first().uid
    one = propose(following["coordinator"], edition, uid, "mk", "Текст", "Друг текст", "Погрешно.")
    approved(following, "sq")
    second = client_of(make_person(Role.COORDINATOR, edition.instrument.owner))
    for client, address in (
        (second, f"/en/desk/corrigenda/{one.pk}/"),
        (coordinator, f"/en/desk/{edition.pk}/versions/sq/adopt/"),
    ):
        wrong = client.post(address, act_form(**{"act0-date": "2200-01-01", "act0-published": ""}))
        page = wrong.content.decode()
        assert wrong.status_code == 409 and 'id="id_act0-date_error"' in page
        client.post(address, again | {"act0-kept": fields_of(page)["act0-kept"]})
    assert one.acts.get().signed_file is not None
    assert AdoptionAct.objects.latest("pk").signed_file is not None
