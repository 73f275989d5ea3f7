"""Word in and out: a guarded reader, an aligner of languages, and a writer. Plain values only; knows no
Django.

- :func:`documents.word.file.guard.open_package` lets a file in or raises :class:`Refused`.
- :func:`documents.word.read.files.read_file` reads it in a process that can be ended, within limits.
- :func:`documents.word.languages.align.align` puts a second language beside the first.
- :func:`documents.word.write.write.write_docx` makes a file for download.
"""

from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.refusal import MESSAGES, RefusalCode, Refused
from documents.word.read.report import FidelityReport, Finding, FindingCode, Severity
from documents.word.read.result import Blob, ReadResult

__all__ = [
    "DEFAULT_LIMITS",
    "MESSAGES",
    "Blob",
    "FidelityReport",
    "Finding",
    "FindingCode",
    "Limits",
    "ReadResult",
    "RefusalCode",
    "Refused",
    "Severity",
    "open_package",
]
