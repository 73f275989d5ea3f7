"""The fidelity report: what of a Word file was kept, changed or left out, how many of each, and where."""

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


class FindingCode(StrEnum):
    HEADINGS = "headings"
    PARAGRAPHS = "paragraphs"
    LISTS = "lists"
    TABLES = "tables"
    MERGED_CELLS = "merged_cells"
    NOTES = "notes"
    IMAGES = "images"
    LINKS = "links"
    CROSS_REFERENCES = "cross_references"
    TEXT_BOXES = "text_boxes"
    HEADINGS_INFERRED = "headings_inferred"
    NO_HEADINGS = "no_headings"
    HEADING_IN_TABLE = "heading_in_table"
    TITLE_GUESSED = "title_guessed"
    LABELS_TYPED = "labels_typed"
    NUMBER_FORMAT = "number_format"
    TRACKED_INSERTED = "tracked_inserted"
    TRACKED_DELETED = "tracked_deleted"
    TRACKED_FORMAT = "tracked_format"
    COMMENTS = "comments"
    FIELDS = "fields"
    FIELDS_LEFT_OUT = "fields_left_out"
    CONTENT_CONTROLS = "content_controls"
    FORMULAS = "formulas"
    SYMBOLS = "symbols"
    LETTERS_TURNED = "letters_turned"
    NOTE_MARKS = "note_marks"
    NOTE_IN_NOTE = "note_in_note"
    IMAGE_FORMAT = "image_format"
    IMAGE_CROPPED = "image_cropped"
    """In reports of former days only."""
    IMAGE_NOT_CUT = "image_not_cut"
    DIAGRAMS = "diagrams"
    REFERENCE_BROADER = "reference_broader"
    COVER = "cover"
    CONTENTS_LIST = "contents_list"
    HEADERS_FOOTERS = "headers_footers"
    HIDDEN_TEXT = "hidden_text"
    EMPTY_HEADING = "empty_heading"
    UNSAFE_LINK = "unsafe_link"
    BROKEN_REFERENCE = "broken_reference"
    EXTERNAL_IMAGE = "external_image"
    BROKEN_IMAGE = "broken_image"
    EMBEDDED_OBJECT = "embedded_object"
    SHAPES = "shapes"
    INSERTED_FILE = "inserted_file"
    MISSING_NOTE = "missing_note"
    COLUMNS_CUT = "columns_cut"
    MISPLACED = "misplaced"
    NOT_IN_ORIGINAL = "not_in_original"


K, C, L = Severity.KEPT, Severity.CHANGED, Severity.LEFT_OUT

FINDINGS: dict[FindingCode, tuple[Severity, str]] = {
    FindingCode.HEADINGS: (K, gettext_noop("Headings, with their numbers")),
    FindingCode.PARAGRAPHS: (K, gettext_noop("Paragraphs")),
    FindingCode.LISTS: (K, gettext_noop("Lists, with the numbers that Word shows")),
    FindingCode.TABLES: (K, gettext_noop("Tables")),
    FindingCode.MERGED_CELLS: (K, gettext_noop("Merged cells in tables")),
    FindingCode.NOTES: (K, gettext_noop("Footnotes and endnotes")),
    FindingCode.IMAGES: (K, gettext_noop("Pictures")),
    FindingCode.LINKS: (K, gettext_noop("Links")),
    FindingCode.CROSS_REFERENCES: (K, gettext_noop("References to other sections")),
    FindingCode.TEXT_BOXES: (
        C,
        gettext_noop("Text boxes: their text now follows the paragraph where they stood"),
    ),
    FindingCode.HEADINGS_INFERRED: (
        C,
        gettext_noop("Headings recognised by their look, because the document marks none: please check them"),
    ),
    FindingCode.NO_HEADINGS: (C, gettext_noop("The document has no headings: all of it became one section")),
    FindingCode.HEADING_IN_TABLE: (
        C,
        gettext_noop("Headings inside tables or text boxes stay there as text"),
    ),
    FindingCode.TITLE_GUESSED: (
        C,
        gettext_noop("The title was taken from the first lines or the file's properties: please check it"),
    ),
    FindingCode.LABELS_TYPED: (
        C,
        gettext_noop("Numbers typed by hand in headings are now kept apart from the heading's words"),
    ),
    FindingCode.NUMBER_FORMAT: (C, gettext_noop("Numbers in a style that is not known are shown as 1, 2, 3")),
    FindingCode.TRACKED_INSERTED: (C, gettext_noop("Tracked insertions were read as accepted")),
    FindingCode.TRACKED_DELETED: (C, gettext_noop("Tracked deletions were read as accepted")),
    FindingCode.TRACKED_FORMAT: (C, gettext_noop("Tracked changes of formatting were read as accepted")),
    FindingCode.COMMENTS: (L, gettext_noop("Comments")),
    FindingCode.FIELDS: (
        C,
        gettext_noop("Fields (dates, numbers and the like) became plain text as last shown"),
    ),
    FindingCode.CONTENT_CONTROLS: (C, gettext_noop("Form fields and content controls became plain text")),
    FindingCode.FORMULAS: (C, gettext_noop("Formulas became plain text")),
    FindingCode.SYMBOLS: (C, gettext_noop("Symbols of special fonts that have no letter of their own")),
    FindingCode.LETTERS_TURNED: (
        C,
        gettext_noop(
            "Letters that Word shows in another order than they stand in: they stand here as they were "
            "typed, please check them"
        ),
    ),
    FindingCode.NOTE_MARKS: (C, gettext_noop("Notes with a mark of their own (such as *) are now numbered")),
    FindingCode.NOTE_IN_NOTE: (C, gettext_noop("Notes inside notes: their text was added to the note")),
    FindingCode.IMAGE_FORMAT: (
        L,
        gettext_noop("Pictures in a format that browsers don't show (EMF, WMF, TIFF): replace them by PNG"),
    ),
    FindingCode.IMAGE_CROPPED: (
        C,
        gettext_noop("Pictures that were cropped in Word are whole here: crop them in a picture program"),
    ),
    FindingCode.DIAGRAMS: (C, gettext_noop("Charts and diagrams: only their words were kept")),
    FindingCode.REFERENCE_BROADER: (
        C,
        gettext_noop("References to a place inside a section now lead to the section"),
    ),
    FindingCode.COVER: (L, gettext_noop("Cover page")),
    FindingCode.CONTENTS_LIST: (L, gettext_noop("Table of contents: it is made anew")),
    FindingCode.HEADERS_FOOTERS: (L, gettext_noop("Page headers and footers")),
    FindingCode.HIDDEN_TEXT: (L, gettext_noop("Hidden text")),
    FindingCode.FIELDS_LEFT_OUT: (
        L,
        gettext_noop(
            "Fields whose value the file does not keep (automatic numbers, formulas made by a field): type "
            "in what Word shows"
        ),
    ),
    FindingCode.MISPLACED: (
        L,
        gettext_noop(
            "Words in a place of the file where no text can stand: look for them in Word, and type in those "
            "that it shows"
        ),
    ),
    FindingCode.EMPTY_HEADING: (L, gettext_noop("Headings without words")),
    FindingCode.UNSAFE_LINK: (L, gettext_noop("Links that lead nowhere safe; their words were kept")),
    FindingCode.BROKEN_REFERENCE: (
        L,
        gettext_noop("References to a place that is not there; their words were kept"),
    ),
    FindingCode.EXTERNAL_IMAGE: (L, gettext_noop("Pictures that are not in the file but somewhere else")),
    FindingCode.IMAGE_NOT_CUT: (
        L,
        gettext_noop(
            "Pictures cropped in Word that can't be cut here (EMF, WMF, damaged ones): put them in as PNG"
        ),
    ),
    FindingCode.BROKEN_IMAGE: (L, gettext_noop("Pictures that are missing or damaged")),
    FindingCode.EMBEDDED_OBJECT: (
        L,
        gettext_noop("Embedded objects (such as Excel sheets); their picture was kept"),
    ),
    FindingCode.SHAPES: (L, gettext_noop("Drawn shapes without text")),
    FindingCode.INSERTED_FILE: (
        L,
        gettext_noop("Other files inserted as a whole: insert their text in Word"),
    ),
    FindingCode.MISSING_NOTE: (L, gettext_noop("Note marks whose note is not in the file")),
    FindingCode.NOT_IN_ORIGINAL: (L, gettext_noop("Sections that stand beside none of the original")),
    FindingCode.COLUMNS_CUT: (C, gettext_noop("Tables with impossible column numbers were put right")),
}
"""For each finding how much it matters, and its English words, which are the message ids."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what, how much it matters, how many, and up to five places (a section's label
    and heading, or the words themselves)."""

    code: FindingCode
    severity: Severity
    count: int
    places: tuple[str, ...] = ()

    @property
    def text_en(self) -> str:
        return FINDINGS[self.code][1]


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
        order = {code: index for index, code in enumerate(FINDINGS)}
        severities = list(Severity)
        codes = sorted(self._counts, key=lambda code: (severities.index(FINDINGS[code][0]), order[code]))
        return FidelityReport(
            tuple(
                Finding(code, FINDINGS[code][0], self._counts[code], tuple(self._places.get(code, ())))
                for code in codes
            )
        )
