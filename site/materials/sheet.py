"""What a material says: texts of the campaign and numbers of a country, in one language.

It is plain JSON, stored with the material, so that an office can see what changed since. Its hash names the
inputs: the same inputs give the same file.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from materials.choices import FORMATS
from materials.typesetting import Job, template_version
from public.models import CampaignPage
from public.models.lines import CountryNumbers, Line
from theme.dates import of_date
from theme.locales import direction

Shown = dict[str, Any]
POINTS = 4
MOST_LANGUAGES = 8
SENTENCE = re.compile(r"(?<=[.!?।؟۔])\s+")
COMMAS = {"ar": "، ", "fa": "، ", "prs": "، ", "ps": "، ", "ur": "، "}
SOURCES = (
    ("signs", "signs"),
    ("now", "points"),
    ("prepare", "points"),
    ("rights", "points"),
    ("check", "verify"),
)
"""Where the points of a material come from: the first of these blocks that the page has."""
STYLE = (
    "<style>path,circle{fill:none;stroke:#fff;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}"
    ".s{fill:#f5b82e;stroke:none}.p{fill:#0a3641}</style>"
)
PLAIN_DRAWING = "light"
OWN_COLOURS = ("door",)
"""Drawings that name their colours themselves."""


@dataclass(frozen=True)
class Logo:
    """A partner's logo: ``key`` is its picture's, ``name`` what a screen reader says."""

    key: int
    name: str

    @property
    def path(self) -> str:
        return f"logo-{self.key}.png"


def sheet_of(page: CampaignPage, own: CountryNumbers, logos: Sequence[Logo] = ()) -> Shown | None:
    """None where the country has no number."""
    tag, line = page.tag, _line(page, own)
    if line is None:
        return None
    with translation.override(tag):
        return {
            "language": tag,
            "title": page.title,
            "lead": page.lead,
            "points": points_of(page),
            "drawing": page.drawing or PLAIN_DRAWING,
            "country": own.country.name,
            "footnote": own.country.footnote,
            "numbers": [one.hotline.pk for one in (line, *own.emergency)],
            "number": line.hotline.number,
            "free": (_("Free of charge.") if line.hotline.free else _("The call costs money.")).rstrip(".।۔"),
            "nameless": _("You do not have to give your name.") if line.hotline.anonymous else "",
            **_words_of(line, tag),
            "spoken": COMMAS.get(tag, ", ").join(one.name for one in line.spoken[:MOST_LANGUAGES]),
            "emergency": [
                {"name": one.emergency_name, "number": one.hotline.number} for one in own.emergency
            ],
            "words": {"danger": _("In danger now?"), "code": _("Code word:"), "scan": _("Find out more:")},
            "demo": _("Example. The helplines are not real.") if settings.KODEKS_DEMO else "",
            "publisher": settings.KODEKS_CONTACT_NAME or "Kodeks",
            "licence": settings.KODEKS_MATERIALS_LICENCE,
            "host": settings.PUBLIC_BASE_URL,
            "logos": [{"path": one.path, "name": one.name} for one in logos],
        }


def _line(page: CampaignPage, own: CountryNumbers) -> Line | None:
    """The number that the campaign names itself, else the first of the country."""
    named = page.hotline
    return next((one for one in own.lines if named and one.hotline.pk == named.pk), own.first)


def _words_of(line: Line, tag: str) -> dict[str, str]:
    """Words in another language than the material's are left out."""
    if line.text is None or line.in_another_language:
        return {"name": "", "hours": ""}
    return {"name": line.text.name, "hours": line.text.hours}


def points_of(page: CampaignPage) -> list[str]:
    by_kind: dict[str, Any] = {}
    for block in page.body:
        by_kind.setdefault(block.block_type, block.value)
    for kind, field in SOURCES:
        if kind in by_kind:
            found = by_kind[kind][field]
            return [str(one["text"] if kind == "signs" else one) for one in found][:POINTS]
    return []


def inputs_of(shown: Shown, size: str) -> str:
    """The hash of everything that the file is made from but its code and its day."""
    whole = json.dumps([shown, size, template_version()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def job_of(shown: Shown, size: str, code: str, code_word: str, checked: date) -> Job:
    address = f"{shown['host']}/m/{code}/"
    tag, form = shown["language"], FORMATS[size]
    with translation.override(tag):
        day = _("Number last checked on %(day)s") % {"day": of_date(checked, tag)}
    data = shown | {
        "lang": tag.partition("-")[0],
        "dir": direction(tag),
        "comma": COMMAS.get(tag, ", "),
        "short_lead": SENTENCE.split(shown["lead"])[0],
        "address": address.partition("://")[2].rstrip("/"),
        "code-word": code_word,
        "code-image": qr_image(address),
        "drawing": drawing(shown["drawing"]),
        "checked": day,
        "timestamp": int(datetime(checked.year, checked.month, checked.day, 12, tzinfo=UTC).timestamp()),
    }
    return Job(size, data, form.ending == "png", form.thumb_ppi)


def qr_image(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", border=1, dark="#16202a", light="#fff", xmldecl=False, omitsize=True
    )
    return drawn.getvalue().decode()


def drawing(name: str) -> str:
    """The drawing of a page as a picture of its own, in the colours of a poster."""
    svg = render_to_string(f"public/art/{name}.html").strip()
    style = "" if name in OWN_COLOURS else STYLE
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(">", f">{style}", 1)


COMPARED = ("title", "lead", "points", "number", "hours", "name", "spoken", "emergency", "free")


@dataclass(frozen=True)
class Difference:
    """One text of a material, as it was made and as it is today."""

    field: str
    old: str
    new: str


def differences(old: Shown, new: Shown | None) -> list[Difference]:
    """Empty where only the template or the address changed."""
    if new is None:
        return []
    return [
        Difference(field, _plain(old.get(field)), _plain(new.get(field)))
        for field in COMPARED
        if old.get(field) != new.get(field)
    ]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " · ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return " ".join(str(one) for one in value.values())
    return str(value or "")
