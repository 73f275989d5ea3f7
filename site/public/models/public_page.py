"""What every page of the public site has: its address on the public host, and links to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from public import addresses
from public.languages import native_name
from public.permissions import OwnPages
from theme.locales import direction, html_lang

RESERVED = frozenset(
    {
        *("about", "accessibility", "admin", "before", "data", "erase", "feeds", "files", "glossary", "help"),
        *("library", "m", "materials", "n", "pictures", "privacy", "search", "services", "signs", "static"),
    }
)
"""Second parts of public addresses that are no campaign's."""


@dataclass(frozen=True)
class Link:
    """An address in some language, with what HTML needs to know of it."""

    text: str
    url: str
    html_lang: str
    direction: str
    language_name: str = ""
    current: bool = False


def language_link(tag: str, wanted: str, name: str, *args: str) -> Link:
    """To the same page in another language, which is named in itself."""
    path = addresses.path_of(name, tag, *args)
    return Link(native_name(tag), path, html_lang(tag), direction(tag), "", tag == wanted)


class DraftCopyForm(CopyForm):
    """A copy begins as a draft: a second person confirms what goes live."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


class PublicPage(Page):
    """A page whose address is one of the public host's, wherever it is asked for."""

    copy_form_class = DraftCopyForm

    class Meta:
        abstract = True

    @property
    def tag(self) -> str:
        """The language of the page as it stands in its address."""
        return self.locale.language_code

    @property
    def public_path(self) -> str:
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = self._get_relevant_site_root_paths(request)
        return (parts[0].site_id, settings.PUBLIC_BASE_URL, self.public_path) if parts else None

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str | None:
        """Always with the host: the admin shows these addresses on another one."""
        return self.get_full_url(request)

    url = property(get_url)

    def may_change(self, user: Any) -> bool:
        raise NotImplementedError

    def permissions_for_user(self, user: Any) -> OwnPages:
        return OwnPages(user, self)
