"""Conditions that the guards share, and the guards of later languages and corrigenda."""

from __future__ import annotations

from audit.guards import Guard, frozen, never_emptied

STATE = "(SELECT state FROM documents_edition WHERE id = {row}.edition_id)"
FROZEN_COLUMNS = ("id", "instrument_id", "number", "valid_from", "supersedes_id", "sha256", "recorded")
INSTRUMENT_COLUMNS = (
    "id", "country_id", "slug", "owner_id", "languages", "source_language", "authentic_languages",
    "redacts_id",
)  # fmt: skip
STORED_BY_HASH = "bytes are kept under their hash"
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

SUBMITTED_COLUMNS = ("id", "instrument_id", "number", "supersedes_id", "created_by_id", "recorded", *TITLES)


def not_draft(row: str) -> str:
    # An edition that is gone (NULL) is one whose draft is being removed as a whole: its guard has answered
    # already.
    return f"COALESCE({STATE.format(row=row)}, 'draft') <> 'draft'"


def only_drafts(table: str, says: str, *, insert: str = "", update: str = "") -> list[Guard]:
    return [
        Guard(f"{table}_insert", table, "INSERT", insert or not_draft("NEW"), says),
        Guard(
            f"{table}_update",
            table,
            "UPDATE",
            update or f"{not_draft('OLD')} OR {not_draft('NEW')}",
            says,
        ),
        Guard(f"{table}_delete", table, "DELETE", not_draft("OLD"), says),
        never_emptied(table, says),
    ]


def changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(
        f"(OLD.{c} <> NEW.{c} OR (OLD.{c} IS NULL AND NEW.{c} IS NOT NULL) OR (OLD.{c} IS NOT NULL AND "
        f"NEW.{c} IS NULL))"
        for c in columns
    )


LANGUAGES = tuple(column.partition("_")[2] for column in TITLES)
TEXT_COLUMNS = ("label", "heading", "body", "text_hash", "source_hash")
SECTION_COLUMNS = ("id", "edition_id", "uid", "position", "level", "kind", "origins", "topics", *TEXT_COLUMNS)
WRITABLE = "('approved', 'in_force')"


def adopted_text(edition: str, language: str) -> str:
    """That an act covers the text in a language. ``edition`` and ``language`` are SQL."""
    return (
        f"EXISTS (SELECT 1 FROM documents_languageversion a WHERE a.edition_id = {edition} "  # noqa: S608
        f"AND a.language = {language} AND a.authentic AND NOT a.unfinished)"
    )


def unfinished_only() -> str:
    """Only unfinished languages change after the adoption, and not while they wait for their check."""
    each = [f"NOT ({changed(SECTION_COLUMNS)})"]
    for language in LANGUAGES:
        columns = tuple(f"{name}_{language}" for name in TEXT_COLUMNS)
        each.append(
            f"(NOT ({changed(columns)}) OR (EXISTS (SELECT 1 FROM documents_languageversion v "  # noqa: S608
            f"WHERE v.edition_id = OLD.edition_id AND v.language = '{language}' "
            "AND v.unfinished AND v.submitted IS NULL) "
            f"AND NOT {adopted_text('OLD.edition_id', repr(language))}))"
        )
    return f"{STATE.format(row='OLD')} IN {WRITABLE} AND " + " AND ".join(each)


def versions() -> list[Guard]:
    """After the adoption a version was left out by the first act, or is the next number of a translation. It
    ends with a second person's check of its hash. For an authentic one an act must name that hash too."""
    table, says = "documents_languageversion", "only the language versions of a draft can be changed"
    state = STATE.format(row="NEW")
    fixed = changed(("id", "edition_id", "language", "number", "authentic"))
    next_number = (
        f"{state} IN {WRITABLE} AND NEW.number > 1 AND NEW.unfinished AND NOT NEW.authentic "  # noqa: S608
        "AND NEW.sha256 = '' AND NEW.submitted IS NULL AND NEW.finished IS NULL "
        f"AND NOT {adopted_text('NEW.edition_id', 'NEW.language')} "
        # Not beside one that is still written: the newest number is the one that its readers wait for.
        "AND NOT EXISTS (SELECT 1 FROM documents_languageversion v WHERE v.edition_id = NEW.edition_id "
        "AND v.language = NEW.language AND (v.unfinished OR v.number >= NEW.number))"
    )
    left_out = (
        f"{state} = 'in_review' AND NOT OLD.unfinished AND NEW.unfinished AND NEW.later AND NEW.sha256 = ''"
    )
    at_work = f"{state} IN {WRITABLE} AND OLD.unfinished AND NOT ({changed(('later',))})"
    checked = (
        "NEW.sha256 <> '' AND NEW.sha256 = OLD.sha256 AND EXISTS (SELECT 1 FROM documents_versioncheck c "
        "WHERE c.version_id = NEW.id AND c.agrees AND c.sha256 = NEW.sha256 AND c.person_id <> "
        "NEW.submitted_by_id) "
        "AND (NOT NEW.authentic OR EXISTS (SELECT 1 FROM documents_adoptionact a WHERE a.edition_id = "
        "NEW.edition_id "
        "AND CAST(a.covers AS TEXT) LIKE '%' || NEW.sha256 || '%'))"
    )
    allowed = f"({left_out}) OR ({at_work} AND (NEW.unfinished OR ({checked})))"
    return [
        *only_drafts(
            table,
            says,
            insert=f"{not_draft('NEW')} AND NOT ({next_number})",
            update=f"({not_draft('OLD')} OR {not_draft('NEW')}) AND ({fixed} OR NOT ({allowed}))",
        ),
        Guard(
            "documents_versioncheck_insert",
            "documents_versioncheck",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM documents_languageversion v WHERE v.id = NEW.version_id AND "
            "v.unfinished "
            "AND v.submitted IS NOT NULL AND v.sha256 = NEW.sha256 AND v.submitted_by_id <> NEW.person_id)",
            "a translation is checked by a second person once it was submitted",
        ),
        Guard(
            "documents_versiontext_insert",
            "documents_versiontext",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM documents_languageversion v JOIN documents_languageversion n "
            "ON n.edition_id = v.edition_id AND n.language = v.language AND n.number = v.number + 1 "
            "JOIN documents_section s ON s.edition_id = v.edition_id AND s.uid = NEW.uid "
            "WHERE v.id = NEW.version_id AND NOT v.unfinished AND NOT v.authentic AND n.unfinished AND "
            "n.sha256 = '')",
            "the text of an earlier number is kept as the next one begins",
        ),
        *frozen("documents_versioncheck", "the check of a translation is never changed"),
        *frozen("documents_versiontext", "the text of an earlier number is never changed"),
    ]


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


def corrigenda() -> list[Guard]:
    """A corrigendum corrects what is adopted, keeps its words, is recorded once with an act, or ended."""
    table, acts = "documents_corrigendum", "documents_corrigendumact"
    says = "a corrigendum is never changed"
    fixed = changed(("id", *CORRECTED))
    adopted = adopted_text("NEW.edition_id", "NEW.language")
    of_act = "(SELECT recorded FROM documents_corrigendum WHERE id = NEW.corrigendum_id) IS NOT NULL"
    return [
        Guard(
            f"{table}_insert",
            table,
            "INSERT",
            "NEW.recorded IS NOT NULL OR NEW.recorded_by_id IS NOT NULL OR NEW.withdrawn IS NOT NULL OR "
            f"COALESCE({STATE.format(row='NEW')}, '') NOT IN ('approved', 'in_force', 'superseded', "
            f"'repealed') OR "
            f"NOT {adopted}",
            "a corrigendum is proposed for an adopted text",
        ),
        Guard(
            f"{table}_update",
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
        Guard(f"{table}_delete", table, "DELETE", "1 = 1", says),
        never_emptied(table, says),
        Guard(
            f"{acts}_insert",
            acts,
            "INSERT",
            of_act,
            "an act belongs to the recording of its corrigendum",
        ),
        *frozen(acts, "the act of a corrigendum is never changed"),
    ]
