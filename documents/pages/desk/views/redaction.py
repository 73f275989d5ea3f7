"""The redacted edition of a document: mark what is left out, look at it, have it approved, withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions import publish_redaction, redact
from documents.actions.errors import ActionError
from documents.display import links
from documents.models import Edition, Redaction
from documents.models.instruments import OPEN_TO_ALL
from documents.pages.desk.redaction_forms import PartForm, ReasonForm, WordsForm
from documents.pages.desk.redaction_rows import (
    acts_shown,
    check_page,
    mark_rows,
    places_to_confirm,
    section_name,
    waits_for_confirmation,
)
from documents.pages.desk.rendering import drawn_text
from documents.pages.desk.views.common import desk_page
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.text.redact import Spot
from people.access import require
from people.requests import OfficeRequest
from people.roles import Verb
from people.second_factor import step_up
from proposals.errors import Refused
from proposals.models import Proposal
from proposals.pages.shown import Shown, show
from theme import check_answers
from theme.check_answers import Answer

State = Redaction.State


@show("redaction", gettext_lazy("Redacted edition"), lambda _proposal, edition: title_of(edition))
def show_proposal(request: HttpRequest, proposal: Proposal, edition: Edition) -> Shown:
    """It is decided where it is prepared."""
    there = reverse("desk:redaction", args=[edition.pk])
    return Shown(title_of(edition), gettext_lazy("Redacted edition"), there, decided_at=there)


def _edition(request: OfficeRequest, edition_id: int) -> Edition:
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.CLASSIFY, edition.instrument)
    return edition


def _at_work(edition: Edition) -> Redaction:
    found = Redaction.objects.filter(edition=edition, state__in=redact.AT_WORK).first()
    if found is None:
        raise Http404
    found.edition = edition
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def redaction(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Where the redacted edition stands, and what to do next."""
    edition = _edition(request, edition_id)
    rows = Redaction.objects.filter(edition=edition).select_related(
        "public_edition__instrument", "proposed_by"
    )
    now = next((one for one in rows if one.state in redact.AT_WORK), None)
    wrong: dict[str, forms.Form] = {}
    if request.method == "POST" and (answer := _act(request, edition, now, wrong)) is not None:
        return answer
    published = next((one for one in rows if one.state == State.PUBLISHED), None)
    context: dict[str, Any] = {
        "now": now,
        "published": published,
        "public_url": links.edition_url(published.public_edition)
        if published and published.public_edition
        else "",
        "public_title": title_of(published.public_edition) if published and published.public_edition else "",
        "is_open": edition.instrument.classification in OPEN_TO_ALL,
        "may_start": edition.state == "in_force",
        "outdated": published is not None and publish_redaction.is_outdated(published),
    }
    if now is not None:
        now.edition = edition
        context |= _prepared(request, now) | wrong
    return desk_page(request, edition, "redaction", status=422 if wrong else 0, **context)


def _prepared(request: OfficeRequest, now: Redaction) -> dict[str, Any]:
    """What is marked, and what still stands; for the second person, what is approved."""
    trees = redact.texts(now.edition)
    made = redact.make(now)
    marks = mark_rows(now, trees)
    spots = places_to_confirm(now, trees)
    if now.state != State.DRAFT:
        # The others stay left out whole, as the list of what is left out says.
        spots = [one for one in spots if one["confirmed"]]
    source = trees[now.edition.instrument.source_language]
    count = {section.uid: 0 for section in source}
    for mark in marks:
        count[mark["uid"]] = count.get(mark["uid"], 0) + 1
    return {
        "marks": marks,
        "spots": spots,
        "all_confirmed": all(one["confirmed"] for one in spots),
        "sections": [
            {
                "uid": section.uid,
                "name": section_name(section.uid, source),
                "level": section.level,
                "marks": count[section.uid],
                "left": section.uid in made.left,
            }
            for section in source
        ],
        "left": [section_name(uid, source) for uid in made.left],
        "acts": acts_shown(now),
        "source_lang": now.edition.instrument.source_language,
        "is_own": request.user.pk == now.proposed_by_id,
        "why_not": publish_redaction.why_not(request.user, now) if now.state == State.PROPOSED else "",
        "sent_back": publish_redaction.sent_back_because(now),
        "stale": now.state == State.PROPOSED and made.sha256 != now.sha256,
        "form": WordsForm(languages=list(trees)),
        "return_form": ReasonForm(),
    }


def _act(
    request: OfficeRequest, edition: Edition, now: Redaction | None, wrong: dict[str, forms.Form]
) -> HttpResponse | None:
    """A button of the page. None where the page shows a form again: ``wrong`` has it, by its name there."""
    acts: dict[str, Callable[[], object]] = {"start": lambda: redact.start(request.user, edition)}
    name = request.POST.get("act", "")
    if now is not None:
        now.edition = edition
        acts |= {
            "unmark": lambda: redact.unmark(
                request.user, now, [int(one) for one in request.POST.getlist("mark") if one.isdecimal()]
            ),
            "discard": lambda: redact.discard(request.user, now),
            "confirm": lambda: _confirm(request, now),
        }
        if name == "discard" and check_answers.is_reopened(request):
            return redirect("desk:redaction", edition.pk)
        if name == "discard" and not check_answers.is_confirmed(request):
            return check_page(
                request,
                now,
                title=_("Check before you discard these marks"),
                warning=_("You can't bring them back. A published redacted edition stays as it is."),
                button=_("Discard these marks"),
                is_dangerous=True,
                publishes=False,
            )
        wrong |= _wrong(request, now, name)
    if act := acts.get(name):
        _attempt(request, act)
    return None if wrong else redirect("desk:redaction", edition.pk)


def _wrong(request: OfficeRequest, now: Redaction, name: str) -> dict[str, forms.Form]:
    """A button with a form: acts, or gives the form with its errors."""
    if name == "words":
        form = WordsForm(request.POST, languages=list(redact.texts(now.edition)))
        if form.is_valid():
            given = [form.cleaned_data[one] for one in ("words", "language", "ground", "why")]
            try:
                n = redact.mark_words(request.user, now, *given)
            except ActionError as problem:
                form.refuse(problem)
            else:
                messages.success(request, _marked(n))
        return {"form": form} if form.errors else {}
    if name == "back":
        back = ReasonForm(request.POST)
        # Who proposed it takes it back without one.
        back.fields["reason"].required = request.user.pk != now.proposed_by_id
        if not back.is_valid():
            return {"return_form": back}
        reason = back.cleaned_data["reason"]
        _attempt(request, lambda: publish_redaction.send_back(request.user, now, reason))
    return {}


def _attempt(request: OfficeRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused as problem:
        for line in problem.problems:
            messages.error(request, line)
        return False
    return True


def _no_case_data(request: OfficeRequest) -> str:
    return request.POST.get("no_case_data", "")[:64]


def _confirm(request: OfficeRequest, now: Redaction) -> None:
    spots: set[Spot] = set()
    for value in request.POST.getlist("spot"):
        uid, _slash, rest = value.partition("/")
        language, _slash, block = rest.partition("/")
        spots.add((uid, language, int(block) if block.isdecimal() else None))
    redact.confirm_all_words(request.user, now, spots)
    messages.success(request, _("Saved."))


def _marked(n: int) -> str:
    return ngettext("%(n)d place is left out.", "%(n)d places are left out.", n) % {"n": n}


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """One section: leave out all of it, some of its paragraphs, or words."""
    edition = _edition(request, edition_id)
    now = _at_work(edition)
    trees = redact.texts(edition)
    if language not in trees or str(uid) not in trees[language].by_uid or now.state != State.DRAFT:
        raise Http404
    found = trees[language].by_uid[str(uid)]
    form = PartForm(
        request.POST if request.method == "POST" else None, body=found.text.body, language=language
    )
    if request.method == "POST" and form.is_valid():
        try:
            n = _mark(request, now, str(uid), language, form.cleaned_data)
        except ActionError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _marked(n))
            return redirect("desk:redact_section", edition.pk, uid, language)
    source = trees[edition.instrument.source_language]
    made = redact.make(now).trees[language].by_uid[str(uid)]
    return desk_page(
        request,
        edition,
        "redact_section",
        form=form,
        uid=str(uid),
        language=language,
        languages=[one for one in trees if not trees[one].by_uid[str(uid)].text.empty],
        name=section_name(str(uid), source),
        drawn=drawn_text(edition, made.text.body, language, "red-"),
        confirm=waits_for_confirmation(now, trees, str(uid), language),
    )


def _mark(request: OfficeRequest, now: Redaction, uid: str, language: str, given: dict[str, Any]) -> int:
    """Marks what the form chose; gives how many places."""
    why = given["ground"], given["why"]
    if given["what"] == PartForm.What.WORDS:
        return redact.mark_words(request.user, now, given["words"], language, *why, uid)
    blocks = given["block"] if given["what"] == PartForm.What.BLOCKS else []
    redact.mark_part(request.user, now, uid, language, blocks, *why)
    return len(blocks) or 1


@require_safe
def preview(request: OfficeRequest, edition_id: int, language: str) -> HttpResponse:
    """The whole text as everybody will read it."""
    edition = _edition(request, edition_id)
    made = redact.make(_at_work(edition))
    if language not in made.trees:
        raise Http404
    tree = made.trees[language]
    return desk_page(
        request,
        edition,
        "redaction_preview",
        language=language,
        languages=list(made.trees),
        public_title=tree.title,
        sections=[
            {
                "label": one.text.label,
                "drawn": drawn_text(edition, one.text.body, language, f"p{n}-"),
            }
            for n, one in enumerate(tree)
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def propose(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Asks a second coordinator, after a page to check."""
    edition = _edition(request, edition_id)
    now = _at_work(edition)
    if request.method != "POST" or check_answers.is_reopened(request):
        return redirect("desk:redaction", edition.pk)
    if not check_answers.is_confirmed(request):
        return check_page(
            request,
            now,
            title=_("Check what is left out"),
            warning=_("Another coordinator must approve it. Until then nothing is public."),
            button=_("Ask a second person"),
        )
    if _attempt(
        request, lambda: publish_redaction.propose_redaction(request.user, now, _no_case_data(request))
    ):
        messages.success(request, _("Another coordinator can approve it now."))
    return redirect("desk:redaction", edition.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def approve(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Publishes the redacted edition, after a page to check; by the hashes that the page shows."""
    edition = _edition(request, edition_id)
    now = _at_work(edition)
    if request.method != "POST" or check_answers.is_reopened(request) or now.state != State.PROPOSED:
        return redirect("desk:redaction", edition.pk)
    if not check_answers.is_confirmed(request):
        data = request.POST.copy()
        data["source"], data["redacted"] = now.source_sha256, now.sha256
        return check_page(
            request,
            now,
            title=_("Check the redacted edition before you publish it"),
            warning=_("Everybody can read it at once, and can keep copies of it."),
            button=_("Approve and publish"),
            data=data,
        )
    source, sha256 = request.POST.get("source", "")[:64], request.POST.get("redacted", "")[:64]
    if _attempt(
        request, lambda: publish_redaction.approve(request.user, now, source, sha256, _no_case_data(request))
    ):
        messages.success(request, _("The redacted edition is public."))
    return redirect("desk:redaction", edition.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def withdraw(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Takes the published redacted edition off the public site."""
    edition = _edition(request, edition_id)
    published = Redaction.objects.filter(edition=edition, state=State.PUBLISHED).first()
    if published is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request):
        reason = form.cleaned_data["reason"]
        if not check_answers.is_confirmed(request):
            return check_answers.page(
                request,
                title=_("Check before you withdraw the redacted edition"),
                subject=title_of(edition),
                answers=[Answer(_("Reason"), reason)],
                warning=_("Nobody can read it on the public site any more. Copies that people keep stay."),
                button=_("Withdraw the redacted edition"),
                trail=[(_("Redacted edition"), reverse("desk:redaction", args=[edition.pk]))],
                is_dangerous=True,
            )
        if _attempt(request, lambda: publish_redaction.end(request.user, published, reason)):
            messages.success(request, _("The redacted edition is withdrawn."))
        return redirect("desk:redaction", edition.pk)
    return desk_page(request, edition, "redaction_withdraw", form=form)
