"""Learn translations of words from published translations; a publication asks for it, the worker does it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from documents.choices import State
from search.factory import analyser
from search.glossary import as_value
from search.glossary.pairs import Passage, pairs_of
from search.glossary.training import confirmed
from search.glossary_store import OPEN, request_learning_now
from search.models import Learned
from search.outbox.documents import documents_of, indexed_editions

_MOST_PASSAGES: Final = 20_000


def learn() -> int:
    """Learn again where it was requested; gives from how many passages. A later publication requests it
    again. Where something was forgotten since, no result is stored."""
    before = Learned.objects.filter(pk=1).values_list("made", flat=True).first()
    if not Learned.objects.filter(pk=1, waiting=True).update(waiting=False):
        return 0
    try:
        published = list(passages())
        table = confirmed(pairs_of(published, analyser()))
        # Forgetting leaves no date, and waits again.
        still = Learned.objects.filter(pk=1, made=before) if before else Learned.objects.filter(waiting=False)
        if not still.update(table=as_value(table), passages=len(published), made=timezone.now()):
            return 0
    except BaseException:
        request_learning_now()
        raise
    return len(published)


def passages() -> Iterator[Passage]:
    """What is in several languages in public texts, line by line where the lines correspond."""
    number = 0
    editions = indexed_editions().filter(state=State.IN_FORCE, instrument__classification__in=OPEN)
    for edition in editions.order_by("-valid_from", "-pk").iterator(chunk_size=50):
        sections: dict[str, dict[str, str]] = {}
        for document in documents_of(edition):
            if not document.stale:
                text = f"{document.heading}\n{document.text}"
                sections.setdefault(document.uid, {})[document.language] = text
        for texts in sections.values():
            if len(texts) < 2:
                continue
            for passage in _split(texts):
                yield passage
                number += 1
                if number >= _MOST_PASSAGES:
                    return


def _split(texts: dict[str, str]) -> Iterator[Passage]:
    lines = {language: text.split("\n") for language, text in texts.items()}
    if len({len(several) for several in lines.values()}) > 1:
        yield Passage(tuple(texts.items()))
        return
    for row in zip(*lines.values(), strict=True):
        if sum(bool(text.strip()) for text in row) > 1:
            yield Passage(tuple(zip(lines, row, strict=True)))
