"""Check of ``verify_audit``: every live campaign is the version that the audit trail published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.verify import check, entries, last_entries
from public.actions.make_latin import is_latin_of_live
from public.models import CampaignPage
from public.models.campaign_changes import hash_of
from public.page_trail import differs


@check(
    public_campaignpage="situation lead art picture_id country_id body",
    wagtailcore_page="live live_revision_id title slug seo_title search_description expire_at",
)
def campaigns() -> Iterator[str]:
    """Confirmed by a second person with this hash; or brought along, with the hash of its publication. Pages
    of before the trail named any stay as they are until they are published again."""
    moved = last_entries("publish_page", "unpublish_page")
    first = min(_numbers(last_entries("create_page", "publish_page")), default=None)
    hashes = {
        (entry.thing, entry.detail.get("revision")): entry.detail["sha256"]
        for entry in entries("publish_page", "confirm_page", "restore_page")
        if "sha256" in entry.detail
    }
    for page in CampaignPage.objects.filter(live=True).select_related("live_revision").order_by("pk"):
        name, revision = f"campaignpage:{page.pk}", page.live_revision
        if page.alias_of_id is not None or is_latin_of_live(page):
            continue
        entry = moved.get(name)
        if entry is None and (first is None or page.pk < first):
            continue
        if entry is None or entry.verb == "unpublish_page" or revision is None:
            yield f"{name}: the trail does not publish it"
        elif entry.detail.get("revision") != revision.pk:
            yield f"{name}: the trail publishes another version"
        elif hashes.get((name, revision.pk), now := hash_of(revision)) != now:
            yield f"{name}: its version is not the one that was confirmed"
        else:
            version: CampaignPage = revision.as_object()
            version.clean_lines()
            if differs(version, page, but="live"):
                yield f"{name}: it is not as its version"


def _numbers(things: Iterable[str]) -> Iterator[int]:
    for kind, _colon, number in (thing.partition(":") for thing in things):
        if kind == "campaignpage" and number.isdecimal():
            yield int(number)
