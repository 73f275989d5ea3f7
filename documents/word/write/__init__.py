"""From a section tree to a new Word file: `write.py` begins."""
