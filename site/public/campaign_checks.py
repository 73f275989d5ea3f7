"""Check of ``verify_audit``: every live campaign is the version that the audit trail published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.models import Page

from audit.models import Entry
from audit.verify import check, entries, last_entries
from public.actions.make_latin import is_latin_of_live
from public.models import CampaignPage
from public.models.confirmed_versions import hash_of
from public.page_trail import differs


@check(
    public_campaignpage="situation lead art picture_id country_id body",
    wagtailcore_page="live live_revision_id title slug seo_title search_description expire_at alias_of_id",
    added="public_campaignpage wagtailcore_page",
)
def campaigns() -> Iterator[str]:
    """Confirmed by a second person with this hash; or brought along, with the hash of its publication. Pages
    of before the trail named any stay as they are until they are published again."""
    moved = last_entries("publish_page", "unpublish_page")
    known = last_entries("create_page", "publish_page")
    first = min(_numbers(known), default=None)
    hashes = {
        (entry.thing, entry.detail.get("revision")): entry.detail["sha256"]
        for entry in entries("publish_page", "confirm_page", "restore_page")
        if "sha256" in entry.detail
    }
    live = CampaignPage.objects.filter(live=True).select_related("live_revision").in_bulk()
    for pk, page in sorted(live.items()):
        name = f"campaignpage:{pk}"
        entry, is_new = moved.get(name), first is not None and pk >= first
        if page.alias_of_id is not None:
            if (is_new and name not in known) or _is_no_copy(page, live.get(page.alias_of_id), entry):
                yield f"{name}: it is no copy of the page that it says, or the trail does not tell of it"
        elif not is_latin_of_live(page) and (entry or is_new):
            yield from (f"{name}: {problem}" for problem in _problems(page, entry, hashes))
    for pk in CampaignPage.objects.filter(live=False).order_by("pk").values_list("pk", flat=True):
        entry = moved.get(f"campaignpage:{pk}")
        if entry is not None and entry.verb == "publish_page":
            yield f"campaignpage:{pk}: the trail publishes it, and it is not on the site"


def _is_no_copy(page: CampaignPage, source: CampaignPage | None, entry: Entry | None) -> bool:
    """Of Wagtail's alias, which an older Kodeks could make: it is as its source, which is none itself, and
    has no version of its own."""
    own = entry is not None and entry.detail.get("revision")
    return bool(own) or source is None or source.alias_of_id is not None or differs(source, page, but="slug")


def _problems(page: CampaignPage, entry: Entry | None, hashes: dict[Any, str]) -> Iterator[str]:
    name, revision = f"campaignpage:{page.pk}", page.live_revision
    if entry is None or entry.verb == "unpublish_page" or revision is None:
        yield "the trail does not publish it"
    elif entry.detail.get("revision") != revision.pk:
        yield "the trail publishes another version"
    elif hashes.get((name, revision.pk), now := hash_of(revision)) != now:
        yield "its version is not the one that was confirmed"
    else:
        try:
            version: CampaignPage = revision.as_object()
        except Page.DoesNotExist:
            yield "it stands outside of the tree of pages"
            return
        version.clean_lines()
        if differs(version, page, but="live"):
            yield "it is not as its version"


def _numbers(things: Iterable[str]) -> Iterator[int]:
    for kind, _colon, number in (thing.partition(":") for thing in things):
        if kind == "campaignpage" and number.isdecimal():
            yield int(number)
