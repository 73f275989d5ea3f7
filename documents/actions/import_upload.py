"""Import a Word file once it is decided about: its person requests it, a background task does it."""

from __future__ import annotations

import logging
from dataclasses import asdict

from django.db import transaction
from django.http import Http404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tasks import task

from documents.access.rights import Text
from documents.actions import FILE_QUEUE
from documents.actions.create_instrument import create_instrument
from documents.actions.errors import ActionError
from documents.actions.import_word import Decided, ImportOutcome, Moved, import_word
from documents.actions.manage_uploads import UNKNOWN, content, drop_file, move, read_again
from documents.actions.replace_text import WouldReplace
from documents.choices import Classification, Kind, Level
from documents.models import Edition, Instrument, OldSlug, Upload
from documents.passing import Passing, is_passing
from documents.stored_messages import in_message_ids
from documents.translation.scripts import to_latin
from documents.word.read.outline.decisions import decisions_from_json
from people.access import require
from people.models import Institution
from people.roles import Verb

log = logging.getLogger("kodeks.uploads")

State = Upload.State
NAMED = 40
"""How many of the sections that would go are named."""


def ask_for(upload: Upload, agreed: str = "") -> bool:
    """Has the file imported as decided, replacing the text ``agreed``. False where that runs already."""
    if upload.edition is None:
        return False
    require(upload.by, Verb.DRAFT, Text(upload.edition, upload.language))
    return _enqueue(upload, State.ASKS if agreed else State.READ, agreed=agreed)


def plan(
    upload: Upload,
    *,
    owner: Institution,
    title: str,
    language: str,
    kind: str = Kind.GUIDELINE,
    classification: str = Classification.TLP_AMBER_STRICT,
    **more: object,
) -> bool:
    """Has a new document made with this text as its first draft. False where it is worked on already.
    ``more``: its ``slug``, ``languages``, ``authentic_languages``, ``level``, ``topics``, if chosen."""
    require(upload.by, Verb.CREATE, owner)
    wanted: dict[str, object] = {"owner": owner.pk, "title": title, "language": language}
    wanted |= {"kind": kind, "classification": classification, **more}
    return _enqueue(upload, State.READ, plan=wanted)


def _enqueue(upload: Upload, before: str, **values: object) -> bool:
    with transaction.atomic():
        moved = move(upload, before, State.TAKING, problem="", **values)
        if moved:
            take_upload.enqueue(upload.pk)
    return moved


@task(queue_name=FILE_QUEUE)
def take_upload(pk: int) -> None:
    """Takes in everything of a file in one transaction, or nothing and the reason."""
    upload = Upload.objects.filter(pk=pk).select_related("edition__instrument", "by").first()
    if upload is None or not move(upload, State.TAKING, State.STORING):
        return
    with in_message_ids():
        if upload.edition is None:
            make_planned(upload)
        elif _take(upload, upload.edition):
            drop_file(upload)


def make_planned(upload: Upload) -> bool:
    """Makes what was planned of an upload in the state STORING: all of it, or nothing and the reason."""
    wanted, language = upload.plan, upload.language
    try:
        owner = Institution.objects.get(pk=wanted["owner"])
        with transaction.atomic():
            upload.edition = create_instrument(
                upload.by,
                owner=owner,
                slug=wanted.get("slug") or _free_slug(owner, wanted["title"]),
                kind=wanted["kind"],
                titles={wanted["language"]: wanted["title"]},
                # A second language comes by another file, often of the same zip.
                languages=wanted.get("languages")
                or list(dict.fromkeys([wanted["language"], *owner.country.languages])),
                source_language=wanted["language"],
                authentic_languages=wanted.get("authentic_languages", ()),
                level=wanted.get("level", Level.NATIONAL),
                topics=wanted.get("topics", ()),
                classification=wanted["classification"],
            )
            upload.language = wanted["language"]
            upload.save(update_fields=["edition", "language"])
            if not _take(upload, upload.edition):
                raise ActionError(upload.problem)
    except Exception as problem:
        if isinstance(problem, Passing):
            raise
        upload.edition, upload.language, upload.state = None, language, State.STORING
        expected = isinstance(problem, ActionError)
        reason = problem.stored if expected else _("This file could not be turned into a draft.")
        move(upload, State.STORING, State.READ, problem=reason)
        if not isinstance(problem, ActionError | Http404):
            log.exception("upload %s", upload.pk)
        return False
    drop_file(upload)
    return True


def _free_slug(owner: Institution, title: str) -> str:
    """An address for a new document that no other one of the country has."""
    name = slugify(to_latin(title))[:50].strip("-") or "document"
    taken = {
        slug
        for model in (Instrument, OldSlug)
        for slug in model.objects.filter(country=owner.country, slug__startswith=name).values_list(
            "slug", flat=True
        )
    }
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(slug for slug in numbered if slug not in taken)


def _take(upload: Upload, edition: Edition) -> bool:
    """Takes in what is in the state STORING; gives whether it is in the draft now. Raises Passing."""

    def taken(outcome: ImportOutcome) -> None:
        values = {"problem": "", "report": outcome.report.as_json(), "title": outcome.title}
        if not move(upload, State.STORING, State.TAKEN, lines=[], pairs=None, **values):
            raise RuntimeError("somebody else has this file in hand")

    try:
        data, decided = content(upload), _decided(upload)
        import_word(upload.by, edition, upload.language, data, upload.name, decided, taken)
    except WouldReplace as refusal:
        would = asdict(refusal.replacement)
        names = would["removed"]
        would |= {"removed": len(names), "names": list(names[:NAMED])}
        # Asked for the second time: the text is another one than the one that may be replaced.
        again = _("The draft has changed since. This is what the file would change now.")
        move(upload, State.STORING, State.ASKS, would=would, problem=again if upload.agreed else "")
    except Moved as problem:
        # The pairs are proposed for the draft as it is now.
        move(upload, State.STORING, State.READ, problem=problem.stored)
        read_again(upload)
        Upload.objects.filter(pk=upload.pk).update(problem=problem.stored)
    except ActionError as problem:
        move(upload, State.STORING, State.READ, problem=problem.stored)
    except Http404:
        move(upload, State.STORING, State.READ, problem=_("You can no longer edit this text."))
    except Exception as problem:
        if is_passing(problem):
            raise Passing from problem
        move(upload, State.STORING, State.READ, problem=UNKNOWN)
        log.exception("upload %s", upload.pk)
    else:
        return True
    return False


def _decided(upload: Upload) -> Decided:
    pairs = None
    if upload.pairs is not None:
        pairs = {int(at): uid for at, (uid, _score) in upload.pairs.items() if uid}
    decisions = decisions_from_json(upload.decisions)
    return Decided(upload.agreed, decisions, pairs, upload.base if pairs else "")
