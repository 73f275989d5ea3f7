"""Database guards of reviews: what sign-offs, stages and stored texts may become.

No trigger can hash a stored text. So none is stored before its time, none is replaced, and ``verify_audit``
hashes each again (workflows.trail.checks, docs/decisions/0004).
"""

from __future__ import annotations

from audit.guards import Guard, actor_of, add, frozen, last_told, never_removed, told

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


_RESTS_ON_A_SEAT = (
    "EXISTS (SELECT 1 FROM workflows_stagegrant g JOIN workflows_stage s ON s.id = g.stage_id "
    "JOIN workflows_review r ON r.id = s.review_id "
    "JOIN workflows_seat t ON t.stage_id = COALESCE(s.kept_id, s.id) "
    "JOIN people_membership m ON m.institution_id = t.institution_id "
    "WHERE g.grant_id = {row}.id AND {row}.key = 'ed:' || CAST(r.edition_id AS TEXT) "
    "AND {row}.verb IN ('sign_off', 'comment') AND {row}.for_role = 'reviewer' "
    "AND t.institution_id = {row}.for_institution_id AND m.user_id = {row}.user_id "
    "AND m.role = 'reviewer' AND m.confirmed IS NOT NULL)"
)
"""A right has no entry of its own: it follows from a seat, and from a role that the trail grants."""
UNFOUNDED_GRANTS = (
    "SELECT p.id FROM people_grant p WHERE (p.ends IS NULL OR p.ends > CURRENT_DATE) "  # noqa: S608
    f"AND NOT {_RESTS_ON_A_SEAT.format(row='p')} ORDER BY p.id"
)
_UNDER_WAY = (
    "EXISTS (SELECT 1 FROM workflows_stagegrant g JOIN workflows_stage s ON s.id = g.stage_id "
    "JOIN workflows_review r ON r.id = s.review_id WHERE g.grant_id = NEW.id "
    "AND r.state IN ('running', 'returned'))"
)
_ENDED_STAGE = " OR ".join(
    (
        told("stage", ["end_stage"], outcome="NEW.outcome", moment="NEW.closed"),
        f"(NEW.kind = 'adoption' AND NEW.outcome = 'passed' AND "
        f"{told('review', ['review_done'], key='NEW.review_id', moment='NEW.closed')})",
    )
)
_RETURNED = (
    "(NEW.state = 'returned' AND EXISTS (SELECT 1 FROM workflows_stage s JOIN audit_entry a "
    "ON a.thing = 'stage:' || CAST(s.id AS TEXT) WHERE s.review_id = NEW.id AND NOT a.refused "
    "AND a.verb = 'end_stage' AND CAST(a.detail->>'moment' AS timestamptz) = NEW.ended "
    "AND a.detail->>'outcome' <> 'passed'))"
)
_ENDED_REVIEW = " OR ".join(
    (told("review", ["review_done", "void_review"], state="NEW.state", moment="NEW.ended"), _RETURNED)
)
_ASKED_LAST = last_told("seat", ["hand_over_seat"], what="a.detail->>'to'")
STARTING = ("start_review", "restart")


def _unplanned(what: str, review: str) -> str:
    """The entry that began the review does not have the number of the row."""
    plan = f"jsonb_exists({last_told('review', STARTING, key=review, what=f'a.detail->{what!r}')}, "
    return f"NOT COALESCE({plan}CAST(NEW.id AS TEXT)), FALSE)"


_KEPT = (
    "EXISTS (SELECT 1 FROM workflows_stage k JOIN workflows_review o ON o.id = k.review_id "
    "JOIN workflows_review r ON r.id = NEW.review_id AND r.edition_id = o.edition_id "
    "WHERE k.id = NEW.kept_id AND k.closed = NEW.closed AND k.outcome = NEW.outcome)"
)


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
    *never_removed("workflows_signoff", _SAYS),
    Guard(
        "workflows_review_update",
        "workflows_review",
        "UPDATE",
        _differs("edition_id", "round", "procedure", "submitted_by_id", "started")
        + f" OR (OLD.manifest_id <> NEW.manifest_id AND {_LOCKED})"
        + " OR (OLD.state <> 'running' AND OLD.state <> NEW.state)",
        "a review keeps what it started with",
    ),
    Guard("workflows_review_insert", "workflows_review", "INSERT", "NEW.state <> 'running'", "a review runs"),
    Guard(
        "workflows_review_started",
        "workflows_review",
        "INSERT",
        f"NOT {told('review', STARTING, moment='NEW.started')}",
        "a review begins as the trail tells",
        deferred=True,
    ),
    Guard(
        "workflows_stage_planned",
        "workflows_stage",
        "INSERT",
        _unplanned("stages", "NEW.review_id"),
        "a review has the stages that the trail tells of",
        deferred=True,
    ),
    Guard(
        "workflows_seat_planned",
        "workflows_seat",
        "INSERT",
        _unplanned("seats", "(SELECT s.review_id FROM workflows_stage s WHERE s.id = NEW.stage_id)"),
        "a stage asks those of whom the trail tells",
        deferred=True,
    ),
    Guard(
        "workflows_stage_opened",
        "workflows_stage",
        "UPDATE",
        f"OLD.opened IS DISTINCT FROM NEW.opened AND NOT "
        f"{told('stage', ['open_stage'], moment='NEW.opened')}",
        "a stage opens as the trail tells",
        deferred=True,
    ),
    Guard(
        "workflows_review_ended",
        "workflows_review",
        "UPDATE",
        f"OLD.state <> NEW.state AND NOT ({_ENDED_REVIEW})",
        "a review ends as the trail tells",
        deferred=True,
    ),
    *never_removed("workflows_review", "a review is never removed"),
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
        "NOT EXISTS (SELECT 1 FROM workflows_review r WHERE r.id = NEW.review_id AND r.state = 'running') "  # noqa: S608
        f"OR ((NEW.opened IS NOT NULL OR NEW.closed IS NOT NULL OR NEW.outcome <> '') AND NOT {_KEPT})",
        "a review that has ended gets no stage, and no stage begins as ended",
    ),
    Guard(
        "workflows_stage_ended",
        "workflows_stage",
        "UPDATE",
        "OLD.kept_id IS DISTINCT FROM NEW.kept_id OR ((OLD.closed, OLD.outcome) IS DISTINCT FROM "
        f"(NEW.closed, NEW.outcome) AND NOT ({_ENDED_STAGE}))",
        "a stage ends as the trail tells",
        deferred=True,
    ),
    Guard(
        "workflows_stage_skipped",
        "workflows_stage",
        "UPDATE",
        "OLD.opened IS NULL AND NEW.opened IS NOT NULL AND EXISTS (SELECT 1 FROM workflows_stage s "
        "WHERE s.review_id = NEW.review_id AND s.step < NEW.step AND s.closed IS NULL)",
        "no stage is skipped",
    ),
    *never_removed("workflows_stage", "a stage is never removed"),
    Guard(
        "workflows_seat_insert",
        "workflows_seat",
        "INSERT",
        "NEW.assented IS NOT NULL OR NOT EXISTS (SELECT 1 FROM workflows_stage s "
        "JOIN workflows_review r ON r.id = s.review_id "
        "WHERE s.id = NEW.stage_id AND s.opened IS NULL AND r.state = 'running')",
        "a stage that has begun, or a review that has ended, asks nobody more",
    ),
    Guard(
        "workflows_seat_update",
        "workflows_seat",
        "UPDATE",
        _differs("stage_id", "institution_id"),
        "the institutions of a stage do not change",
    ),
    Guard(
        "workflows_seat_told",
        "workflows_seat",
        "UPDATE",
        "(OLD.assented IS DISTINCT FROM NEW.assented AND NOT "
        f"{told('seat', ['silent_assent'], moment='NEW.assented')}) OR (OLD.user_id IS DISTINCT FROM "
        f"NEW.user_id AND {_ASKED_LAST} IS DISTINCT FROM {actor_of('NEW.user_id')})",
        "whom a seat asks, and its silence, change as the trail tells",
        deferred=True,
    ),
    *never_removed("workflows_seat", "an institution asked is never removed"),
    Guard(
        "workflows_delegate_insert",
        "workflows_delegate",
        "INSERT",
        "NOT "
        + told(
            "delegate",
            ["delegate"],
            asked=actor_of("NEW.asked_id"),
            to=actor_of("NEW.to_id"),
            until="CAST(NEW.until AS TEXT)",
            moment="NEW.given",
        ),
        "the trail does not name this delegate",
        deferred=True,
    ),
    Guard(
        "workflows_delegate_update",
        "workflows_delegate",
        "UPDATE",
        "OLD.ended IS NOT NULL OR "
        + _differs(
            "institution_id",
            "asked_id",
            "to_id",
            "starts",
            "until",
            "reason",
            "given_by_id",
            "given",
            "by_coordinator",
        ),
        "a delegate can only be ended",
    ),
    Guard(
        "workflows_delegate_ended",
        "workflows_delegate",
        "UPDATE",
        "OLD.ended IS DISTINCT FROM NEW.ended AND NOT "
        + told("delegate", ["end_delegate"], moment="NEW.ended"),
        "a delegate ends as the trail tells",
        deferred=True,
    ),
    Guard(
        "people_grant_insert",
        "people_grant",
        "INSERT",
        # One that was to begin later may be gone again.
        "EXISTS (SELECT 1 FROM people_grant p WHERE p.id = NEW.id) AND NOT "  # noqa: S608
        + _RESTS_ON_A_SEAT.format(row="NEW"),
        "a right rests on a seat of a review",
        deferred=True,
    ),
    Guard(
        "people_grant_update",
        "people_grant",
        "UPDATE",
        "(OLD.id, OLD.user_id, OLD.institution_id, OLD.key, OLD.verb, OLD.languages, OLD.reason, "
        "OLD.for_role, OLD.for_institution_id, OLD.starts) IS DISTINCT FROM (NEW.id, NEW.user_id, "
        "NEW.institution_id, NEW.key, NEW.verb, NEW.languages, NEW.reason, NEW.for_role, "
        "NEW.for_institution_id, NEW.starts) OR (OLD.ends < COALESCE(NEW.ends, 'infinity') "
        f"AND NOT {_UNDER_WAY})",
        "a right ends, and lasts longer only while its review is under way",
    ),
    Guard(
        "workflows_stagegrant_update", "workflows_stagegrant", "UPDATE", "1 = 1", "a right rests on a seat"
    ),
    *never_removed("workflows_delegate", "a delegate is never removed"),
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
