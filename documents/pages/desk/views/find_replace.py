"""Find words in a draft and replace them: the places, a check, and undo."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from documents.access.rights import assignments_of, writable_languages, writes_all
from documents.actions.errors import Locked
from documents.actions.replace_in_draft import Outcome, replace_in_draft, undo_replace
from documents.editions.text_storage import EMPTY, check_language, load_outline
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.pages.desk.forms import language_choices
from documents.pages.desk.views.common import desk_page, locked, number_in
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.text.find_replace import Hit, Query, find
from documents.text.inline_schema import FORBIDDEN, TURNING
from people.decorators import post_or
from people.requests import OfficeRequest
from theme import check_answers, undo
from theme.check_answers import Answer
from theme.locales import html_lang, native_name

MOST = 500
SESSION = "replaced"


def _one_line(text: str) -> None:
    if FORBIDDEN.search(text) or TURNING.search(text) or len(text.splitlines()) > 1:
        raise forms.ValidationError(
            _("This text has hidden characters or a line break. Type it by hand, on one line.")
        )


class FindForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    find = forms.CharField(label=gettext_lazy("Find"), max_length=200)
    replace = forms.CharField(
        label=gettext_lazy("Replace with"), max_length=200, required=False, validators=[_one_line]
    )
    words = forms.BooleanField(label=gettext_lazy("Whole words only"), required=False)
    case = forms.BooleanField(label=gettext_lazy("Match capital and small letters"), required=False)

    def __init__(self, data: QueryDict | None, languages: list[str]) -> None:
        super().__init__(data)
        self.fields["language"].choices = language_choices(languages)  # type: ignore[attr-defined]

    @property
    def query(self) -> Query:
        data: dict[str, Any] = self.cleaned_data
        return Query(data["find"], data["words"], data["case"])


@dataclass(frozen=True, slots=True)
class Found:
    """A section with its places. ``keys`` name each place and the text in which it was counted."""

    uid: str
    name: str
    url: str
    hash: str
    hits: list[Hit]

    @property
    def keys(self) -> list[tuple[str, Hit]]:
        return [(f"{self.uid}.{hit.number}.{self.hash}", hit) for hit in self.hits]


@require_http_methods(["GET", "HEAD", "POST"])
def find_replace(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The search, and its places to choose from; POST asks, then replaces."""
    edition = edition_or_404(request, edition_id)
    writable = writable_languages(request.user, edition)
    languages = [code for code in edition.instrument.source_first if code in writable]
    if not languages:
        return locked(request, edition)
    data = request.POST if request.method == "POST" else request.GET
    form = FindForm(data if "find" in data else None, languages)
    if not form.is_bound:
        form.initial = {"language": request.GET.get("language", "")}
    if not form.is_valid():
        return desk_page(request, edition, "find_replace", form=form)
    found, more = _found(request, edition, form)
    if request.method == "POST" and not check_answers.is_reopened(request):
        wanted = _wanted(request.POST.getlist("hit"), {one.uid for one in found})
        if wanted:
            return _replace(request, edition, form, found, wanted)
        messages.error(request, _("Choose at least one place."))
    return desk_page(request, edition, "find_replace", **_context(request, form, found, more))


def _context(request: OfficeRequest, form: FindForm, found: list[Found], more: bool) -> dict[str, Any]:
    ticked = set(request.POST.getlist("hit")) if request.method == "POST" else None
    hits = [hit for one in found for hit in one.hits]
    return {
        "form": form,
        "found": found,
        "more": more,
        "most": MOST,
        "ticked": ticked,
        "count": len(hits),
        "by_hand": sum(hit.by_hand for hit in hits),
        "html_lang": html_lang(form.cleaned_data["language"]),
        "given": form.cleaned_data,
    }


def _found(request: OfficeRequest, edition: Edition, form: FindForm) -> tuple[list[Found], bool]:
    """The sections that the person may write and that have a place; and whether there are more."""
    language, user = form.cleaned_data["language"], request.user
    columns = f"body_{check_language(language)}", f"text_hash_{language}"
    rows = SectionRow.objects.filter(edition=edition).order_by("position").values_list("uid", *columns)
    own = assignments_of(user).filter(edition=edition, language=language)
    if not writes_all(user, edition, language):
        rows = rows.filter(uid__in=own.values("uid"))
    names = {row.uid: f"{row.label} {row.heading}".strip() or "–" for row in load_outline(edition, language)}
    found: list[Found] = []
    count = 0
    for uid, body, sha256 in rows:
        hits = find(body or EMPTY, form.query)[: MOST - count + 1]
        if count + len(hits) > MOST:
            return found, True
        if hits:
            url = reverse("desk:section", args=[edition.pk, uid, language])
            found.append(Found(str(uid), names.get(str(uid), "–"), url, sha256 or "", hits))
        count += len(hits)
    return found, False


def _wanted(keys: list[str], uids: set[str]) -> dict[str, tuple[str, set[int]]]:
    """The chosen places by section. What names no section of this search is left out."""
    numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for key in keys[:MOST]:
        uid, _dot, rest = key.partition(".")
        number, _dot, sha256 = rest.partition(".")
        if uid in uids and number.isdecimal() and len(sha256) <= 64:
            numbers[uid, sha256].add(number_in(number))
    return {uid: (sha256, found) for (uid, sha256), found in numbers.items()}


def _replace(
    request: OfficeRequest,
    edition: Edition,
    form: FindForm,
    found: list[Found],
    wanted: dict[str, tuple[str, set[int]]],
) -> HttpResponse:
    data = form.cleaned_data
    language, here = data["language"], reverse("desk:find", args=[edition.pk])
    names = {one.uid: one.name for one in found}
    if not check_answers.is_confirmed(request):
        return _ask(request, edition, form, [names[uid] for uid in wanted], _count(wanted))
    try:
        outcome = replace_in_draft(request.user, edition, language, form.query, data["replace"], wanted)
    except Locked:
        return locked(request, edition)
    if outcome.places:
        request.session[SESSION] = {"edition": edition.pk, "language": language, "changes": outcome.changes}
        text = ngettext("Replaced in %(n)s place.", "Replaced in %(n)s places.", outcome.places)
        undo.success(request, text % {"n": outcome.places}, reverse("desk:undo_replace", args=[edition.pk]))
    _tell_left_out(request, outcome, names)
    query = QueryDict(mutable=True)
    query.update({name: "1" if value is True else value for name, value in data.items() if value})
    return redirect(f"{here}?{query.urlencode()}")


def _count(wanted: dict[str, tuple[str, set[int]]]) -> int:
    return sum(len(numbers) for _hash, numbers in wanted.values())


def _ask(
    request: OfficeRequest, edition: Edition, form: FindForm, sections: list[str], count: int
) -> HttpResponse:
    data = form.cleaned_data
    language = data["language"]
    is_source = language == edition.instrument.source_language
    warning = _("The translations of these sections are then out of date.")
    lang = html_lang(language)
    return check_answers.page(
        request,
        title=_("Check before you replace"),
        subject=title_of(edition),
        trail=[
            (title_of(edition), reverse("desk:draft", args=[edition.pk])),
            (_("Find and replace"), reverse("desk:find", args=[edition.pk])),
        ],
        answers=[
            Answer(_("Find"), data["find"], lang),
            Answer(_("Replace with"), data["replace"] or _("nothing: the words are deleted"), lang),
            Answer(_("Language"), native_name(language)),
            Answer(_("Sections"), "; ".join(sections), lang),
        ],
        lead=_("The text before stays in the version history of each section."),
        warning=warning if is_source and len(edition.instrument.languages) > 1 else "",
        button=ngettext("Replace in %(n)s place", "Replace in %(n)s places", count) % {"n": count},
    )


def _tell_left_out(request: OfficeRequest, outcome: Outcome, names: dict[str, str]) -> None:
    if outcome.left_out:
        left = "; ".join(names.get(uid, uid) for uid in outcome.left_out)
        messages.warning(
            request,
            _("Not changed, because someone else has edited them: %(sections)s") % {"sections": left},
        )


@post_or("desk:find", "edition_id")
def undo_replacing(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Take the last replacing of this session back, section by section."""
    edition = edition_or_404(request, edition_id)
    done = request.session.get(SESSION) or {}
    if done.get("edition") != edition.pk or done["language"] not in edition.instrument.languages:
        messages.info(request, _("There is nothing to undo."))
        return redirect("desk:find", edition.pk)
    try:
        outcome = undo_replace(request.user, edition, done["language"], done["changes"])
    except Locked:
        return locked(request, edition)
    del request.session[SESSION]
    count = len(outcome.changes)
    if count:
        message = ngettext("Undone in %(n)s section.", "Undone in %(n)s sections.", count)
        messages.success(request, message % {"n": count})
    outline = load_outline(edition, done["language"])
    _tell_left_out(request, outcome, {row.uid: f"{row.label} {row.heading}".strip() for row in outline})
    return redirect("desk:find", edition.pk)
