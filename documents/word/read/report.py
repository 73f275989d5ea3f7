"""The fidelity report: what of a Word file was preserved, changed or left out, how many of each, and
where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from documents.word.file.refusal import gettext_noop

MAX_PLACES = 5


class Severity(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    LEFT_OUT = "left_out"


K, C, L = Severity.KEPT, Severity.CHANGED, Severity.LEFT_OUT


class FindingCode(StrEnum):
    """What can be found, each with how much it matters and its English words, which are the message id. A
    report lists them in this order."""

    severity: Severity
    text_en: str

    def __new__(cls, code: str, severity: Severity = K, text_en: str = "") -> FindingCode:
        made = str.__new__(cls, code)
        made._value_ = code
        made.severity, made.text_en = severity, text_en
        return made

    HEADINGS = "headings", K, gettext_noop("Headings, with their numbers")
    PARAGRAPHS = "paragraphs", K, gettext_noop("Paragraphs")
    LISTS = "lists", K, gettext_noop("Lists, with the numbers that Word shows")
    TABLES = "tables", K, gettext_noop("Tables")
    MERGED_CELLS = "merged_cells", K, gettext_noop("Merged cells in tables")
    NOTES = "notes", K, gettext_noop("Footnotes and endnotes")
    IMAGES = "images", K, gettext_noop("Pictures")
    LINKS = "links", K, gettext_noop("Links")
    CROSS_REFERENCES = "cross_references", K, gettext_noop("References to other sections")
    TEXT_BOXES = (
        "text_boxes",
        C,
        gettext_noop("Text boxes: their text now follows the paragraph they were placed at"),
    )
    HEADINGS_INFERRED = (
        "headings_inferred",
        C,
        gettext_noop("Headings detected by their formatting, because the document marks none. Check them"),
    )
    NO_HEADINGS = "no_headings", C, gettext_noop("The document has no headings: all text became one section")
    HEADING_IN_TABLE = (
        "heading_in_table",
        C,
        gettext_noop("Headings in tables or text boxes stay there as text"),
    )
    TITLE_GUESSED = (
        "title_guessed",
        C,
        gettext_noop("The title comes from the first lines or the file properties. Check it."),
    )
    NUMBER_GAP = "number_gap", C, gettext_noop("Numbers of headings that jump: a heading may be missing")
    LABELS_TYPED = (
        "labels_typed",
        C,
        gettext_noop("Numbers typed by hand in headings are now separate from the heading text"),
    )
    NUMBER_FORMAT = (
        "number_format",
        C,
        gettext_noop("Numbers in an unknown style are shown as 1, 2, 3"),
    )
    TRACKED_INSERTED = "tracked_inserted", C, gettext_noop("Tracked insertions were read as accepted")
    TRACKED_DELETED = "tracked_deleted", C, gettext_noop("Tracked deletions were read as accepted")
    TRACKED_FORMAT = "tracked_format", C, gettext_noop("Tracked formatting changes were read as accepted")
    COMMENTS = "comments", L, gettext_noop("Comments")
    FIELDS = "fields", C, gettext_noop("Fields (dates, numbers and similar) became plain text, as last shown")
    CONTENT_CONTROLS = (
        "content_controls",
        C,
        gettext_noop("Form fields and content controls became plain text"),
    )
    FORMULAS = "formulas", C, gettext_noop("Formulas became plain text")
    SYMBOLS = "symbols", C, gettext_noop("Symbols from special fonts that have no matching letter")
    LETTERS_TURNED = (
        "letters_turned",
        C,
        gettext_noop("Letters that Word shows in a different order: they are kept as typed. Check them"),
    )
    NOTE_MARKS = "note_marks", C, gettext_noop("Footnotes with their own mark (such as *) are now numbered")
    NOTE_IN_NOTE = (
        "note_in_note",
        C,
        gettext_noop("Footnotes inside footnotes: their text was added to the footnote"),
    )
    IMAGE_FORMAT = (
        "image_format",
        L,
        gettext_noop(
            "Pictures in a format that browsers do not show (EMF, WMF, TIFF): replace them with PNG"
        ),
    )
    IMAGE_CROPPED = (
        "image_cropped",
        C,
        gettext_noop("Pictures cropped in Word are shown whole here: crop them in an image editor"),
    )
    DIAGRAMS = "diagrams", C, gettext_noop("Charts and diagrams: only their words were imported")
    REFERENCE_BROADER = (
        "reference_broader",
        C,
        gettext_noop("References to a place inside a section now point to the section"),
    )
    COVER = "cover", L, gettext_noop("Cover page")
    CONTENTS_LIST = "contents_list", L, gettext_noop("Table of contents: it is created again")
    HEADERS_FOOTERS = "headers_footers", L, gettext_noop("Page headers and footers")
    HIDDEN_TEXT = "hidden_text", L, gettext_noop("Hidden text")
    FIELDS_LEFT_OUT = (
        "fields_left_out",
        L,
        gettext_noop(
            "Fields whose value is not in the file (automatic numbers, field formulas): enter what Word shows"
        ),
    )
    MISPLACED = (
        "misplaced",
        L,
        gettext_noop(
            "Words in a place of the file where text is not allowed: find them in Word and enter "
            "those that it shows"
        ),
    )
    EMPTY_HEADING = "empty_heading", L, gettext_noop("Empty headings")
    UNSAFE_LINK = "unsafe_link", L, gettext_noop("Links to unsafe addresses: only their words were imported")
    BROKEN_REFERENCE = (
        "broken_reference",
        L,
        gettext_noop("References to a missing place: only their words were imported"),
    )
    EXTERNAL_IMAGE = (
        "external_image",
        L,
        gettext_noop("Pictures that are not in the file but in another place"),
    )
    IMAGE_NOT_CUT = (
        "image_not_cut",
        L,
        gettext_noop(
            "Pictures cropped in Word that can't be cropped here (EMF, WMF or damaged): insert them as PNG"
        ),
    )
    BROKEN_IMAGE = "broken_image", L, gettext_noop("Pictures that are missing or damaged")
    EMBEDDED_OBJECT = (
        "embedded_object",
        L,
        gettext_noop("Embedded objects (such as Excel sheets): only their picture was imported"),
    )
    ACTIVE = (
        "active",
        L,
        gettext_noop("What takes text, pictures or programs from outside the file. What it showed stays"),
    )
    SHAPES = "shapes", L, gettext_noop("Drawn shapes without text")
    INSERTED_FILE = (
        "inserted_file",
        L,
        gettext_noop("Other files inserted as a whole: insert their text in Word"),
    )
    MISSING_NOTE = "missing_note", L, gettext_noop("Footnote marks without a footnote in the file")
    NOT_IN_ORIGINAL = "not_in_original", L, gettext_noop("Sections without a match in the original")
    COLUMNS_CUT = "columns_cut", C, gettext_noop("Tables with impossible column numbers were corrected")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what, its severity, its count, and up to five places. A place is a section's
    label and heading, or the words themselves."""

    code: FindingCode
    severity: Severity
    count: int
    places: tuple[str, ...] = ()

    @property
    def text_en(self) -> str:
        return self.code.text_en


@dataclass(frozen=True, slots=True)
class FidelityReport:
    findings: tuple[Finding, ...] = ()

    def count(self, code: FindingCode) -> int:
        return sum(finding.count for finding in self.findings if finding.code is code)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is severity)

    def with_finding(self, code: FindingCode, places: Sequence[str]) -> FidelityReport:
        """The report with something more, one for each of the places; the same where there are none."""
        added = ReportBuilder()
        for place in places:
            added.add(code, place)
        return FidelityReport(added.finish().findings + self.findings)

    def without(self, code: FindingCode) -> FidelityReport:
        """The report without what a code says."""
        return FidelityReport(tuple(finding for finding in self.findings if finding.code is not code))

    def as_json(self) -> list[dict[str, Any]]:
        """Plain data for a database column; :meth:`from_json` reads it back."""
        return [
            {"code": f.code.value, "severity": f.severity.value, "count": f.count, "places": list(f.places)}
            for f in self.findings
        ]

    @classmethod
    def from_json(cls, data: list[dict[str, Any]]) -> FidelityReport:
        return cls(
            tuple(
                Finding(FindingCode(f["code"]), Severity(f["severity"]), int(f["count"]), tuple(f["places"]))
                for f in data
            )
        )


class ReportBuilder:
    """Gathers findings while reading."""

    def __init__(self) -> None:
        self._counts: dict[FindingCode, int] = {}
        self._places: dict[FindingCode, list[str]] = {}

    def add(self, code: FindingCode, place: str = "", count: int = 1) -> None:
        if count <= 0:
            return
        self._counts[code] = self._counts.get(code, 0) + count
        if place:
            places = self._places.setdefault(code, [])
            if len(places) < MAX_PLACES:
                short = " ".join(place.split())[:120]
                if short and short not in places:
                    places.append(short)

    def finish(self) -> FidelityReport:
        codes = [code for severity in Severity for code in FindingCode if code.severity is severity]
        return FidelityReport(
            tuple(
                Finding(code, code.severity, self._counts[code], tuple(self._places.get(code, ())))
                for code in codes
                if code in self._counts
            )
        )
