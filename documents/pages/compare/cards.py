"""The change cards: each section that changed, ready for a template. Used by the comparison page and by rooms
above.

``cards(comparison, language)`` gives them; ``documents/parts/change_card.html`` draws one, given as ``card``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.comparison import Comparison, Kind, NodeChange, SectionChange
from documents.comparison.render.blocks import folds, heading_html, inline_html, title_html
from documents.comparison.render.elements import quoted
from documents.comparison.render.inlines import Numbering
from documents.comparison.render.side_by_side import PairOfHtml, side_html
from documents.comparison.render.strings import Strings, places_in
from documents.pages.compare.labels import KindLook, kind_look, strings, summary_html
from theme import locales


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of two columns; an empty side had no text."""

    old: SafeString | None
    new: SafeString | None
    same: bool = False
    """Whether both say the same: where one column is under the other, it is read once."""
    folded: tuple[Pair, ...] = ()
    """The rows of a long run of equal text, which this row replaces. ``say`` counts them."""
    say: str = ""
    say_lang: str = ""


@dataclass(frozen=True)
class Card:
    """A section that changed, the mark of a move, or a section that is the same (folded).

    ``role`` is change, stub or same. ``whole`` is new or gone where the body is all of that kind. ``first``
    and ``last`` number the changes within. All HTML in it is safe.
    """

    role: str
    anchor: str
    uid: str
    change: SectionChange
    look: KindLook
    label: str
    heading: SafeString
    title: str
    say: str
    lang: str
    direction: str
    old_name: str
    new_name: str
    old_label: str = ""
    body: SafeString = mark_safe("")  # noqa: RUF009 - a constant
    pairs: tuple[Pair, ...] = ()
    whole: str = ""
    first: int = 0
    last: int = 0
    stub_anchor: str = ""
    next_anchor: str = ""
    next_title: str = ""

    @property
    def moved(self) -> bool:
        return self.change.moved


def anchor_of(uid: str) -> str:
    """Where on the page a section is."""
    return f"s-{uid}"


def cards(
    comparison: Comparison,
    language: str,
    *,
    side: bool = False,
    unchanged: bool = False,
    old_name: str = "",
    new_name: str = "",
    image_url: Callable[[str], str] | None = None,
    only: frozenset[str] | None = None,
    fold: bool = True,
) -> list[Card]:
    """The cards of a comparison, in reading order, with a mark at the place that a moved section left.

    ``language`` is the language tag of the texts. ``side`` draws two columns. ``unchanged`` adds the sections
    that are the same, with their text. ``only`` selects the sections with these uids. Long runs of unchanged
    paragraphs are folded unless ``unchanged`` is set or ``fold`` is false. It is false where two languages
    are shown paragraph by paragraph.
    """
    old_name, new_name = old_name or _("Before"), new_name or _("After")
    words = replace(strings(old_name, new_name, image_url), places=places_in(comparison))
    numbering = Numbering()
    made: list[Card] = []
    for entry in comparison.entries:
        change = entry.change
        if only is not None and change.uid not in only:
            continue
        if entry.stub:
            made.append(_stub(change, language, old_name, new_name))
        elif change.worth_showing:
            made.append(_card(change, language, words, numbering, side=side, fold=fold and not unchanged))
        elif unchanged:
            made.append(_same(change, language, words))
    steps = [card for card in made if card.role == "change"]
    following = {card.anchor: after for card, after in pairwise(steps)}
    return [_linked(card, following.get(card.anchor)) for card in made]


def _linked(card: Card, after: Card | None) -> Card:
    if card.role != "change" or after is None:
        return card
    title = f"{after.label} {after.title}".strip()
    return replace(card, next_anchor=after.anchor, next_title=title)


def _card(
    change: SectionChange, language: str, words: Strings, numbering: Numbering, *, side: bool, fold: bool
) -> Card:
    before = numbering.last
    heading = heading_html(change, strings=words, numbering=numbering)
    body = ""
    pairs: tuple[Pair, ...] = ()
    if side:
        pairs = tuple(_pair(row) for row in side_html(change, words, numbering))
        pairs = _folded(pairs, words) if fold else pairs
    else:
        body = inline_html(change, words, numbering, fold=fold)
    if numbering.last == before:
        numbering.last += 1
    return Card(
        role="change",
        anchor=anchor_of(change.uid),
        uid=change.uid,
        change=change,
        look=kind_look(change),
        label=change.label,
        heading=_safe(heading),
        title=change.title,
        say=summary_html(change),
        lang=locales.html_lang(language),
        direction=locales.direction(language),
        old_name=words.old,
        new_name=words.new,
        old_label=_safe(quoted(change.old.text.label)) if change.old and change.old.text.label else "",
        body=_safe(body),
        pairs=pairs,
        whole=_whole(change),
        first=before + 1,
        last=numbering.last,
        stub_anchor=f"was-{change.uid}" if change.moved else "",
    )


def _whole(change: SectionChange) -> str:
    if change.split_from or change.joined_into:
        return ""
    return {Kind.NEW: "new", Kind.REMOVED: "gone"}.get(change.kind, "")


def _stub(change: SectionChange, language: str, old_name: str, new_name: str) -> Card:
    old = change.old
    now = change.label or change.title
    return Card(
        role="stub",
        anchor=f"was-{change.uid}",
        uid=change.uid,
        change=change,
        look=KindLook("mov", "move", _safe(_("Moved to %(place)s") % {"place": quoted(now)})),
        label=old.text.label if old else "",
        heading=_safe(heading_html(change, view="old") if change.heading else heading_html(change)),
        title=old.text.heading if old else change.title,
        say="",
        lang=locales.html_lang(language),
        direction=locales.direction(language),
        old_name=old_name,
        new_name=new_name,
    )


def _same(change: SectionChange, language: str, words: Strings) -> Card:
    renumbered = change.kind is Kind.RENUMBERED and change.old is not None
    return Card(
        role="same",
        anchor=anchor_of(change.uid),
        uid=change.uid,
        change=change,
        look=kind_look(change),
        label=change.label,
        heading=_safe(heading_html(change, strings=words)),
        title=change.title,
        say=_safe(_("only the number changed (was %(old)s)") % {"old": quoted(change.old.text.label)})
        if renumbered and change.old and change.old.text.label
        else _("unchanged"),
        lang=locales.html_lang(language),
        direction=locales.direction(language),
        old_name=words.old,
        new_name=words.new,
        body=_safe(_whole_text(change, words)),
    )


def _whole_text(change: SectionChange, words: Strings) -> str:
    """The text of a section that did not change."""

    body = change.section.text.body
    nodes = tuple(NodeChange("same", block["type"], block, block) for block in body.get("blocks") or [])
    plain = SectionChange(Kind.SAME, change.old, change.new, blocks=nodes)
    return inline_html(plain, words)


def _pair(row: PairOfHtml) -> Pair:
    return Pair(
        None if row.old is None else _safe(row.old),
        None if row.new is None else _safe(row.new),
        same=not row.changed,
    )


def _folded(pairs: tuple[Pair, ...], words: Strings) -> tuple[Pair, ...]:
    """The rows, with one in place of each long run of what is the same."""
    made: list[Pair] = []
    done = 0
    for run in folds([pair.same for pair in pairs]):
        inside = pairs[run.start : run.stop]
        made += [
            *pairs[done : run.start],
            Pair(None, None, folded=inside, say=words.unchanged(len(inside)), say_lang=words.lang),
        ]
        done = run.stop
    return (*made, *pairs[done:])


def title_change(comparison: Comparison) -> SafeString:
    """The document's title with what changes in it marked; empty where nothing does."""
    return _safe(title_html(comparison))


def _safe(html: str) -> SafeString:
    """HTML of documents.comparison.render.blocks, which has escaped everything that comes from a text."""
    return mark_safe(html)  # noqa: S308
