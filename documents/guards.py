"""What the database itself holds of documents: only a draft's text can be written, and what was adopted stays."""

from __future__ import annotations

from audit.guards import Guard, add, frozen, never_emptied
from documents.choices import Classification, opens

STATE = "(SELECT state FROM documents_edition WHERE id = {row}.edition_id)"
FROZEN_COLUMNS = ("id", "instrument_id", "number", "valid_from", "supersedes_id", "sha256", "recorded")
KEPT_BY_HASH = "bytes are kept under their hash"
ACT_COLUMNS = (
    "body",
    "kind",
    "number",
    "date",
    "protocol",
    "session",
    "gazette",
    "gazette_number",
    "gazette_year",
    "published",
    "signed_file_id",
)
TITLES = ("title_en", "title_sq", "title_sr", "title_bs", "title_hr", "title_cnr", "title_mk")

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


def _not_draft(row: str) -> str:
    # An edition that is gone (NULL) is one whose draft is being removed as a whole: its guard has answered already.
    return f"COALESCE({STATE.format(row=row)}, 'draft') <> 'draft'"


def _only_drafts(table: str, says: str) -> list[Guard]:
    return [
        Guard(f"guard_{table}_insert", table, "INSERT", _not_draft("NEW"), says),
        Guard(f"guard_{table}_update", table, "UPDATE", f"{_not_draft('OLD')} OR {_not_draft('NEW')}", says),
        Guard(f"guard_{table}_delete", table, "DELETE", _not_draft("OLD"), says),
        never_emptied(table, says),
    ]


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(
        f"(OLD.{c} <> NEW.{c} OR (OLD.{c} IS NULL AND NEW.{c} IS NOT NULL) OR (OLD.{c} IS NOT NULL AND NEW.{c} IS NULL))"
        for c in columns
    )


def _illegal_step() -> str:
    legal = " OR ".join(
        f"(OLD.state = '{old}' AND NEW.state IN ({', '.join(repr(new) for new in news)}))"
        for old, news in STEPS.items()
        if news
    )
    return f"(OLD.state <> NEW.state AND NOT ({legal}))"


def _opened_alone() -> str:
    """A classification that lets somebody read who could not before, without a proposal that a second person confirmed."""
    pairs = " OR ".join(
        f"(OLD.classification = '{old}' AND NEW.classification = '{new}')"
        for old in Classification.values
        for new in Classification.values
        if old != new and opens(Classification(old), Classification(new))
    )
    confirmed = (
        "SELECT 1 FROM documents_classificationproposal p WHERE p.instrument_id = NEW.id "
        "AND p.classification = NEW.classification AND p.confirmed_by_id <> p.proposed_by_id"
    )
    return f"({pairs}) AND NOT EXISTS ({confirmed})"


def _two_people(table: str, *fixed: str) -> Guard:
    """What was proposed stays as it was proposed, is decided once, and not by whoever proposed it."""
    return Guard(
        f"guard_{table}_confirm",
        table,
        "UPDATE",
        f"{_changed((*fixed, 'proposed_by_id'))} OR NEW.confirmed_by_id = NEW.proposed_by_id "
        f"OR (OLD.confirmed_by_id IS NOT NULL AND ({_changed(('confirmed_by_id',))}))",
        "what one person proposed another confirms",
    )


CORRECTED = (
    "edition_id",
    "uid",
    "language",
    "prefix",
    "exact",
    "suffix",
    "words",
    "reason",
    "before_sha256",
    "after_sha256",
    "sha256",
    "proposed_by_id",
    "proposed",
)


def _corrigenda() -> list[Guard]:
    """A corrigendum corrects what is adopted, keeps what was proposed, is recorded once with an act, or taken back."""
    table, acts = "documents_corrigendum", "documents_corrigendumact"
    says = "a corrigendum is never changed"
    fixed = _changed(("id", *CORRECTED))
    of_act = "(SELECT recorded FROM documents_corrigendum WHERE id = NEW.corrigendum_id) IS NOT NULL"
    return [
        Guard(
            f"guard_{table}_insert",
            table,
            "INSERT",
            "NEW.recorded IS NOT NULL OR NEW.recorded_by_id IS NOT NULL OR NEW.withdrawn IS NOT NULL OR "
            f"COALESCE({STATE.format(row='NEW')}, '') NOT IN ('approved', 'in_force', 'superseded', 'repealed')",
            "a corrigendum is proposed for an adopted text",
        ),
        Guard(
            f"guard_{table}_update",
            table,
            "UPDATE",
            f"OLD.recorded IS NOT NULL OR OLD.withdrawn IS NOT NULL OR {fixed} OR "  # noqa: S608
            "(NEW.recorded IS NULL AND (NEW.number IS NOT NULL OR NEW.recorded_by_id IS NOT NULL)) OR "
            "(NEW.recorded IS NOT NULL AND (NEW.withdrawn IS NOT NULL OR NEW.recorded_by_id IS NULL "
            "OR NEW.number IS NULL OR NEW.valid_from IS NULL OR NEW.recorded_by_id = NEW.proposed_by_id "
            f"OR NOT EXISTS (SELECT 1 FROM {acts} a WHERE a.corrigendum_id = NEW.id "
            "AND a.corrigendum_sha256 = NEW.sha256)))",
            says,
        ),
        Guard(f"guard_{table}_delete", table, "DELETE", "1 = 1", says),
        never_emptied(table, says),
        Guard(
            f"guard_{acts}_insert",
            acts,
            "INSERT",
            of_act,
            "an act belongs to the recording of its corrigendum",
        ),
        *frozen(acts, "the act of a corrigendum is never changed"),
    ]


add(
    *_only_drafts("documents_section", "only the text of a draft can be changed"),
    *_only_drafts("documents_languageversion", "only the language versions of a draft can be changed"),
    Guard(
        "guard_documents_edition_adopted",
        "documents_edition",
        "UPDATE",
        "OLD.state IN ('approved', 'in_force', 'superseded', 'repealed') AND "
        f"({_changed(FROZEN_COLUMNS)} OR {_changed(TITLES)})",
        "an adopted edition never changes",
    ),
    Guard(
        "guard_documents_edition_until",
        "documents_edition",
        "UPDATE",
        f"OLD.valid_until IS NOT NULL AND OLD.state IN ('superseded', 'repealed') AND ({_changed(('valid_until',))})",
        "the end of an edition is set once",
    ),
    Guard(
        "guard_documents_edition_step",
        "documents_edition",
        "UPDATE",
        _illegal_step(),
        "an edition does not go that way",
    ),
    Guard(
        "guard_documents_edition_insert",
        "documents_edition",
        "INSERT",
        "NEW.state <> 'draft'",
        "an edition begins as a draft",
    ),
    Guard(
        "guard_documents_edition_act",
        "documents_edition",
        "UPDATE",
        "NEW.state IN ('approved', 'in_force') AND OLD.state <> NEW.state "
        "AND NOT EXISTS (SELECT 1 FROM documents_adoptionact a WHERE a.edition_id = NEW.id)",
        "an edition is adopted by an act",
    ),
    Guard(
        "guard_documents_edition_delete",
        "documents_edition",
        "DELETE",
        "OLD.state <> 'draft'",
        "an edition is withdrawn, not removed",
    ),
    never_emptied("documents_edition", "an edition is withdrawn, not removed"),
    Guard(
        "guard_documents_blobuse_update",
        "documents_blobuse",
        "UPDATE",
        f"{_not_draft('OLD')} AND ({_changed(('edition_id', 'blob_id', 'name', 'language'))})",
        "the files of an edition stay",
    ),
    Guard(
        "guard_documents_blobuse_delete",
        "documents_blobuse",
        "DELETE",
        _not_draft("OLD"),
        "the files of an edition stay",
    ),
    Guard(
        "guard_documents_instrument_opened",
        "documents_instrument",
        "UPDATE",
        _opened_alone(),
        "a classification is lowered by two people",
    ),
    _two_people("documents_classificationproposal", "instrument_id", "classification"),
    _two_people("documents_prioradoption", "edition_id", "edition_sha256", "valid_from", *ACT_COLUMNS),
    Guard(
        "guard_documents_adoptionact_insert",
        "documents_adoptionact",
        "INSERT",
        f"COALESCE({STATE.format(row='NEW')}, '') NOT IN ('draft', 'in_review')",
        "an act belongs to an adoption",
    ),
    *frozen("documents_adoptionact", "an adoption act is never changed"),
    Guard("guard_documents_blob_update", "documents_blob", "UPDATE", "1 = 1", KEPT_BY_HASH),
    Guard(
        "guard_documents_blob_delete",
        "documents_blob",
        "DELETE",
        "EXISTS (SELECT 1 FROM documents_blobuse u WHERE u.blob_id = OLD.sha256) "
        "OR EXISTS (SELECT 1 FROM documents_adoptionact a WHERE a.signed_file_id = OLD.sha256) "
        "OR EXISTS (SELECT 1 FROM documents_corrigendumact c WHERE c.signed_file_id = OLD.sha256)",
        KEPT_BY_HASH,
    ),
    never_emptied("documents_blob", KEPT_BY_HASH),
    Guard("guard_documents_fragment_update", "documents_fragment", "UPDATE", "1 = 1", KEPT_BY_HASH),
    *_corrigenda(),
    *frozen("documents_manifest", "what was submitted is never changed"),
    *frozen("documents_sectionchange", "the log of changes is never changed"),
)
