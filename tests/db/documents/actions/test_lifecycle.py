"""A text from draft to superseded, and every way in which it must not change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from audit.models import Entry, Reason
from documents.actions.adopt_edition import adopt_edition, enter_due
from documents.actions.errors import ActionError, Conflict, Locked, NotReady
from documents.actions.record_prior_adoption import propose_prior
from documents.actions.reopen_edition import reopen_edition
from documents.actions.save_section import save_section
from documents.actions.start_revision import start_revision
from documents.actions.submit_edition import submit_edition
from documents.choices import State, Translation
from documents.editions import adoption_checks
from documents.editions.text_storage import load_outline, load_tree
from documents.models import AdoptionAct, Edition, LanguageVersion, Manifest, Section, SectionChange
from people.roles import Role
from proposals.actions.decide import confirm
from proposals.errors import Stale
from tests.support.factories import body, make_act, make_draft, make_in_force, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_gates(monkeypatch):
    """The review's gate is tested where the review is; here the text alone matters."""
    monkeypatch.setattr(adoption_checks, "_gates", [])


def coordinator(edition):
    return make_person(Role.COORDINATOR, edition.instrument.owner)


def revise(edition):
    """A draft of the next edition, with one section changed by a drafter."""
    draft = start_revision(coordinator(edition), edition)
    uid, sha256 = (
        Section.objects.filter(edition=draft).order_by("position").values_list("uid", "text_hash_mk")[1]
    )
    drafter = make_person(Role.DRAFTER, edition.instrument.owner)
    save_section(drafter, draft, str(uid), "mk", body("Цел", "Новата цел."), sha256)
    return draft, str(uid), drafter


def test_next_edition_has_the_same_sections_in_all_languages():
    first = make_in_force()
    draft = start_revision(coordinator(first), first)
    assert draft.number == 2
    assert draft.supersedes == first
    for language in ("mk", "sq", "en"):
        assert load_tree(draft, language).sections == load_tree(first, language).sections


def test_only_one_edition_is_worked_on_at_a_time():
    first = make_in_force()
    start_revision(coordinator(first), first)
    with pytest.raises(ActionError):
        start_revision(coordinator(first), first)


def test_a_change_of_the_source_makes_translations_older_than_it():
    first = make_in_force()
    draft, uid, _ = revise(first)
    states = {row.uid: row.state for row in load_outline(draft, "sq")}
    assert states.pop(uid) == Translation.STALE
    assert set(states.values()) == {Translation.CURRENT}


def test_saving_what_was_opened_changes_nothing():
    draft = make_draft()
    drafter = make_person(Role.DRAFTER, draft.instrument.owner)
    for language in ("mk", "sq"):
        for section in load_tree(draft, language):
            row = Section.objects.get(edition=draft, uid=section.uid)
            before = getattr(row, f"text_hash_{language}")
            assert save_section(drafter, draft, section.uid, language, section.text.body, before) == before
    assert not SectionChange.objects.exists()


def test_the_second_of_two_is_told_and_sees_both_texts():
    draft = make_draft()
    first, second = (
        make_person(Role.DRAFTER, draft.instrument.owner, name=name) for name in ("Ana", "Boris")
    )
    uid, sha256 = Section.objects.filter(edition=draft).values_list("uid", "text_hash_mk")[0]
    save_section(first, draft, str(uid), "mk", body("Општо", "Прва."), sha256)
    with pytest.raises(Conflict) as told:
        save_section(second, draft, str(uid), "mk", body("Општо", "Втора."), sha256)
    assert told.value.theirs == body("Општо", "Прва.")
    assert told.value.mine == body("Општо", "Втора.")
    assert told.value.changed_by_name == "Ana"
    assert load_tree(draft, "mk").by_uid[str(uid)].text.body == body("Општо", "Прва.")


def test_a_text_that_does_not_fit_the_schema_is_refused():
    draft = make_draft()
    drafter = make_person(Role.DRAFTER, draft.instrument.owner)
    uid, sha256 = Section.objects.filter(edition=draft).values_list("uid", "text_hash_mk")[0]
    bads: list[Any] = [
        [],
        {"blocks": "x"},
        {"blocks": [{"type": "script"}]},
        {"heading": [{"type": "text", "text": "a\x00"}]},
    ]
    for bad in bads:
        with pytest.raises(ActionError):
            save_section(drafter, draft, str(uid), "mk", bad, sha256)


def test_translators_write_in_their_languages_only():
    draft = make_draft()
    outsider = make_person(Role.TRANSLATOR, draft.instrument.owner, languages=["sq"])
    uid, sha256 = Section.objects.filter(edition=draft).values_list("uid", "text_hash_sq")[0]
    with pytest.raises(Http404):
        save_section(outsider, draft, str(uid), "sq", body("X", "Y"), sha256)


def test_submission_locks_the_text_and_reopening_opens_it():
    draft, uid, drafter = revise(make_in_force())
    manifest = submit_edition(coordinator(draft), draft)
    assert len(manifest.sha256) == 64
    assert set(manifest.versions) == {"mk", "sq", "en"}
    sha256 = Section.objects.filter(edition=draft, uid=uid).values_list("text_hash_mk", flat=True)[0]
    with pytest.raises((Locked, Http404)):
        save_section(drafter, draft, uid, "mk", body("Цел", "Потоа."), sha256)
    reopen_edition(coordinator(draft), draft, "A word is missing")
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert draft.sha256 == ""
    save_section(drafter, draft, uid, "mk", body("Цел", "Потоа."), sha256)
    again = submit_edition(coordinator(draft), draft)
    assert again.round == 2
    assert again.sha256 != manifest.sha256


def test_a_text_without_its_authentic_language_can_not_be_submitted():
    draft = make_draft(authentic=["mk", "sq"])
    Section.objects.filter(edition=draft, position=0).update(text_hash_sq="", body_sq=None)
    with pytest.raises(NotReady):
        submit_edition(coordinator(draft), draft)


def test_an_authentic_text_that_is_behind_is_submitted_only_with_a_reason():
    draft = make_draft(authentic=["mk", "sq"])
    uid, sha256 = Section.objects.filter(edition=draft).values_list("uid", "text_hash_mk")[0]
    save_section(
        make_person(Role.DRAFTER, draft.instrument.owner),
        draft,
        str(uid),
        "mk",
        body("Цел", "Друга."),
        sha256,
    )
    for because in ("", "  \n"):
        with pytest.raises(NotReady, match="1 section of the authentic text"):
            submit_edition(coordinator(draft), draft, because)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    submit_edition(coordinator(draft), draft, "The translator is ill until Monday")
    entry = Entry.objects.get(verb="submit", refused=False, thing=f"edition:{draft.pk}")
    assert entry.detail["behind"] == {"sq": 1}
    assert Reason.objects.get(entry=entry).text == "The translator is ill until Monday"
    assert "translator" not in str(entry.detail)


def test_a_courtesy_translation_may_be_behind():
    draft, _, _ = revise(make_in_force())
    submit_edition(coordinator(draft), draft)
    entry = Entry.objects.get(verb="submit", refused=False, thing=f"edition:{draft.pk}")
    assert "behind" not in entry.detail and not Reason.objects.filter(entry=entry).exists()


def test_adoption_supersedes_the_former_edition():
    first = make_in_force()
    draft, _, _ = revise(first)
    submit_edition(coordinator(draft), draft)
    today = timezone.localdate()
    adopt_edition(coordinator(draft), draft, [make_act(date=today)], today)
    first.refresh_from_db()
    draft.refresh_from_db()
    assert (first.state, first.valid_until) == (State.SUPERSEDED, today)
    assert (draft.state, draft.valid_from) == (State.IN_FORCE, today)
    assert AdoptionAct.objects.get(edition=draft).edition_sha256 == draft.sha256
    assert Entry.objects.filter(verb="adopt", thing=f"edition:{draft.pk}").exists()


def test_a_date_to_come_waits_for_its_day():
    first = make_in_force()
    draft, _, _ = revise(first)
    submit_edition(coordinator(draft), draft)
    day = timezone.localdate() + timedelta(days=5)
    adopt_edition(coordinator(draft), draft, [make_act(date=timezone.localdate())], day)
    draft.refresh_from_db()
    assert draft.state == State.APPROVED
    assert enter_due() == []
    assert [e.pk for e in enter_due(day)] == [draft.pk]
    assert Edition.objects.get(pk=first.pk).state == State.SUPERSEDED


def test_a_text_that_is_not_the_submitted_one_is_not_adopted():
    draft, _, _ = revise(make_in_force())
    submit_edition(coordinator(draft), draft)
    # Somebody with the database's password takes the guards away and changes a word.
    pgtrigger.uninstall()
    Section.objects.filter(edition=draft, position=0).update(body_mk=body("Општо", "Подметнато."))
    pgtrigger.install()
    with pytest.raises(ActionError):
        adopt_edition(coordinator(draft), draft, [make_act()], timezone.localdate())
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW


@pytest.mark.parametrize(
    "change",
    [
        lambda e: Section.objects.filter(edition=e).update(heading_mk="X"),
        lambda e: Section.objects.filter(edition=e).delete(),
        lambda e: Section.objects.create(edition=e, position=99),
        lambda e: Section.objects.get(edition=e, position=0).delete(),
        lambda e: LanguageVersion.objects.filter(edition=e).update(sha256="0" * 64),
        lambda e: Edition.objects.filter(pk=e.pk).update(title_mk="X"),
        lambda e: Edition.objects.filter(pk=e.pk).update(state=State.DRAFT),
        lambda e: Edition.objects.filter(pk=e.pk).update(valid_from=date(2020, 1, 1)),
        lambda e: AdoptionAct.objects.filter(edition=e).update(number="X"),
        lambda e: AdoptionAct.objects.filter(edition=e).delete(),
        lambda e: AdoptionAct.objects.create(
            edition=e, body="X", kind="law", number="1", date=date(2024, 1, 1)
        ),
        lambda e: Manifest.objects.filter(edition=e).update(sha256="0" * 64),
        lambda e: connection.cursor().execute(
            "UPDATE documents_section SET body_mk = NULL WHERE edition_id = %s", [e.pk]
        ),
        lambda e: connection.cursor().execute("DELETE FROM audit_entry"),
    ],
)
def test_the_database_itself_refuses_to_change_what_is_in_force(change):
    edition = make_in_force()
    before = load_tree(edition, "mk")
    with pytest.raises(IntegrityError), transaction.atomic():
        change(edition)
    assert load_tree(edition, "mk") == before


def test_what_was_adopted_before_takes_two_people():
    draft = make_draft()
    proposer = coordinator(draft)
    prior = propose_prior(proposer, draft, make_act(), date(2024, 1, 1))
    with pytest.raises(Http404):
        confirm(proposer, prior)
    confirm(coordinator(draft), prior)
    draft.refresh_from_db()
    assert draft.state == State.IN_FORCE
    assert draft.recorded


def test_a_text_that_changed_after_the_proposal_is_not_recorded():
    draft = make_draft()
    prior = propose_prior(coordinator(draft), draft, make_act(), date(2024, 1, 1))
    uid, sha256 = Section.objects.filter(edition=draft).values_list("uid", "text_hash_mk")[0]
    save_section(
        make_person(Role.DRAFTER, draft.instrument.owner),
        draft,
        str(uid),
        "mk",
        body("Друго", "Друго."),
        sha256,
    )
    with pytest.raises(Stale):
        confirm(coordinator(draft), prior)


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.REVIEWER, Role.PRACTITIONER, Role.OPERATOR, None])
def test_only_coordinators_of_the_owner_run_the_life_of_a_text(role):
    edition = make_in_force()
    person = make_person(role, edition.instrument.owner) if role else make_person(is_superuser=True)
    with pytest.raises(Http404):
        start_revision(person, edition)
