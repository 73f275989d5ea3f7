"""A ministry's Word template: read, checked, and an edition written on it.

The look is the template's (styles, cover, heads and feet, page numbers, table of contents). Words, labels and
structure are the edition's. Nothing that the template hides reaches the file: its parts are chosen one by
one, the rest is left behind.
"""

from documents.word.template.fields import FIELDS, Fields
from documents.word.template.looks import ROLES, LookStyle, Proposal, propose
from documents.word.template.read import Facts, Template, open_template
from documents.word.template.write import OnTemplate, write_on_template

__all__ = [
    "FIELDS",
    "ROLES",
    "Facts",
    "Fields",
    "LookStyle",
    "OnTemplate",
    "Proposal",
    "Template",
    "open_template",
    "propose",
    "write_on_template",
]
