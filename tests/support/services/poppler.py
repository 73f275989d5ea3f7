"""pdftotext, an independent reader of the PDF files that Kodeks writes."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.services.missing import Missing

APT = ("poppler-utils",)


def find() -> Path:
    """The program `pdftotext`. Raises Missing."""
    if program := shutil.which("pdftotext"):
        return Path(program)
    raise Missing("pdftotext", "Install it (Debian: apt-get install poppler-utils).")
