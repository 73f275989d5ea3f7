"""Whether suggested words came into a text by somebody's hand, and not by a click. Pure, knows no Django.

Where they stand is not asked: whoever typed them may have put them into another sentence. They have to stand there more often than on
the day of the comment.
"""

from __future__ import annotations

from documents.comments.anchor import every_place, is_whole


def came_in(words: str, quote: str, first: str, now: str) -> int:
    """How many times ``words``, which a comment suggests for its ``quote``, came into ``now`` since the text was ``first``: so many more
    of them stand there or, where they are a part of the quote, so many fewer of the quote while none of them went."""
    more = _times(words, now) - _times(words, first)
    if _times(words, quote) and more >= 0:
        return max(more, _times(quote, first) - _times(quote, now))
    return max(more, 0)


def _times(words: str, text: str) -> int:
    return sum(is_whole(place, text) for place in every_place(words, text))
