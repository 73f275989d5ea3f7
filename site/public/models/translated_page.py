"""Pages whose translations know which text of the source they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.utils.translation import gettext as _

from public.languages import CYRILLIC, LATIN
from public.models.block_translations import BlockTranslation
from public.models.public_page import PublicPage
from public.translation.parts import content_of, content_of_revision, parts_of
from public.translation.states import Comparison, Origin, State, compare, untranslated


class TranslatedPage(PublicPage):
    """Has the fields of public.translation.parts.TOP and a ``body``."""

    class Meta:
        abstract = True

    @property
    def source(self) -> Self:
        """The page that the translations of a campaign were made from: the oldest of its group."""
        pages = type(self)._default_manager.filter(translation_key=self.translation_key, alias_of=None)
        return pages.select_related("locale").order_by("pk").first() or self

    @property
    def is_made(self) -> bool:
        """Serbian in Latin is made from the page in Cyrillic (public.latin), and never edited."""
        cyrillic = type(self)._default_manager.filter(translation_key=self.translation_key)
        return self.tag == LATIN and cyrillic.filter(locale__language_code=CYRILLIC).exists()

    @property
    def draft_content(self) -> dict[str, Any]:
        """As it was written last, published or not."""
        revision = self.latest_revision
        return content_of_revision(revision.content) if revision else content_of(self)

    @property
    def source_content(self) -> dict[str, Any]:
        """What translations are made from: what readers see, or the draft of a page that none sees."""
        return content_of(self) if self.live else self.draft_content

    def comparisons(self, content: Mapping[str, Any] | None = None) -> list[Comparison]:
        """Each part of the source with this page's, as the draft has it; empty for a source."""
        source = self.source
        if source.pk == self.pk or self.alias_of_id:
            return []
        rows = {row.block: row for row in BlockTranslation.objects.filter(page=self.pk)}
        own = self.draft_content if content is None else content
        return compare(parts_of(source.source_content), parts_of(own), rows)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """A part that is written for the first time, with no text of the source left, is translated."""
        before = parts_of(self.draft_content) if self.pk else {}
        revision = super().save_revision(*args, **kwargs)
        BlockTranslation.objects.bulk_create(
            BlockTranslation.of(self, one.source, by=revision.user)
            for one in self.comparisons(content_of(self))
            if one.row is None
            and one.state == State.STALE
            and one.own
            and ((known := before.get(one.source.key)) is None or known.filled != one.own.filled)
        )
        return revision

    def why_not_translated(self, content: Mapping[str, Any]) -> str:
        """Which parts of ``content`` still speak the language of the source."""
        names = [str(part.label) for part in untranslated(self.comparisons(content))]
        if not names:
            return ""
        return _("Not translated yet: %(parts)s. Choose Translate next to the source to finish.") % {
            "parts": ", ".join(dict.fromkeys(names))
        }

    @property
    def is_unreviewed(self) -> bool:
        """Whether a machine helped to translate it and nobody has checked it."""
        rows = BlockTranslation.objects.filter(page=self.pk, origin=Origin.MACHINE)
        return rows.filter(reviewed=None).exists()
