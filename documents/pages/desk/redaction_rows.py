"""What the pages of a redaction show of its marks, and the page to check before a final act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from documents.actions import explain_case_data, publish_redaction, redact
from documents.actions.publish_redaction import Left
from documents.actions.redact_acts import acts_as_read
from documents.display.acts import describe_act
from documents.models import Redaction, RedactionMark
from documents.pages.case_data import kinds_text
from documents.pages.desk.worklist import title_of
from documents.text.extraction import body_text, shortened
from documents.text.redact import Mark, Spot, parts
from documents.text.section import SectionTree
from people.requests import OfficeRequest
from theme import check_answers
from theme.check_answers import Answer, Tick
from theme.locales import native_name
from theme.localized_names import localized_name
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


def waits_for_confirmation(now: Redaction, trees: dict[str, SectionTree], uid: str, language: str) -> bool:
    """Whether a part of a section is left out whole although words are marked in it: nobody said yet that
    these are all."""
    open_spots = redact.to_confirm(now, trees).keys() - redact.confirmed(now)
    return any(spot[:2] == (uid, language) for spot in open_spots)


def section_name(uid: str, tree: SectionTree) -> str:
    section = tree.by_uid.get(uid)
    if section is None:
        return _("Title")
    return f"{section.text.label} {section.text.heading}".strip() or "–"


def _quoted(tree: SectionTree, mark: Mark) -> str:
    section = tree.by_uid.get(mark.uid)
    text = body_text(section.text.body, heading=True) if section else tree.title
    return _("“%(text)s”") % {"text": text[mark.start : mark.end]}


def part_name(number: int, body: Mapping[str, Any]) -> str:
    """What a part of a section is called."""
    if number == 0:
        return pgettext("place in a section", "Heading")
    if number > len(body["blocks"]):
        return pgettext("place in a section", "Footnote")
    return _("Paragraph %(n)d") % {"n": number}


def mark_rows(now: Redaction, trees: dict[str, SectionTree]) -> list[dict[str, Any]]:
    """What is left out, a row for each place, with what other languages lose because of it."""
    spots = redact.to_confirm(now, trees).keys()
    return [_row(now, mark, lost, trees, spots) for mark, lost in redact.left_out(now, trees)]


def _row(
    now: Redaction,
    mark: RedactionMark,
    lost: Mapping[str, list[int | None]],
    trees: dict[str, SectionTree],
    spots: Collection[Spot],
) -> dict[str, Any]:
    tree = trees.get(mark.language, next(iter(trees.values())))
    uid = str(mark.uid) if mark.uid else ""
    section = tree.by_uid.get(uid)
    what, is_words = _("The whole section"), bool(mark.end and mark.start is not None)
    if is_words:
        what = _quoted(tree, Mark(uid, mark.language, start=mark.start or 0, end=mark.end or 0))
    elif mark.block is not None and section:
        what = part_name(mark.block, section.text.body)
    everywhere = not is_words and all(parts == [mark.block] for parts in lost.values())
    return {
        "pk": mark.pk,
        "uid": uid,
        "section": section_name(uid, tree),
        "language": mark.language,
        "in": _("All languages") if everywhere else native_name(mark.language),
        "what": what,
        "words_lang": mark.language if is_words else "",
        "elsewhere": []
        if everywhere
        else [
            {
                "language": language,
                "words": _("%(language)s, left out whole: %(what)s")
                % {"language": native_name(language), "what": _parts_lost(parts, uid, trees[language])},
                **_to_do(now, uid, language, parts if is_words else [], spots),
            }
            for language, parts in lost.items()
        ],
        "ground": mark.get_ground_display(),
        "why": mark.words,
    }


def _to_do(
    now: Redaction, uid: str, language: str, parts: list[int | None], spots: Collection[Spot]
) -> dict[str, Any]:
    """What a person can do so that a language does not lose these parts whole: say that all words are marked
    there, or mark them first."""
    marked = [(uid, language, part) in spots for part in parts]
    # Other languages of a title have no page of their own: they are marked by their words.
    to_mark = bool(uid) and not all(marked)
    return {
        "confirms": any(marked),
        "url": reverse("desk:redact_section", args=[now.edition.pk, uid, language]) if to_mark else "",
    }


def _parts_lost(parts: list[int | None], uid: str, tree: SectionTree) -> str:
    if not uid:
        return _("Title")
    if None in parts:
        return _("Section")
    body = tree.by_uid[uid].text.body
    return ", ".join(part_name(part, body) for part in parts if part is not None)


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


def _lines(row: dict[str, Any]) -> str:
    where = f"{row['in']}: {row['what']}: {row['ground']}. {row['why']}"
    return "\n".join([where, *(one["words"] for one in row["elsewhere"])])


def acts_shown(now: Redaction) -> list[str]:
    """The acts as everybody will read them: whoever approves looks whether more of them must be left out."""
    return [describe_act(act) for act in acts_as_read(now)]


def _preview(now: Redaction) -> SafeString:
    url = reverse("desk:redaction_preview", args=[now.edition.pk, now.edition.instrument.source_language])
    return format_html('<a href="{}">{}</a>', url, _("See what everybody will read"))


def _explained(one: Left, trees: dict[str, SectionTree]) -> Answer:
    """What still stands that may be case data, and who said why it is none."""
    uid = "" if one.uid == explain_case_data.TITLE else one.uid
    where = f"{section_name(uid, trees[one.language])} ({native_name(one.language)})"
    lines = [f"{where}: {'; '.join(one.quotes)} ({kinds_text(one.kinds)})"]
    if one.answer is not None:
        lines.append(f"{localized_name(one.answer.person.name)}: {one.answer.reason}")
    return Answer(_("May be case data"), "\n".join(lines))


def check_page(
    request: OfficeRequest, now: Redaction, *, publishes: bool = True, **more: Any
) -> HttpResponse:
    """What is left out, to be checked. Where it ``publishes``, also what is left that may be case data, which
    is to be confirmed."""
    made = redact.make(now)
    left = publish_redaction.case_data_left(now.edition, made) if publishes else []
    trees = redact.texts(now.edition)
    rows = mark_rows(now, trees)
    hidden = len(rows) - MOST_SHOWN
    spots = [one for one in places_to_confirm(now, trees) if one["confirmed"]]
    return check_answers.page(
        request,
        subject=title_of(now.edition),
        answers=[
            Answer(_("Text"), _preview(now)),
            Answer(_("Places left out"), str(len(rows))),
            *(Answer(row["section"], _lines(row)) for row in rows[:MOST_SHOWN]),
            *([Answer(_("More places left out"), _more(hidden))] if hidden > 0 else []),
            *(_explained(one, trees) for one in left),
            *(Answer(f"{one['name']} {one['what']}".strip(), _all_marked(one["language"])) for one in spots),
            *(Answer(_("Act of adoption"), one) for one in acts_shown(now)),
            Answer(_("Languages"), ", ".join(map(native_name, made.trees))),
            Answer(_("Check number of the original"), check_number(now.edition.sha256)),
            Answer(_("Check number of the redacted edition"), check_number(made.sha256)),
        ],
        trail=[
            (title_of(now.edition), reverse("desk:draft", args=[now.edition.pk])),
            (_("Redacted edition"), reverse("desk:redaction", args=[now.edition.pk])),
        ],
        has_form=False,
        tick=_tick(left),
        **more,
    )


def _tick(left: list[Left]) -> Tick | None:
    if not left or any(one.answer is None for one in left):
        return None
    label = _("Everybody will read this. The reasons hold for what is left: it is no case data.")
    return Tick("no_case_data", publish_redaction.confirmation_of(left), label)
