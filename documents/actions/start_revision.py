"""Start the next edition from the one in force, all languages, with its corrigenda included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.change_log import log_change
from documents.actions.create_instrument import make_versions
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.choices import State, Translation
from documents.editions.corrected import corrected_body, corrigenda_of, of_section
from documents.editions.language_versions import stored_versions
from documents.editions.text_storage import EMPTY, check_language, section_states, text_columns
from documents.models import BlobUse, Corrigendum, Edition, Section, SectionChange
from documents.signals import edition_moved
from documents.text.types import Json
from documents.translation.slots import same_shape, slots
from people.access import require
from people.models import User
from people.roles import Verb


def start_revision(by: User, edition: Edition) -> Edition:
    """Gives the draft of the next edition. Raises ActionError while another draft or review of the instrument
    is open. Also where the edition is not the one in force."""
    require(by, Verb.REVISE, edition)
    with transaction.atomic():
        locked = hold(edition)
        if locked.state != State.IN_FORCE:
            raise ActionError(_("A new edition must start from the edition in force."))
        open_one = Edition.objects.filter(
            instrument=locked.instrument, state__in=[State.DRAFT, State.IN_REVIEW, State.APPROVED]
        ).first()
        if open_one:
            raise ActionError(_("Edition %(number)d is already being drafted.") % {"number": open_one.number})
        last = (
            Edition.objects.filter(instrument=locked.instrument)
            .order_by("-number")
            .values_list("number", flat=True)[0]
        )
        draft = Edition(instrument=locked.instrument, number=last + 1, supersedes=locked, created_by=by)
        for language in locked.instrument.languages:
            setattr(draft, f"title_{language}", getattr(locked, f"title_{check_language(language)}"))
        draft.save()
        copy_sections(locked, draft)
        _as_readers_have_them(locked, draft)
        make_versions(draft)
        BlobUse.objects.bulk_create(
            BlobUse(
                edition=draft,
                blob_id=use.blob_id,
                name=use.name,
                language=use.language,
                drafters_only=use.drafters_only,
                reading=use.reading,
            )
            for use in BlobUse.objects.filter(edition=locked).exclude(blob__kind="signed")
        )
        taken = apply_corrigenda(locked, draft)
        audit.record("start_revision", draft, by, of=locked.pk, corrigenda=taken)
        edition_moved.send(sender=Edition, edition=draft, before="")
    return draft


def _as_readers_have_them(source: Edition, target: Edition) -> None:
    """Starts a translation with the checked number where its next number is unfinished. Else an unchecked
    text would reach readers with the next adoption. An authentic text without its act goes on as it is."""
    for (_pk, language), texts in stored_versions([source], source.instrument.languages).items():
        for uid, text in texts.items():
            values = text_columns(
                language, text.body or EMPTY, label=text.label, source_hash=text.source_hash
            )
            if not text.text_hash:
                values |= {f"body_{language}": None, f"text_hash_{language}": ""}
            Section.objects.filter(edition=target, uid=uid).update(**values)


def apply_corrigenda(source: Edition, target: Edition) -> list[int]:
    """Writes the words of every corrigendum into the new draft, in nobody's name; gives their numbers. A
    translation of a corrected section counts as older, unless it was up to date and corrected together with
    it."""
    corrigenda = corrigenda_of(source)
    original = source.instrument.source_language
    current = _up_to_date(target)
    adopted: dict[tuple[UUID, str], dict[str, Any]] = {}
    for uid, language in dict.fromkeys((one.uid, one.language) for one in corrigenda):
        rows = Section.objects.filter(edition=target, uid=uid)
        before = adopted[uid, language] = rows.values_list(
            f"body_{check_language(language)}", flat=True
        ).get()
        after = corrected_body(before, of_section(corrigenda, uid, language))
        rows.update(**text_columns(language, after))
        log_change(target, uid, SectionChange.Verb.SAVE, None, language, before=before, after=after)
    for (uid, language), body in adopted.items():
        if (uid, language) not in current or (uid, original) not in adopted:
            continue
        own, of_original = (of_section(corrigenda, uid, code) for code in (language, original))
        if corrected_together(adopted[uid, original], of_original, body, own):
            rows = Section.objects.filter(edition=target, uid=uid)
            made_from = rows.values_list(f"text_hash_{original}", flat=True).get()
            rows.update(**{f"source_hash_{language}": made_from})
    return [one.number or 0 for one in corrigenda]


def _up_to_date(edition: Edition) -> set[tuple[UUID, str]]:
    states = section_states(edition)
    return {
        (UUID(uid), language)
        for language in edition.instrument.languages
        for uid, state in states.of(language).items()
        if state == Translation.CURRENT
    }


def copy_sections(source: Edition, target: Edition) -> None:
    """Copies every section row, all languages, in one INSERT..SELECT."""
    columns = [str(f.column) for f in Section._meta.concrete_fields if f.name not in ("id", "edition")]
    listed = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO documents_section (edition_id, {listed}) "  # noqa: S608
            f"SELECT %s, {listed} FROM documents_section WHERE edition_id = %s",
            [target.pk, source.pk],
        )


class _Step(NamedTuple):
    acts: frozenset[tuple[str, ...]]
    slots: frozenset[str]


def corrected_together(
    original: Json,
    of_original: Sequence[Corrigendum],
    translation: Json,
    of_translation: Sequence[Corrigendum],
) -> bool:
    """Whether each corrigendum of the original has one of the translation. It must be of the same act and at
    the same place (:mod:`documents.translation.slots`). The texts are those before; the corrigenda the oldest
    first.

    A ministry corrects a slip in all languages by one act. Two acts, or two places, are two slips.
    """
    if not same_shape(original, translation):
        return False
    there = _steps(translation, of_translation)
    return all(
        any(own.acts & other.acts and own.slots and own.slots <= other.slots for other in there)
        for own in _steps(original, of_original)
    )


def _steps(body: Json, corrigenda: Sequence[Corrigendum]) -> list[_Step]:
    found = []
    for one in corrigenda:
        after = corrected_body(body, [one])
        before, now = dict(slots(body)), dict(slots(after))
        changed = frozenset(name for name in {*before, *now} if before.get(name) != now.get(name))
        acts = frozenset((act.body, act.number, str(act.date)) for act in one.acts.all())
        found.append(_Step(acts, changed))
        body = after
    return found
