"""Find what looks like case data in an edition; keep a second person's reason why it is none.

What was found stays in the text alone: the trail, logs and mails have its kind and place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import audit
from audit.models import Entry
from audit.trail import thing_name
from documents.access.authorship import places_of, wrote_title
from documents.actions.errors import ActionError, Problem
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.editions.adoption_checks import gate, recording_gate
from documents.editions.text_storage import check_language
from documents.models import CaseDataAnswer, Edition, Section
from documents.notifications import tell_of_case_data
from documents.text import body_text, plain_text, sha256_of
from documents.text.case_data import Kind, Place, places, traces
from people.access import has_role, may, require
from people.models import User
from people.roles import Role, Verb

LONGEST = 1000
ASK = "ask_case_data"
TITLE = str(UUID(int=0))
"""In place of a section: the title of the text."""


@dataclass(frozen=True)
class Found:
    """A section in one language with what looks like case data. ``answer``: why it is none."""

    uid: str
    language: str
    label: str
    heading: str
    text_hash: str
    places: tuple[Place, ...]
    answer: CaseDataAnswer | None = None

    @property
    def kinds(self) -> list[Kind]:
        return list(dict.fromkeys(kind for place in self.places for kind in place.kinds))


def find(edition: Edition, languages: Iterable[str] = (), uid: str = "") -> list[Found]:
    """Every title and section with traces, in these languages or all; one query, and one for the answers."""
    wanted = list(languages) or edition.instrument.languages
    names = [f"{name}_{check_language(one)}" for one in wanted for name in ("label", "body", "text_hash")]
    rows = Section.objects.filter(edition=edition, **({"uid": uid} if uid else {})).order_by("position")
    found = _titles(edition, wanted) if uid in ("", TITLE) else []
    found += [
        _found(row, language, at)
        for row in rows.values("uid", *names).iterator(chunk_size=50)
        for language in wanted
        if (at := places(row[f"body_{language}"], row[f"label_{language}"] or ""))
    ]
    return _answered(edition, found)


def body_of_title(edition: Edition, language: str) -> dict[str, Any]:
    """A title as the body of a section that has nothing else."""
    title = getattr(edition, f"title_{check_language(language)}") or ""
    return {"heading": [{"type": "text", "text": title}], "blocks": []}


def _titles(edition: Edition, languages: Iterable[str]) -> list[Found]:
    bodies = {language: body_of_title(edition, language) for language in languages}
    return [
        Found(TITLE, language, "", _("Title"), sha256_of(body), tuple(at))
        for language, body in bodies.items()
        if (at := places(body))
    ]


def _found(row: dict[str, Any], language: str, at: list[Place]) -> Found:
    body = row[f"body_{language}"] or {}
    heading = body_text({"heading": body.get("heading"), "blocks": []}, heading=True)
    label, sha256 = row[f"label_{language}"] or "", row[f"text_hash_{language}"]
    if traces(label):
        # A reason for the text alone would say nothing of a number that was typed later.
        label, sha256 = "", sha256_of([label, sha256])
    return Found(
        str(row["uid"]),
        language,
        label,
        "" if traces(heading) else heading,
        sha256,
        tuple(at),
    )


def _answered(edition: Edition, found: list[Found]) -> list[Found]:
    """With the reasons. Those of an earlier edition hold for the very same text."""
    if not found:
        return []
    answers = CaseDataAnswer.objects.filter(
        edition__instrument=edition.instrument_id, text_hash__in=[one.text_hash for one in found]
    ).select_related("person")
    known = {(str(one.uid), one.language, one.text_hash): one for one in answers}
    return [
        Found(**one.__dict__ | {"answer": known.get((one.uid, one.language, one.text_hash))}) for one in found
    ]


def unanswered(edition: Edition, languages: Iterable[str] = ()) -> list[Found]:
    return [one for one in find(edition, languages) if one.answer is None]


def problems(edition: Edition, languages: Iterable[str] = ()) -> list[str]:
    """What keeps a text from being adopted: case data that nobody explained."""
    n = len(unanswered(edition, languages))
    if not n:
        return []
    message = ngettext(
        "%(n)d section may contain case data. A second person must say why it is none.",
        "%(n)d sections may contain case data. A second person must say why it is none.",
        n,
    )
    return [Problem(message % {"n": n}, "case_data", "case_data")]


@gate
def before_adoption(edition: Edition) -> list[str]:
    return problems(edition)


@recording_gate
def before_recording(edition: Edition) -> list[str]:
    return problems(edition)


def why_not(by: User, edition: Edition, uid: str, language: str) -> str:
    """Why a person may not say that a section holds no case data; empty where they may. It is a coordinator
    of the owner or a reviewer, whose roles two people know, and not who wrote there."""
    reviews = has_role(by, Role.REVIEWER) and may(by, Verb.COMMENT, edition)
    if not (reviews or has_role(by, Role.COORDINATOR, edition.instrument.owner_id)):
        return _("A coordinator or a reviewer of this text must say why it is none.")
    wrote = wrote_title(by, edition) if uid == TITLE else (uid, language) in places_of(by.actor, edition)
    if wrote:
        return _("You wrote in this section. A second person must say why it is none.")
    return ""


def ask(by: User, edition: Edition) -> bool:
    """Asks a second person why a text holds no case data; once for the same text. False where nobody needs
    to be asked."""
    require(by, Verb.READ, edition)
    with transaction.atomic():
        locked = hold(edition)
        hashes = sorted(one.text_hash for one in unanswered(locked))
        sha256 = sha256_of(hashes)
        former = Entry.objects.filter(thing=thing_name(locked), verb=ASK).order_by("-id").first()
        if not hashes or (former is not None and former.detail.get("sha256") == sha256):
            return False
        audit.record(ASK, locked, by, sha256=sha256)
        tell_of_case_data(by, locked)
    return True


def asked(editions: Iterable[Edition]) -> list[Edition]:
    """Those about which a second person was asked."""
    by_name = {thing_name(one): one for one in editions}
    things = Entry.objects.filter(thing__in=list(by_name), verb=ASK).values_list("thing", flat=True)
    return [by_name[name] for name in sorted(set(things))]


@record_refusals("no_case_data")
def explain(by: User, edition: Edition, uid: str, language: str, seen: str, reason: str) -> None:
    """Keeps why a section holds no case data. ``seen``: the hash of the text that the page showed.

    Raises ActionError for who may not, without a reason, for a reason that holds case data itself, and where
    the text is another one by now."""
    require(by, Verb.READ, edition)
    reason = plain_text(reason)[:LONGEST]
    if not reason:
        raise ActionError(_("Enter why this is no case data."), "no_reason")
    if traces(reason):
        raise ActionError(_("Explain it without the number or the name itself."), "no_reason")
    with transaction.atomic():
        locked = hold(edition)
        if why := why_not(by, locked, uid, language):
            raise ActionError(why, "not_second")
        found = next(iter(find(locked, [language], str(UUID(uid)))), None)
        if found is None or found.text_hash != seen:
            raise ActionError(_("The text has changed since you opened this page. Read it again."), "changed")
        if found.answer is not None:
            raise ActionError(_("Somebody else has already explained this text."), "answered")
        kinds = [str(kind) for kind in found.kinds]
        # Before the row: the database takes none of which the trail does not tell.
        audit.record(
            "no_case_data",
            locked,
            by,
            reason=reason,
            uid=uid,
            language=language,
            kinds=kinds,
            sha256=found.text_hash,
        )
        CaseDataAnswer.objects.create(
            edition=locked,
            uid=uid,
            language=language,
            text_hash=found.text_hash,
            kinds=kinds,
            reason=reason,
            person=by,
        )
