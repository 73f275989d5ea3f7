"""Take a Word file in that was decided about: asked for by its person, done by a background task."""

from __future__ import annotations

import logging
from dataclasses import asdict

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import tasks
from documents.access import Text
from documents.actions.errors import ActionError
from documents.actions.import_word import Decided, Moved, import_word
from documents.actions.manage_uploads import content, drop_file, move, read_again
from documents.actions.replace_text import WouldReplace
from documents.models import Upload
from documents.stored_messages import in_message_ids
from documents.word.read.outline.decisions import decisions_from_json
from people.access import require
from people.roles import Verb

log = logging.getLogger("kodeks.uploads")

State = Upload.State
NAMED = 40
"""How many of the sections that would go are named."""


def ask_for(upload: Upload, agreed: str = "") -> bool:
    """Has the file taken in as it was decided; ``agreed`` names the text that may be replaced. False where
    that is being done already."""
    if upload.edition is None:
        return False
    require(upload.by, Verb.DRAFT, Text(upload.edition, upload.language))
    before = State.ASKS if agreed else State.READ
    moved = move(upload, before, State.TAKING, problem="", agreed=agreed)
    if moved:
        tasks.take_upload.enqueue(upload.pk)
    return moved


def ask_again(upload: Upload) -> None:
    """Puts the task in once more: the worker that had it is gone. Storing is one transaction, so nothing is
    half there."""
    if move(upload, upload.state, State.TAKING):
        tasks.take_upload.enqueue(upload.pk)


def take(pk: int) -> None:
    """The task: everything of the file in one transaction, or nothing and the reason."""
    upload = Upload.objects.filter(pk=pk).select_related("edition__instrument", "by").first()
    if upload is None or not move(upload, State.TAKING, State.STORING):
        return
    with in_message_ids():
        if upload.edition is None:
            from documents.actions.import_batch import make_planned  # it takes files in by this module

            make_planned(upload)
        else:
            take_now(upload)


def take_now(upload: Upload) -> bool:
    """Takes in what is in the state STORING; gives whether it is in the draft now."""
    edition = upload.edition
    assert edition is not None  # noqa: S101 (ask_for looked)
    pairs = None
    if upload.pairs is not None:
        pairs = {int(at): uid for at, (uid, _score) in upload.pairs.items() if uid}
    decided = Decided(
        upload.agreed, decisions_from_json(upload.decisions), pairs, upload.base if pairs else ""
    )
    try:
        outcome = import_word(upload.by, edition, upload.language, content(upload), upload.name, decided)
    except WouldReplace as asked:
        would = asdict(asked.replacement)
        names = would["removed"]
        would |= {"removed": len(names), "names": list(names[:NAMED])}
        # Asked for the second time: the text is another one than the one that may be replaced.
        problem = (
            _("The draft was changed meanwhile. Here is what the file would do now.") if upload.agreed else ""
        )
        move(upload, State.STORING, State.ASKS, would=would, problem=problem)
    except Moved as problem:
        # The pairs are proposed anew, beside the draft as it is now.
        move(upload, State.STORING, State.READ, problem=problem.kept)
        read_again(upload)
        Upload.objects.filter(pk=upload.pk).update(problem=problem.kept)
    except ActionError as problem:
        move(upload, State.STORING, State.READ, problem=problem.kept)
    except Http404:
        move(upload, State.STORING, State.READ, problem=_("You may no longer write this text."))
    except Exception:
        problem_words = _("Something went wrong with this file. Those who run Kodeks can see why.")
        move(upload, State.STORING, State.READ, problem=problem_words)
        log.exception("upload %s", upload.pk)
    else:
        move(
            upload,
            State.STORING,
            State.TAKEN,
            problem="",
            report=outcome.report.as_json(),
            title=outcome.title,
            lines=[],
            pairs=None,
            changed=timezone.now(),
        )
        drop_file(upload)
        return True
    return False
