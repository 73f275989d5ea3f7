"""What the pages of a redaction show of its marks, and the page to check before a final act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from documents.actions import redact
from documents.models import Redaction, RedactionMark
from documents.pages.desk.worklist import title_of
from documents.text.extraction import body_text, shortened
from documents.text.redact import Mark, parts
from documents.text.section import SectionTree
from people.requests import OfficeRequest
from theme import check_answers
from theme.check_answers import Answer
from theme.locales import native_name
from theme.templatetags.kodeks_ui import check_number

State = Redaction.State

MOST_SHOWN = 50
"""So many places a check page names."""


def places_to_confirm(now: Redaction, trees: dict[str, SectionTree]) -> list[dict[str, Any]]:
    """The places that stay left out whole until a person says that all words are marked in the language."""
    confirmed = redact.confirmed(now)
    found = []
    for (uid, language, block), marks in redact.to_confirm(now, trees).items():
        tree = trees[language]
        body = tree.by_uid[uid].text.body if uid else {}
        what = _("The whole section") if uid and block is None else ""
        text = tree.title if not uid else body_text(body, heading=True)
        if block is not None:
            what, text = part_name(block, body), " ".join(parts(body)[block])
        found.append(
            {
                "value": f"{uid}/{language}/{'' if block is None else block}",
                "confirmed": (uid, language, block) in confirmed,
                "name": section_name(uid, tree),
                "what": what,
                "language": language,
                "text": shortened(text, 400),
                "words": {
                    one: "; ".join(_quoted(trees[one], mark) for mark in marks if mark.language == one)
                    for one in sorted({mark.language for mark in marks})
                },
            }
        )
    return found


def section_name(uid: str, tree: SectionTree) -> str:
    section = tree.by_uid.get(uid)
    if section is None:
        return _("Title")
    return f"{section.text.label} {section.text.heading}".strip() or "–"


def _quoted(tree: SectionTree, mark: Mark) -> str:
    section = tree.by_uid.get(mark.uid)
    text = body_text(section.text.body, heading=True) if section else tree.title
    return f"“{text[mark.start : mark.end]}”"


def part_name(number: int, body: Mapping[str, Any]) -> str:
    """What a part of a section is called."""
    if number == 0:
        return pgettext("place in a section", "Heading")
    if number > len(body["blocks"]):
        return pgettext("place in a section", "Footnote")
    return _("Paragraph %(n)d") % {"n": number}


def mark_row(mark: RedactionMark, trees: dict[str, SectionTree]) -> dict[str, Any]:
    tree = trees.get(mark.language, next(iter(trees.values())))
    uid = str(mark.uid) if mark.uid else ""
    section = tree.by_uid.get(uid)
    what = _("The whole section")
    if mark.end and mark.start is not None:
        what = _quoted(tree, Mark(uid, mark.language, start=mark.start, end=mark.end))
    elif mark.block is not None and section:
        what = part_name(mark.block, section.text.body)
    return {
        "pk": mark.pk,
        "section": section_name(uid, tree),
        "language": mark.language,
        "what": what,
        "ground": mark.get_ground_display(),
        "why": mark.words,
    }


def _more(n: int) -> str:
    message = ngettext(
        "%(n)d more is not shown here. Go back to see it.",
        "%(n)d more are not shown here. Go back to see them.",
        n,
    )
    return message % {"n": n}


def _all_marked(language: str) -> str:
    return _("A coordinator confirmed: all words are marked in %(language)s.") % {
        "language": native_name(language)
    }


def check_page(request: OfficeRequest, now: Redaction, **more: Any) -> HttpResponse:
    made = redact.make(now)
    trees = redact.texts(now.edition)
    rows = [mark_row(one, trees) for one in now.marks.all() if not one.confirms]
    hidden = len(rows) - MOST_SHOWN
    spots = [one for one in places_to_confirm(now, trees) if one["confirmed"]]
    return check_answers.page(
        request,
        subject=title_of(now.edition),
        answers=[
            Answer(_("Places left out"), str(len(rows))),
            *(
                Answer(row["section"], f"{row['what']}: {row['ground']}. {row['why']}")
                for row in rows[:MOST_SHOWN]
            ),
            *([Answer(_("More places left out"), _more(hidden))] if hidden > 0 else []),
            *(Answer(f"{one['name']} {one['what']}".strip(), _all_marked(one["language"])) for one in spots),
            Answer(_("Languages"), ", ".join(map(native_name, made.trees))),
            Answer(_("Check number of the original"), check_number(now.edition.sha256)),
            Answer(_("Check number of the redacted edition"), check_number(made.sha256)),
        ],
        trail=[
            (title_of(now.edition), reverse("desk:draft", args=[now.edition.pk])),
            (_("Redacted edition"), reverse("desk:redaction", args=[now.edition.pk])),
        ],
        has_form=False,
        **more,
    )
