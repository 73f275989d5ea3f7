"""What the database itself holds of documents: only a draft's text can be written, and what was adopted stays."""

from __future__ import annotations

from audit.guards import Guard, add, frozen

STATE = "(SELECT state FROM documents_edition WHERE id = {row}.edition_id)"
FROZEN_COLUMNS = ("instrument_id", "number", "valid_from", "supersedes_id", "sha256", "recorded")
TITLES = ("title_en", "title_sq", "title_sr", "title_bs", "title_hr", "title_cnr", "title_mk")

STEPS = {
    "draft": ("in_review", "in_force", "withdrawn"),
    "in_review": ("draft", "approved", "in_force", "withdrawn"),
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
        "guard_documents_edition_delete",
        "documents_edition",
        "DELETE",
        "OLD.state <> 'draft'",
        "an edition is withdrawn, not removed",
    ),
    Guard(
        "guard_documents_adoptionact_insert",
        "documents_adoptionact",
        "INSERT",
        f"COALESCE({STATE.format(row='NEW')}, '') NOT IN ('draft', 'in_review')",
        "an act belongs to an adoption",
    ),
    *frozen("documents_adoptionact", "an adoption act is never changed"),
    *frozen("documents_manifest", "what was submitted is never changed"),
    *frozen("documents_sectionchange", "the log of changes is never changed"),
)
