"""Small pieces of a comparison's HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from documents.comparison.summary import NAMES, Fact
from documents.text import shortened

Json = dict[str, Any]


def lone_paragraph(nodes: Sequence[Json]) -> bool:
    """Whether there is one plain paragraph, which needs no paragraph of its own in an item or a cell."""
    return (
        len(nodes) == 1 and nodes[0]["type"] == "paragraph" and not (nodes[0].get("attrs") or {}).get("style")
    )


def in_item(inner: str, side: str, label: str) -> str:
    """What is in an item, behind its label; ``side`` turns its words alone, the label is on the list's
    side."""
    if label:
        return f'<span class="li-no">{label}</span><div{side}>{inner}</div>'
    return f"<div{side}>{inner}</div>" if side else inner


def own_labels(items: Sequence[Json]) -> bool:
    return any((item.get("attrs") or {}).get("label") for item in items)


def paragraph_class(attrs: Json) -> str:
    style = attrs.get("style")
    return f' class="p-{escape(str(style))}"' if style else ""


def around(
    kind: str,
    attrs: Json,
    inner: str,
    side: str = "",
    *,
    cell_class: str = "",
    table: str = "",
    mark: str = "",
) -> str:
    """The element of a block around its content. ``table`` is the word for one, ``mark`` the mark of an item
    or a row."""
    if kind == "list":
        return _list(attrs, inner, side)
    if kind == "cell":
        return _cell(attrs, inner, side, cell_class)
    if kind == "table":
        return (
            f'<div class="tablewrap" role="group" tabindex="0" aria-label="{escape(table)}"{side}>'
            f'<table class="tbl"><tbody>{inner}</tbody></table></div>'
        )
    if kind == "callout":
        css = "note note-warn" if attrs.get("tone") == "warn" else "note"
        return f'<div class="{css}"{side}>{inner}</div>'
    tag = {"item": "li", "row": "tr"}.get(kind, "")
    return f"<{tag}{mark}>{inner}</{tag}>" if tag else f"<div>{inner}</div>"


def _list(attrs: Json, inner: str, side: str) -> str:
    tag = "ol" if attrs.get("ordered") else "ul"
    # The document's own numbers ("а)", "(iv)") are shown as they are.
    own = ' class="own" role="list"' if attrs.get("own") else ""
    start = f' start="{int(attrs["start"])}"' if tag == "ol" and attrs.get("start") else ""
    return f"<{tag}{own}{start}{side}>{inner}</{tag}>"


def _cell(attrs: Json, inner: str, side: str, css: str) -> str:
    tag = "th" if attrs.get("header") else "td"
    spans = "".join(f' {name}="{int(attrs[name])}"' for name in ("colspan", "rowspan") if attrs.get(name))
    css = f' class="{css}"' if css else ""
    return f"<{tag}{spans}{css}{side}>{inner}</{tag}>"


def around_step(texts: Mapping[str, str], names: Mapping[str, str], inner: str, side: str) -> str:
    """A step: what, who, by when, then its text. The three are already HTML."""
    title = f'<p class="step-title"><strong>{texts["title"]}</strong></p>' if texts.get("title") else ""
    named = "".join(
        f"<div><dt>{escape(names[name])}:</dt><dd>{texts[name]}</dd></div>"
        for name in ("who", "limit")
        if texts.get(name)
    )
    facts = f'<dl class="who">{named}</dl>' if named else ""
    return f'<div class="stp"{side}>{title}{facts}{inner}</div>'


def isolated(words: str, lang: str = "") -> str:
    """Words of the page within a text, or of a text within a sentence of the page. They keep their own
    direction, and the language ``lang``."""
    tongue = f' lang="{escape(lang)}"' if lang else ""
    return f"<bdi{tongue}>{escape(words)}</bdi>"


def quoted(words: str) -> str:
    """A text's words within a sentence of the page. Of a clause the title can be its whole text, so it is
    shortened."""
    return isolated(shortened(words))


def words_of(fact: Fact) -> tuple[str, str]:
    """What a fact says of the old and the new text: names of sections shortened, limits, dates and persons
    whole."""
    quote = quoted if fact.kind in NAMES else isolated
    return quote(fact.old), quote(fact.new)


def left_place(kind: str, node: Json, label: str) -> str:
    """The placeholder at the old place of a moved block; ``label`` is already HTML."""
    if kind == "item":
        return f'<li class="was-here">{label}</li>'
    if kind == "row":
        cells = node.get("content") or [{}]
        columns = sum(int((cell.get("attrs") or {}).get("colspan") or 1) for cell in cells)
        return f'<tr class="was-here"><td colspan="{columns}">{label}</td></tr>'
    return f'<p class="was-here">{label}</p>'
