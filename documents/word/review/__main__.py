"""Reads a file that came back in a process of its own (``documents.word.review.returned_in_child``)."""

from __future__ import annotations

import sys

from documents.word.review import main

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
