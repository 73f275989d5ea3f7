"""The guides of docs/for-ROLE/LANGUAGE.md as help pages of the office, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from documents.translation.scripts import to_latin
from people.access import memberships
from people.roles import Role

FOLDER = settings.ROOT / "docs"
NAMES = ("reviewers", "drafters", "coordinators", "practitioners", "publishers")
FOR_ROLE = {
    Role.REVIEWER: "reviewers",
    Role.DRAFTER: "drafters",
    Role.TRANSLATOR: "drafters",
    Role.COORDINATOR: "coordinators",
    Role.PUBLISHER: "publishers",
}


@dataclass(frozen=True, slots=True)
class Guide:
    """``language``: of the text, as an address has it; English where a guide has no other."""

    name: str
    title: str
    body: SafeString
    language: str


@lru_cache(maxsize=64)
def load_guide(name: str, language: str) -> Guide | None:
    """A guide by its name and the language of the page; None where this installation lacks its file."""
    source = "sr-cyrl" if language == "sr-latn" else language
    for code in (source, "en"):
        path = FOLDER / f"for-{name}" / f"{code}.md"
        if path.is_file():
            break
    else:
        return None
    text = path.read_text("utf-8")
    if language == "sr-latn" and code == source:
        text = to_latin(text)
    title, _, rest = text.partition("\n")
    # The files are ours, and Markdown without HTML.
    body = mark_safe(MarkdownIt("commonmark", {"html": False}).render(rest))  # noqa: S308
    return Guide(name, title.removeprefix("# "), body, language if code == source else "en")


def help_index(request: HttpRequest) -> HttpResponse:
    """Leads to the guide of the reader's first role; to that for practitioners where they have none."""
    names = [FOR_ROLE[Role(m.role)] for m in memberships(request.user) if m.role in FOR_ROLE]
    return redirect("help", name=min(names, key=NAMES.index, default="practitioners"))


def help_page(request: HttpRequest, name: str) -> HttpResponse:
    """One guide, with the way to the others."""
    language = get_language() or "en"
    guides = [guide for one in NAMES if (guide := load_guide(one, language))]
    guide = next((one for one in guides if one.name == name), None)
    if guide is None:
        raise Http404
    return render(request, "config/help.html", {"guide": guide, "guides": guides})
