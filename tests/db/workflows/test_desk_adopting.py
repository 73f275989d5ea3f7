"""The pages on which an adoption is recorded, and one that was before Kodeks."""

from __future__ import annotations

import re

from documents.choices import State
from documents.models import AdoptionAct, PriorAdoption
from documents.pages.edition.acts import describe_act
from tests.support.reviews import Cast, act_form, client_of, pass_all, pdf, to
from workflows.models import Review
from workflows.pages.coordinator.forms import LanguagesForm, ready


def test_the_adoption_is_recorded(cast: Cast, review: Review) -> None:
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    early = client.get(address)
    assert "has not ended yet" in early.content.decode() and "act0-body" not in early.content.decode()
    assert client.post(address, act_form()).status_code == 409
    assert not AdoptionAct.objects.exists()
    pass_all(cast, review)
    assert "act0-body" in client.get(address).content.decode()
    for wrong, said in (
        ({"act0-signed": pdf(data=b"MZ a program")}, "not a PDF"),
        ({"act0-number": ""}, "required"),
        ({"valid_from": "tomorrow"}, "valid date"),
        ({"act0-gazette_year": "26"}, "greater than or equal"),
    ):
        response = client.post(address, act_form(**wrong))
        assert response.status_code == 400 and said in response.content.decode()
    before = client.post(address, act_form(valid_from="2026-01-01"))
    assert before.status_code == 409 and "before the act" in before.content.decode()
    early = client.post(address, act_form(**{"act0-published": "2026-01-14"}))
    assert early.status_code == 409 and "published on its day or after it" in early.content.decode()
    done = client.post(address, act_form(), follow=True)
    assert "The text is in force" in done.content.decode()
    cast.edition.refresh_from_db()
    act = AdoptionAct.objects.get()
    assert cast.edition.state == State.IN_FORCE and act.gazette_year == 2026
    said = describe_act(act)
    assert "protocol no. 08-1234/1, session no. 83, Official Gazette 7/2026, published on" in said
    read = client.get(f"/en/i/{cast.edition.instrument.path}/").content.decode()
    assert said in read
    assert act.signed_file is not None and act.edition_sha256 == review.manifest.sha256
    assert client.post(address, act_form()).status_code == 409
    assert AdoptionAct.objects.count() == 1


def test_a_file_of_more_than_20_mb_is_refused(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    big = pdf(data=b"%PDF-" + b"0" * (20 * 1024 * 1024))
    response = client_of(cast.coordinator).post(
        to("coordinate:adopt", review.pk), act_form(**{"act0-signed": big})
    )
    assert response.status_code == 400 and "larger than 20 MB" in response.content.decode()
    assert not AdoptionAct.objects.exists()


def test_a_joint_order_has_several_acts(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    first = {name: value for name, value in act_form().items() if name != "act0-signed"}
    page = client.post(address, first | {"another": "1"}).content.decode()
    assert 'name="act1-body"' in page and "40-1/2026" in page
    second = {name.replace("act0", "act1"): value for name, value in first.items() if name.startswith("act0")}
    client.post(address, first | second | {"acts": "2", "act1-number": "41-1/2026"})
    assert [act.number for act in AdoptionAct.objects.order_by("number")] == ["40-1/2026", "41-1/2026"]


def test_a_prior_adoption_takes_two_people(cast: Cast) -> None:
    first, second = client_of(cast.coordinator), client_of(cast.second)
    propose, decide = to("coordinate:prior", cast.edition.pk), to("coordinate:decide_prior", cast.edition.pk)
    assert first.get(decide)["Location"] == propose
    unsigned = {name: value for name, value in act_form().items() if name != "act0-signed"}
    assert first.post(propose, unsigned).status_code == 400
    assert first.post(propose, act_form())["Location"] == decide
    assert "another coordinator must confirm" in first.get(decide).content.decode()
    own = first.post(decide, {"confirm": "1"})
    assert own.status_code == 409 and "second person" in own.content.decode()
    assert "To be confirmed" in second.get(to("coordinate:desk")).content.decode()
    assert "Confirm: it is this text" in second.get(decide).content.decode()
    second.post(decide, {"confirm": "1"})
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_FORCE and cast.edition.recorded


def test_a_prior_adoption_is_refused_with_a_reason(cast: Cast) -> None:
    client_of(cast.coordinator).post(to("coordinate:prior", cast.edition.pk), act_form())
    decide = to("coordinate:decide_prior", cast.edition.pk)
    assert client_of(cast.second).post(decide, {"refuse": "1", "reason": ""}).status_code == 200
    assert PriorAdoption.objects.get().refused is None
    client_of(cast.second).post(decide, {"refuse": "1", "reason": "Another file."})
    assert PriorAdoption.objects.get().refused is not None
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.DRAFT


def test_the_adoption_form_says_how_much_of_a_language_is_up_to_date(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    page = client_of(cast.coordinator).get(to("coordinate:adopt", review.pk)).content.decode()
    said = re.findall(r"(?:authentic|translation), (\d of \d) sections up to date", page)
    assert said and said == [ready(cast.edition, code)[:6] for code in LanguagesForm(cast.edition).others]
