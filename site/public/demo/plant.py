"""Puts whole campaigns on the site, published as by an editor, in few queries.

Every language gets the same ids of blocks, so that each translation knows its source. All but the first
language are marked as machine-assisted and not reviewed: no native speaker has read them yet, and the page
says so to its readers.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.blocks import Block, ListBlock, StructBlock
from wagtail.log_actions import log
from wagtail.models import Locale, Page, ReferenceIndex, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from public.blocks import BODY
from public.models import BlockTranslation, CampaignPage, HomePage
from public.translation.parts import content_of, parts_of
from public.translation.states import Origin

NAMES = uuid.UUID("5b0f1c0e-6a3e-4f0b-9a55-7d8a4a6f5b01")
"""The ids of blocks are made from it, the same at every loading."""


@dataclass(frozen=True)
class Planned:
    """A campaign. ``contents``: by language, the source first; ``fields``: the same in all."""

    slug: str
    contents: Mapping[str, Mapping[str, Any]]
    fields: Mapping[str, Any]


def plant(planned: Sequence[Planned]) -> list[CampaignPage]:
    """All of these pages; those that were there stay as they are."""
    locales = {one.language_code: one for one in Locale.objects.all()}
    homes = {home.locale_id: home for home in HomePage.objects.all()}
    there = {(page.slug, page.tag): page for page in CampaignPage.objects.select_related("locale")}
    made: list[tuple[CampaignPage, Mapping[str, Any]]] = []
    with disable_reference_index_auto_update():
        for one in planned:
            keys = [page.translation_key for (slug, _tag), page in there.items() if slug == one.slug]
            key = keys[0] if keys else uuid.uuid4()
            for tag, content in one.contents.items():
                if (one.slug, tag) in there:
                    continue
                page = _add(one, content, key, locales[tag], homes[locales[tag].pk])
                there[one.slug, tag] = page
                made.append((page, content))
        sources = {slug: page.pk for (slug, tag), page in there.items() if tag == "en"}
        for page, content in made:
            raw = [
                _block(f"{page.slug}/{number}", kind, value, sources)
                for number, (kind, value) in enumerate(content["body"])
            ]
            page.body = BODY.to_python(raw)
        pages = [page for page, _content in made]
        CampaignPage.objects.bulk_update(pages, ["body"])
        _mark(pages, there)
        _publish(pages)
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
    return [there[one.slug, tag] for one in planned for tag in one.contents]


def _add(
    one: Planned, content: Mapping[str, Any], key: uuid.UUID, locale: Locale, home: HomePage
) -> CampaignPage:
    texts = {name: content[name] for name in ("title", "lead", "search_description")}
    texts["phrases"] = content.get("phrases", "")
    page = CampaignPage(slug=one.slug, locale=locale, translation_key=key, **texts, **one.fields)
    page.draft_title, page.last_published_at = page.title, timezone.now()
    page.first_published_at = page.last_published_at
    home.add_child(instance=page)
    return page


def _publish(pages: Sequence[CampaignPage]) -> None:
    """A revision of each, which is live, and its entry in the trail."""
    if not pages:
        return
    base, own = (ContentType.objects.get_for_model(model) for model in (Page, CampaignPage))
    revisions = Revision.objects.bulk_create(
        Revision(
            base_content_type=base,
            content_type=own,
            object_id=str(page.pk),
            created_at=timezone.now(),
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
        page.latest_revision_created_at = revision.created_at
    Page.objects.bulk_update(pages, ["latest_revision", "live_revision", "latest_revision_created_at"])
    for page in pages:
        log(instance=page, action="wagtail.publish", revision=page.live_revision)


def _mark(pages: Sequence[CampaignPage], there: Mapping[tuple[str, str], CampaignPage]) -> None:
    sources = {slug: parts_of(content_of(page)) for (slug, tag), page in there.items() if tag == "en"}
    BlockTranslation.objects.bulk_create(
        BlockTranslation.of(page, part, origin=Origin.MACHINE)
        for page in pages
        if page.tag != "en"
        for part in sources.get(page.slug, {}).values()
        if part.filled
    )


def _block(name: str, kind: str, value: Mapping[str, Any], sources: Mapping[str, int]) -> dict[str, Any]:
    if kind == "related":
        value = {**value, "pages": [sources[one] for one in value["pages"] if one in sources]}
    raw = _raw(BODY.child_blocks[kind], value, name)
    return {"type": kind, "value": raw, "id": str(uuid.uuid5(NAMES, name))}


def _raw(block: Block, value: Any, name: str) -> Any:
    """As the database holds it: with an id for each item of a list."""
    if isinstance(block, StructBlock):
        return {
            field: _raw(child, value[field], f"{name}/{field}")
            for field, child in block.child_blocks.items()
            if field in value
        }
    if isinstance(block, ListBlock):
        return [
            {
                "type": "item",
                "value": _raw(block.child_block, item, f"{name}/{at}"),
                "id": str(uuid.uuid5(NAMES, f"{name}/{at}")),
            }
            for at, item in enumerate(value)
        ]
    return value.strip() if isinstance(value, str) else value
