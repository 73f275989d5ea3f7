"""An answer that nobody gave to a comment, written into the database: `verify_audit` names it."""

from __future__ import annotations

import pytest

from tests.audit.test_altered_rest import check, other
from tests.workflows.conftest import make_cast
from workflows.actions.write_comment import write_comment

pytestmark = pytest.mark.django_db
ANSWER = "it has an answer, and the trail tells of none"


def test_of_a_comment_that_waits() -> None:
    cast = make_cast()
    write_comment(cast.goran, cast.start(), cast.uids[0], "mk", "Too long.")
    comment = "UPDATE documents_comment SET"
    check(
        {
            "an answer": (f"{comment} outcome = 'accepted', outcome_text = 'We did as you say'", ANSWER),
            "its outcome": (f"{comment} outcome = 'accepted'", ANSWER),
            "its words": (f"{comment} outcome_text = 'We did as you say'", ANSWER),
            "who gave it": (other("documents_comment", "decided_by_id"), ANSWER),
            "who settled it": (
                other("documents_comment", "resolved_by_id"),
                "somebody settled it, and the trail does not say so",
            ),
            "who put its words in": (
                other("documents_comment", "applied_by_id"),
                "somebody put its words in, and the trail does not say so",
            ),
        }
    )
