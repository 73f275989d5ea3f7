"""A document's own file: the Word file of its import, with the text of the draft.

Unedited paragraphs stay byte for byte; an edited one is rewritten in its own look. Every section carries its
uid in a bookmark, by which the file is known again when it comes back.
"""
