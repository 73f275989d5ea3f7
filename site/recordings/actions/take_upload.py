"""An uploaded recording, which the worker cleans and stores (documents/actions/file_tasks.py)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.models import FileTask
from documents.text.types import Json
from recordings.actions.record import AnotherWaits, TextChanged, upload_recording
from recordings.clean import Clean, NotTaken, Problem, clean
from recordings.refusals import why_not
from recordings.targets import find

CHANGED = "changed"
"""What is wrong with the text, not with the file."""
MOST_BYTES_A_SECOND = 9000
"""72 kbit/s, with what a container adds to the 64 of speech: readers pay for each byte."""


def read_file(_task: FileTask, data: bytes) -> Clean:
    """What is served of it. Raises ActionError."""
    try:
        sound = clean(data, video=False)
        if sound.seconds > settings.KODEKS_RECORDING_SECONDS:
            raise NotTaken(Problem.TOO_LONG)
        if len(sound.data) > sound.seconds * MOST_BYTES_A_SECOND:
            raise NotTaken(Problem.TOO_DENSE)
    except NotTaken as refused:
        raise ActionError(why_not(refused.problem, "audio")) from None
    return sound


def take_file(task: FileTask, _data: bytes, sound: Clean) -> Json:
    """Stores the recording, for another publisher to listen to. Raises ActionError."""
    target = find(*task.given["target"])
    changed = _("The text has changed since you opened this page. Read the new text and record it.")
    if target is None:
        raise ActionError(changed, CHANGED)
    try:
        recording = upload_recording(
            task.by, target, sound, read=task.given["read"], by_machine=task.given["by_machine"]
        )
    except TextChanged:
        raise ActionError(changed, CHANGED) from None
    except AnotherWaits:
        waits = _("Somebody has just uploaded a recording of this text. Listen to it first.")
        raise ActionError(waits, CHANGED) from None
    return {"recording": recording.pk}
