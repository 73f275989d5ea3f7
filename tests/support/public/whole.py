"""The whole public site of the demonstration in a test's database, and the addresses of its pages."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from directory.demo import load_services
from documents.demo.markdown import read_markdown
from public.demo import load_campaigns, load_situations
from public.models import CampaignPage
from tests.support.factories import make_in_force, make_institution
from tests.support.public.fixtures import PUBLIC, make_countries

TEXTS = Path(__file__).parents[3] / "documents" / "demo" / "rs-sop" / "edition-1"
LINK = re.compile(r'<a\s[^>]*?href="(/en/[^"#]*)')
MOST = 400
EXTRA = {
    "not found": "/en/no-such-page/",
    "nothing found": "/en/library/search/?q=qqqqq&home=mk",
    "found": "/en/library/search/?q=child&home=rs",
    "no service": "/en/services/rs/?kind=none",
    "numbers of the country chosen": "/en/help/?in=mk",
    "first page, country chosen": "/en/?in=xk",
}


def load_whole() -> list[CampaignPage]:
    """Numbers, services, first pages, situations and campaigns in every language that has them; a document."""
    make_countries()
    load_campaigns()
    make_institution("mk-coordinator", "mk")
    load_services()
    load_situations()
    owner = make_institution("rs-coordinator", "rs")
    tree, *others = [
        read_markdown((TEXTS / f"{tag}.md").read_text("utf-8"), "rs-sop", tag) for tag in ("sr", "en")
    ]
    make_in_force(owner=owner, languages=["sr", "en"], tree=tree, translations=others)
    return list(CampaignPage.published())


def addresses() -> dict[str, str]:
    """An English page of each kind, as its links lead there: by the name of its view, twins by theirs."""
    reader = Client(headers={"host": PUBLIC})
    found, waiting, seen = dict(EXTRA), ["/en/", "/en/n/1/"], set[str]()
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        kind = _kind(path)
        if path in seen or kind in found:
            continue
        seen.add(path)
        answer = reader.get(path)
        is_page = answer.get("Content-Type", "").startswith("text/html") and not answer.get(
            "Content-Disposition"
        )
        if answer.status_code != 200 or not is_page:
            continue
        found[kind] = path
        waiting += LINK.findall(answer.content.decode())
    return found


def _kind(path: str) -> str:
    plain, _, query = path.partition("?")
    try:
        with translation.override("en"):
            match = resolve(plain, urlconf=settings.PUBLIC_URLCONF)
    except Resolver404:
        return path
    if match.view_name == "public:twin":
        number = match.kwargs["number"]
        return f"twin {number if number < 100 else 100 if number < 1_000_000 else 1_000_000}"
    if match.view_name == "public:campaign":
        return f"campaign {match.kwargs['slug']}"
    return f"{match.view_name}{' with a query' if query.partition('=')[0] not in ('', 'in', 'home') else ''}"
