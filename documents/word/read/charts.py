"""The words of a chart that Word draws: what it only keeps beside them is passed over."""

from __future__ import annotations

from documents.word import ns
from documents.word.ns import Element

C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
WORDS = frozenset({f"{{{ns.A}}}t", f"{{{ns.C}}}v"})
SERIES = f"{{{ns.C}}}ser"
EXTENSION = frozenset({f"{{{ns.C}}}extLst", f"{{{ns.A}}}extLst"})
LABELS_FROM_CELLS = f"{{{C15}}}dlblRangeCache"
SHOWN_LABELS = f"{{{C15}}}showDataLabelsRange"
DELETE = f"{{{ns.C}}}delete"
OFF = ("0", "false", "off")


def chart_words(root: Element) -> list[str]:
    """Titles, names of series, categories and values, in the file's order. What programs write beside a chart
    for themselves (series that were filtered out, titles that they had) is not drawn, and neither is what is
    switched off (an axis with its title, labels); labels from cells are, where a series shows them."""
    found: list[str] = []
    todo = [root]
    while todo:
        one = todo.pop()
        if one.tag in WORDS:
            if one.text and one.text.strip():
                found.append(one.text)
            continue
        if one.tag in EXTENSION:
            if _shows_labels(one):
                todo.extend(reversed(list(one.iter(LABELS_FROM_CELLS))))
            continue
        if _is_off(one):
            continue
        todo.extend(child for child in reversed(one) if isinstance(child.tag, str))
    return found


def _is_off(node: Element) -> bool:
    """Whether it is there only to say that it is not shown."""
    return any(_says_yes(said) for said in node.iterchildren(DELETE))


def _shows_labels(extension: Element) -> bool:
    """Whether these are the extensions of a series of which some labels show what its cells say."""
    series = extension.getparent()
    if series is None or series.tag != SERIES:
        return False
    for said in series.iter(SHOWN_LABELS):
        if _says_yes(said) and not any(_is_off(above) for above in said.iterancestors()):
            return True
    return False


def _says_yes(node: Element) -> bool:
    """A yes or no of DrawingML: there and without a value it is a yes."""
    return (node.get("val") or "1").strip().lower() not in OFF
