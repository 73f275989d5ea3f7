"""Take a suggestion from Word into the draft, or leave it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.access import Text
from documents.actions.coming_back.heading_levels import level_waits
from documents.actions.coming_back.joined_words import heading_is_ours, joins_of, put_in_join
from documents.actions.coming_back.since_sent import changed_elsewhere
from documents.actions.edit_outline import (
    add_section,
    fingerprint,
    kind_beside,
    move_section,
    outline_of,
    remove_section,
    set_level,
    subtree,
)
from documents.actions.errors import ActionError, Conflict
from documents.actions.find_translation_source import PART
from documents.actions.merge_translation_sources import current_in, keep_ages
from documents.actions.save_section import save_section
from documents.models import Edition, Section, Suggestion
from documents.suggestions.joined import joined_body
from documents.suggestions.new_section import NewSection
from documents.suggestions.put_in import put_in
from documents.suggestions.suggestion import beside
from documents.text import body_text
from documents.text.whitespace import same_but_for_end_blanks
from documents.text_storage import EMPTY
from people.access import may, require
from people.models import User
from people.roles import Verb

State, Kind = Suggestion.State, Suggestion.Kind


class MovedOn(Conflict):
    """The words that a suggestion speaks of are others by now: a person has to look."""

    def __init__(self, suggestion: Suggestion, said: str = "") -> None:
        super().__init__()
        self.message = said or _("The draft says something else by now. Look at the three texts and choose.")
        self.suggestion = suggestion


def accept(by: User, suggestion: Suggestion, *, how: str = "") -> None:
    """Puts the suggestion into the text as it is now, by ``save_section`` with that text's hash as its condition.

    ``how``: "" where it must fit, "instead" to put it in place of what stands there now, "beside" to keep both. Raises
    MovedOn where it doesn't fit, Conflict where somebody saved at the same moment, ActionError where it was decided.
    """
    edition = suggestion.edition
    with transaction.atomic():
        held = _hold(by, suggestion)
        uid, language, made = str(held.uid), held.language, ""
        if held.kind == Kind.NEW_SECTION:
            made = _add(by, edition, held)
        elif held.kind == Kind.GONE:
            now, _sha256 = _text(edition, uid, language)
            others = changed_elsewhere(held) if how != "instead" else ""
            if others or (how != "instead" and not same_but_for_end_blanks(now, held.before)):
                raise MovedOn(held, others)
            _take_out(by, edition, held)
        elif held.kind == Kind.MOVED:
            _move(by, edition, held)
        elif held.kind == Kind.LEVEL:
            _set_level(by, edition, held)
        elif held.kind == Kind.JOINED:
            made = _join(by, edition, held)
        else:
            joins = joins_of(held)
            if joins and held.kind == Kind.HEADING and not joins[-1].as_text:
                raise ActionError(
                    _(
                        "Its section was joined to another one, without its heading. The suggestion stays here."
                    )
                )
            uid = joins[0].into if joins else uid
            now, sha256 = _text(edition, uid, language)

            def put(text: dict[str, Any]) -> dict[str, Any] | None:
                return _with_words(text, held, how)

            body = put_in_join(joins, now, put) if joins else put(now)
            if body is None:
                raise MovedOn(held)
            made = save_section(by, edition, uid, language, body, sha256, seen=PART)
        _decide(by, held, State.ACCEPTED, made)


def _with_words(now: dict[str, Any], held: Suggestion, how: str) -> dict[str, Any] | None:
    """The text of a section with the words that are suggested for it; None where they don't fit."""
    kind, before, place = held.kind, held.before, held.place
    if how == "beside" and held.after["blocks"]:
        kind, place = Kind.ADDED, beside(kind, before, held.after, place)
    return put_in(now, kind, before, held.after, place, force=how == "instead")


def refuse(by: User, suggestion: Suggestion) -> None:
    """Leaves the text as it is. Raises ActionError where the suggestion was decided."""
    with transaction.atomic():
        _decide(by, _hold(by, suggestion), State.REFUSED)


def decide_all(by: User, found: Iterable[Suggestion], do: str) -> list[Suggestion]:
    """Accepts or refuses several, each for itself; gives those that did not fit. A section is not joined while words that are
    suggested for it do not fit: behind the join nobody could choose between the texts any more."""
    left: list[Suggestion] = []
    for suggestion in found:
        if do == "accept" and suggestion.kind == Kind.JOINED and _waits(suggestion, left):
            left.append(suggestion)
            continue
        try:
            accept(by, suggestion) if do == "accept" else refuse(by, suggestion)
        except ActionError:
            left.append(suggestion)
    return left


def _waits(joined: Suggestion, left: Iterable[Suggestion]) -> bool:
    return any(
        (one.returned_id, one.uid) == (joined.returned_id, joined.uid) and one.kind != Kind.MOVED
        for one in left
    )


def _hold(by: User, suggestion: Suggestion) -> Suggestion:
    require(by, Verb.DRAFT, Text(suggestion.edition, suggestion.language, str(suggestion.uid)))
    held = (
        Suggestion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("returned__by")
        .get(pk=suggestion.pk)
    )
    if held.state != State.OPEN:
        raise ActionError(_("This was decided already: %(state)s.") % {"state": held.get_state_display()})
    return held


def _decide(by: User, held: Suggestion, state: str, made: str = "") -> None:
    """Keeps what became of a suggestion. The trail tells who brought the words, and the hash of the text that came of them
    (``made``), by which the earlier texts of a section say whose words each put in (documents.pages.desk.change_authors)."""
    held.state, held.decided, held.decided_by = state, timezone.now(), by
    held.save(update_fields=["state", "decided", "decided_by"])
    audit.record(
        f"suggestion_{state}",
        held.edition,
        by,
        suggestion=held.pk,
        uid=str(held.uid),
        language=held.language,
        brought_by=str(held.returned.by.actor),
        sha256=made,
    )


def _text(edition: Edition, uid: str, language: str) -> tuple[dict[str, Any], str]:
    row = (
        Section.objects.filter(edition=edition, uid=uid)
        .values_list(f"body_{language}", f"text_hash_{language}")
        .first()
    )
    if row is None:
        raise ActionError(_("The section is no longer in the draft. The suggestion stays here."))
    return row[0] or EMPTY, row[1] or ""


def _add(by: User, edition: Edition, held: Suggestion) -> str:
    """Adds the section, and gives the hash of its text."""
    language = held.language
    if language != edition.instrument.source_language:
        raise ActionError(_("A new section begins in the language of the original."))
    title = held.new.strip() or _("(without a heading)")
    new, nodes = NewSection.read(held.place), outline_of(edition)
    place = new.place(nodes, str(held.uid))
    if place is None:
        raise ActionError(_("The section is no longer in the draft. The suggestion stays here."))
    uid = "" if any(node.uid == new.uid for node in nodes) else new.uid
    headings, outline = {language: title}, fingerprint(edition)
    kind = kind_beside(nodes, place, new.level)
    uid = add_section(by, edition, None, new.level, kind, headings, outline, place=place, uid=uid)
    _now, sha256 = _text(edition, uid, language)
    return save_section(by, edition, uid, language, held.after, sha256)


def _take_out(by: User, edition: Edition, held: Suggestion) -> None:
    """Takes the section out. Of those that stand in it, those that were taken out in the same file too go with it, as they are
    in the draft no other than in the file; the others stay, under the section before."""
    nodes = outline_of(edition)
    at = next((index for index, node in enumerate(nodes) if node.uid == str(held.uid)), None)
    if at is None:
        return
    if held.kind == Kind.GONE:
        inside = [node.uid for node in nodes[at + 1 : subtree(nodes, at)]]
        along = Suggestion.objects.filter(
            returned=held.returned_id, kind=Kind.GONE, state=State.OPEN, uid__in=inside
        )
        decide_all(by, along.order_by("pk"), "accept")
    remove_section(by, edition, str(held.uid), fingerprint(edition), alone=True)


def _require_outline(by: User, edition: Edition) -> None:
    if not may(by, Verb.OUTLINE, edition):
        raise ActionError(
            _("The outline is changed by the document's drafters. The suggestion stays here for them.")
        )


def _set_level(by: User, edition: Edition, held: Suggestion) -> None:
    _require_outline(by, edition)
    nodes, uid, level = outline_of(edition), str(held.uid), int(held.place)
    at = next((index for index, node in enumerate(nodes) if node.uid == uid), None)
    if at is None:
        raise ActionError(_("The section is no longer in the draft. The suggestion stays here."))
    if level_waits(held, nodes, at):
        raise ActionError(
            _("It would stand two levels deeper than the section before it. Decide about that one first.")
        )
    set_level(by, edition, uid, level, fingerprint(edition))


def _move(by: User, edition: Edition, held: Suggestion) -> None:
    """Moves the section to after the one that it followed in the file, as far as both are still there."""
    _require_outline(by, edition)
    level, _space, after = held.place.partition(" ")
    nodes = outline_of(edition)
    known = {node.uid for node in nodes}
    if str(held.uid) not in known:
        raise ActionError(_("The section is no longer in the draft. The suggestion stays here."))
    if after and after not in known:
        raise ActionError(
            _(
                "The section that it should follow is no longer in the draft. Move it on the page of the draft."
            )
        )
    move_section(by, edition, str(held.uid), after or None, int(level), fingerprint(edition))


def _joined_to(by: User, edition: Edition, held: Suggestion, into: str) -> str:
    """The section that another one is joined to. Where that was joined itself, it is the one that this was joined to; where it is
    new in the file and nobody has decided about it, it comes first; where it was refused, it is what stands before it."""
    there = {node.uid for node in outline_of(edition)}
    rows = list(
        Suggestion.objects.filter(returned=held.returned_id, kind__in=[Kind.JOINED, Kind.NEW_SECTION])
    )
    joined = {
        str(row.uid): row.place.partition(" ")[0]
        for row in rows
        if row.kind == Kind.JOINED and row.state == State.ACCEPTED
    }
    new = {NewSection.read(row.place).uid: row for row in rows if row.kind == Kind.NEW_SECTION}
    seen: set[str] = set()
    while into not in there and into not in seen:
        seen.add(into)
        if into in joined:
            into = joined[into]
        elif into in new and new[into].state == State.OPEN:
            accept(by, new[into])
            return into
        elif into in new:
            place, row = NewSection.read(new[into].place), new[into]
            known = (*place.behind, *(() if place.first else (str(row.uid),)))
            into = next((uid for uid in known if uid in there or uid in joined), into)
    return into


def _join(by: User, edition: Edition, held: Suggestion) -> str:
    """Puts the section's text, as it is in each language, behind that of the one before, and takes the section out; a heading that
    was written here since stays as a paragraph. Gives the hash of the text in the language of the suggestion."""
    into, _space, as_text = held.place.partition(" ")
    into = _joined_to(by, edition, held, into)
    languages = edition.instrument.languages
    _require_outline(by, edition)
    if not all(may(by, Verb.DRAFT, Text(edition, language)) for language in languages):
        raise ActionError(
            _("The outline is changed by the document's drafters. The suggestion stays here for them.")
        )
    made = ""
    current = current_in(edition, [into, str(held.uid)])
    for language in languages:
        gone, _sha256 = _text(edition, str(held.uid), language)
        now, sha256 = _text(edition, into, language)
        if not body_text(gone, heading=True).strip() and not gone["blocks"]:
            continue
        keeps = bool(as_text) or (language == held.language and heading_is_ours(held, gone))
        joined = joined_body(now, gone, heading=keeps)
        saved = save_section(by, edition, into, language, joined, sha256, seen=PART)
        made = saved if language == held.language else made
    keep_ages(edition, into, current)
    _take_out(by, edition, held)
    return made
