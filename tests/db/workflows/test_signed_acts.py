"""The signatures of an act's paper: on the page that checks the answers, beside the act, in the record."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions.check_papers import check_waiting, want_missing
from documents.actions.trust_lists import import_list
from documents.models import AdoptionAct, PaperCheck
from tests.support.documents.signatures.papers import plain, replace_text, sign, update
from tests.support.documents.signatures.pki import pki
from tests.support.reviews import Cast, act_form, client_of, pass_all, to
from workflows.models import Review
from workflows.record.build import build_shown
from workflows.record.pdf import as_data

pytestmark = pytest.mark.django_db


def form(data: bytes) -> dict[str, object]:
    sent = act_form(**{"act0-signed": SimpleUploadedFile("act.pdf", data, "application/pdf")})
    return {name: value for name, value in sent.items() if name != "answers"}


def test_signatures_are_shown_before_the_act_is_recorded_and_beside_it(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    import_list(None, pki().trusted_list())
    client, place = client_of(cast.coordinator), to("coordinate:adopt", review.pk)
    page = client.post(place, form(sign(plain(), pki().ana))).content.decode()
    assert "Signatures not checked yet" in page and "Show the result" in page
    check_waiting()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    again = client.post(place, hidden | {"answers": "again"}).content.decode()
    for words in (
        "Valid by a list that is not verified",
        "Ana Anevska",
        "Government of the Republic",
        "yes, by the trusted list",
    ):
        assert words in again
    client.post(place, hidden | {"answers": "confirmed"})
    act = AdoptionAct.objects.get()
    want_missing()
    assert act.signed_file_id == PaperCheck.objects.get().pk

    cast.edition.refresh_from_db()
    where = [cast.edition.instrument.country_id, cast.edition.instrument.slug, cast.edition.number]
    shown = client.get(to("documents:edition", *where)).content.decode()
    assert (
        "Valid by a list that is not verified" in shown
        and "The hash shows whether the file is the recorded one." in shown
    )
    PaperCheck.objects.update(checked=None)
    click = to("documents:check_paper", *where, act.signed_file_id)
    assert client.post(click).status_code == 302 and PaperCheck.objects.get().wanted
    assert client.post(to("documents:check_paper", *where, "0" * 64)).status_code == 404
    check_waiting()
    facts = as_data(cast.edition, build_shown(cast.edition))["acts"][0]
    assert any(
        label == "Electronic signature" and text.startswith("Valid by a list that is not verified")
        for label, text, *_ in facts
    )


def test_a_badly_signed_paper_is_recorded_all_the_same_with_a_warning(cast: Cast, review: Review) -> None:
    data, words = update(sign(plain(), pki().ana), replace_text), "Changed after signing"
    pass_all(cast, review)
    client, place = client_of(cast.coordinator), to("coordinate:adopt", review.pk)
    page = client.post(place, form(data)).content.decode()
    check_waiting()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert words in client.post(place, hidden | {"answers": "again"}).content.decode()
    client.post(place, hidden | {"answers": "confirmed"})
    assert AdoptionAct.objects.get().signed_file is not None
