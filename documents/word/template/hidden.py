"""Takes out of a template what its styles hide: by a style of the words, of their paragraph or of the table
around them."""

from __future__ import annotations

from documents.word import ns
from documents.word.ns import Element, child, val, w
from documents.word.read.definitions.styles import Styles, read_look
from documents.word.read.definitions.table_styles import place_of


def drop_hidden(root: Element, styles: Styles) -> None:
    """Changes one part in place. What says itself that it is hidden goes by
    :mod:`documents.word.template.clean`."""
    hidden_cells: dict[Element, bool] = {}
    for paragraph in root.iter(w("p")):
        cell = next(paragraph.iterancestors(w("tc"), w("txbxContent")), None)
        around = False
        if cell is not None and cell.tag == w("tc"):
            if cell not in hidden_cells:
                hidden_cells[cell] = _hidden(cell, styles)
            around = hidden_cells[cell]
        base = styles.base(styles.paragraph(val(child(paragraph, "pPr"), "pStyle")), around)
        for run in [run for run in paragraph.iter(w("r")) if next(run.iterancestors(w("p"))) is paragraph]:
            others: dict[str, Element] = {}
            look = read_look(child(run, "rPr"), others)
            named = others.get(w("rStyle"))
            if named is not None:
                look = look.over(styles.character(named.get(ns.VAL)).look)
            holder = run.getparent()
            if look.over(base).hidden and holder is not None:
                holder.remove(run)


def _hidden(cell: Element, styles: Styles) -> bool:
    table = next(cell.iterancestors(w("tbl")), None)
    properties = child(table, "tblPr")
    hiding = styles.hiding(val(properties, "tblStyle"))
    if table is None or hiding is None:
        return False
    row = next(cell.iterancestors(w("tr")))
    own_look = child(child(row, "tblPrEx"), "tblLook")
    return hiding.hides(
        child(properties, "tblLook") if own_look is None else own_look, place_of(cell, row, table)
    )
