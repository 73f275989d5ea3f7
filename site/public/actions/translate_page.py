"""Translate a campaign part by part. Two translators never overwrite each other silently."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import rfc8785
from django.db import transaction
from django.http import Http404
from django.utils import timezone

import audit
from people.models import User
from public.actions.make_latin import keep_marks_in_latin
from public.actions.second_person import Stale
from public.blocks import BODY
from public.models import BlockTranslation, CampaignPage
from public.translation.parts import TOP, Content, content_of, parts_of, with_texts
from public.translation.states import Comparison, Origin


class SourceChanged(Exception):
    """The source is no longer the one that the form showed."""


@dataclass(frozen=True)
class Seen:
    """What a form was made from: the draft of the translation, and the texts of the source."""

    revision: int | None
    source: str


@dataclass(frozen=True)
class Work:
    """What a translator sends. ``texts``: by part and path. ``done``: parts that are translated now or are
    still right; ``machine``: those of them that a machine helped with; ``reviewed``: parts that somebody has
    read who speaks the language."""

    texts: Mapping[str, Mapping[str, str]]
    done: Collection[str] = ()
    machine: Collection[str] = ()
    reviewed: Collection[str] = field(default_factory=tuple)


def seen_of(page: CampaignPage) -> Seen:
    return Seen(page.latest_revision_id, _fingerprint(page.source.source_content))


def translate_page(by: User, page: CampaignPage, seen: Seen, work: Work) -> None:
    """Saves a draft and what is marked. Raises Http404 where ``by`` may not, Stale and SourceChanged."""
    if not may_translate(by, page):
        raise Http404
    with transaction.atomic():
        stored = CampaignPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        source = stored.source.source_content
        if stored.latest_revision_id != seen.revision:
            raise Stale
        if _fingerprint(source) != seen.source:
            raise SourceChanged
        _save_draft(by, stored, source, work)
        found = {one.source.key: one for one in stored.comparisons()}
        _mark(by, stored, found, work)
        _review(by, stored, found, work.reviewed)
        keep_marks_in_latin(stored)


def may_translate(by: User, page: CampaignPage) -> bool:
    """Not the source itself, nor what is made from another page."""
    return page.may_change(by) and not page.is_made and page.source.pk != page.pk and not page.alias_of_id


def _save_draft(by: User, page: CampaignPage, source: Content, work: Work) -> None:
    draft = page.get_latest_revision_as_object()
    own = content_of(draft)
    wanted = with_texts(source, own, work.texts)
    if wanted == own:
        return
    for name in TOP:
        setattr(draft, name, wanted[name])
    draft.body = BODY.to_python(wanted["body"])
    draft.save_revision(user=by, log_action=True, clean=False)
    page.refresh_from_db()


def _mark(by: User, page: CampaignPage, found: Mapping[str, Comparison], work: Work) -> None:
    """A part without a text stays as it is. A part that a machine helped with waits for its review."""
    done = {key for key in work.done if key in found and found[key].is_whole}
    for key, one in found.items():
        origin = Origin.MACHINE if key in work.machine else Origin.PERSON
        values = {"origin": origin, "by": by, "at": timezone.now(), "reviewed": None, "reviewed_by": None}
        if key in done:
            values |= {"source_hash": one.source.hash, "source_texts": one.source.filled}
            BlockTranslation.objects.update_or_create(page=page, block=key, defaults=values)
        elif one.row and (one.row.origin == Origin.MACHINE) != (origin == Origin.MACHINE):
            BlockTranslation.objects.filter(page=page, block=key).update(**values)
    if done:
        audit.record("mark_page_translated", page, by, language=page.tag, parts=sorted(done))


def _review(by: User, page: CampaignPage, found: Mapping[str, Comparison], keys: Collection[str]) -> None:
    rows = BlockTranslation.objects.filter(page=page, block__in=keys, origin=Origin.MACHINE, reviewed=None)
    read = sorted(rows.filter(block__in=found).values_list("block", flat=True))
    if read:
        rows.update(reviewed=timezone.now(), reviewed_by=by)
        audit.record("review_page_translation", page, by, language=page.tag, parts=read)


def _fingerprint(source: Content) -> str:
    hashes = {key: part.hash for key, part in parts_of(source).items()}
    return hashlib.sha256(rfc8785.dumps(hashes)).hexdigest()
