"""The models of documents: instrument, edition, section, then what happens to them."""

from documents.models.acts import AdoptionAct
from documents.models.case_data import CaseDataAnswer
from documents.models.citations import Broken, Citation, CitationDue
from documents.models.comments import Comment
from documents.models.corrigenda import Corrigendum, CorrigendumAct
from documents.models.editions import Edition, LanguageVersion, Manifest
from documents.models.files import Blob, BlobUse, Fragment
from documents.models.instruments import Contact, ContactChange, Instrument, OldSlug
from documents.models.people import Assignment, LastRead
from documents.models.redactions import Ground, Redaction, RedactionMark
from documents.models.returned_files import ReturnedFile, Suggestion
from documents.models.sections import Section, SectionChange
from documents.models.signatures import PaperCheck, TrustList
from documents.models.start_tiles import StartTile
from documents.models.templates import WordTemplate
from documents.models.uploads import FileComparison, FileTask, Upload, UploadBatch
from documents.models.versions import VersionCheck, VersionText
from documents.models.working_copies import Presence, WorkingCopy

__all__ = [
    "AdoptionAct",
    "Assignment",
    "Blob",
    "BlobUse",
    "Broken",
    "CaseDataAnswer",
    "Citation",
    "CitationDue",
    "Comment",
    "Contact",
    "ContactChange",
    "Corrigendum",
    "CorrigendumAct",
    "Edition",
    "FileComparison",
    "FileTask",
    "Fragment",
    "Ground",
    "Instrument",
    "LanguageVersion",
    "LastRead",
    "Manifest",
    "OldSlug",
    "PaperCheck",
    "Presence",
    "Redaction",
    "RedactionMark",
    "ReturnedFile",
    "Section",
    "SectionChange",
    "StartTile",
    "Suggestion",
    "TrustList",
    "Upload",
    "UploadBatch",
    "VersionCheck",
    "VersionText",
    "WordTemplate",
    "WorkingCopy",
]
