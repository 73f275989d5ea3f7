"""How the XML of a Word file is parsed."""

from __future__ import annotations

from lxml import etree

from documents.docx import ns

FORMS = {"w": ns.W, "mc": ns.MC, "w14": ns.W14, "later": "urn:later"}


def document(*more: str) -> bytes:
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in FORMS.items())
    return (
        f'<w:document {names} {" ".join(more)} mc:Ignorable="w14 later"><w:body><w:p/></w:body></w:document>'
    ).encode()


def test_of_more_namespaces_than_any_program_writes_those_that_nothing_names_go() -> None:
    """Else each paragraph takes the square of them to write: 3 seconds for 50,000."""
    root = ns.parse(document(*(f'xmlns:n{n}="urn:{n}"' for n in range(ns.MANY_NAMESPACES))))
    assert root.nsmap == FORMS
    paragraph = etree.tostring(root[0][0], method="c14n", exclusive=True)
    assert paragraph == f'<w:p xmlns:w="{ns.W}"></w:p>'.encode()


def test_the_namespaces_of_an_ordinary_file_stay_all_of_them() -> None:
    root = ns.parse(document('xmlns:unused="urn:unused"'))
    assert root.nsmap == {**FORMS, "unused": "urn:unused"}
