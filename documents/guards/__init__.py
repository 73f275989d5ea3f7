"""Guards of documents in the database: only a draft's text is written, and what was adopted stays."""

from __future__ import annotations

from audit.guards import Guard, add, frozen, last_told, never_emptied, never_removed, numbered, told
from documents.choices import Classification, opens
from documents.guards.assignments import assignments
from documents.guards.conditions import (
    FROZEN_COLUMNS,
    INSTRUMENT_COLUMNS,
    STATE,
    STORED_BY_HASH,
    SUBMITTED_COLUMNS,
    TITLES,
    changed,
    corrigenda,
    not_draft,
    only_drafts,
    unfinished_only,
    versions,
)
from documents.guards.contacts import contacts
from documents.guards.papers import trust_lists
from documents.guards.redactions import BY_TWO, TAKEN_BACK, case_data_answers, change_log, redactions

STEPS = {
    "draft": ("in_review", "in_force", "withdrawn"),
    "in_review": ("draft", "approved", "withdrawn"),
    "approved": ("in_force", "withdrawn"),
    "in_force": ("superseded", "repealed"),
    "superseded": (),
    "repealed": (),
    "withdrawn": (),
}
"""From which state an edition goes to which."""


AFTER = "a.detail->>'after'"


def _illegal_step() -> str:
    legal = " OR ".join(
        f"(OLD.state = '{old}' AND NEW.state IN ({', '.join(repr(new) for new in news)}))"
        for old, news in STEPS.items()
        if news
    )
    return f"(OLD.state <> NEW.state AND NOT ({legal} OR {TAKEN_BACK}))"


TOLD = {
    "submit": "in_review",
    "reopen": "draft",
    "adopt": "approved",
    "enter_into_force": "in_force",
    "supersede": "superseded",
    "repealed": "repealed",
    "withdrawn": "withdrawn",
}
"""The entry of the trail that tells of a state. It is written before the state."""


def _untold_step() -> str:
    """Into a state of which the last such entry does not tell. Of a review: the text could change between,
    unseen by the people who sign it off."""
    states = " ".join(f"WHEN '{verb}' THEN '{state}'" for verb, state in TOLD.items())
    last = last_told("edition", tuple(TOLD), what=f"CASE a.verb {states} END")
    return f"OLD.state <> NEW.state AND COALESCE({last}, '') <> NEW.state"


def _opened_alone() -> str:
    """A wider classification without a proposal that a second person confirmed."""
    pairs = " OR ".join(
        f"(OLD.classification = '{old}' AND NEW.classification = '{new}')"
        for old in Classification.values
        for new in Classification.values
        if old != new and opens(Classification(old), Classification(new))
    )
    confirmed = (
        "SELECT 1 FROM proposals_proposal p WHERE p.kind = 'classification' AND p.confirmed "
        "AND p.thing = 'instrument:' || CAST(NEW.id AS TEXT) "
        "AND p.values->>'classification' = NEW.classification AND p.decided_by_id <> p.proposed_by_id"
    )
    return f"({pairs}) AND NOT EXISTS ({confirmed})"


def _foreign_file() -> str:
    """A signed paper of no act of the edition, or another file for readers of what is no draft."""
    papers = (
        "SELECT 1 FROM documents_adoptionact a WHERE a.edition_id = NEW.edition_id AND "
        "a.signed_file_id = NEW.blob_id",
        "SELECT 1 FROM proposals_proposal p WHERE p.kind = 'prior' AND "
        "p.thing = 'edition:' || CAST(NEW.edition_id AS TEXT) AND p.values->>'signed_file' = NEW.blob_id",
        "SELECT 1 FROM documents_corrigendumact a JOIN documents_corrigendum c ON c.id = a.corrigendum_id "
        "WHERE c.edition_id = NEW.edition_id AND a.signed_file_id = NEW.blob_id",
    )
    signed = "EXISTS (SELECT 1 FROM documents_blob b WHERE b.sha256 = NEW.blob_id AND b.kind = 'signed')"
    own = " OR ".join(f"EXISTS ({paper})" for paper in papers)
    return f"({signed} AND NOT ({own})) OR (NOT {signed} AND NOT NEW.drafters_only AND {not_draft('NEW')})"


add(
    *only_drafts(
        "documents_section",
        "only the text of a draft can be changed",
        update=f"({not_draft('OLD')} OR {not_draft('NEW')}) AND NOT ({unfinished_only()})",
    ),
    *versions(),
    Guard(
        "documents_edition_adopted",
        "documents_edition",
        "UPDATE",
        "OLD.state IN ('approved', 'in_force', 'superseded', 'repealed') AND "
        f"({changed(FROZEN_COLUMNS)} OR {changed(TITLES)})",
        "an adopted edition never changes",
    ),
    Guard(
        "documents_edition_until",
        "documents_edition",
        "UPDATE",
        f"(OLD.valid_until IS NOT NULL OR OLD.state = NEW.state) AND ({changed(('valid_until',))})",
        "the end of an edition is set once",
    ),
    Guard(
        "documents_edition_step",
        "documents_edition",
        "UPDATE",
        _illegal_step(),
        "an edition does not go that way",
    ),
    Guard(
        "documents_edition_told",
        "documents_edition",
        "UPDATE",
        _untold_step(),
        "a text goes from state to state as the audit trail tells",
    ),
    Guard(
        "documents_edition_submitted",
        "documents_edition",
        "UPDATE",
        f"OLD.state = 'in_review' AND (({changed(SUBMITTED_COLUMNS)}) "
        f"OR (NEW.state = 'in_review' AND ({changed(('sha256', 'valid_from'))})) "
        f"OR (NEW.state <> 'draft' AND ({changed(('submitted',))})))",
        "what was submitted does not change while it is in review",
    ),
    Guard(
        "documents_edition_insert",
        "documents_edition",
        "INSERT",
        "NEW.state <> 'draft'",
        "an edition begins as a draft",
    ),
    Guard(
        "documents_edition_act",
        "documents_edition",
        "UPDATE",
        "NEW.state IN ('approved', 'in_force') AND OLD.state <> NEW.state "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM documents_adoptionact a WHERE a.edition_id = NEW.id) "
        f"AND NOT {BY_TWO}",
        "an edition is adopted by an act",
    ),
    Guard(
        "documents_edition_delete",
        "documents_edition",
        "DELETE",
        "OLD.state <> 'draft'",
        "an edition is withdrawn, not removed",
    ),
    never_emptied("documents_edition", "an edition is withdrawn, not removed"),
    Guard(
        "documents_blobuse_insert",
        "documents_blobuse",
        "INSERT",
        _foreign_file(),
        "an edition serves its own files",
    ),
    Guard(
        "documents_blobuse_update",
        "documents_blobuse",
        "UPDATE",
        f"{not_draft('OLD')} AND "
        f"({changed(('edition_id', 'blob_id', 'name', 'language', 'reading', 'drafters_only'))})",
        "the files of an edition stay",
    ),
    Guard(
        "documents_blobuse_delete",
        "documents_blobuse",
        "DELETE",
        not_draft("OLD"),
        "the files of an edition stay",
    ),
    Guard(
        "documents_instrument_opened",
        "documents_instrument",
        "UPDATE",
        _opened_alone(),
        "a classification is lowered by two people",
    ),
    Guard(
        "documents_instrument_classified",
        "documents_instrument",
        "UPDATE",
        # As it is when the transaction ends.
        "EXISTS (SELECT 1 FROM documents_instrument i WHERE i.id = NEW.id AND i.classification = "  # noqa: S608
        "NEW.classification) AND OLD.classification <> NEW.classification AND COALESCE("
        f"{last_told('instrument', ['classify'], what=AFTER)}, '') <> NEW.classification",
        "a classification changes as the audit trail tells",
        deferred=True,
    ),
    Guard(
        "documents_instrument_created",
        "documents_instrument",
        "INSERT",
        f"NOT {told('instrument', ['create'])}",
        "the trail does not tell of this document",
        deferred=True,
    ),
    *never_removed("documents_instrument", "a document is never removed"),
    Guard(
        "documents_instrument_fixed",
        "documents_instrument",
        "UPDATE",
        f"{changed(('redacts_id',))} OR ({changed(INSTRUMENT_COLUMNS)}) AND "  # noqa: S608
        "EXISTS (SELECT 1 FROM documents_edition e "
        "WHERE e.instrument_id = OLD.id AND e.state IN ('approved', 'in_force', 'superseded', 'repealed'))",
        "an adopted document keeps its address, its owner and its languages",
    ),
    Guard(
        "documents_adoptionact_insert",
        "documents_adoptionact",
        "INSERT",
        f"COALESCE({STATE.format(row='NEW')}, '') NOT IN ('draft', 'in_review') AND NOT "  # noqa: S608
        "EXISTS (SELECT 1 FROM documents_languageversion v WHERE v.edition_id = NEW.edition_id "
        "AND v.authentic "
        "AND v.unfinished AND v.submitted IS NOT NULL AND v.sha256 <> '' "
        "AND CAST(NEW.covers AS TEXT) LIKE '%' || v.sha256 || '%')",
        "an act belongs to an adoption",
    ),
    *frozen("documents_adoptionact", "an adoption act is never changed"),
    Guard("documents_blob_update", "documents_blob", "UPDATE", "1 = 1", STORED_BY_HASH),
    Guard(
        "documents_blob_delete",
        "documents_blob",
        "DELETE",
        "EXISTS (SELECT 1 FROM documents_blobuse u WHERE u.blob_id = OLD.sha256) "
        "OR EXISTS (SELECT 1 FROM documents_adoptionact a WHERE a.signed_file_id = OLD.sha256) "
        "OR EXISTS (SELECT 1 FROM documents_corrigendumact c WHERE c.signed_file_id = OLD.sha256)",
        STORED_BY_HASH,
    ),
    never_emptied("documents_blob", STORED_BY_HASH),
    never_emptied("documents_blobuse", STORED_BY_HASH),
    # The same piece of Word may be met again; under its hash it is always the same bytes.
    Guard(
        "documents_fragment_again",
        "documents_fragment",
        "INSERT",
        "EXISTS (SELECT 1 FROM documents_fragment f WHERE f.sha256 = NEW.sha256 AND f.xml <> NEW.xml)",
        STORED_BY_HASH,
    ),
    Guard("documents_fragment_update", "documents_fragment", "UPDATE", "1 = 1", STORED_BY_HASH),
    *assignments(),
    *corrigenda(),
    *case_data_answers(),
    *contacts(),
    *redactions(),
    *trust_lists(),
    *frozen("documents_manifest", "what was submitted is never changed"),
    numbered("documents_manifest"),
    *change_log(),
)
