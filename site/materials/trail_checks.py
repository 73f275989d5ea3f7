"""Check of ``verify_audit``: the file of a published material is the one that was made for it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from audit.verify import check
from materials.models import Material


@check(materials_material="file")
def files() -> Iterator[str]:
    """A file has the name of its bytes. It shows the code of one material: no two have the same."""
    used = Counter(Material.objects.made().values_list("file", flat=True))
    for material in Material.objects.offered().order_by("pk"):
        name = f"material:{material.pk}"
        if used[material.file] > 1:
            yield f"{name}: it has the file of another material"
        try:
            with default_storage.open(material.file) as stream:
                now = hashlib.file_digest(stream, "sha256").hexdigest()
        except (OSError, ValueError):
            yield f"{name}: the file is not there"
            continue
        if now != PurePosixPath(material.file).stem:
            yield f"{name}: the file is not the one that was made"
