"""Whether the state and classification of texts, who commented and decided, courtesy translations, headings, and what acts
cover are as the audit trail tells, or as the hashes that were signed say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from audit.models import Entry
from audit.verify import check, last_told, other_moment, told
from documents.choices import ADOPTED, State
from documents.hashing import hash_version
from documents.models import (
    AdoptionAct,
    Comment,
    Corrigendum,
    Edition,
    Instrument,
    LanguageVersion,
    Section,
)
from documents.text import inline_text
from documents.text_storage import HEADING_LIMIT
from documents.trail.audit_payloads import reason_hash
from documents.trail.checks import other_hashes

ADOPTING = ("adopt", "confirm_prior")
AFTER = {
    "submit": (State.IN_REVIEW,),
    "reopen": (State.DRAFT,),
    "adopt": (State.APPROVED,),
    "confirm_prior": (State.APPROVED,),
    "enter_into_force": (State.IN_FORCE,),
    "supersede": (State.SUPERSEDED,),
    "repealed": (State.REPEALED,),
    "withdrawn": (State.WITHDRAWN,),
}
"""The states that an edition has after the entry with this verb."""


@check
def states() -> Iterator[str]:
    """Every edition is in the state of which the trail tells; who follows ends the one before on its own first day."""
    last = last_told(*AFTER)
    by_edition = last_told("supersede")
    first_days = {str(pk): day for pk, day in Edition.objects.values_list("pk", "valid_from")}
    for edition in Edition.objects.order_by("pk"):
        name = f"edition:{edition.pk}"
        entry = last.get(name)
        if entry is None:
            if edition.state != State.DRAFT:
                yield f"{name}: its state is not the one of which the trail tells"
            continue
        if edition.state not in AFTER[entry.verb]:
            yield f"{name}: its state is not the one of which the trail tells"
        if entry.verb == "supersede":
            follows = str(by_edition[name].detail.get("by_edition"))
            if follows in first_days and edition.valid_until != first_days[follows]:
                yield f"{name}: it ends on another day than the edition that follows it begins"
        elif entry.verb == "repealed":
            until = entry.detail.get("until")
            if until is not None and until != str(edition.valid_until):
                yield f"{name}: it ends on another day than the trail tells"
        elif edition.valid_until is not None:
            yield f"{name}: it ends, and the trail does not say so"


@check
def classifications() -> Iterator[str]:
    """Every text has the classification that it was given last."""
    given = last_told("create", "classify")
    for pk, classification in Instrument.objects.order_by("pk").values_list("pk", "classification"):
        entry = given.get(f"instrument:{pk}")
        if entry is None:
            continue
        key = "after" if entry.verb == "classify" else "classification"
        if entry.detail.get(key, classification) != classification:
            yield f"instrument:{pk}: its classification is not the one of which the trail tells"


@check
def commenters() -> Iterator[str]:
    """Every comment is by whom, in which place and of which text the trail tells, and was decided and settled as it tells; none
    was added. A comment out of a Word file has no entry of its own."""
    written, decided = last_told("comment"), last_told("decide_comment")
    settled, ends = last_told("resolve", "unresolve", "decide_comment"), _ends()
    found = Comment.objects.select_related("author", "decided_by", "resolved_by")
    for comment in found.order_by("pk").iterator():
        name = f"comment:{comment.pk}"
        entry = written.get(name)
        if entry is None:
            if comment.author is not None:
                yield f"{name}: the trail does not know it"
        else:
            if comment.author is None or entry.actor != comment.author.actor:
                yield f"{name}: the trail names another person"
            place = {"edition": comment.edition_id, "uid": str(comment.uid), "language": comment.language}
            if any(entry.detail.get(key, value) != value for key, value in place.items()):
                yield f"{name}: it stands in another place than the trail tells"
        answer = decided.get(name)
        if (answer is None) != (comment.decided is None):
            yield f"{name}: whether it was decided is not as the trail says"
        elif answer is not None and (comment.decided_by is None or answer.actor != comment.decided_by.actor):
            yield f"{name}: another person decided it than the trail tells"
        elif answer is None and (comment.outcome or comment.outcome_text or comment.decided_by_id):
            yield f"{name}: it has an answer, and the trail tells of none"
        if comment.parent_id is None:
            yield from _settled(name, comment, settled.get(name))
            if comment.resolved is not None and name in ends and settled[name].verb == "decide_comment":
                yield from _settled_before(name, comment, ends[name])


def _ends() -> dict[str, list[Entry]]:
    """By comment, all that may have settled it since it was last opened again: what is settled stays so when it is answered."""
    ends: dict[str, list[Entry]] = {}
    for entry in told("resolve", "unresolve", "decide_comment"):
        if entry.verb == "unresolve":
            ends.pop(entry.thing, None)
        else:
            ends.setdefault(entry.thing, []).append(entry)
    return ends


def _settled_before(name: str, comment: Comment, ends: list[Entry]) -> Iterator[str]:
    if comment.resolved_by is None or comment.resolved_by.actor not in {entry.actor for entry in ends}:
        yield f"{name}: another person settled it than the trail tells"
    elif all(other_moment(entry, comment.resolved) for entry in ends):
        yield f"{name}: it was settled at another moment than the trail tells"


def _settled(name: str, comment: Comment, entry: Entry | None) -> Iterator[str]:
    if entry is None:
        if comment.resolved is not None:
            yield f"{name}: it is settled, and the trail does not say so"
        elif comment.resolved_by_id is not None:
            yield f"{name}: somebody settled it, and the trail does not say so"
    elif entry.verb == "decide_comment":
        # What was settled before stays settled by whoever settled it.
        if comment.resolved is None:
            yield f"{name}: it is open again, and the trail says that it was settled"
    elif (comment.resolved is None) != (entry.verb == "unresolve"):
        yield f"{name}: whether it is settled is not as the trail says"
    elif comment.resolved_by is not None and entry.actor != comment.resolved_by.actor:
        yield f"{name}: another person settled it than the trail tells"


@check
def courtesy_texts() -> Iterator[str]:
    """Every courtesy translation of an adopted text, hashed anew, is the one that was submitted or checked."""
    checked: dict[tuple[str, str, int], Any] = {}
    for entry in told("check_translation"):
        if entry.detail.get("agrees"):
            number = entry.detail.get("number")
            checked[entry.thing, str(entry.detail.get("language")), number] = entry.detail.get("sha256")
    for edition in Edition.objects.filter(state__in=ADOPTED).select_related("instrument").order_by("pk"):
        name = f"edition:{edition.pk}"
        last: dict[str, LanguageVersion] = {}
        submitted = edition.manifests.order_by("round").values_list("versions", flat=True).last() or {}
        for version in LanguageVersion.objects.filter(edition=edition, authentic=False).order_by("number"):
            if not version.sha256 or version.unfinished:
                of_first = version.number == 1 and not version.later and submitted.get(version.language)
                if of_first or checked.get((name, version.language, version.number)):
                    yield f"{name}: the translation into {version.language} is not kept as finished, and the trail says it was"
                last.pop(version.language, None)
                continue
            last[version.language] = version
            of_trail = checked.get((name, version.language, version.number))
            if of_trail is not None and of_trail != version.sha256:
                yield f"{name}: the translation into {version.language} is not the one that was checked"
        for language, version in sorted(last.items()):
            sha256, texts = hash_version(edition, language)
            yield from other_hashes(edition, language, texts)
            if sha256 != version.sha256:
                yield f"{name}: the translation into {language} is not the one that was kept"
            elif version.number == 1 and not version.later and submitted.get(language, sha256) != sha256:
                yield f"{name}: the translation into {language} is not the one that was submitted"


@check
def headings() -> Iterator[str]:
    """The headings in lists and addresses are those of the texts themselves."""
    languages = {
        pk: of for pk, of in Instrument.objects.values_list("pk", "languages") if isinstance(of, list)
    }
    rows = Section.objects.filter(edition__state__in=(*ADOPTED, State.IN_REVIEW)).order_by("pk")
    for row in rows.select_related("edition").iterator(chunk_size=200):
        for language in languages.get(row.edition.instrument_id, ()):
            body = getattr(row, f"body_{language}", None)
            if not body:
                continue
            words = inline_text(body.get("heading") or []).replace("\n", " ")[:HEADING_LIMIT]
            if words != (getattr(row, f"heading_{language}") or ""):
                yield f"section:{row.pk}: its heading in {language} is not the one of its text"


@check
def covers() -> Iterator[str]:
    """Every authentic text that was adopted is named by an act, and no act names a hash that no text has."""
    texts: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    adopted = LanguageVersion.objects.filter(authentic=True, edition__state__in=ADOPTED)
    for edition, language, sha256, unfinished in adopted.values_list(
        "edition", "language", "sha256", "unfinished"
    ):
        if not unfinished:
            texts[edition][language].add(sha256)
    acts: dict[int, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for pk, edition, named in AdoptionAct.objects.order_by("pk").values_list("pk", "edition", "covers"):
        acts[edition].append((pk, named))
        for language, sha256 in named.items():
            if edition in texts and sha256 not in texts[edition][language]:
                yield f"adoptionact:{pk}: it covers a text in {language} that is not there"
    adopting = last_told(*ADOPTING)
    for edition, of in texts.items():
        # In an older Kodeks, which told the trail no hash of an act, none said what it covers.
        entry = adopting.get(f"edition:{edition}")
        if entry is not None and "acts_sha256" in entry.detail:
            yield from (f"adoptionact:{pk}: it covers nothing" for pk, named in acts[edition] if not named)
            named_ones = {pair for _pk, named in acts[edition] for pair in named.items()}
            for language, hashes in of.items():
                if any((language, sha256) not in named_ones for sha256 in hashes):
                    yield f"edition:{edition}: no act covers its text in {language}"


@check
def reasons() -> Iterator[str]:
    """Why a corrigendum was proposed is what the trail was told."""
    proposed = last_told("propose_corrigendum")
    for pk, reason in Corrigendum.objects.order_by("pk").values_list("pk", "reason"):
        entry = proposed.get(f"corrigendum:{pk}")
        if entry is not None and entry.detail.get("reason_sha256", now := reason_hash(reason)) != now:
            yield f"corrigendum:{pk}: its reason is not the one that was given"
