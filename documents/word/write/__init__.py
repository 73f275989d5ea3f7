"""From a section tree to a Word file that is written anew: `write.py` begins."""
