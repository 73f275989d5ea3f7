"""The levels of headings that somebody put into a file of ours.

A heading of ours has the level that its bookmark says, which need not be that of its look: the headings of a
document may begin with Word's third. A new one that looks like them stands at their level, and not two levels
below.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.word.marks import look_of
from documents.word.read.outline.draft import Draft


def level_new_headings(drafts: Sequence[Draft]) -> None:
    """Gives headings without a bookmark of ours the level of those that they look like: of the last one
    before them, else of the next. Where none looks like them, they stand as far above or below the last one
    as their look does."""
    known = [(at, look, draft.level) for at, draft in enumerate(drafts) if (look := _look(draft))]
    for at, draft in enumerate(drafts) if known else ():
        if draft.uid or not draft.look or draft.level != draft.look:
            continue
        alike = [(place, look, level) for place, look, level in known if look == draft.look]
        behind = [one for one in alike or known if one[0] < at]
        _place, look, level = behind[-1] if behind else (alike or known)[0]
        draft.level = max(1, level + draft.look - look)


def _look(draft: Draft) -> int:
    """The level that a heading had by its look when the file was written; 0 where it had none, or is not
    ours."""
    return (look_of(draft.bookmarks) or 0) if draft.uid else 0
