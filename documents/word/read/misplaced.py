"""Words in places that no reader visits, because the schema allows none there: told, never lost without a
word.

The readers note each text that they have read (``Context.seen``) and whatever they leave out knowingly and
say elsewhere, or that is shown in another way (``Context.told``). What else has words stands where it may
not: a run right in a cell, a paragraph in another, an element that nobody knows, a second body.
"""

from __future__ import annotations

from documents.word.ns import Element, w
from documents.word.read.context import Context
from documents.word.read.report import FindingCode

T = w("t")


def tell_unread(ctx: Context, root: Element) -> None:
    """Says which words of a part, or a note, were not read."""
    seen, told = ctx.seen, ctx.told
    for text in root.iter(T):
        if text in seen or not (text.text or "").strip():
            continue
        if told.isdisjoint(text.iterancestors()):
            ctx.found(FindingCode.MISPLACED, text.text or "")


def processed(root: Element) -> frozenset[str]:
    """The elements of foreign namespaces whose content counts as if they were not there (mc:ProcessContent on
    the root; ECMA-376, part 3)."""
    found = set()
    for named in (
        root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}ProcessContent") or ""
    ).split():
        prefix, _, name = named.partition(":")
        if name and name != "*" and prefix in root.nsmap:
            found.add(f"{{{root.nsmap[prefix]}}}{name}")
    return frozenset(found)
