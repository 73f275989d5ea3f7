"""Votes at one moment, on a real PostgreSQL: each counts or is told, and the stage ends once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.workflows.forked import Run


@pytest.fixture
def run_script(migrated: Callable[[], str], scripts: Run, tmp_path: Path) -> Callable[[str], Any]:
    """Gives what a script of this folder prints, run on a database of its own."""

    def run(script: str) -> Any:
        done = scripts(script, database=migrated(), files=tmp_path)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    return run


def test_votes_at_one_moment(run_script: Callable[[str], Any]) -> None:
    found = run_script("at_once.votes")
    assert found["many"] == ["kept"] * 20 and found["votes"] == 20
    assert found["asked_once"] == 1
    assert found["two"] == ["answered", "kept"] and found["legal_votes"] == 1
    assert found["outcomes"] == ["passed", "passed", ""] and found["passed_mails"] == 1


def test_a_text_is_reopened_while_its_reviewers_sign(run_script: Callable[[str], Any]) -> None:
    """Nobody waits for somebody who waits for them: each is kept or told, and no sign-off outlives the
    reopening."""
    found = run_script("at_once.reopened")
    said = {one for moment in found["said"] for one in moment}
    assert said <= {"kept", "review_ended", "voided", "not_open", "stage_ended"}, said
    assert found["left"] == 0 and found["state"] == "draft"


def test_a_text_comes_into_force_while_its_classification_is_changed(
    run_script: Callable[[str], Any],
) -> None:
    found = run_script("at_once.adopted")
    assert set(found["said"]) == {"kept"}, found["said"]
    assert found["states"] == [["in_force", "official"]]
    # Who opens a document and who closes it hold it in one order: each is kept or told.
    assert not [one for pair in found["opened"] for one in pair if "deadlock" in one], found["opened"]


def test_somebody_comments_while_others_vote_answer_and_end_the_coordination(
    run_script: Callable[[str], Any],
) -> None:
    """Nobody waits for somebody who waits for them, and no comment is lost: what is held for an action can be
    pointed to."""
    found = run_script("commented_at_once.commented")
    assert found["aside"] == []
    # Who commented in the moment in which their delegation was ended reads what becomes of it, and signs
    # nothing.
    assert found["delegate"] == {"said": ["kept", "kept"], "reads": True, "signs": False}
    said = {what: [one[what] for one in found["said"]] for what in found["said"][0]}
    assert all(set(one) == {"kept"} for each in said.values() for one in each), said
    assert all(set(one) == {"kept"} for one in found["corrected"]), found["corrected"]


def test_somebody_leaves_or_a_delegate_ends_while_a_stage_or_a_text_comes_to_its_end(
    run_script: Callable[[str], Any],
) -> None:
    """No vote, no adoption and no ended role is undone because two held grants and the trail in different
    orders."""
    result = run_script("left_at_once.left")
    found = result["said"]
    votes = {vote for vote, _leaves in found.pop("handing_over")}
    assert votes <= {"kept", "not_asked", "Http404()"} and result["of_another"] == 0, result
    # Nor does an answer count that stands in the trail after what took the right to it away.
    ending = [one for kind in ("delegate_votes", "closed_to") for one in found.pop(kind)]
    assert {vote for vote, _ends in ending} <= {"kept", "not_asked", "no_right", "Http404()"}, result
    assert {ends for _vote, ends in ending} == {"kept"} and result["late"] == 0, result
    assert {kind: {one for pair in pairs for one in pair} for kind, pairs in found.items()} == {
        "last_vote": {"kept"},
        "adoption": {"kept"},
        "going_on": {"kept"},
        "withdrawal": {"kept"},
    }


def test_corrigenda_are_recorded_at_one_moment(run_script: Callable[[str], Any]) -> None:
    """Of two that mend the same words one is recorded and one told; what is taken back is not recorded, nor
    the reverse."""
    found = run_script("at_once.corrected")
    pairs = found["same"] + found["rivals"]
    # One is kept; the other is a refusal by its code, no error.
    assert all(pair.count("kept") == 1 and all(one.isidentifier() for one in pair) for pair in pairs), pairs
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in found["numbers"])
    assert found["acts"] == 0 and found["wrong"] == []


def test_the_trail_is_checked_while_somebody_signs_off(run_script: Callable[[str], Any]) -> None:
    """Nothing is raised of what was in the making, and nobody who writes waits for who checks."""
    found = run_script("at_once.verified")
    assert found["said"] == ["kept"] and found["votes"] == 1
    assert found["during"] == [] and found["after"] == []
