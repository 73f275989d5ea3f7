"""Which tables belong to a country, and by which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

OF_INSTRUMENT = "instrument__country"
OF_EDITION = "edition__instrument__country"

WAYS: dict[str, str] = {
    "documents.Instrument": "country",
    "documents.Instrument_shared_with": OF_INSTRUMENT,
    "documents.Instrument_named_readers": OF_INSTRUMENT,
    "documents.OldSlug": "country",
    "documents.Contact": OF_INSTRUMENT,
    "documents.Edition": OF_INSTRUMENT,
    "documents.LanguageVersion": OF_EDITION,
    "documents.Section": OF_EDITION,
    "documents.SectionChange": OF_EDITION,
    "documents.VersionText": "version__edition__instrument__country",
    "documents.VersionCheck": "version__edition__instrument__country",
    "documents.Manifest": OF_EDITION,
    "documents.BlobUse": OF_EDITION,
    "documents.AdoptionAct": OF_EDITION,
    "documents.Corrigendum": OF_EDITION,
    "documents.CorrigendumAct": "corrigendum__edition__instrument__country",
    "documents.Comment": OF_EDITION,
    "documents.Citation": OF_EDITION,
    "documents.ReturnedFile": OF_EDITION,
    "documents.Suggestion": OF_EDITION,
    "documents.CaseDataAnswer": OF_EDITION,
    "documents.Redaction": OF_EDITION,
    "documents.RedactionMark": "redaction__edition__instrument__country",
    "documents.StartTile": "country",
    "documents.WordTemplate": "country",
    "workflows.Procedure": "country",
    "workflows.Review": OF_EDITION,
    "workflows.Stage": "review__edition__instrument__country",
    "workflows.Seat": "stage__review__edition__instrument__country",
    "workflows.SignOff": "seat__stage__review__edition__instrument__country",
    "workflows.RoundText": "review__edition__instrument__country",
    "workflows.AnsweredText": OF_EDITION,
    "public.Hotline": "country",
    "public.HotlineText": "hotline__country",
    "public.HotlineChange": "hotline__country",
    "public.BlockTranslation": "page__country",
    "directory.Town": "country",
    "directory.TownText": "record__country",
    "directory.Organisation": "country",
    "directory.OrganisationText": "record__country",
    "directory.Place": "country",
    "directory.PlaceText": "record__country",
    "directory.Place_reader_institutions": "place__country",
    "directory.Place_reader_people": "place__country",
    "directory.Service": "country",
    "directory.ServiceText": "record__country",
    "directory.Service_places": "service__country",
    "directory.Service_reader_institutions": "service__country",
    "directory.Service_reader_people": "service__country",
    "materials.Material": "country",
    "outreach.WeekCount": "material__country",
    "outreach.Sheet": "country",
    "recordings.Recording": "hotline__country",
}
"""By table, the way to its country."""
BY_HASH = ("documents.Blob", "documents.Fragment")
"""Rows under the hash of their bytes: those that the country's rows name."""
SHARED = ("people.Country", "people.Institution", "people.User")
"""What rows of several countries refer to. People are written as names, without accounts."""
GLOSSARY = "search.GlossaryTerm"
CAMPAIGN = "public.CampaignPage"
STORED_NAMES = {"materials.Material": ("file", "thumb")}
"""Columns with the names of files that are no file fields."""

LEFT_OUT: dict[str, str] = {
    "people.Membership": "people come as names, without accounts and roles",
    "people.Grant": "a right of somebody who has no account",
    "people.Invitation": "a right of somebody who has no account",
    "documents.Assignment": "work of somebody who has no account",
    "documents.WorkingCopy": "a private draft of one person",
    "documents.LastRead": "of one person",
    "documents.Presence": "of this moment",
    "documents.Upload": "waits to be taken in, for days",
    "documents.UploadBatch": "waits to be taken in, for days",
    "documents.FileComparison": "waits for its reader, for hours",
    "documents.FileTask": "waits to be read, for hours",
    "documents.CitationDue": "work of the worker",
    "documents.PaperCheck": "can be made again from the signed file",
    "documents.TrustList": "of the installation",
    "workflows.Delegate": "a right of somebody who has no account",
    "workflows.StageGrant": "a right of somebody who has no account",
    "workflows.SectionRead": "of one person",
    "workflows.CalendarFeed": "of one person",
    "workflows.Reminder": "mails that were sent",
    "documents.ContactChange": "waits for a second person; it is proposed again",
    "proposals.Proposal": "decided ones are told of in the trail; what waits is proposed again",
    "outreach.RunningCount": "sealed with the secret of this installation",
    "recordings.Medium": "videos are files of Wagtail: take them from the admin",
    "recordings.Captions": "belong to a video",
    "search.SavedSearch": "of one person",
}
"""Tables with a country's rows, or rows of its people, that are not written, and why."""


@dataclass(frozen=True)
class Table:
    """A table of the export, with the rows of one country."""

    label: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def name(self) -> str:
        """In the database."""
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column of its primary key."""
        return str(self.model._meta.pk.column)  # type: ignore[union-attr]

    @property
    def columns(self) -> list[str]:
        return sorted(str(field.column) for field in self.model._meta.concrete_fields)

    @property
    def references(self) -> dict[str, str]:
        """By column, the table that it refers to."""
        fields = self.model._meta.concrete_fields
        return {one.column: _label(one) for one in fields if isinstance(one, ForeignKey)}

    @property
    def files(self) -> tuple[str, ...]:
        """Columns with the name of a stored file."""
        fields = self.model._meta.concrete_fields
        named = tuple(str(one.column) for one in fields if one.get_internal_type() == "FileField")
        return named + STORED_NAMES.get(self.label, ())

    def of(self, country: str) -> QuerySet[Any]:
        """The country's rows."""
        return self.model._base_manager.filter(**{WAYS[self.label]: country})


def _label(field: ForeignKey[Any, Any]) -> str:
    related: type[Model] = field.related_model  # type: ignore[assignment]
    return related._meta.label


def tables() -> Iterator[Table]:
    """Those that are written with all rows of the country."""
    return (Table(label) for label in WAYS)
