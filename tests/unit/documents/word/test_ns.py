"""How the XML of a Word file is parsed."""

from __future__ import annotations

from lxml import etree

from documents.word.file import ns

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


def test_children_are_the_same_and_in_order_be_they_few_or_many() -> None:
    for count in (0, 1, ns.FEW, ns.FEW + 1):
        names = [f"n{place}" for place in range(count)]
        parent = etree.fromstring(f"<a>{''.join(f'<{name}/>' for name in names)}</a>")
        assert [node.tag for node in ns.children(parent)] == names
        for name in names[:1] + names[-1:]:
            assert ns.first_of(ns.children(parent), name) is parent.find(name)
        assert ns.first_of(ns.children(parent), "other") is None
