"""Guards of what a second person answers for: that a text holds no case data, and what is left out of it."""

from __future__ import annotations

import json

from audit.guards import Guard, frozen, never_emptied
from documents.guards.conditions import changed, not_draft
from documents.models.redactions import SHAPING
from documents.models.sections import ERASED

BY_TWO = (
    "EXISTS (SELECT 1 FROM documents_redaction r WHERE r.public_edition_id = NEW.id "
    "AND r.state = 'published' AND r.sha256 = NEW.sha256 AND r.approved_by_id <> r.proposed_by_id)"
)
"""That the edition is a redacted one, as two people published it."""
TAKEN_BACK = (
    "(OLD.state IN ('in_force', 'superseded', 'repealed') AND NEW.state = 'withdrawn' AND EXISTS "
    "(SELECT 1 FROM documents_redaction r WHERE r.public_edition_id = NEW.id AND r.ended IS NOT NULL))"
)
BOUND = ("id", "edition_id", "created_by_id", "created")
PROPOSED = ("source_sha256", "sha256", "proposed_by_id", "proposed")
APPROVED = (*PROPOSED, "public_edition_id", "approved_by_id", "approved")


def _in_trail(verb: str, person: str, sha256: str, of: str = "NEW") -> str:
    return (
        "EXISTS (SELECT 1 FROM audit_entry a JOIN people_user u ON u.actor = a.actor "  # noqa: S608
        f"WHERE a.thing = 'edition:' || CAST({of}.edition_id AS TEXT) AND a.verb = '{verb}' "
        f"AND NOT a.refused AND u.id = {of}.{person} AND a.detail->>'sha256' = {of}.{sha256})"
    )


_SHAPED = (
    "EXISTS (SELECT 1 FROM audit_entry a JOIN people_user u ON u.actor = a.actor "  # noqa: S608
    "WHERE a.thing = 'edition:' || CAST(NEW.edition_id AS TEXT) "
    f"AND a.verb IN {SHAPING} "
    "AND NOT a.refused AND u.id = NEW.approved_by_id AND a.at >= NEW.created)"
)
"""That the second person took marks away, or confirmed that all words are marked."""


def change_log() -> list[Guard]:
    """The log of changes stays as it is, but that an operator erases words of a draft's earlier texts."""
    table, says = "documents_sectionchange", "the log of changes is never changed"
    erased = f"CAST('{json.dumps(ERASED)}' AS jsonb)"
    rest = changed(("id", "edition_id", "uid", "language", "verb", "at", "actor"))
    submitted = "EXISTS (SELECT 1 FROM documents_manifest m WHERE m.edition_id = OLD.edition_id)"
    of_removed = f"jsonb_set(OLD.before, ARRAY[a.detail->>'language'], {erased})"
    in_trail = (
        "EXISTS (SELECT 1 FROM audit_entry a "  # noqa: S608
        "WHERE a.thing = 'edition:' || CAST(OLD.edition_id AS TEXT) AND a.verb = 'erase_earlier' "
        "AND NOT a.refused AND a.detail->>'uid' = CAST(OLD.uid AS TEXT) "
        "AND jsonb_exists(a.detail->'texts_sha256', CAST(OLD.id AS TEXT)) AND CASE WHEN OLD.verb = 'remove' "
        f"THEN NEW.before = {of_removed} AND NEW.after IS NOT DISTINCT FROM OLD.after "
        "ELSE a.detail->>'language' = OLD.language "
        f"AND (NEW.before IS NOT DISTINCT FROM OLD.before OR NEW.before = {erased}) "
        f"AND (NEW.after IS NOT DISTINCT FROM OLD.after OR NEW.after = {erased}) END)"
    )
    return [
        Guard(
            f"{table}_update",
            table,
            "UPDATE",
            f"{rest} OR {not_draft('OLD')} OR {submitted} OR NOT {in_trail}",
            says,
        ),
        Guard(f"{table}_delete", table, "DELETE", "1 = 1", says),
        never_emptied(table, says),
    ]


def case_data_answers() -> list[Guard]:
    table = "documents_casedataanswer"
    wrote = (
        "EXISTS (SELECT 1 FROM documents_sectionchange c JOIN people_user u ON u.actor = c.actor "
        "WHERE c.edition_id = NEW.edition_id AND c.uid = NEW.uid AND c.language = NEW.language "
        "AND u.id = NEW.person_id)"
    )
    says = "a second person says why a text holds no case data"
    return [
        Guard(
            f"{table}_insert",
            table,
            "INSERT",
            f"{wrote} OR NOT {_in_trail('no_case_data', 'person_id', 'text_hash')}",
            says,
        ),
        *frozen(table, says),
    ]


def redactions() -> list[Guard]:
    table, marks = "documents_redaction", "documents_redactionmark"
    says = "what is left out is approved by a second person and stays"
    state = "(SELECT state FROM documents_redaction WHERE id = {row}.redaction_id)"
    steps = (
        "(OLD.state = 'draft' AND NEW.state = 'proposed') OR "
        "(OLD.state = 'proposed' AND NEW.state IN ('draft', 'published')) OR "
        "(OLD.state = 'published' AND NEW.state = 'ended')"
    )
    approved = (
        # A person who is missing (NULL) is no second one.
        "COALESCE(NEW.approved_by_id NOT IN (NEW.created_by_id, NEW.proposed_by_id), FALSE) "  # noqa: S608
        f"AND NOT EXISTS (SELECT 1 FROM {marks} m WHERE m.redaction_id = NEW.id "
        f"AND m.by_id = NEW.approved_by_id) AND NOT {_SHAPED} "
        "AND NEW.public_edition_id IS NOT NULL AND NEW.sha256 <> '' "
        f"AND {_in_trail('approve_redaction', 'approved_by_id', 'sha256')}"
    )
    at_work = f"COALESCE({state.format(row='{row}')}, 'draft') = 'draft'"
    return [
        Guard(f"{table}_insert", table, "INSERT", "NEW.state <> 'draft'", says),
        Guard(
            f"{table}_update",
            table,
            "UPDATE",
            f"{changed(BOUND)} OR (OLD.state <> NEW.state AND NOT ({steps})) "
            f"OR (OLD.state = 'proposed' AND NEW.state = 'published' "
            f"AND (({changed(PROPOSED)}) OR NOT ({approved}))) "
            f"OR (OLD.state IN ('published', 'ended') AND ({changed(APPROVED)})) "
            "OR (OLD.state = 'ended' AND OLD.ended <> NEW.ended)",
            says,
        ),
        Guard(f"{table}_delete", table, "DELETE", "OLD.state <> 'draft'", says),
        never_emptied(table, says),
        Guard(f"{marks}_insert", marks, "INSERT", f"NOT ({at_work.format(row='NEW')})", says),
        Guard(f"{marks}_update", marks, "UPDATE", "1 = 1", says),
        Guard(f"{marks}_delete", marks, "DELETE", f"NOT ({at_work.format(row='OLD')})", says),
        never_emptied(marks, says),
    ]
