"""Pictures and boxes that somebody hid in Word (the eye of its Selection pane), which no page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from documents.word.file import ns
from documents.word.file.ns import Element, w

DOC_PR = f"{{{ns.WP}}}docPr"
DRAWN = (w("drawing"), w("pict"), w("object"))
BRANCHES = (f"{{{ns.MC}}}Choice", f"{{{ns.MC}}}Fallback")
GROUPS = frozenset({"wgp", "grpSp", "wpc"})
HIDDEN_STYLE = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)


def is_unseen(node: Element) -> bool:
    """Whether a picture, a box or their content is hidden with the shape, the group or the drawing around
    it."""
    above: Element | None = node
    while above is not None:
        if hides_itself(above):
            return True
        if above.tag in DRAWN:
            return False
        above = above.getparent()
    return False


def hides_itself(node: Element) -> bool:
    """Whether a drawing, a shape of a group or an old shape is hidden."""
    if HIDDEN_STYLE.search(node.get("style") or ""):
        return etree.QName(node).namespace == ns.V
    return any(properties.get("hidden") in ("1", "true", "on") for properties in _properties(node))


def _properties(node: Element) -> Iterator[Element]:
    """The properties that may hide a shape. In a group its own, of a drawing's only one the drawing's."""
    for child in node:
        if child.tag == DOC_PR or (etree.QName(child).localname == "cNvPr" and _in_group(node)):
            yield child
        elif etree.QName(child).localname.startswith("nv") and _in_group(node):
            yield from (one for one in child if etree.QName(one).localname == "cNvPr")


def _in_group(node: Element) -> bool:
    for above in node.iterancestors():
        if above.tag in DRAWN:
            return False
        if etree.QName(above).localname in GROUPS:
            return True
    return False


def drop_unseen(root: Element) -> None:
    """Remove hidden drawings from a part, each with its alternatives for other programs."""
    for node in [node for node in root.iter() if isinstance(node.tag, str) and hides_itself(node)]:
        target, parent = node, node.getparent()
        # What hides a whole drawing stands in its frame.
        if parent is not None and parent.tag in DRAWN and etree.QName(node).namespace in (ns.WP, ns.V):
            target, parent = parent, parent.getparent()
            choices = parent.getparent() if parent is not None and parent.tag in BRANCHES else None
            if choices is not None:
                target, parent = choices, choices.getparent()
        if parent is not None:
            parent.remove(target)
