"""What pages say of case data: its kinds and places in words, and a page before such a text is saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import phonenumbers
from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.actions.explain_case_data import Found
from documents.choices import CASE_DATA
from documents.text.case_data import Kind, Place, traces
from theme import check_answers
from theme.check_answers import Answer


def kinds_text(kinds: Iterable[Kind | str]) -> str:
    return ", ".join(dict.fromkeys(str(CASE_DATA[Kind(kind)]) for kind in kinds))


def place_text(place: Place) -> str:
    """Where it is: the heading, a paragraph by its number, a footnote."""
    if place.block == 0:
        return pgettext("place in a section", "Heading")
    if place.block < 0:
        return pgettext("place in a section", "Footnote")
    return _("Paragraph %(n)d") % {"n": place.block}


def found_in(places: Sequence[Place]) -> list[dict[str, str]]:
    """Each place with its kinds, for a list on a page."""
    return [{"where": place_text(one), "kinds": kinds_text(one.kinds), "start": one.start} for one in places]


def report_rows(found: Iterable[Found]) -> list[dict[str, str]]:
    """The sections of a report: which, in which language, and where what was found."""
    return [
        {
            "name": f"{one.label} {one.heading}".strip() or "–",
            "language": one.language,
            "where": "; ".join(f"{place_text(at)}: {kinds_text(at.kinds)}" for at in one.places),
        }
        for one in found
    ]


ACT_FIELDS = ("body", "number", "protocol", "session", "gazette", "gazette_number")


def act_texts(act: object) -> list[str]:
    """What a person typed of an act; its fields are the same in forms and in rows."""
    return [getattr(act, name) for name in ACT_FIELDS]


def kinds_in(*texts: str) -> str:
    """The kinds of case data in these texts; empty where nothing was found."""
    return kinds_text(one.kind for text in texts for one in traces(text))


def refuse_case_data(form: forms.BaseForm, names: Iterable[str]) -> None:
    """An error at each of these fields that holds what looks like case data, once they are clean."""
    for name in names:
        if isinstance(text := form.cleaned_data.get(name), str) and traces(text):
            form.add_error(name, _("This looks like data of a real person. Remove it."))


def refuse_person_number(form: forms.BaseForm, name: str) -> None:
    """An error at this field for a number to call, where it is the personal number of somebody."""
    number = str(form.cleaned_data.get(name, ""))
    in_a_row = re.sub(r"\s+", " ", re.sub(r"[+*#()]", "", number))
    kinds = {one.kind for one in traces(in_a_row)}
    if Kind.PERSON_NUMBER in kinds and not _may_be_called(number):
        form.add_error(name, _("This looks like data of a real person. Remove it."))


def _may_be_called(number: str) -> bool:
    """Whether a country has telephone numbers of this length: personal numbers are longer than any that is
    written without a plus."""
    if not number.startswith("+"):
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return False


def warning_answers(*texts: str) -> list[Answer]:
    """A row for a page "Check your answers" where what was typed may be case data."""
    kinds = kinds_in(*texts)
    return [Answer(_("May be case data"), kinds)] if kinds else []


def page_before_saving(
    request: HttpRequest,
    *texts: str,
    trail: Sequence[tuple[str, str]] = (),
    data: QueryDict | None = None,
) -> HttpResponse | None:
    """A page that warns before something that was typed is saved; None where nothing was found, or where the
    person has read the warning."""
    if check_answers.is_confirmed(request):
        return None
    warning = warning_answers(*texts)
    if not warning:
        return None
    return check_answers.page(
        request,
        title=_("This may be case data"),
        lead=_("Kodeks stores no data about cases or persons.") + " " + _("Others will read what you write."),
        answers=[*warning, Answer(_("Your text"), "\n".join(filter(None, texts)))],
        button=_("It is no case data: save it"),
        trail=trail,
        data=data,
    )
