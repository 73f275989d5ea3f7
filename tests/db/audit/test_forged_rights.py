"""Rights, links and ends of rounds that somebody with the site's role writes by SQL: the guards refuse each,
and ``verify_audit`` names each where there were no guards."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

import audit
from audit.verify import problems
from documents.actions.assign import assign
from documents.actions.classify import change_classification
from people.actions.leave import end_membership
from tests.support.factories import narrow
from tests.support.reviews import Cast, make_cast
from tests.support.tampering import tamper, unguarded
from workflows.models import Review

pytestmark = pytest.mark.django_db

PERSON = "(SELECT id FROM people_user WHERE name = 'Teuta')"
FORGED = {
    "a right": (
        "INSERT INTO people_grant (user_id, key, verb, languages, reason, for_role, starts) "
        f"SELECT {PERSON}, 'ed:' || id, 'draft', '[]', 'x', '', CURRENT_DATE FROM documents_edition LIMIT 1",
        "a right rests on a seat",
        "no seat of a review gives this right",
    ),
    "a right to another text": (
        "UPDATE people_grant SET key = 'ed:4711'",
        "a right ends",
        "no seat of a review gives this right",
    ),
    "an assignment": (
        "INSERT INTO documents_assignment (edition_id, user_id, language, assigned) "
        f"SELECT id, {PERSON}, 'mk', now() FROM documents_edition LIMIT 1",
        "the trail does not assign this part",
        "the trail does not assign this part",
    ),
    "a link by mail": (
        "INSERT INTO people_maillink (user_id, email, institution_id, token_sha256, onward, about, made, "
        "expires) SELECT id, email, (SELECT min(id) FROM people_institution), repeat('0', 64), '', '', now(), "
        f"now() + interval '1 day' FROM people_user WHERE id = {PERSON}",
        "does not say that this link was sent",
        "does not say that it was sent",
    ),
    "a stage that passed": (
        "UPDATE workflows_stage SET closed = now(), outcome = 'passed' WHERE opened IS NOT NULL",
        "a stage ends as the trail tells",
        "whether and when it ended is not as the trail says",
    ),
    "a review that is over": (
        "UPDATE workflows_review SET state = 'passed', ended = now()",
        "a review ends as the trail tells",
        "whether and when it ended is not as the trail says",
    ),
    "silence": (
        "UPDATE workflows_seat SET assented = now()",
        "its silence, change as the trail tells",
        "whether its silence counts is not as the trail says",
    ),
    "a delegate": (
        "INSERT INTO workflows_delegate (institution_id, asked_id, to_id, starts, until, reason, given, "
        "given_by_id, by_coordinator) SELECT institution_id, user_id, "
        f"{PERSON}, CURRENT_DATE, CURRENT_DATE, '', now(), user_id, false FROM workflows_seat LIMIT 1",
        "the trail does not name this delegate",
        "the trail names no such delegate",
    ),
    "a text that is withdrawn": (
        "UPDATE documents_edition SET state = 'withdrawn'",
        "goes from state to state as the audit trail tells",
        "it is withdrawn, and the trail does not say so",
    ),
    "a narrower classification": (
        "UPDATE documents_instrument SET classification = 'tlp_red'",
        "a classification changes as the audit trail tells",
        "the trail tells of another classification",
    ),
    "an institution that nobody asked": (
        "INSERT INTO workflows_seat (stage_id, institution_id) SELECT s.id, i.id FROM workflows_stage s, "
        "people_institution i WHERE s.opened IS NULL AND NOT EXISTS (SELECT 1 FROM "
        "workflows_seat t WHERE t.stage_id = s.id AND t.institution_id = i.id) LIMIT 1",
        "a stage asks those of whom the trail tells",
        "the trail does not ask this institution",
    ),
    "a stage that nobody planned": (
        'INSERT INTO workflows_stage (review_id, "order", step, kind, name, names, quorum, days, working, silence, '
        "delegate, second_factor, locked, moved_reason, outcome) SELECT id, 99, 99, 'sign_off', '', '{}', 'any', 1, "
        "false, 'assent', 'assigned', false, true, '', '' FROM workflows_review LIMIT 1",
        "a review has the stages that the trail tells of",
        "the trail tells of no such stage",
    ),
    "a stage that is not open": (
        "UPDATE workflows_stage SET opened = NULL WHERE opened IS NOT NULL",
        "a stage opens as the trail tells",
        "whether and when it opened is not as the trail says",
    ),
    "a role that is gone": (
        "DELETE FROM people_membership WHERE role = 'coordinator'",
        "a role is ended, never removed",
        "the trail tells of it, and it is gone",
    ),
    "rights that are gone": (
        "DELETE FROM workflows_stagegrant; DELETE FROM people_grant",
        "",
        "has no right to answer any more",
    ),
    "a role that ended": (
        "UPDATE people_membership SET ends = '2020-01-01'",
        "",
        "the trail does not say that it ended",
    ),
}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def review(cast: Cast) -> Review:
    return cast.start()


def forge(sql: str, refusal: str) -> None:
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(("sql", "refusal", "line"), FORGED.values(), ids=FORGED)
def test_it_is_refused_and_named(review: Review, sql: str, refusal: str, line: str) -> None:
    assert list(problems()) == []
    if refusal:
        forge(sql, refusal)
    with unguarded():
        tamper(sql)
    assert any(line in one for one in problems()), list(problems())


def test_nobody_confirms_a_proposal_or_holds_an_ended_role_for_longer_by_sql(cast: Cast) -> None:
    narrow("tlp_amber", cast.edition.instrument)
    change_classification(cast.coordinator, cast.edition.instrument, "tlp_green", "why")
    forge(
        f"UPDATE proposals_proposal SET decided = now(), decided_by_id = {PERSON}, confirmed = true "
        "WHERE decided IS NULL",
        "the trail does not tell who decided",
    )
    end_membership(cast.coordinator, cast.teuta.memberships.get())
    longer = f"UPDATE people_membership SET ends = '2099-01-01' WHERE user_id = {PERSON}"
    forge(longer, "given anew, never for longer")
    tamper(longer)
    assert [line.partition(": ")[2] for line in problems()] == ["the trail says that it ended"]


def test_parts_that_an_older_kodeks_assigned_are_put_on_record(cast: Cast) -> None:
    """It took a part back without the section's name, which would take back the other one too."""
    for uid in cast.uids[:2]:
        assign(cast.coordinator, cast.edition, cast.drafter, "mk", uid)
    kept = cast.edition.assignments.get(uid=cast.uids[1])
    cast.edition.assignments.get(uid=cast.uids[0]).delete()
    to = str(cast.drafter.actor)
    audit.record("unassign", cast.edition, cast.coordinator, to=to, language="mk")
    assert [one for one in problems() if "assign" in one] == [
        f"assignment:{kept.pk}: the trail does not assign this part"
    ]
    import_module("documents.migrations.0011_rights_on_record").record(apps, None)
    assert list(problems()) == []
