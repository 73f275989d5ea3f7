"""Asking somebody for a part of a draft: it opens the draft, and goes with the role."""

from __future__ import annotations

import pytest
from django.http import Http404

from documents.actions.assign import assign, unassign
from documents.actions.errors import ActionError
from documents.actions.save_section import save_section
from documents.models import Assignment, Edition, Section
from mail.models import Message
from people.actions.leave import hand_over
from people.models import Membership
from people.roles import Role
from tests.support.factories import body, make_draft, make_institution, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_draft()


@pytest.fixture
def coordinator(draft):
    return make_person(Role.COORDINATOR, draft.instrument.owner)


@pytest.fixture
def translator(draft):
    return make_person(Role.TRANSLATOR, make_institution("mk-social"), languages=["sq"])


def write(person, draft, language):
    uid, sha256 = Section.objects.filter(edition=draft).values_list("uid", f"text_hash_{language}")[0]
    save_section(person, draft, str(uid), language, body("Tjetër", "Tjetër."), sha256)


def test_a_translator_writes_what_they_were_asked_for_and_nothing_else(draft, coordinator, translator):
    assign(coordinator, draft, translator, "sq")
    assert Edition.objects.visible_to(translator).filter(pk=draft.pk).exists()
    assert Message.objects.filter(to=translator.email).count() == 1
    write(translator, draft, "sq")
    for language in ("mk", "en"):
        with pytest.raises(Http404):
            write(translator, draft, language)


def test_one_section_only(draft, coordinator, translator):
    uids = list(Section.objects.filter(edition=draft).order_by("position").values_list("uid", flat=True))
    assign(coordinator, draft, translator, "sq", uid=str(uids[1]))
    with pytest.raises(Http404):
        write(translator, draft, "sq")


def test_nobody_is_asked_for_a_language_that_they_do_not_translate_into(draft, coordinator, translator):
    with pytest.raises(ActionError):
        assign(coordinator, draft, translator, "en")


def test_what_was_taken_back_is_closed_again(draft, coordinator, translator):
    unassign(coordinator, assign(coordinator, draft, translator, "sq"))
    assert not Edition.objects.visible_to(translator).filter(pk=draft.pk).exists()


def test_a_successor_takes_the_parts_over(draft, coordinator, translator):
    colleague = make_person(Role.PRACTITIONER, make_institution("mk-social"))
    assign(coordinator, draft, translator, "sq")
    hand_over(coordinator, Membership.objects.get(user=translator), colleague)
    assert Assignment.objects.get().user == colleague
    write(colleague, draft, "sq")
    with pytest.raises(Http404):
        write(translator, draft, "sq")


def test_only_coordinators_of_the_owner_ask(draft, translator):
    with pytest.raises(Http404):
        assign(make_person(Role.DRAFTER, draft.instrument.owner), draft, translator, "sq")
