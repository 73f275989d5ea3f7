"""Whether LibreOffice wrote a file."""

from __future__ import annotations

from documents.word.file.package import Package


def by_libreoffice(package: Package) -> bool:
    """By what the file says of itself."""
    properties = package.optional_xml("", "extended-properties")
    names = properties.iter("{*}Application") if properties is not None else ()
    return any((node.text or "").startswith("LibreOffice") for node in names)
