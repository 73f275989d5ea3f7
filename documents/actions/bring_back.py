"""Take a reviewed Word file in against the draft that it came from: its changes as suggestions, its comments as comments."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.access import Text
from documents.actions.coming_back.back_sections import (
    as_sent,
    emptied_by_going,
    headings_gone,
    looked_at_whole,
    moved,
    row_of,
    whole_sections,
)
from documents.actions.coming_back.came_from import require_language
from documents.actions.coming_back.from_word import (
    keep_beside,
    keep_comments,
    keep_missing,
    keep_sent_unsure,
    keep_unsure,
    with_those_behind,
)
from documents.actions.coming_back.went_out import as_it_was_sent
from documents.actions.errors import ActionError
from documents.actions.import_word import FileRefused
from documents.actions.locking import hold_draft
from documents.comparison.context import Context
from documents.comparison.sections.matching import match_sections
from documents.exports.own_file import stood_beside
from documents.models import Edition, ReturnedFile, Suggestion
from documents.suggestions.blocks import with_links_of
from documents.suggestions.held_before import as_sent_where_unchanged
from documents.suggestions.lists_joined import as_sent_in_two
from documents.suggestions.lists_torn import as_sent_in_one
from documents.suggestions.made_anew import as_sent_where_anew
from documents.suggestions.put_in import put_in
from documents.suggestions.put_in_empty import without_emptied
from documents.suggestions.references import with_references_of
from documents.suggestions.retitled import is_the_same, retitled
from documents.suggestions.suggest import suggestions
from documents.suggestions.suggestion import Suggested
from documents.suggestions.table_looks import without_given_looks
from documents.text import Section, SectionTree
from documents.text_storage import EMPTY, check_language, load_tree
from documents.word import Limits, Refused
from documents.word.comments import said_since
from documents.word.editors.took_levels import depths
from documents.word.review import Returned, returned_in_child
from documents.word.review.beside import silent_changes
from documents.word.review.tracked import TrackedChange
from people.access import require
from people.models import User
from people.roles import Verb

Json = dict[str, Any]
Kind = Suggestion.Kind


@dataclass(frozen=True)
class _Section:
    """A section as it is now, as it was sent out, and as the file has it without and with its changes."""

    uid: str
    now: Json
    sent: Json
    refused: Json | None
    accepted: Json | None


def bring_back(by: User, edition: Edition, language: str, data: bytes, filename: str) -> ReturnedFile:
    """Keeps what the file suggests and says; the draft's text is not changed. Raises FileRefused, Locked, ActionError."""
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language))
    if language not in edition.instrument.languages:
        raise ActionError(_("The document is not kept in this language."))
    sha256 = hashlib.sha256(data).hexdigest()
    sent = stood_beside(edition, language)
    read = _read(data, [line for one in sent for line in one.texts], depths(load_tree(edition, language)))
    sent = [*(stood_beside(edition, language, read.title) if read.title else []), *sent]
    silent = silent_changes(sent, read.lines)
    with transaction.atomic():
        held = hold_draft(edition)
        if ReturnedFile.objects.filter(edition=held, language=language, sha256=sha256).exists():
            raise ActionError(
                _("This very file was brought back already. Nothing was stored twice."), "brought_back"
            )
        require_language(held, language, read.states)
        draft = load_tree(held, language)
        refused, accepted, names = _named(draft, read)
        if not any(uid in draft.by_uid for uid in {*refused.by_uid, *accepted.by_uid}):
            raise ActionError(_("No section of this draft was found in the file. Nothing was stored."))
        returned = ReturnedFile.objects.create(
            edition=held, language=language, name=Path(filename).name[:200], sha256=sha256, by=by
        )
        states = {names.get(uid, uid): state for uid, state in read.states.items()}
        lines = read.lines.everywhere
        out, unknown = as_it_was_sent(held, language, draft, states, lines, own=read.own)
        refused, accepted = (without_given_looks(one, out, read.tables) for one in (refused, accepted))
        values = frozenset().union(*(one.values for one in sent))
        refused, accepted = as_sent_in_one(refused, accepted, out)
        refused, accepted = (as_sent_in_two(one, out) for one in (refused, accepted))
        refused, accepted = (as_sent_where_anew(one, out, read.signed, values) for one in (refused, accepted))
        texts = refused, accepted
        refused, accepted, whole = looked_at_whole(held, language, draft, out, texts, read, states)
        refused, accepted = (
            _with_references(one, out, was.by_uid)
            for one, was in zip((refused, accepted), texts, strict=True)
        )
        changes: dict[str, list[TrackedChange]] = {}
        for change in read.changes:
            changes.setdefault(names.get(change.uid, change.uid), []).append(change)
        rows: list[Suggestion] = []
        with_behind = with_those_behind(changes, refused)
        for section in _sections(draft, out, refused, accepted):
            rows += _of_section(returned, section, with_behind.get(section.uid, []))
        rows, whole = headings_gone(whole, rows, draft, accepted)
        rows = [row for row in rows if not emptied_by_going(row, refused, accepted)]
        rows += whole_sections(returned, draft, out, refused, accepted, changes, whole)
        rows += moved(returned, draft, as_sent(read, names, refused), refused, accepted, changes)
        Suggestion.objects.bulk_create(rows, batch_size=200)
        since = said_since(read.comments, frozenset().union(*(one.comments for one in sent)))
        comments = keep_comments(returned, since, names, draft, (accepted, refused))
        comments += keep_missing(returned, whole.elsewhere, draft)
        comments += keep_unsure(returned, whole.unsure, draft)
        unknown &= {one.uid for one in (*whole.gone, *whole.joined)}
        comments += keep_sent_unsure(returned, unknown, draft)
        comments += keep_beside(returned, (*read.beside, *silent), draft)
        returned.counts = {
            "suggestions": len(rows),
            "untracked": sum(not row.tracked for row in rows),
            "comments": len(comments),
        }
        returned.save(update_fields=["counts"])
        audit.record(
            "bring_back",
            held,
            by,
            language=language,
            sha256=sha256,
            returned=returned.pk,
            **returned.counts,
        )
    return returned


def _read(data: bytes, texts: Sequence[str], deep: Mapping[str, int]) -> Returned:
    limits = replace(Limits(), file_bytes=settings.KODEKS_UPLOAD_LIMIT)
    with tempfile.TemporaryDirectory(prefix="kodeks-back-") as folder:
        path = Path(folder) / "returned.docx"
        path.write_bytes(data)
        try:
            return returned_in_child(path, limits, texts=texts, depths=deep)
        except Refused as refusal:
            raise FileRefused(refusal) from refusal


def _named(draft: SectionTree, read: Returned) -> tuple[SectionTree, SectionTree, dict[str, str]]:
    """The two texts of the file with the draft's uids, by bookmark and else by text; and which uids were renamed."""
    refused, first = _known(draft, read.refused.tree)
    # A heading that was written anew may have lost its bookmark: the file's own text before the changes is most like it.
    accepted, second = _known(refused, read.accepted.tree)
    # Where its first words were put in or moved, their change holds the bookmark: without it the section is known by its text.
    held = {
        was: own
        for own, was in second.items()
        if own in draft.by_uid and was not in draft.by_uid and own not in refused.by_uid
    }
    refused, accepted = _with_names(refused, held), _with_names(accepted, held)
    second = {own: was for own, was in second.items() if was not in held} | held
    accepted, third = _known(draft, accepted, refused)
    names = first | {old: third.get(new, new) for old, new in second.items()} | third
    return refused, accepted, names


def _known(
    draft: SectionTree, read: SectionTree, refused: SectionTree | None = None
) -> tuple[SectionTree, dict[str, str]]:
    found = match_sections(draft, replace(read, language=draft.language), Context())
    names = {
        read.sections[j].uid: draft.sections[i].uid
        for i, j in found.items()
        if read.sections[j].uid != draft.sections[i].uid
        and is_the_same(draft.sections[i], read.sections[j], read, refused)
    }
    read = _with_names(read, names)
    typed_anew = retitled(draft, read)
    return _with_names(read, typed_anew), names | typed_anew


def _with_names(read: SectionTree, names: dict[str, str]) -> SectionTree:
    sections = (replace(s, uid=names.get(s.uid, s.uid)) for s in read)
    return replace(read, sections=tuple(_renamed(s, names) for s in sections))


def _renamed(section: Section, names: dict[str, str]) -> Section:
    """References to renamed sections follow."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            if value.get("type") == "xref":
                uid = value["attrs"]["uid"]
                return {"type": "xref", "attrs": {"uid": names.get(uid, uid)}}
            return {key: walk(inner) for key, inner in value.items()}
        return [walk(inner) for inner in value] if isinstance(value, list) else value

    if not names:
        return section
    return replace(section, text=replace(section.text, body=walk(section.text.body)))


def _with_references(tree: SectionTree, out: SectionTree, known: Collection[str]) -> SectionTree:
    """References that were sent out to sections that the file has not (``known``: those that it has) lead there again."""

    def of(section: Section) -> Section:
        sent = out.by_uid.get(section.uid)
        if sent is None or not section.text.body or not sent.text.body:
            return section
        body = with_references_of(section.text.body, sent.text.body, known)
        return replace(section, text=replace(section.text, body=body))

    return replace(tree, sections=tuple(map(of, tree)))


def _sections(
    draft: SectionTree, sent: SectionTree, refused: SectionTree, accepted: SectionTree
) -> Iterator[_Section]:
    before, after = refused.by_uid, accepted.by_uid
    for section in draft:
        if section.uid not in before and section.uid not in after:
            continue
        yield _Section(
            section.uid,
            section.text.body or EMPTY,
            sent.by_uid[section.uid].text.body or EMPTY,
            before[section.uid].text.body if section.uid in before else None,
            after[section.uid].text.body if section.uid in after else None,
        )


def _of_section(
    returned: ReturnedFile, section: _Section, changes: Sequence[TrackedChange]
) -> Iterator[Suggestion]:
    """What was changed without tracking (sent out, but otherwise in the file), then what Word recorded."""
    refused = with_links_of(section.refused, section.sent) if section.refused is not None else None
    accepted = with_links_of(section.accepted, section.sent) if section.accepted is not None else None
    if refused is not None and accepted is not None:
        refused = as_sent_where_unchanged(section.sent, refused, accepted)
        refused = without_emptied(section.sent, refused, accepted)
    recorded = suggestions(refused, accepted) if refused is not None and accepted is not None else []
    # What the file that was sent out held as a tracked change already is in both, once there and once back.
    back = Counter((found.old, found.new) for found in recorded)
    if refused is not None:
        for found in suggestions(section.sent, refused):
            if back[(found.new, found.old)]:
                back[(found.new, found.old)] -= 1
            elif (found.old + found.new).strip() and _says_something(section.now, found):
                yield row_of(returned, section.uid, found, None)
    for found in recorded:
        if _says_something(section.now, found):
            yield row_of(returned, section.uid, found, list(changes))


def _says_something(now: Json, found: Suggested) -> bool:
    """Whether it would change the text as it is: what the draft has already is no suggestion."""
    made = put_in(now, found.kind, found.before, found.after, found.place)
    return made is None or _bare(made) != _bare(now)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        made = {key: _bare(inner) for key, inner in value.items() if key != "ooxml"}
        return {key: inner for key, inner in made.items() if key != "attrs" or inner}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value
