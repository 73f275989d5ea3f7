"""What several test files of documents/desk begin with: several."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


def bring(client: Client, *files: tuple[str, bytes], field: str = "several") -> str:
    data = {field: [SimpleUploadedFile(name, content) for name, content in files]}
    return str(client.post("/en/desk/files/", data)["Location"])
