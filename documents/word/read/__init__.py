"""From a Word file to a section tree: `read.py` begins."""
