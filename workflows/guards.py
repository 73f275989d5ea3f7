"""Database guards of reviews: what sign-offs, stages and stored texts may become.

No trigger can hash a stored text. So none is stored before its time, none is replaced, and ``verify_audit``
hashes each again (workflows.trail.checks, docs/decisions/0004).
"""

from __future__ import annotations

from audit.guards import Guard, add, frozen, never_emptied

_SAYS = "a sign-off is never changed"
_LOCKED = (
    "EXISTS (SELECT 1 FROM workflows_stage s "
    "WHERE s.review_id = OLD.id AND s.locked AND s.opened IS NOT NULL)"
)


def _holds(json: str, words: str, *also: str) -> str:
    """That JSON contains these words letter by letter, without a quotation mark that reaches over several."""
    plain = "".join(f"REPLACE(NEW.{name}, '\"', '') = NEW.{name} AND " for name in ("language", *also))
    return f"{plain}REPLACE({json}, {words}, '') <> {json}"


def _differs(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


def _never_removed(table: str, says: str) -> list[Guard]:
    return [Guard(f"{table}_delete", table, "DELETE", "1 = 1", says), never_emptied(table, says)]


add(
    Guard(
        "workflows_signoff_insert",
        "workflows_signoff",
        "INSERT",
        "NEW.taken_back OR NOT EXISTS (SELECT 1 FROM workflows_seat t "
        "JOIN workflows_stage s ON s.id = t.stage_id "
        "WHERE t.id = NEW.seat_id AND s.opened IS NOT NULL AND s.closed IS NULL)",
        "a sign-off is given in an open stage",
    ),
    Guard(
        "workflows_signoff_update",
        "workflows_signoff",
        "UPDATE",
        "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR "
        + _differs(
            "seat_id", "choice", "reason", "person_id", "manifest_id", "manifest_sha256", "covers", "at"
        )
        + " OR COALESCE(OLD.instead_of_id, 0) <> COALESCE(NEW.instead_of_id, 0)",
        _SAYS,
    ),
    Guard(
        "workflows_signoff_taken_back",
        "workflows_signoff",
        "UPDATE",
        "NEW.taken_back AND NOT EXISTS (SELECT 1 FROM workflows_seat t JOIN workflows_stage s "
        "ON s.id = t.stage_id JOIN workflows_review r ON r.id = s.review_id "
        "WHERE t.id = NEW.seat_id AND s.opened IS NOT NULL AND s.closed IS NULL AND r.state = 'running')",
        "an answer is taken back while its stage is open",
    ),
    *_never_removed("workflows_signoff", _SAYS),
    Guard(
        "workflows_review_update",
        "workflows_review",
        "UPDATE",
        _differs("edition_id", "round", "procedure", "submitted_by_id", "started")
        + f" OR (OLD.manifest_id <> NEW.manifest_id AND {_LOCKED})"
        + " OR (OLD.state <> 'running' AND OLD.state <> NEW.state)",
        "a review keeps what it started with",
    ),
    *_never_removed("workflows_review", "a review is never removed"),
    Guard(
        "workflows_stage_update",
        "workflows_stage",
        "UPDATE",
        "OLD.closed IS NOT NULL OR "
        + _differs("review_id", '"order"', "step", "kind", "quorum", "silence", "locked")
        + " OR (OLD.second_factor AND NOT NEW.second_factor)",
        "a stage that has ended does not change",
    ),
    Guard(
        "workflows_stage_insert",
        "workflows_stage",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM workflows_review r WHERE r.id = NEW.review_id AND r.state = 'running')",
        "a review that has ended gets no stage",
    ),
    Guard(
        "workflows_stage_skipped",
        "workflows_stage",
        "UPDATE",
        "OLD.opened IS NULL AND NEW.opened IS NOT NULL AND EXISTS (SELECT 1 FROM workflows_stage s "
        "WHERE s.review_id = NEW.review_id AND s.step < NEW.step AND s.closed IS NULL)",
        "no stage is skipped",
    ),
    *_never_removed("workflows_stage", "a stage is never removed"),
    Guard(
        "workflows_seat_insert",
        "workflows_seat",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM workflows_stage s JOIN workflows_review r ON r.id = s.review_id "
        "WHERE s.id = NEW.stage_id AND s.closed IS NULL AND r.state = 'running')",
        "a stage or review that has ended asks nobody more",
    ),
    Guard(
        "workflows_seat_update",
        "workflows_seat",
        "UPDATE",
        _differs("stage_id", "institution_id"),
        "the institutions of a stage do not change",
    ),
    *_never_removed("workflows_seat", "an institution asked is never removed"),
    Guard(
        "workflows_delegate_update",
        "workflows_delegate",
        "UPDATE",
        "OLD.ended IS NOT NULL OR "
        + _differs("institution_id", "asked_id", "to_id", "starts", "until", "reason", "given_by_id"),
        "a delegate can only be ended",
    ),
    *_never_removed("workflows_delegate", "a delegate is never removed"),
    Guard(
        "workflows_roundtext_insert",
        "workflows_roundtext",
        "INSERT",
        "EXISTS (SELECT 1 FROM workflows_review r "  # noqa: S608
        "WHERE r.id = NEW.review_id AND r.state IN ('running', 'done')) "
        "OR NOT EXISTS (SELECT 1 FROM workflows_review r JOIN documents_edition e ON e.id = r.edition_id "
        "JOIN documents_instrument i ON i.id = e.instrument_id WHERE r.id = NEW.review_id AND "
        + _holds("CAST(i.languages AS TEXT)", "'\"' || NEW.language || '\"'")
        + ")",
        "the text of a round is kept when the round has ended without an adoption",
    ),
    *frozen("workflows_roundtext", "the text of a round is never changed"),
    Guard(
        "workflows_answeredtext_insert",
        "workflows_answeredtext",
        "INSERT",
        # Only of a stage in which the text is open, in the transaction of the answer. Of a locked one it is
        # the text of the manifest, and whoever puts in another one would come first.
        "NOT EXISTS (SELECT 1 FROM workflows_signoff g "  # noqa: S608
        "JOIN documents_manifest m ON m.id = g.manifest_id JOIN workflows_seat t ON t.id = g.seat_id "
        "JOIN workflows_stage s ON s.id = t.stage_id WHERE m.edition_id = NEW.edition_id AND NOT s.locked "
        "AND "
        + _holds(
            "CAST(m.versions AS TEXT)",
            "'\"' || NEW.language || '\": \"' || NEW.sha256 || '\"'",
            "sha256",
        )
        + ")",
        "a text is kept as answered once somebody has answered for it",
    ),
    *frozen("workflows_answeredtext", "a text that was answered is never changed"),
)
