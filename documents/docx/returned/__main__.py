"""Reads a file that came back in a process of its own (``documents.docx.returned.returned_in_child``)."""

from __future__ import annotations

import sys

from documents.docx.returned import main

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
