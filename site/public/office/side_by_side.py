"""Translate a campaign beside its source: the table of all campaigns, and the form of one translation."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale

from people.access import has_role
from people.roles import Role
from public.actions.second_person import Stale
from public.actions.translate_page import Seen, SourceChanged, Work, may_translate, seen_of, translate_page
from public.languages import CYRILLIC, LATIN, PUBLIC, native_name
from public.models import CampaignPage, HomePage
from public.office.admin_home import works_on_campaigns
from public.office.translation_form import SideBySideForm, row_of
from public.office.translations import campaigns, edit_url
from public.publishing import may_publish
from public.translation.parts import parts_of
from public.translation.states import Comparison, State, compare
from theme.locales import direction, html_lang

MARK, MACHINE, READ, ALL = "mark", "machine", "read", "all"


def table(request: HttpRequest) -> HttpResponse:
    """All campaigns of the person by language."""
    if not works_on_campaigns(request):
        raise Http404
    context = {"campaigns": campaigns(request.user), "languages": PUBLIC}
    return render(request, "public/admin/translations_table.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def side_by_side(request: HttpRequest, pk: int, tag: str) -> HttpResponse:
    """The translation of a campaign into a language; its page is made with the first text that is saved."""
    source = get_object_or_404(CampaignPage.objects.select_related("locale"), pk=pk)
    source = source.source
    page = _translation(source, tag)
    _require(request, source, page, tag)
    found = _compare(source, page)
    if request.method != "POST":
        return _answer(request, source, page, tag, found, _form(source, page, tag, found))
    form = SideBySideForm(found, tag, request.POST)
    if not form.is_valid():
        return _answer(request, source, page, tag, found, form)
    seen = Seen(form.cleaned_data["revision"], form.cleaned_data["source"])
    try:
        with transaction.atomic():
            CampaignPage.objects.select_for_update(of=("self",)).get(pk=source.pk)
            page = _translation(source, tag)
            if page is None:
                page = source.copy_for_translation(Locale.objects.get(language_code=tag))
                seen = Seen(page.latest_revision_id, seen.source)
            translate_page(request.user, page, seen, _work(request, form, found))  # type: ignore[arg-type]
    except (Stale, SourceChanged) as problem:
        return _conflict(request, source, tag, form, problem)
    messages.success(request, _("The translation is saved as a draft."))
    last = request.POST.get(MARK, "")
    return redirect(
        f"{request.path}#part-{last}" if last in {one.source.key for one in found} else request.path
    )


def _translation(source: CampaignPage, tag: str) -> CampaignPage | None:
    pages = CampaignPage.objects.filter(translation_key=source.translation_key, locale__language_code=tag)
    return pages.select_related("locale", "latest_revision").first()


def _require(request: HttpRequest, source: CampaignPage, page: CampaignPage | None, tag: str) -> None:
    """Raises Http404 where the person may not translate it into this language."""
    if page is not None:
        allowed = may_translate(request.user, page)  # type: ignore[arg-type]
    else:
        keys = CampaignPage.objects.filter(translation_key=source.translation_key)
        made = tag == LATIN and keys.filter(locale__language_code=CYRILLIC).exists()
        has_home = HomePage.objects.filter(locale__language_code=tag).exists()
        allowed = has_home and not made and may_publish(request.user, source.country_id)
    if not allowed or not has_role(request.user, Role.PUBLISHER):
        raise Http404


def _compare(source: CampaignPage, page: CampaignPage | None) -> list[Comparison]:
    return page.comparisons() if page else compare(parts_of(source.source_content), {}, {})


def _form(
    source: CampaignPage, page: CampaignPage | None, tag: str, found: list[Comparison]
) -> SideBySideForm:
    seen = seen_of(page or source)
    start = {"revision": seen.revision if page else None, "source": seen.source}
    return SideBySideForm(found, tag, initial=start)


def _work(request: HttpRequest, form: SideBySideForm, found: list[Comparison]) -> Work:
    keys = {one.source.key for one in found}
    mark = request.POST.get(MARK, "")
    return Work(
        texts=form.texts,
        done=keys if mark == ALL else {mark} & keys,
        machine={*request.POST.getlist(MACHINE)} & keys,
        reviewed={*request.POST.getlist(READ)} & keys,
    )


def _conflict(
    request: HttpRequest, source: CampaignPage, tag: str, form: SideBySideForm, problem: Exception
) -> HttpResponse:
    """The form again, with what was typed, and beside it what somebody else has saved meanwhile."""
    page = _translation(source, tag)
    found = _compare(source, page)
    if isinstance(problem, Stale):
        text = _(
            "Somebody else has saved this translation. Their text is below yours. Save again to keep yours."
        )
    else:
        text = _("The source changed while you worked. Check the marked parts, then save again.")
    messages.error(request, text)
    seen = seen_of(page or source)
    data = request.POST.copy()
    data["revision"], data["source"] = str(seen.revision or ""), seen.source
    again = SideBySideForm(found, tag, data)
    again.is_valid()
    return _answer(request, source, page, tag, found, again, typed=form.texts)


def _answer(
    request: HttpRequest,
    source: CampaignPage,
    page: CampaignPage | None,
    tag: str,
    found: list[Comparison],
    form: SideBySideForm,
    typed: Mapping[str, Mapping[str, str]] | None = None,
) -> HttpResponse:
    machine = {*request.POST.getlist(MACHINE)} if request.method == "POST" else None
    context = {
        "source": source,
        "page": page,
        "form": form,
        "rows": [row_of(one, form, typed or {}, machine) for one in found],
        "language": native_name(tag),
        "source_language": native_name(source.tag),
        "source_lang": html_lang(source.tag),
        "source_dir": direction(source.tag),
        "lang": html_lang(tag),
        "dir": direction(tag),
        "edit": edit_url(page) if page else "",
        "open": sum(one.state != State.CURRENT for one in found),
    }
    return render(request, "public/admin/side_by_side.html", context)
