"""What a comparison says in words, in the language of the page: the kinds of change, and the one sentence of a card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from documents.comparison import Kind, SectionChange
from documents.comparison.drawing.parts import said_apart, words_of
from documents.comparison.drawing.strings import Strings
from documents.comparison.facts.kinds import Fact, FactKind
from documents.comparison.facts.sentence import sentence
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
        return KindLook("mov", "move", pgettext("a section", "Joined"))
    if change.kind is Kind.NEW:
        return KindLook("add", "plus", pgettext("a section", "New"))
    if change.kind is Kind.REMOVED:
        return KindLook("del", "minus", pgettext("a section", "Removed"))
    if change.moved:
        return KindLook("mov", "move", pgettext("a section", "Moved"))
    if change.kind is Kind.FORMAT_ONLY:
        return KindLook("fmt", "bold", pgettext("a section", "Only its look"))
    if change.kind is Kind.RETITLED:
        return KindLook("chg", "changed", pgettext("a section", "Another title"))
    if change.kind is Kind.RENUMBERED:
        return KindLook("fmt", "list", pgettext("a section", "Another number"))
    return KindLook("chg", "changed", pgettext("a section", "Changed"))


def marks() -> dict[str, str]:
    """The looks of words, as they stand after "was" and "now"."""
    return {
        "bold": pgettext("look of words", "bold"),
        "italic": pgettext("look of words", "italic"),
        "underline": pgettext("look of words", "underlined"),
        "strike": pgettext("look of words", "struck through"),
        "superscript": pgettext("look of words", "raised"),
        "subscript": pgettext("look of words", "lowered"),
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
        link_was=_("the link led to %(address)s") % {"address": "{target}"},
        link_now=_("the link leads to %(address)s") % {"address": "{target}"},
        changed_look=_("changed: %(what)s") % {"what": "{field}"},
        moved_here=_("Moved here from another place in this section, unchanged."),
        moved_changed=_("Moved here from another place in this section."),
        moved_away=_("A part that stood here was moved to another place in this section."),
        parted=_("A new paragraph begins here."),
        joined=_("A paragraph ended here."),
        taken=_("From another section, unchanged."),
        given=_("A part that stood here is now in another section."),
        nothing_before=_("there was no text"),
        nothing_after=_("there is no text any more"),
        image=_("Picture"),
        image_replaced=_("The picture was replaced."),
        table=_("Table"),
        note=_("Note %(number)s") % {"number": "{number}"},
        notes=_("Notes"),
        kept_object=_("Kept from the Word file as it was"),
        old=old,
        new=new,
        lang=locales.html_lang(get_language() or "en"),
        unchanged=unchanged_paragraphs,
        marks=marks(),
        fields={
            "title": pgettext("of a step", "Step"),
            "who": pgettext("of a step", "Who"),
            "limit": pgettext("of a step", "Time limit"),
            "alt": _("description of the picture"),
            "style": _("style of the paragraph"),
            "ordered": _("numbering of the list"),
            "numbers": _("numbering of the list"),
            "tone": _("kind of the box"),
            "header": _("heading of the table"),
            "colspan": _("width of the cell"),
            "rowspan": _("height of the cell"),
            "sha256": _("Picture"),
            "kind": _("kind of the object"),
        },
        image_url=image_url,
    )


def say(change: SectionChange) -> SafeString:
    """The one sentence over a section: what changed in it, so that reading this alone would do. Words of the text stand apart
    in it, so that Arabic ones leave what follows in its place."""
    said = [words for fact in sentence(change) if (words := fact_said(fact, change))]
    if change.kind is Kind.FORMAT_ONLY:
        said.insert(0, _("The words are the same."))
    return safe(" ".join(said))


def fact_said(fact: Fact, change: SectionChange) -> str:
    """A fact as HTML: the words of the catalogues, and those of the text escaped."""
    kind, n = fact.kind, fact.count
    # A full stop that a number or a title ends with is that of the sentence.
    old, new = words_of(replace(fact, old=fact.old.removesuffix("."), new=fact.new.removesuffix(".")))
    values = {"n": n, "old": old, "new": new}
    counted = _counted(kind, n)
    if counted:
        return counted % values
    if kind is FactKind.MOVED_FROM:
        return _("Moved from %(old)s.") % values if fact.old else _("Moved from another place.")
    if kind is FactKind.MOVED_WITH:
        return ""
    if kind is FactKind.SPLIT_FROM:
        return _("Split from %(old)s.") % values
    if kind is FactKind.JOINED_INTO:
        return _("Joined into %(new)s.") % values
    if kind is FactKind.SPLIT_INTO:
        return _("A part of it is now %(new)s.") % values
    if kind is FactKind.JOINED_FROM:
        return _("%(old)s was joined to it.") % values
    if kind is FactKind.RETITLED:
        return _("The title was: %(old)s.") % values
    if kind is FactKind.RENUMBERED:
        return _("The number was %(old)s.") % values if fact.old else ""
    if kind is FactKind.LIMIT_SHORTENED:
        return _("A time limit is shorter: from %(old)s to %(new)s.") % values
    if kind is FactKind.LIMIT_LENGTHENED:
        return _("A time limit is longer: from %(old)s to %(new)s.") % values
    if kind is FactKind.LIMIT_CHANGED:
        return _("A time limit is another one: before %(old)s, now %(new)s.") % values
    if kind is FactKind.DATE_CHANGED:
        return _("A date is another one: before %(old)s, now %(new)s.") % values
    if kind is FactKind.RESPONSIBLE_CHANGED:
        return _("Somebody else is responsible: before %(old)s, now %(new)s.") % {
            "old": said_apart(fact.old or "–"),
            "new": said_apart(fact.new or "–"),
        }
    looks = marks()
    if kind is FactKind.LOOK_LOST and change.kind is Kind.FORMAT_ONLY:
        return _("Some words are no longer %(look)s.") % {"look": looks.get(fact.old, fact.old)}
    if kind is FactKind.LOOK_GOT and change.kind is Kind.FORMAT_ONLY:
        return _("Some words are now %(look)s.") % {"look": looks.get(fact.new, fact.new)}
    return ""


def _counted(kind: FactKind, n: int) -> str:
    """Facts that are a number of things; each a sentence with its own plural."""
    if kind is FactKind.NEW:
        return ngettext("A new section, %(n)s word.", "A new section, %(n)s words.", n)
    if kind is FactKind.REMOVED:
        return ngettext("A removed section, %(n)s word.", "A removed section, %(n)s words.", n)
    if kind is FactKind.DATES_CHANGED:
        return ngettext("%(n)s date is another one.", "%(n)s dates are others.", n)
    if kind is FactKind.STEPS_ADDED:
        return ngettext("%(n)s step added.", "%(n)s steps added.", n)
    if kind is FactKind.STEPS_REMOVED:
        return ngettext("%(n)s step removed.", "%(n)s steps removed.", n)
    if kind is FactKind.TABLES_ADDED:
        return ngettext("%(n)s table added.", "%(n)s tables added.", n)
    if kind is FactKind.TABLES_REMOVED:
        return ngettext("%(n)s table removed.", "%(n)s tables removed.", n)
    if kind is FactKind.ITEMS_ADDED:
        return ngettext("%(n)s item of a list added.", "%(n)s items of a list added.", n)
    if kind is FactKind.ITEMS_REMOVED:
        return ngettext("%(n)s item of a list removed.", "%(n)s items of a list removed.", n)
    if kind is FactKind.LISTS_RENUMBERED:
        return ngettext(
            "%(n)s list has other numbers: before %(old)s, now %(new)s.",
            "%(n)s lists have other numbers: before %(old)s, now %(new)s, and so on.",
            n,
        )
    if kind is FactKind.ROWS_ADDED:
        return ngettext("%(n)s row of a table added.", "%(n)s rows of a table added.", n)
    if kind is FactKind.ROWS_REMOVED:
        return ngettext("%(n)s row of a table removed.", "%(n)s rows of a table removed.", n)
    if kind is FactKind.COLUMNS_ADDED:
        return ngettext("%(n)s column of a table added.", "%(n)s columns of a table added.", n)
    if kind is FactKind.COLUMNS_REMOVED:
        return ngettext("%(n)s column of a table removed.", "%(n)s columns of a table removed.", n)
    if kind is FactKind.CELLS_CHANGED:
        return ngettext("%(n)s cell of a table changed.", "%(n)s cells of a table changed.", n)
    if kind is FactKind.PARAGRAPHS_ADDED:
        return ngettext("%(n)s paragraph added.", "%(n)s paragraphs added.", n)
    if kind is FactKind.PARAGRAPHS_REMOVED:
        return ngettext("%(n)s paragraph removed.", "%(n)s paragraphs removed.", n)
    if kind is FactKind.PARAGRAPHS_PARTED:
        return ngettext("%(n)s paragraph divided.", "%(n)s paragraphs divided.", n)
    if kind is FactKind.PARAGRAPHS_JOINED:
        return ngettext("Paragraphs joined in %(n)s place.", "Paragraphs joined in %(n)s places.", n)
    if kind is FactKind.BLOCKS_MOVED:
        return ngettext("%(n)s part moved within the section.", "%(n)s parts moved within the section.", n)
    if kind is FactKind.NOTES_ADDED:
        return ngettext("%(n)s note added.", "%(n)s notes added.", n)
    if kind is FactKind.NOTES_REMOVED:
        return ngettext("%(n)s note removed.", "%(n)s notes removed.", n)
    if kind is FactKind.NOTES_CHANGED:
        return ngettext("%(n)s note changed.", "%(n)s notes changed.", n)
    if kind is FactKind.IMAGES_CHANGED:
        return ngettext("%(n)s picture changed.", "%(n)s pictures changed.", n)
    if kind is FactKind.LINKS_ADDED:
        return ngettext("%(n)s link added.", "%(n)s links added.", n)
    if kind is FactKind.LINKS_REMOVED:
        return ngettext("%(n)s link removed.", "%(n)s links removed.", n)
    if kind is FactKind.LINKS_CHANGED:
        return ngettext("%(n)s link leads elsewhere.", "%(n)s links lead elsewhere.", n)
    if kind is FactKind.WORDS_CHANGED:
        return ngettext("%(n)s word changed.", "%(n)s words changed.", n)
    return ""


def safe(html: str) -> SafeString:
    """A sentence in which the words of a text are escaped."""
    return mark_safe(html)  # noqa: S308 - escaped by ``said_apart``
