"""The list of several files: each with what was read of it and where it might go."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz

from documents.models import Edition, Upload, UploadBatch
from documents.pages.desk.landing import Landed
from documents.translation.scripts import to_latin
from documents.word.languages.titles import is_heading
from documents.word.read.outline.decisions import Line
from documents.word.read.report import FidelityReport, FindingCode, Severity

ALIKE = 85
"""From how many of 100 on a title is taken for another one's."""


@dataclass(frozen=True)
class BatchRow:
    """A file of the list. ``drafts`` are those that it may be put into, the likeliest first."""

    upload: Upload
    sections: int
    guessed: int
    lost: int
    changed: int
    title: str
    drafts: tuple[tuple[int, str, bool], ...] = ()
    twin: str = ""
    """The name of a file before it in the list that has the same title and language."""
    title_guessed: str = ""
    """Where a title comes from that the file does not say: its first ``lines``, or its name (``file``)."""

    @property
    def ready(self) -> bool:
        """Whether a draft can be made of it now."""
        return self.upload.state == Upload.State.READ and self.upload.edition_id is None and self.sections > 0

    @property
    def fine(self) -> bool:
        """Whether nothing has to be looked at first: it has a marked outline, a language and a title."""
        return (
            self.ready
            and self.sections > 1
            and not self.guessed
            and not self.twin
            and bool(self.upload.language and self.title)
        )

    @property
    def likely(self) -> bool:
        return bool(self.drafts and self.drafts[0][2])


def rows_of(batch: UploadBatch, drafts: QuerySet[Edition]) -> list[BatchRow]:
    """Every file of a batch, in the order in which they came."""
    known = [(edition.pk, _titles(edition)) for edition in drafts]
    rows = []
    seen: dict[tuple[str, str], str] = {}
    for upload in batch.uploads.select_related("edition__instrument"):
        landed = Landed.of(upload)
        outline, report = landed.outline, landed.report
        title, guessed = title_of_file(upload, [one.head for one in outline], report)
        planned = upload.plan.get("title") if upload.edition_id is None else None
        own = planned or upload.title or title
        twin = seen.setdefault((to_latin(own).casefold(), upload.language), upload.name) if outline else ""
        rows.append(
            BatchRow(
                upload,
                sections=len(outline),
                guessed=sum(1 for one in outline if one.head.guessed and not one.decided),
                lost=sum(finding.count for finding in report.of(Severity.LEFT_OUT)),
                changed=sum(finding.count for finding in report.of(Severity.CHANGED)),
                title=title,
                drafts=_likely(title, known) if upload.edition_id is None else (),
                twin=twin if twin != upload.name else "",
                title_guessed=guessed,
            )
        )
    return rows


def title_of_file(upload: Upload, heads: list[Line], report: FidelityReport) -> tuple[str, str]:
    """The title that is offered for a new document, and its source if the file has none."""
    file_name = upload.name.rsplit(".", 1)[0].replace("_", " ")
    title = upload.title or file_name
    guessed = "file" if not upload.title else "lines" if report.count(FindingCode.TITLE_GUESSED) else ""
    as_headed = any(head.heading and is_heading(title, head.label, head.text) for head in heads)
    if upload.title and as_headed and len(heads) > 1:
        # What its first section is called is no name for a document: the file's own says more.
        title, guessed = file_name, "file"
    if upload.plan and upload.edition_id is None:
        title = upload.plan.get("title", title)
    return title, guessed


def _titles(edition: Edition) -> list[str]:
    names = [getattr(edition, f"title_{language}") or "" for language in edition.instrument.languages]
    return [name for name in names if name]


def _likely(title: str, known: list[tuple[int, list[str]]]) -> tuple[tuple[int, str, bool], ...]:
    plain = to_latin(title).lower()
    scored = [
        (max((fuzz.ratio(plain, to_latin(name).lower()) for name in names), default=0.0), pk, names[0])
        for pk, names in known
        if names
    ]
    return tuple((pk, name, score >= ALIKE) for score, pk, name in sorted(scored, reverse=True)[:20])
