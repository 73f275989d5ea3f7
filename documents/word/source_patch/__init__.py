"""A document's own file: the Word file that it came from, with the text of the draft.

Unedited paragraphs leave byte for byte; an edited one is written anew in its own look. Every section carries
its uid in a bookmark, by which the file is known again when it comes back.
"""
