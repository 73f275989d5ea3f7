"""What several test files of documents/desk begin with: editor bundle."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
