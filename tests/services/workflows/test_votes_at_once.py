"""Votes at one moment, on a real PostgreSQL: each counts or is told, and the stage ends once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.workflows.forked import Run


@pytest.fixture
def come_of(migrated: Callable[[], str], scripts: Run, tmp_path: Path) -> Callable[[str], Any]:
    """Gives what a script of this folder prints, run on a database of its own."""

    def told(script: str) -> Any:
        done = scripts(script, database=migrated(), files=tmp_path)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    return told


def test_votes_at_one_moment(come_of: Callable[[str], Any]) -> None:
    came = come_of("at_once.votes")
    assert came["many"] == ["kept"] * 20 and came["votes"] == 20
    assert came["asked_once"] == 1
    assert came["two"] == ["answered", "kept"] and came["legal_votes"] == 1
    assert came["outcomes"] == ["passed", "passed", ""] and came["passed_mails"] == 1


def test_a_text_is_reopened_while_its_reviewers_sign(come_of: Callable[[str], Any]) -> None:
    """Nobody waits for somebody who waits for them: each is kept or told, and no sign-off outlives the
    reopening."""
    came = come_of("at_once.reopened")
    said = {one for moment in came["said"] for one in moment}
    assert said <= {"kept", "review_ended", "voided", "not_open", "stage_ended"}, said
    assert came["left"] == 0 and came["state"] == "draft"


def test_a_text_comes_into_force_while_its_classification_is_changed(come_of: Callable[[str], Any]) -> None:
    came = come_of("at_once.adopted")
    assert set(came["said"]) == {"kept"}, came["said"]
    assert came["states"] == [["in_force", "official"]]
    # Who opens a document and who closes it hold it in one order: each is kept or told.
    assert not [one for pair in came["opened"] for one in pair if "deadlock" in one], came["opened"]


def test_somebody_comments_while_others_vote_answer_and_end_the_coordination(
    come_of: Callable[[str], Any],
) -> None:
    """Nobody waits for somebody who waits for them, and no comment is lost: what is held for an action can be
    pointed to."""
    came = come_of("commented_at_once.commented")
    assert came["aside"] == []
    # Who commented in the moment in which their delegation was ended reads what becomes of it, and signs
    # nothing.
    assert came["delegate"] == {"said": ["kept", "kept"], "reads": True, "signs": False}
    said = {what: [one[what] for one in came["said"]] for what in came["said"][0]}
    assert all(set(one) == {"kept"} for each in said.values() for one in each), said
    assert all(set(one) == {"kept"} for one in came["corrected"]), came["corrected"]


def test_somebody_leaves_or_a_delegate_ends_while_a_stage_or_a_text_comes_to_its_end(
    come_of: Callable[[str], Any],
) -> None:
    """No vote, no adoption and no ended role is undone because two held grants and the trail in different
    orders."""
    told = come_of("left_at_once.left")
    came = told["said"]
    votes = {vote for vote, _leaves in came.pop("handing_over")}
    assert votes <= {"kept", "not_asked", "Http404()"} and told["of_another"] == 0, told
    # Nor does an answer count that stands in the trail after what took the right to it away.
    ending = [one for kind in ("delegate_votes", "closed_to") for one in came.pop(kind)]
    assert {vote for vote, _ends in ending} <= {"kept", "not_asked", "no_right", "Http404()"}, told
    assert {ends for _vote, ends in ending} == {"kept"} and told["late"] == 0, told
    assert {kind: {one for pair in pairs for one in pair} for kind, pairs in came.items()} == {
        "last_vote": {"kept"},
        "adoption": {"kept"},
        "going_on": {"kept"},
        "withdrawal": {"kept"},
    }


def test_corrigenda_are_recorded_at_one_moment(come_of: Callable[[str], Any]) -> None:
    """Of two that mend the same words one is recorded and one told; what is taken back is not recorded, nor
    the reverse."""
    came = come_of("at_once.corrected")
    pairs = came["same"] + came["rivals"]
    assert all(told.startswith("ActionError") and kept == "kept" for told, kept in pairs), pairs
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in came["numbers"])
    assert came["acts"] == 0 and came["wrong"] == []


def test_the_trail_is_checked_while_somebody_signs_off(come_of: Callable[[str], Any]) -> None:
    """Nothing is raised of what was in the making, and nobody who writes waits for who checks."""
    came = come_of("at_once.verified")
    assert came["said"] == ["kept"] and came["votes"] == 1
    assert came["during"] == [] and came["after"] == []
