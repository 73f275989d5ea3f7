"""Static files: named by their content, and compressed beforehand."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Compressed with gzip alone. Brotli is none of the packages that Kodeks needs: where one happens to be
    installed (as among a developer's), collecting the files would take half a minute of the processor more,
    and serve others than elsewhere."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)
