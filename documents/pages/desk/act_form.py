"""The form of an act and its signed paper. It adopts a text, a language of it, or a corrigendum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from documents.actions import check_papers, store_signed_file
from documents.actions.adopt_edition import ActData
from documents.actions.errors import Problem
from documents.actions.store_signed_file import SignedPaper
from documents.choices import ActKind
from documents.display import signed_papers
from documents.pages.case_data import ACT_FIELDS, warning_answers
from documents.still_pdf import require_still_pdf
from people.models import User
from theme.check_answers import Answer
from theme.dates import long_date, of_date, one_dot
from theme.day_field import DayField

SIGNED_LIMIT = 20 * 1024 * 1024
"""The largest signed file that is taken, in bytes."""
MOST_ACTS = 6
SHOWN_AGAIN = ("another", "away", "leave", "same")
"""The buttons that record nothing: one act more, one less, leave, and what Enter presses."""
OF_ACT = re.compile(r"act\d+-")
NOT_STORED = "-"
"""In place of a token: a file was chosen that could not be stored."""


def require_paper(signed: UploadedFile) -> None:
    """Raises ValidationError for a file that can't be the signed paper of an act."""
    if (signed.size or 0) > SIGNED_LIMIT:
        raise forms.ValidationError(_("The file is larger than 20 MB. It was not saved."))
    require_still_pdf(signed, gettext("This is not a PDF file. It was not saved."))


class ActForm(forms.Form):
    """One act and its signed paper. A chosen paper is never left out silently. It is stored for the next
    sending (:meth:`keep_paper`), chosen again, or left out by a tick."""

    body = forms.CharField(
        label=_("Adopting body"),
        max_length=300,
        help_text=_("For example the government, a minister or several ministries."),
    )
    kind = forms.ChoiceField(label=_("Kind of act"), choices=ActKind.choices)
    number = forms.CharField(label=_("Number of the act"), max_length=100)
    date = DayField(label=_("Date of the act"))
    protocol = forms.CharField(
        label=_("Protocol number"),
        max_length=100,
        required=False,
        help_text=_("The number of the act in the register of the adopting body."),
    )
    session = forms.CharField(label=_("Number of the session"), max_length=100, required=False)
    gazette = forms.CharField(label=_("Gazette"), max_length=200, required=False)
    gazette_number = forms.CharField(label=_("Number of the gazette"), max_length=60, required=False)
    gazette_year = forms.IntegerField(
        label=_("Year of the gazette"), min_value=1850, max_value=2200, required=False
    )
    published = DayField(label=_("Published in the gazette on"), required=False)
    signed = forms.FileField(
        label=_("Signed file"),
        help_text=_("A PDF file of up to 20 MB."),
        required=False,
        allow_empty_file=False,
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by, self._kept, self._is_sound = by, False, False
        source = self.data if self.is_bound else self.initial
        self.token = str(source.get(self.add_prefix("kept") if self.is_bound else "kept", ""))
        self.paper = store_signed_file.load(by, self.token) if self.token else None
        self._show()

    def _show(self) -> None:
        """Names the stored paper at the field, and offers to leave it out, where one was chosen before."""
        if self.token:
            self.fields["without"] = forms.BooleanField(
                label=_("Record the act without its signed file"), required=False
            )
        if self.paper is not None:
            # Beside the field as it is shown: Django keeps what it was when the form was cleaned.
            self["signed"].help_text = _(
                "%(name)s is saved and will be recorded with the act. Choose a file only to replace it."
            ) % {"name": self.paper.name}

    def keep_paper(self) -> None:
        """Stores the paper of the form, before the form is shown again."""
        chosen = self.files.get(self.add_prefix("signed"))
        if chosen is None or self._kept:
            return
        self._kept = True
        store_signed_file.drop(self.by, self.token)
        fits = self._fits(chosen)
        if fits:
            chosen.seek(0)
        self.paper = SignedPaper(_name(chosen), chosen.read()) if fits else None
        self.token = store_signed_file.store(self.by, self.paper) if self.paper else NOT_STORED
        if self.is_bound:
            sent: Any = self.data
            self.data = sent = sent.copy()
            sent[self.add_prefix("kept")] = self.token
        else:
            self.initial["kept"] = self.token
        self._show()

    def _fits(self, chosen: UploadedFile) -> bool:
        if self.is_bound:
            self.is_valid()  # looks at the file, unless that was done
            return self._is_sound
        try:
            require_paper(chosen)
        except forms.ValidationError:
            return False
        return True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.token and "signed" not in self.errors and not values["signed"] and not values.get("without"):
            if self.paper is None:
                self.add_error(
                    "signed",
                    _("The signed file could not be saved. Choose it again, or tick the box below."),
                )
            values["signed"] = self.paper
        return values

    def clean_signed(self) -> UploadedFile | None:
        signed: UploadedFile | None = self.cleaned_data["signed"]
        if signed is not None:
            require_paper(signed)
            self._is_sound = True
        return signed

    @property
    def act(self) -> ActData:
        """The act, once the form is valid."""
        values = dict(self.cleaned_data)
        signed: UploadedFile | SignedPaper | None = values.pop("signed")
        values = {name: value for name, value in values.items() if name not in ("kept", "without")}
        values["kind"] = ActKind(values["kind"])
        if signed is None:
            return ActData(**values)
        if isinstance(signed, SignedPaper):
            return ActData(**values, signed_file=signed.data, signed_name=signed.name)
        signed.seek(0)
        return ActData(**values, signed_file=signed.read(), signed_name=_name(signed))

    def answers(self) -> list[Answer]:
        """The rows of the summary before the act is recorded, once the form is valid. Its paper is stored."""
        self.keep_paper()
        tag = get_language() or "en"
        rows = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if name in ("kept", "without") or value in (None, ""):
                continue
            if name == "kind":
                value = ActKind(value).label
            elif isinstance(value, date):
                value = long_date(value, tag)
            elif name == "signed":
                value = value.name
            rows.append(Answer(str(self[name].label), value))
        paper = self.paper.name if self.paper else ""
        rows += warning_answers(*(self.cleaned_data[name] for name in ACT_FIELDS), paper)
        if self.cleaned_data.get("signed") and self.paper is not None:
            check = check_papers.wait_for(self.paper.sha256)
            shown = signed_papers.show(check, self.paper.sha256)
            rows.append(Answer(gettext("Electronic signature"), shown.html_in_form))
        else:
            rows.append(Answer(gettext("Signed file"), gettext("None")))
        return rows


class SignedActForm(ActForm):
    """An act of which the signed paper must be there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["signed"].required = self.paper is None

    def _show(self) -> None:
        super()._show()
        self.fields.pop("without", None)


class Acts:
    """The acts of one request: one at first, one more at each "another act". What was typed and chosen stays.

    One can be taken away; of several, an empty one is passed over. ``leaving``: who would leave with typed
    text (or in a field ``also``) must confirm first. With nothing typed they have ``left``.
    """

    def __init__(self, request: HttpRequest, *also: str) -> None:
        post = request.POST
        count = post.get("acts", "1")
        every = list(range(max(1, min(MOST_ACTS, int(count) if count.isdecimal() and len(count) < 3 else 1))))
        typed = [n for n in every if _is_typed(post, request.FILES, n)]
        leaves = "leave" in post
        self.leaving = leaves and bool(typed or any(post.get(name, "").strip() for name in also))
        self.left = leaves and not self.leaving
        self.sent = request.method == "POST" and not any(name in post for name in SHOWN_AGAIN)
        order = self._order(request, every, typed)
        self.count = min(MOST_ACTS, len(order) + ("another" in post))
        data, papers = _renumbered(post, order), _renumbered(request.FILES, order)
        self.forms = [self._form(request.user, f"act{n}", data, papers) for n in range(self.count)]
        if request.method == "POST" and not self.sent:
            for form in self.forms:
                form.files = papers
            self.keep()

    def _form(
        self, by: Any, prefix: str, data: QueryDict, papers: MultiValueDict[str, UploadedFile]
    ) -> ActForm:
        return ActForm(
            data if self.sent else None,
            papers if self.sent else None,
            prefix=prefix,
            by=by,
            initial={k.partition("-")[2]: v for k, v in data.items() if k.startswith(f"{prefix}-")},
            # Of several an empty one is passed over: the browser must let it go.
            use_required_attribute=self.count == 1,
        )

    def _order(self, request: HttpRequest, every: list[int], typed: list[int]) -> list[int]:
        """The acts that stay: those that were typed, if the form is sent, else all but one taken away."""
        away = request.POST.get("away", "")
        if self.sent:
            return typed or every[:1]
        if len(every) > 1 and away in map(str, every):
            by: Any = request.user
            store_signed_file.drop(by, request.POST.get(f"act{away}-kept", ""))
            return [n for n in every if str(n) != away]
        return every

    def keep(self) -> None:
        """Keeps the signed papers that came, before the forms are shown again."""
        for form in self.forms:
            form.keep_paper()

    @property
    def carried(self) -> QueryDict:
        """What was sent, with the signed papers by their tokens: for the page that checks the answers."""
        self.keep()
        data = _renumbered(self.forms[0].data, range(self.count))
        data["acts"] = str(self.count)
        for form in self.forms:
            data[form.add_prefix("kept")] = form.token
        return data

    @property
    def more(self) -> bool:
        return self.count < MOST_ACTS

    def valid(self) -> bool:
        found = [form.is_valid() for form in self.forms]
        return all(found)

    @property
    def given(self) -> list[ActData]:
        """The acts, once they are valid."""
        return [form.act for form in self.forms]


def _is_typed(post: QueryDict, files: MultiValueDict[str, UploadedFile], n: int) -> bool:
    """Whether something was typed or chosen in the act of that number; its kind is always one."""
    own = f"act{n}-"
    typed = any(
        key.startswith(own) and key != f"{own}kind" and any(value.strip() for value in values)
        for key, values in post.lists()
    )
    return typed or f"{own}signed" in files


def _renumbered(sent: Any, order: Sequence[int]) -> Any:
    """The submitted form, with the acts of ``order`` alone, renumbered."""
    renumbered = sent.copy()
    for key in [key for key in renumbered if OF_ACT.match(key)]:
        del renumbered[key]
    for place, n in enumerate(order):
        for key, values in sent.lists():
            if key.startswith(f"act{n}-"):
                renumbered.setlist(f"act{place}-{key.partition('-')[2]}", values)
    return renumbered


def at_fields(problems: Iterable[str], *shown: forms.Form) -> None:
    """Puts problems at the fields that they name (:class:`documents.actions.errors.Problem`) too."""
    for problem in problems:
        for form in shown:
            for name in form.fields:
                if isinstance(problem, Problem) and problem.field == f"id_{form.add_prefix(name)}":
                    form.add_error(name, str(problem))


def _name(file: UploadedFile) -> str:
    return (file.name or "act.pdf")[:150]


FIELD = "antedated"


@dataclass(frozen=True)
class Antedated:
    """``days``: the earlier dates of acts, each once. ``questions``: one for each of them. ``confirmed``:
    whether the tick was set for these very dates."""

    days: Sequence[date] = ()
    questions: Sequence[str] = ()
    confirmed: bool = False

    @property
    def value(self) -> str:
        """What the tick sends: another date is another question."""
        return " ".join(day.isoformat() for day in self.days)

    @property
    def open(self) -> Sequence[str]:
        """What is still to be confirmed."""
        return () if self.confirmed else self.questions


def antedated(request: HttpRequest, acts: Acts, since: date, because: str) -> Antedated:
    """What to ask about acts dated before ``since``, the day of the text. ``because`` names the event of that
    day. The acts have been validated."""
    early: list[date] = []
    questions: list[str] = []
    tag = get_language() or "en"
    for form in acts.forms:
        day = form.cleaned_data.get("date")
        if day is None or day >= since:
            continue
        early.append(day)
        message = gettext("Act no. %(number)s has the date %(date)s. %(because)s Is this date correct?") % {
            "number": form.cleaned_data.get("number") or "–",
            "date": of_date(day, tag),
            "because": because,
        }
        questions.append(Problem(one_dot(message), f"id_{FIELD}", "antedated"))
    found = Antedated(sorted(set(early)), questions)
    return replace(found, confirmed=bool(early) and request.POST.get(FIELD) == found.value)
