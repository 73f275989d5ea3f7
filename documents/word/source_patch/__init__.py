"""A document's own file: the Word file that it came from, with the text as it is now.

What nobody edited leaves as it came, byte for byte; what was edited is changed in place, word by word, in the runs that
it stood in, so that fields, notes, pictures, comments and the look around it stay. Every section carries its uid in a
bookmark, by which the file is known again when it comes back.
"""

from documents.word.source_patch.write import OwnFile, write_own_file

__all__ = ["OwnFile", "write_own_file"]
