"""What the public site needs before the first page: languages, a home page, its host."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from public import addresses
from public.models import HomePage

ROOT = "Kodeks"


def set_up_site() -> None:
    """Makes what is not there and keeps what is; the host follows the settings. Run after each migration."""
    with transaction.atomic():
        for tag, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            Locale.objects.get_or_create(language_code=tag)
        if not Collection.objects.exists():
            Collection.add_root(name=ROOT)
        # One title for editors of all languages, in place of Wagtail's English word.
        Page.objects.filter(depth=1).update(title=ROOT, draft_title=ROOT)
        Collection.objects.filter(depth=1).update(name=ROOT)
        home = HomePage.objects.filter(locale=_default_locale()).first() or _first_page()
        host, port = addresses.host_and_port()
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": host, "port": port, "root_page": home, "site_name": "Kodeks"},
        )


def first_page_in(tag: str, title: str, lead: str = "") -> HomePage:
    """The first page in a language; made, and published, where there is none yet."""
    locale = Locale.objects.get(language_code=tag)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        original = HomePage.objects.get(locale=_default_locale())
        home = original.copy_for_translation(locale)
        home.title, home.lead = title, lead
        home.save_revision().publish()
    return home


def _default_locale() -> Locale:
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE)


def _first_page() -> HomePage:
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        title=ROOT, slug="root", locale=_default_locale()
    )
    for page in Page.objects.child_of(root):
        # Wagtail's migrations leave a page that welcomes to Wagtail.
        if type(page.specific) is Page:
            page.delete()
    root.refresh_from_db()
    home = HomePage(title="Help and information", slug="home", locale=_default_locale())
    root.add_child(instance=home)
    home.save_revision().publish()
    return home
