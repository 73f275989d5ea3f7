"""Run as a program by test_killed.py: a writer of the index is killed at each of its steps, and another comes
after it.

Every step is a process of its own, on a database and an index that are files. Prints, for each step, what is
left.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import django
from django.db import connection

WORDS = (
    "alfa",
    "bravo",
    "delta",
    "kilo",
    "lima",
    "mango",
    "oscar",
    "papa",
    "romeo",
    "sierra",
    "tango",
    "zulu",
)


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(holder: Any, name: str, times: int = 1) -> None:
    """The process dies when it comes to this function for the so many-th time."""
    real, left = getattr(holder, name), [times]

    def instead(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            die()
        return real(*given, **named)

    setattr(holder, name, instead)


def after(holder: Any, name: str, times: int = 1) -> None:
    """The process dies when this function has come to its end for the so many-th time."""
    real, left = getattr(holder, name), [times]

    def instead(*given: Any, **named: Any) -> Any:
        answer = real(*given, **named)
        left[0] -= 1
        if not left[0]:
            die()
        return answer

    setattr(holder, name, instead)


def steps() -> dict[str, tuple[Callable[[], None], Callable[[], object]]]:
    """By name: what makes the process die, and what it does."""
    from django.db.models.query import QuerySet

    from search.engines import tantivy_engine
    from search.engines.generations import Generations
    from search.factory import engine
    from search.outbox import drain, full_rebuild, rebuild, reconcile

    return {
        "before anything is written": (lambda: before(engine(), "index"), drain),
        "in the middle of a batch": (lambda: before(tantivy_engine, "entry", 2), drain),
        "after the batch": (lambda: after(engine(), "index"), drain),
        "before the removed are taken out": (lambda: before(engine(), "delete"), drain),
        "after the removed were taken out": (lambda: after(engine(), "delete"), drain),
        "before the rows are removed": (lambda: before(QuerySet, "delete", 2), drain),
        "after the rows were removed": (lambda: after(QuerySet, "delete", 2), drain),
        "in the middle of a rebuild": (lambda: before(tantivy_engine, "entry", 3), rebuild),
        "before the swap": (lambda: before(Generations, "use"), rebuild),
        "after the swap": (lambda: after(Generations, "use"), rebuild),
        "before the last writing of a rebuild": (lambda: before(full_rebuild, "drain_as_writer"), rebuild),
        "while it reconciles": (lambda: before(tantivy_engine, "entry", 2), reconcile),
    }


def apart(what: Callable[[], object]) -> int:
    """Does it in a process of its own; answers the signal that ended that, or 0."""
    connection.close()
    pid = os.fork()
    if not pid:
        try:
            what()
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"a process failed with {os.WEXITSTATUS(status)}")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def change(number: int) -> None:
    """A text gets another word, another loses a section, a third is closed."""
    from documents.models import Edition, Section
    from search.outbox import enqueue
    from tests.support.factories import narrow

    edited, shortened = Edition.objects.order_by("pk")[:2]
    closed = Edition.objects.get(instrument__slug=f"closed-{number}")
    section = Section.objects.filter(edition=edited).order_by("position")[0]
    # Past the triggers, which hold what is in force: what is looked at here is the index.
    Section.objects.filter(pk=section.pk).update(
        heading_en=f"Word {WORDS[number]}", text_hash_en=f"{number:064}"
    )
    enqueue(edited.pk, [section.uid])
    gone = Section.objects.filter(edition=shortened).order_by("-position").first()
    if gone is not None:
        gone.delete()
    enqueue(shortened.pk)
    narrow("tlp_amber_strict", closed.instrument_id)
    enqueue(closed.pk, deny=True)


def look() -> dict[str, Any]:
    """What is found now by the public, under the deny list, and what waits."""
    from search.engines.base import Query
    from search.factory import engine
    from search.models import OutboxRow
    from search.outbox import denied_editions

    query = Query(keys=frozenset({"pub"}), facets=(), page_size=200, denied=denied_editions())
    hits = [hit.document for hit in engine().search(query).hits]
    return {
        "slugs": sorted({hit.slug for hit in hits}),
        "twice": len(hits) - len({hit.id for hit in hits}),
        "waiting": OutboxRow.objects.count(),
    }


def victim(number: int, arm: Callable[[], None], work: Callable[[], object]) -> None:
    """Changes something, and dies while it writes that to the index."""
    change(number)
    if work.__name__ == "reconcile":
        lose_some()
    arm()
    work()


def next_one(name: str, number: int, signalled: int, work: str) -> None:
    """What is there before the next worker, and what after it."""
    from search.outbox import drain, reconcile

    between = look()
    drain()
    if work == "reconcile":
        reconcile()
    drift = reconcile(mend=False)
    left = look() | {"drift": [*drift.missing, *drift.different, *drift.extra]}
    said = {"step": name, "number": number, "signal": signalled, "between": between, "after": left}
    print(json.dumps(said), flush=True)


def main() -> None:
    django.setup()
    from search.outbox import rebuild

    apart(rebuild)
    for number, name in enumerate(steps()):
        arm, work = steps()[name]
        signalled = apart(partial(victim, number, arm, work))
        apart(partial(next_one, name, number, signalled, work.__name__))


def lose_some() -> None:
    from search.factory import engine
    from search.outbox import drain

    drain()
    engine().delete([name for name, _print in engine().fingerprints()][:3])


if __name__ == "__main__":
    main()
