"""A campaign's way to its readers, in the admin: checks, second person, earlier versions, phones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Revision

from people.second_factor import step_up_to_send
from proposals.errors import Refused, Stale
from proposals.kinds import kind_of
from proposals.models import Proposal
from proposals.pages.shown import Shown, show
from public.actions.publish_campaign import (
    TakenOff,
    ask_second_person,
    ask_to_go_back,
    go_back,
    versions,
)
from public.checks.differences import Difference, Part, differences
from public.checks.faults import Fault
from public.checks.passages import lines_of
from public.languages import native_name
from public.models import CampaignPage
from public.models.confirmed_versions import revision_of, versions_proposed
from public.office.check_messages import QUESTIONS, report
from public.office.translations import campaign_of
from public.publishing import may_publish, may_second_campaign, second_persons
from theme.locales import direction, html_lang
from theme.localized_names import localized_name

FIELDS = (
    "title", "lead", "situation", "art", "picture", "country", "slug", "search_description", "phrases",
    "go_live_at", "expire_at",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    """"done", "now" or "later"."""


def _page(request: HttpRequest, pk: int) -> CampaignPage:
    """The campaign, for those who publish it or may be its second person; 404 for others."""
    page = get_object_or_404(CampaignPage.objects.select_related("locale", "country"), pk=pk)
    if not may_second_campaign(request.user, page.country_id):
        raise Http404
    return page


def _draft(page: CampaignPage) -> CampaignPage:
    found: CampaignPage = page.get_latest_revision_as_object()
    return found


def parts_of(page: CampaignPage | None) -> list[Part]:
    """A version of a page to compare with another one; nothing for none."""
    if page is None:
        return []
    fields = [
        Part(name, str(capfirst(page._meta.get_field(name).verbose_name)), _shown(page, name))
        for name in FIELDS
    ]
    blocks = [
        Part(str(child.id), str(capfirst(child.block.label)), "\n".join(lines_of(child)))
        for child in page.body
    ]
    return [*fields, *blocks]


def _shown(page: CampaignPage, name: str) -> str:
    value = getattr(page, name)
    if value is None or value == "":
        return ""
    if name == "country":
        return localized_name(value)
    if name in ("go_live_at", "expire_at"):
        return timezone.localtime(value).isoformat(" ", "minutes")
    display = getattr(page, f"get_{name}_display", None)
    return str(display() if display else value)


def _changed(page: CampaignPage, version: CampaignPage) -> list[Difference]:
    """What a reader would see changed by a version: ``page`` is as the database has it."""
    return differences(parts_of(page if page.live else None), parts_of(version))


def _steps(page: CampaignPage, waits: bool) -> list[Step]:
    scheduled = page.go_live_at if page.approved_schedule else None
    if page.live and not page.has_unpublished_changes:
        reached = 4
    elif waits:
        reached = 2
    elif page.expired:
        reached = 5
    else:
        reached = 3 if scheduled else 1
    labels = [_("Draft"), _("Checks"), _("Second person"), _("Scheduled"), _("Live"), _("Ended")]
    steps = [
        Step(label, "now" if n == reached else "done" if n < reached else "later")
        for n, label in enumerate(labels)
    ]
    return steps if page.go_live_at else [*steps[:3], *steps[4:]]


def _common(request: HttpRequest, page: CampaignPage, tab: str) -> dict[str, Any]:
    waiting = versions_proposed(page).waiting().first()
    tag = page.tag
    return {
        "page": page,
        "tab": tab,
        "tabs": [
            (name, reverse(f"kodeks_campaign_{name}", args=[page.pk]), label)
            for name, label in (
                ("check", _("Checks")),
                ("versions", _("Changes and versions")),
                ("phone", _("On a phone")),
            )
        ],
        "steps": _steps(page, waiting is not None),
        "waiting": waiting,
        "may_edit": may_publish(request.user, page.country_id),
        "text_lang": html_lang(tag),
        "text_dir": direction(tag),
        "language": native_name(tag),
    }


def _timing(version: CampaignPage) -> dict[str, Any]:
    """When a version goes live and ends; a day that is past is none."""
    now = timezone.now()
    return {
        "goes_live": version.go_live_at if version.go_live_at and version.go_live_at > now else None,
        "ends": version.expire_at,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The checks of the draft, and the question to a second person."""
    page = _page(request, pk)
    draft = _draft(page)
    ticks = [tick for tick in request.POST.getlist("tick") if tick in {*Fault}]
    missing = [fault for fault in Fault if fault not in ticks]
    found = report(draft)
    if request.method == "POST" and not missing and not found.mend:
        return _ask(request, page, ticks)
    context = _common(request, page, "check") | _timing(draft)
    context |= {
        "report": found,
        "questions": [(fault.value, QUESTIONS[fault], fault in ticks) for fault in Fault],
        "unanswered": request.method == "POST" and bool(missing),
        "revision": page.latest_revision_id,
        "is_published": page.live and not page.has_unpublished_changes,
    }
    return render(request, "public/admin/check.html", context, status=422 if context["unanswered"] else 200)


def _ask(request: HttpRequest, page: CampaignPage, ticks: list[str]) -> HttpResponse:
    sent = request.POST.get("revision", "")
    revision = page.revisions.filter(pk=int(sent)).first() if sent.isdecimal() else None
    if revision is None:
        raise Http404
    try:
        change = ask_second_person(request.user, page, revision, ticks)  # type: ignore[arg-type]
    except Stale:
        messages.error(request, _("Somebody has changed the draft. Look at the checks again."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Sent. The page goes live when another publisher confirms it."))
        return redirect("proposals:decide", change.pk)
    return redirect("kodeks_campaign_check", page.pk)


@show(
    "campaign",
    gettext_lazy("Campaign"),
    lambda _proposal, page: f"{page.draft_title} ({native_name(page.tag)})",
)
def show_proposal(request: HttpRequest, proposal: Proposal, page: CampaignPage) -> Shown:
    """What changes for a reader, the checks, and what the second person ticks."""
    revision = revision_of(proposal)
    version: CampaignPage = revision.as_object() if revision else page
    context = _common(request, page, "") | _timing(version)
    context |= {
        "revision": proposal.values["revision"],
        "report": report(version),
        "differences": _changed(page, version),
        "questions": [QUESTIONS[Fault(tick)] for tick in proposal.values["ticks"]],
    }
    warnings = []
    if page.latest_revision_id != proposal.values["revision"]:
        warnings.append(_("There is a newer draft. You confirm the version below, not that draft."))
    involved = kind_of(proposal).wrote(proposal) | {proposal.proposed_by_id}
    if not second_persons(page.country_id).exclude(pk__in=[pk for pk in involved if pk]).exists():
        warnings.append(_nobody_else(page))
    return Shown(
        f"{page.draft_title} ({native_name(page.tag)})",
        gettext_lazy("Campaign"),
        reverse("kodeks_campaign_check", args=[page.pk]),
        warnings=warnings,
        must_read={
            "changes": _("I have read what changes for readers."),
            "checks": _("I have looked at the checks."),
        },
        template="public/admin/proposal.html",
        context=context,
    )


def _nobody_else(page: CampaignPage) -> str:
    if page.country is None:
        text = _("No other publisher of the whole region has an account.")
    else:
        name = {"country": localized_name(page.country)}
        text = _("No other publisher of %(country)s has an account.") % name
    return f"{text} {_('Ask the operator to invite one.')}"


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since the page was published, and the versions to go back to."""
    page = _page(request, pk)
    context = _common(request, page, "versions")
    context |= {
        "differences": _changed(page, _draft(page)),
        "versions": versions(page),
    }
    return render(request, "public/admin/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def version(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """An earlier version that two people confirmed: what would change for readers, and the way back."""
    page = _page(request, pk)
    found, old = next((pair for pair in versions(page) if pair[1].pk == revision), (None, None))
    if old is None or not may_publish(request.user, page.country_id):
        raise Http404
    if request.method == "POST":
        try:
            go_back(request.user, page, old)  # type: ignore[arg-type]
        except TakenOff:
            return _ask_to_go_back(request, page, old)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(request.path)
        messages.success(request, _("Readers see this version again. Your draft is as it was."))
        return redirect("kodeks_campaign_versions", page.pk)
    context = _common(request, page, "") | {"found": found, "differences": _changed(page, old.as_object())}
    return render(request, "public/admin/version.html", context)


def _ask_to_go_back(request: HttpRequest, page: CampaignPage, old: Revision) -> HttpResponse:
    try:
        change = ask_to_go_back(request.user, page, old)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Sent. The page goes live when another publisher confirms it."))
        return redirect("proposals:decide", change.pk)
    return redirect("kodeks_campaign_versions", page.pk)


@require_safe
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft in every language of the campaign, as a phone shows it."""
    page = _page(request, pk)
    languages = [
        (native_name(one.tag), html_lang(one.tag), reverse("wagtailadmin_pages:view_draft", args=[one.pk]))
        for one in campaign_of(page).pages
    ]
    return render(
        request, "public/admin/phone.html", _common(request, page, "phone") | {"languages": languages}
    )


VIEWS: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
    "kodeks_campaign_check": ("campaigns/<int:pk>/check/", check),
    "kodeks_campaign_versions": ("campaigns/<int:pk>/versions/", history),
    "kodeks_campaign_version": ("campaigns/<int:pk>/versions/<int:revision>/", version),
    "kodeks_campaign_phone": ("campaigns/<int:pk>/phone/", phone),
}
