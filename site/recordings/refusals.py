"""Why an upload was not taken, in words for the person who uploads."""

from __future__ import annotations

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from recordings.captions import NotCaptions
from recordings.clean import Problem


def why_not(problem: str, kind: str) -> str:
    """``problem``: one of recordings.clean.Problem. ``kind``: audio or video."""
    types = {
        "audio": _("This file cannot be played on every phone. Save it as MP3, M4A or OGG."),
        "video": _("This file cannot be played on every phone. Save it as MP4 (H.264) or WebM."),
    }
    longest = settings.KODEKS_RECORDING_SECONDS // 60
    texts: dict[str, str] = {
        Problem.TYPE: types[kind],
        Problem.CODEC: types[kind],
        Problem.BROKEN: _("This file is damaged. Open it in the program that made it, and save it again."),
        Problem.NO_SOUND: _("There is no sound in this file."),
        Problem.NO_PICTURE: _("There is no moving picture in this file. Upload it as audio."),
        Problem.TOO_SHORT: _("This file is shorter than a second."),
        Problem.TOO_LONG: _("This recording is too long. The limit is %(minutes)s minutes.")
        % {"minutes": longest},
        Problem.TOO_DENSE: _("Readers pay for each byte. Save it as mono with 64 kbit/s or less."),
        Problem.TOO_MUCH: _("Reading this file takes too long. Save it again, or use a shorter one."),
    }
    return texts[problem]


def too_large(limit: int) -> str:
    return _("This file is too large. The limit is %(size)s.") % {"size": filesizeformat(limit)}


def why_no_captions(problem: NotCaptions) -> str:
    text = {
        "encoding": _("Save the captions in the encoding UTF-8."),
        "start": _("This is no WebVTT file. Its first line must be WEBVTT."),
        "empty": _("There are no captions here."),
        "time": _("Write times like this: 00:01.000 --> 00:04.000"),
        "order": _("A caption must end after it begins, and must not begin before the one above it."),
        "text": _("Captions may have bold, italic and names of speakers, and no other code."),
    }[problem.why]
    return _("Line %(line)s: %(text)s") % {"line": problem.line, "text": text} if problem.line else text
