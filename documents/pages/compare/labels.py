"""The sentences of a comparison in the language of the page. They are the kinds of change, and the sentence
of a card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext, ngettext_lazy, pgettext
from django.utils.translation import gettext as _

from documents.comparison import Kind, SectionChange
from documents.comparison.render.elements import isolated, words_of
from documents.comparison.render.strings import Strings
from documents.comparison.summary import Fact, FactKind, summarise
from theme import locales


@dataclass(frozen=True, slots=True)
class KindLook:
    """A kind of change: the class that colours it, its shape, its word."""

    css: str
    icon: str
    word: str


def kind_look(change: SectionChange) -> KindLook:
    """How the kind of a change is shown."""
    if change.split_from:
        return KindLook("mov", "move", pgettext("a section", "Split"))
    if change.joined_into:
        return KindLook("mov", "move", pgettext("a section", "Merged"))
    if change.kind is Kind.NEW:
        return KindLook("add", "plus", pgettext("a section", "New"))
    if change.kind is Kind.REMOVED:
        return KindLook("del", "minus", pgettext("a section", "Removed"))
    if change.moved:
        return KindLook("mov", "move", pgettext("a section", "Moved"))
    if change.kind is Kind.FORMAT_ONLY:
        return KindLook("fmt", "bold", pgettext("a section", "Formatting only"))
    if change.kind is Kind.RETITLED:
        return KindLook("chg", "changed", pgettext("a section", "Retitled"))
    if change.kind is Kind.RENUMBERED:
        return KindLook("fmt", "list", pgettext("a section", "Renumbered"))
    return KindLook("chg", "changed", pgettext("a section", "Changed"))


def marks() -> dict[str, str]:
    """The looks of words, as they are after "was" and "now"."""
    return {
        "bold": pgettext("look of words", "bold"),
        "italic": pgettext("look of words", "italic"),
        "underline": pgettext("look of words", "underlined"),
        "strike": pgettext("look of words", "struck through"),
        "superscript": pgettext("look of words", "superscript"),
        "subscript": pgettext("look of words", "subscript"),
        "link": pgettext("look of words", "a link"),
        "xref": pgettext("look of words", "a link"),
    }


def unchanged_paragraphs(count: int) -> str:
    """What the fold in a long section says."""
    return ngettext("%(n)d unchanged paragraph", "%(n)d unchanged paragraphs", count) % {"n": count}


def strings(old: str, new: str, image_url: Callable[[str], str] | None = None) -> Strings:
    """The words for a drawing. ``old`` and ``new`` name the two texts ("Edition 2")."""
    return Strings(
        was=_("was %(look)s") % {"look": "{mark}"},
        now=_("now %(look)s") % {"look": "{mark}"},
        link_was=_("the link was %(address)s") % {"address": "{target}"},
        link_now=_("the link is now %(address)s") % {"address": "{target}"},
        changed_look=_("changed: %(what)s") % {"what": "{field}"},
        moved_here=_("Moved here from another place in this section, unchanged."),
        moved_changed=_("Moved here from another place in this section."),
        moved_away=_("A passage from here was moved to another place in this section."),
        parted=_("A new paragraph begins here."),
        joined=_("A paragraph ended here."),
        taken=_("From another section, unchanged."),
        taken_changed=_("From another section, with changes."),
        given=_("A passage from here is now in another section."),
        nothing_before=_("no text before"),
        nothing_after=_("no text now"),
        image=_("Picture"),
        image_replaced=_("The picture was replaced."),
        table=_("Table"),
        note=_("Footnote %(number)s") % {"number": "{number}"},
        notes=_("Footnotes"),
        opaque=_("Unchanged from the Word file"),
        old=old,
        new=new,
        lang=locales.html_lang(get_language() or "en"),
        unchanged=unchanged_paragraphs,
        marks=marks(),
        fields={
            "title": pgettext("of a step", "Step"),
            "who": pgettext("of a step", "Who"),
            "limit": pgettext("of a step", "Time limit"),
            "alt": _("alternative text"),
            "style": _("paragraph style"),
            "ordered": _("list numbering"),
            "numbers": _("list numbering"),
            "tone": _("box type"),
            "header": _("table header"),
            "colspan": _("cell width"),
            "rowspan": _("cell height"),
            "sha256": _("Picture"),
            "kind": _("object type"),
        },
        image_url=image_url,
    )


def summary_html(change: SectionChange) -> SafeString:
    """The one sentence over a section: what changed in it, so that reading this alone would do. Words of the
    text are apart in it, so that Arabic ones leave what follows in its place."""
    texts = [words for fact in summarise(change) if (words := fact_html(fact, change))]
    if change.kind is Kind.FORMAT_ONLY:
        texts.insert(0, _("Same words."))
    return safe(" ".join(texts))


def fact_html(fact: Fact, change: SectionChange) -> str:
    """A fact as HTML: the words of the catalogues, and those of the text escaped."""
    kind = fact.kind
    if kind in (FactKind.LOOK_LOST, FactKind.LOOK_GOT):
        return _look(fact) if change.kind is Kind.FORMAT_ONLY else ""
    if kind is FactKind.RENUMBERED and not fact.old:
        return ""
    # A full stop that a number or a title ends with is that of the sentence.
    old, new = words_of(replace(fact, old=fact.old.removesuffix("."), new=fact.new.removesuffix(".")))
    if kind is FactKind.RESPONSIBLE_CHANGED:
        old, new = isolated(fact.old or "–"), isolated(fact.new or "–")
    values = {"n": fact.count, "old": old, "new": new}
    if kind in COUNTED:
        return str(COUNTED[kind] % values)
    if kind is FactKind.MOVED_FROM and not fact.old:
        return _("Moved from another place.")
    return str(OLD_AND_NEW[kind] % values) if kind in OLD_AND_NEW else ""


def _look(fact: Fact) -> str:
    if fact.kind is FactKind.LOOK_LOST:
        return _("Some words are no longer %(look)s.") % {"look": marks().get(fact.old, fact.old)}
    return _("Some words are now %(look)s.") % {"look": marks().get(fact.new, fact.new)}


OLD_AND_NEW = {
    FactKind.MOVED_FROM: gettext_lazy("Moved from %(old)s."),
    FactKind.SPLIT_FROM: gettext_lazy("Split from %(old)s."),
    FactKind.JOINED_INTO: gettext_lazy("Merged into %(new)s."),
    FactKind.SPLIT_INTO: gettext_lazy("Part of it is now %(new)s."),
    FactKind.JOINED_FROM: gettext_lazy("Merged with %(old)s."),
    FactKind.RETITLED: gettext_lazy("Previous title: %(old)s."),
    FactKind.RENUMBERED: gettext_lazy("Previous number: %(old)s."),
    FactKind.LIMIT_CHANGED: gettext_lazy("Time limit changed: before %(old)s, now %(new)s."),
    FactKind.FIGURE_CHANGED: gettext_lazy("Before %(old)s, now %(new)s."),
    FactKind.RESPONSIBLE_CHANGED: gettext_lazy("Responsibility changed: before %(old)s, now %(new)s."),
}
COUNTED = {
    FactKind.NEW: ngettext_lazy("New section, %(n)s word.", "New section, %(n)s words.", "n"),
    FactKind.REMOVED: ngettext_lazy("Removed section, %(n)s word.", "Removed section, %(n)s words.", "n"),
    FactKind.STEPS_ADDED: ngettext_lazy("%(n)s step added.", "%(n)s steps added.", "n"),
    FactKind.STEPS_REMOVED: ngettext_lazy("%(n)s step removed.", "%(n)s steps removed.", "n"),
    FactKind.TABLES_ADDED: ngettext_lazy("%(n)s table added.", "%(n)s tables added.", "n"),
    FactKind.TABLES_REMOVED: ngettext_lazy("%(n)s table removed.", "%(n)s tables removed.", "n"),
    FactKind.ITEMS_ADDED: ngettext_lazy("%(n)s list item added.", "%(n)s list items added.", "n"),
    FactKind.ITEMS_REMOVED: ngettext_lazy("%(n)s list item removed.", "%(n)s list items removed.", "n"),
    FactKind.LISTS_RENUMBERED: ngettext_lazy(
        "%(n)s list renumbered: before %(old)s, now %(new)s.",
        "%(n)s lists renumbered: before %(old)s, now %(new)s, and so on.",
        "n",
    ),
    FactKind.ROWS_ADDED: ngettext_lazy("%(n)s table row added.", "%(n)s table rows added.", "n"),
    FactKind.ROWS_REMOVED: ngettext_lazy("%(n)s table row removed.", "%(n)s table rows removed.", "n"),
    FactKind.COLUMNS_ADDED: ngettext_lazy("%(n)s table column added.", "%(n)s table columns added.", "n"),
    FactKind.COLUMNS_REMOVED: ngettext_lazy(
        "%(n)s table column removed.", "%(n)s table columns removed.", "n"
    ),
    FactKind.CELLS_CHANGED: ngettext_lazy("%(n)s table cell changed.", "%(n)s table cells changed.", "n"),
    FactKind.PARAGRAPHS_ADDED: ngettext_lazy("%(n)s paragraph added.", "%(n)s paragraphs added.", "n"),
    FactKind.PARAGRAPHS_REMOVED: ngettext_lazy("%(n)s paragraph removed.", "%(n)s paragraphs removed.", "n"),
    FactKind.PARAGRAPHS_PARTED: ngettext_lazy("%(n)s paragraph split.", "%(n)s paragraphs split.", "n"),
    FactKind.PARAGRAPHS_JOINED: ngettext_lazy(
        "Paragraphs merged in %(n)s place.", "Paragraphs merged in %(n)s places.", "n"
    ),
    FactKind.BLOCKS_MOVED: ngettext_lazy("%(n)s passage moved.", "%(n)s passages moved.", "n"),
    FactKind.NOTES_ADDED: ngettext_lazy("%(n)s footnote added.", "%(n)s footnotes added.", "n"),
    FactKind.NOTES_REMOVED: ngettext_lazy("%(n)s footnote removed.", "%(n)s footnotes removed.", "n"),
    FactKind.NOTES_CHANGED: ngettext_lazy("%(n)s footnote changed.", "%(n)s footnotes changed.", "n"),
    FactKind.IMAGES_ADDED: ngettext_lazy("%(n)s picture added.", "%(n)s pictures added.", "n"),
    FactKind.IMAGES_REMOVED: ngettext_lazy("%(n)s picture removed.", "%(n)s pictures removed.", "n"),
    FactKind.IMAGES_CHANGED: ngettext_lazy("%(n)s picture changed.", "%(n)s pictures changed.", "n"),
    FactKind.LINKS_ADDED: ngettext_lazy("%(n)s link added.", "%(n)s links added.", "n"),
    FactKind.LINKS_REMOVED: ngettext_lazy("%(n)s link removed.", "%(n)s links removed.", "n"),
    FactKind.LINKS_CHANGED: ngettext_lazy(
        "%(n)s link address changed.", "%(n)s link addresses changed.", "n"
    ),
    FactKind.WORDS_CHANGED: ngettext_lazy("%(n)s word changed.", "%(n)s words changed.", "n"),
}


def safe(html: str) -> SafeString:
    """A sentence in which the words of a text are escaped."""
    return mark_safe(html)  # noqa: S308 - escaped by ``isolated``
