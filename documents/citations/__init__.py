"""Find citations in a text: of sections, of acts, of gazettes. Pure, knows no Django.

``find`` reads one line and gives what is cited; ``labels`` leads from a number to a section of an outline.
"""

from documents.citations.find import Cited, find
from documents.citations.labels import Labelled, section_for
from documents.citations.names import Name, Names

__all__ = ["Cited", "Labelled", "Name", "Names", "find", "section_for"]
