"""Who may read an instrument: tightened at once by one, opened up by two."""

from __future__ import annotations

import pytest
from django.http import Http404

from documents.actions.classify import change_classification
from documents.actions.errors import ActionError
from documents.choices import OPENNESS, Classification
from people.roles import Role
from proposals.actions.decide import confirm, refuse
from proposals.errors import Decided
from proposals.models import Proposal
from tests.support.factories import make_in_force, make_person

pytestmark = pytest.mark.django_db

CHANGES = [(a, b) for a in Classification for b in Classification if a != b]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_nobody_alone_lets_more_people_read(old, new):
    edition = make_in_force(classification=old)
    instrument = edition.instrument
    coordinator = make_person(Role.COORDINATOR, instrument.owner)
    if old == Classification.TLP_RED:
        instrument.named_readers.add(coordinator)
    proposal = change_classification(coordinator, instrument, new, "Because")
    instrument.refresh_from_db()
    if OPENNESS[new] > OPENNESS[old]:
        assert proposal
        assert instrument.classification == old
    if proposal is None:
        assert instrument.classification == new


def test_the_one_who_proposed_can_not_confirm():
    instrument = make_in_force(classification=Classification.OFFICIAL).instrument
    first, second = (make_person(Role.COORDINATOR, instrument.owner) for _ in range(2))
    proposal = change_classification(first, instrument, Classification.PUBLIC, "Because")
    assert proposal
    with pytest.raises(Http404):
        confirm(first, proposal)
    confirm(second, proposal)
    instrument.refresh_from_db()
    assert instrument.classification == Classification.PUBLIC
    with pytest.raises(Decided):
        confirm(second, proposal)


def test_a_proposal_can_be_refused():
    instrument = make_in_force(classification=Classification.OFFICIAL).instrument
    first, second = (make_person(Role.COORDINATOR, instrument.owner) for _ in range(2))
    proposal = change_classification(first, instrument, Classification.PUBLIC, "Because")
    assert proposal
    refuse(second, proposal)
    instrument.refresh_from_db()
    assert instrument.classification == Classification.OFFICIAL
    assert Proposal.objects.get(pk=proposal.pk).decided


def test_a_reason_is_asked_for():
    instrument = make_in_force().instrument
    with pytest.raises(ActionError):
        change_classification(
            make_person(Role.COORDINATOR, instrument.owner), instrument, Classification.OFFICIAL, " "
        )
