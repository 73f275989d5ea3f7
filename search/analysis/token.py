"""What the analysis of a text gives."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A word of a text: where it stands (characters, end exclusive), and what it is indexed under.

    `lemma` is the same for every form, script and spelling of the word that the analysis knows; it has no
    diacritics. `prefix` is its beginning, which relatives of the word often share.
    """

    start: int
    end: int
    text: str
    lemma: str
    prefix: str
