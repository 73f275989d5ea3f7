"""Whether what comments speak of, the comments and suggestions of Word files, and what was put in are as the audit trail
tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audit.models import Entry
from audit.verify import check, last_told, other_moment, told
from documents.models import Comment, Edition, ReturnedFile, Suggestion
from documents.trail.audit_payloads import said_hash, suggestions_hash, word_comment_hash


@check
def said() -> Iterator[str]:
    """Every comment quotes the words, answers for the institution and mentions whom the trail tells; it was decided, settled and
    put in at the moments that it tells, and by whom."""
    written, decided = last_told("comment"), last_told("decide_comment")
    settled, applied = last_told("resolve", "unresolve", "decide_comment"), last_told("apply_suggestion")
    for comment in Comment.objects.select_related("applied_by").order_by("pk").iterator():
        name = f"comment:{comment.pk}"
        entry = written.get(name)
        if entry is not None and entry.detail.get("said_sha256", now := said_hash(comment)) != now:
            yield f"{name}: what it speaks of, for whom or to whom it was written is not as the trail tells"
        answer, end = decided.get(name), settled.get(name)
        if answer is not None and other_moment(answer, comment.decided):
            yield f"{name}: it was decided at another moment than the trail tells"
        if end is not None and end.verb == "resolve" and other_moment(end, comment.resolved):
            yield f"{name}: it was settled at another moment than the trail tells"
        yield from _put_in(name, comment, applied.get(name))


def _put_in(name: str, comment: Comment, entry: Entry | None) -> Iterator[str]:
    if (comment.applied is None) != (entry is None):
        yield f"{name}: whether its words were put in is not as the trail says"
    elif entry is None and comment.applied_by_id is not None:
        yield f"{name}: somebody put its words in, and the trail does not say so"
    elif entry is not None:
        if comment.applied_by is None or entry.actor != comment.applied_by.actor:
            yield f"{name}: another person put its words in than the trail tells"
        elif other_moment(entry, comment.applied):
            yield f"{name}: its words were put in at another moment than the trail tells"


@check
def word_files() -> Iterator[str]:
    """What came in a Word file is what came: who brought it, its comments and suggestions; none is gone or was added. Of a file
    that an older Kodeks took in the trail tells less."""
    editions = set(Edition.objects.values_list("pk", flat=True))
    comments: dict[int, str] = {}
    brought: dict[Any, Entry] = {}
    for entry in told("bring_back"):
        if isinstance(pk := entry.detail.get("returned"), int):
            brought[pk] = entry
        kept = entry.detail.get("word_comments")
        if isinstance(kept, dict):
            comments |= {int(key): sha256 for key, sha256 in kept.items() if key.isdecimal()}
    yield from _word_comments(comments)
    first = min(brought, default=None)
    for returned in ReturnedFile.objects.select_related("by").order_by("pk"):
        name = f"returnedfile:{returned.pk}"
        if returned.pk not in brought:
            if first is not None and returned.pk > first:
                yield f"{name}: the trail does not know it"
            continue
        entry = brought.pop(returned.pk)
        what = (f"edition:{returned.edition_id}", returned.by.actor, returned.language, returned.sha256)
        if what != (entry.thing, entry.actor, entry.detail.get("language"), entry.detail.get("sha256")):
            yield f"{name}: it is another file than the trail tells, or another person brought it"
        if suggestions_hash(returned.suggestions.order_by("pk")) != entry.detail.get("suggestions_sha256"):
            yield f"{name}: what it suggested is not what the trail was told"
    for pk, entry in brought.items():
        if _number(entry.thing) in editions:
            yield f"returnedfile:{pk}: the trail tells of it, and it is gone"


def _word_comments(comments: dict[int, str]) -> Iterator[str]:
    first = min(comments, default=None)
    for comment in Comment.objects.filter(author=None).order_by("pk").iterator():
        if comment.pk in comments:
            if comments.pop(comment.pk) != word_comment_hash(comment):
                yield f"comment:{comment.pk}: it is not the one that came in the Word file"
        elif first is not None and comment.pk > first:
            yield f"comment:{comment.pk}: the trail does not know it"
    for pk in comments:
        yield f"comment:{pk}: the trail tells of it, and it is gone"


def _number(thing: str) -> int | None:
    number = thing.partition(":")[2]
    return int(number) if number.isdecimal() else None


@check
def suggestions() -> Iterator[str]:
    """Every suggestion of a Word file was accepted, refused or left open as the trail tells, and by whom. Whoever brought words
    that were accepted may not sign off."""
    decided = {
        entry.detail["suggestion"]: entry
        for entry in told("suggestion_accepted", "suggestion_refused")
        if isinstance(entry.detail.get("suggestion"), int)
    }
    for one in (
        Suggestion.objects.select_related("decided_by").defer("before", "after").order_by("pk").iterator()
    ):
        name = f"suggestion:{one.pk}"
        entry = decided.get(one.pk)
        state = Suggestion.State.OPEN if entry is None else entry.verb.removeprefix("suggestion_")
        if one.state != state:
            yield f"{name}: what became of it is not what the trail tells"
        elif entry is not None and (one.decided_by is None or entry.actor != one.decided_by.actor):
            yield f"{name}: another person decided it than the trail tells"
