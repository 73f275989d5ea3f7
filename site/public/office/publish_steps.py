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
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Revision

from people.second_factor import step_up_to_send
from public.actions.publish_campaign import (
    Incomplete,
    Over,
    TakenOff,
    ask_second_person,
    ask_to_go_back,
    confirm_campaign,
    go_back,
    may_confirm_campaign,
    refuse_campaign,
    versions,
)
from public.actions.second_person import ChangeWaits, DecidedAlready, Stale
from public.checks.differences import Difference, Part, differences
from public.checks.faults import Fault
from public.checks.passages import lines_of
from public.languages import native_name
from public.models import CampaignChange, CampaignPage
from public.office.check_messages import QUESTIONS, report
from public.office.translations import campaign_of
from public.publishing import has_second_person, may_publish, may_second_campaign
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
    waiting = page.changes.waiting().select_related("revision", "by").first()
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
    except ChangeWaits:
        messages.error(request, _("This campaign waits for a second person already."))
    except Stale:
        messages.error(request, _("Somebody has changed the draft. Look at the checks again."))
    except Incomplete:
        messages.error(request, _("Something must be corrected first."))
    else:
        messages.success(request, _("Sent. The page goes live when another publisher confirms it."))
        return redirect("kodeks_campaign_decide", change.pk)
    return redirect("kodeks_campaign_check", page.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """For the second person: what changes for a reader, the checks, and the answer."""
    change = get_object_or_404(CampaignChange.objects.select_related("page", "revision", "by"), pk=pk)
    page = _page(request, change.page_id)
    if change.decided is not None:
        messages.error(request, _("Somebody else has already decided this."))
        return redirect("kodeks_campaign_check", page.pk)
    unread = request.method == "POST" and "confirm" in request.POST and len(request.POST.getlist("read")) < 2
    if request.method == "POST" and not unread:
        return _decide(request, change)
    version: CampaignPage = change.revision.as_object()
    context = _common(request, page, "") | _timing(version)
    context |= {
        "change": change,
        "report": report(version),
        "differences": _changed(page, version),
        "questions": [QUESTIONS[Fault(tick)] for tick in change.values["ticks"]],
        "may_confirm": may_confirm_campaign(request.user, change),  # type: ignore[arg-type]
        "is_own": change.by_id == request.user.pk,
        "is_alone": not has_second_person(page.country_id, change.by_id, change.revision.user_id),
        "newer": page.latest_revision_id != change.revision_id,
        "unread": unread,
    }
    return render(request, "public/admin/decide_campaign.html", context, status=422 if unread else 200)


def _decide(request: HttpRequest, change: CampaignChange) -> HttpResponse:
    try:
        if "confirm" in request.POST:
            page = confirm_campaign(request.user, change)  # type: ignore[arg-type]
            done = _("Confirmed. The page is live.") if page.live and not page.approved_schedule else None
            messages.success(request, done or _("Confirmed. The page goes live on its day."))
        else:
            refuse_campaign(request.user, change, request.POST.get("reason", "").strip()[:1000])  # type: ignore[arg-type]
            messages.success(request, _("Sent back. Readers see no change."))
    except DecidedAlready:
        messages.error(request, _("Somebody else has already decided this."))
    except Stale:
        messages.error(request, _("The draft was changed after it was sent. Send it again."))
        return redirect("kodeks_campaign_decide", change.pk)
    except (Incomplete, Over) as problem:
        messages.error(request, _why_not(problem))
        return redirect("kodeks_campaign_decide", change.pk)
    return redirect("kodeks_campaign_check", change.page_id)


def _why_not(problem: Exception) -> str:
    if isinstance(problem, Over):
        return _("This version has an end, and that day is past.")
    return _("Something must be corrected first.")


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since the page was published, and the versions to go back to."""
    page = _page(request, pk)
    context = _common(request, page, "versions")
    context |= {
        "differences": _changed(page, _draft(page)),
        "versions": versions(page),
        "live": page.changes.filter(revision=page.live_revision_id, confirmed=True).first(),
    }
    return render(request, "public/admin/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def version(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """An earlier version that two people confirmed: what would change for readers, and the way back."""
    page = _page(request, pk)
    found = next((one for one in versions(page) if one.revision_id == revision), None)
    if found is None or not may_publish(request.user, page.country_id):
        raise Http404
    if request.method == "POST":
        try:
            go_back(request.user, page, found.revision)  # type: ignore[arg-type]
        except TakenOff:
            return _ask_to_go_back(request, page, found)
        except (Incomplete, Over) as problem:
            messages.error(request, _why_not(problem))
            return redirect(request.path)
        messages.success(request, _("Readers see this version again. Your draft is as it was."))
        return redirect("kodeks_campaign_versions", page.pk)
    old: Revision = found.revision
    context = _common(request, page, "") | {"found": found, "differences": _changed(page, old.as_object())}
    return render(request, "public/admin/version.html", context)


def _ask_to_go_back(request: HttpRequest, page: CampaignPage, found: CampaignChange) -> HttpResponse:
    try:
        change = ask_to_go_back(request.user, page, found.revision)  # type: ignore[arg-type]
    except ChangeWaits:
        messages.error(request, _("This campaign waits for a second person already."))
    except Incomplete as problem:
        messages.error(request, _why_not(problem))
    else:
        messages.success(request, _("Sent. The page goes live when another publisher confirms it."))
        return redirect("kodeks_campaign_decide", change.pk)
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
    "kodeks_campaign_decide": ("campaigns/changes/<int:pk>/", decide),
}
