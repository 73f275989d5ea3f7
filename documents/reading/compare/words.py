"""What a comparison says in words, in the language of the page: the kinds of change, the one sentence of a card, the summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from documents.comparison import Comparison, Kind, SectionChange
from documents.comparison.drawing.strings import Strings
from documents.comparison.facts.kinds import Fact, FactKind
from documents.comparison.facts.sentence import sentence
from theme import locales

LIMITS = (FactKind.LIMIT_SHORTENED, FactKind.LIMIT_LENGTHENED, FactKind.LIMIT_CHANGED)
DATES = (FactKind.DATE_CHANGED, FactKind.DATES_CHANGED)


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
        "xref": pgettext("look of words", "a reference"),
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


def say(change: SectionChange) -> str:
    """The one sentence over a section: what changed in it, so that reading this alone would do."""
    said = [words for fact in sentence(change) if (words := _fact(fact, change))]
    if change.kind is Kind.FORMAT_ONLY:
        said.insert(0, _("The words are the same."))
    return " ".join(said)


def _fact(fact: Fact, change: SectionChange) -> str:
    kind, n = fact.kind, fact.count
    # A full stop that a number or a title ends with is that of the sentence.
    values = {"n": n, "old": fact.old.removesuffix("."), "new": fact.new.removesuffix(".")}
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
            "old": fact.old or "–",
            "new": fact.new or "–",
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


@dataclass(frozen=True, slots=True)
class Chip:
    """How many sections of one kind."""

    css: str
    icon: str
    words: str


def chips(comparison: Comparison) -> list[Chip]:
    """The counts of the summary; what there is none of is left out."""
    counts = comparison.counts
    found = [
        (counts.new, "add", "plus", ngettext("%(n)s new", "%(n)s new", counts.new)),
        (counts.removed, "del", "minus", ngettext("%(n)s removed", "%(n)s removed", counts.removed)),
        (counts.moved, "mov", "move", ngettext("%(n)s moved", "%(n)s moved", counts.moved)),
        (
            counts.changed,
            "chg",
            "changed",
            ngettext("%(n)s changed", "%(n)s changed", counts.changed),
        ),
        (
            counts.retitled,
            "chg",
            "changed",
            ngettext("%(n)s with another title", "%(n)s with another title", counts.retitled),
        ),
        (
            counts.format_only,
            "fmt",
            "bold",
            ngettext("%(n)s only its look", "%(n)s only their look", counts.format_only),
        ),
        (
            counts.renumbered,
            "fmt",
            "list",
            ngettext("%(n)s only its number", "%(n)s only their number", counts.renumbered),
        ),
    ]
    return [Chip(css, icon, words % {"n": n}) for n, css, icon, words in found if n]


def lead(comparison: Comparison) -> tuple[str, str]:
    """The summary's first sentence, and what weighs most in it: the limits that changed."""
    counts = comparison.counts
    if comparison.identical:
        return _("Nothing changes."), _("The two texts are the same, word for word.")
    first = ngettext(
        "%(n)s of %(total)s sections changes.", "%(n)s of %(total)s sections change.", counts.shown
    ) % {"n": counts.shown, "total": counts.sections}
    more: dict[bool, list[str]] = {True: [], False: []}
    for change in comparison.shown:
        for fact in sentence(change):
            if fact.kind in LIMITS or fact.kind in DATES:
                where = change.label or change.title
                said = f"{where}: {_fact(fact, change)}" if where else _fact(fact, change)
                more[fact.kind in LIMITS].append(said)
    return first, " ".join([*more[True], *more[False]][:2])


def strip_description(comparison: Comparison) -> str:
    """The strip in words, for those who do not see it."""
    groups: dict[str, list[str]] = {}
    for change in comparison.shown:
        word = kind_look(change).word
        name = change.label or change.title
        if name:
            groups.setdefault(word, []).append(name)
    return "; ".join(f"{word}: {', '.join(names)}" for word, names in groups.items()) + (
        "." if groups else ""
    )
