"""The guides of docs/for-ROLE/LANGUAGE.md as help pages of the office, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt

from documents.translation.scripts import to_latin
from people.access import memberships
from people.hints import dismiss, is_dismissed
from people.requests import OfficeRequest
from people.roles import Role

FOLDER = settings.ROOT / "docs"
NAMES = ("reviewers", "drafters", "coordinators", "practitioners", "publishers", "operators")
FOR_ROLE = {
    Role.REVIEWER: "reviewers",
    Role.DRAFTER: "drafters",
    Role.TRANSLATOR: "drafters",
    Role.COORDINATOR: "coordinators",
    Role.PUBLISHER: "publishers",
    Role.OPERATOR: "operators",
}


@dataclass(frozen=True, slots=True)
class Guide:
    """``language``: of the text, as an address has it; English where a guide has no other."""

    name: str
    title: str
    body: SafeString
    language: str


def load_guide(name: str, language: str) -> Guide | None:
    """A guide by its name and the language of the page; None where this installation lacks its file."""
    return load_page(f"for-{name}", language)


@lru_cache(maxsize=64)
def load_page(folder: str, language: str) -> Guide | None:
    """The page of a folder of docs/ in a language. Each heading can be linked to: #part-1, #part-2."""
    source = "sr-cyrl" if language == "sr-latn" else language
    for code in (source, "en"):
        path = FOLDER / folder / f"{code}.md"
        if path.is_file():
            break
    else:
        return None
    text = path.read_text("utf-8")
    if language == "sr-latn" and code == source:
        text = to_latin(text)
    title, _, rest = text.partition("\n")
    # The files are ours, and Markdown without HTML.
    body = mark_safe(_render(rest))  # noqa: S308
    name = folder.removeprefix("for-")
    return Guide(name, title.removeprefix("# "), body, language if code == source else "en")


def _render(text: str) -> str:
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(text)
    headings = [token for token in tokens if token.type == "heading_open" and token.tag == "h2"]
    for number, token in enumerate(headings, 1):
        token.attrSet("id", f"part-{number}")
    rendered: str = markdown.renderer.render(tokens, markdown.options, {})
    return rendered


def help_index(request: HttpRequest) -> HttpResponse:
    """Leads to the guide of the reader's first role; to that for practitioners where they have none."""
    names = [FOR_ROLE[Role(m.role)] for m in memberships(request.user) if m.role in FOR_ROLE]
    return redirect("help", name=min(names, key=NAMES.index, default="practitioners"))


def help_page(request: OfficeRequest, name: str) -> HttpResponse:
    """One guide, with the way to the others; or what is new, which counts as read then."""
    language = get_language() or "en"
    guides = [guide for one in NAMES if (guide := load_guide(one, language))]
    news = load_page(NEWS, language)
    guide = next((one for one in [*guides, news] if one and one.name == name), None)
    if guide is None:
        raise Http404
    if guide is news:
        dismiss(request.user, news_key())
    return render(request, "config/help.html", {"guide": guide, "guides": guides, "news": news})


NEWS = "whats-new"


@lru_cache(maxsize=1)
def news_key() -> str:
    """Names the newest release that the page tells of: its first heading in English."""
    page = FOLDER / NEWS / "en.md"
    lines = page.read_text("utf-8").splitlines() if page.is_file() else []
    return "news:" + next((line.removeprefix("## ") for line in lines if line.startswith("## ")), "")


def news_label(request: HttpRequest) -> str:
    """*What is new*, with a mark until the person has read it."""
    label = gettext("What is new")
    return label if is_dismissed(request.user, news_key()) else f"{label} ●"
