"""How states and classifications are shown: a shape, a word, a colour."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


@dataclass(frozen=True)
class StateStyle:
    """One state of an edition: the class that colours it, its shape, its word."""

    css: str
    icon: str
    word: Promise | str


@dataclass(frozen=True)
class ClassificationStyle:
    """One classification. TLP names are one spelling in all languages; the others are words."""

    css: str
    name: Promise | str
    permits: Promise | str
    tlp: bool = True
    icon: str = "lock"


STATES: dict[str, StateStyle] = {
    "draft": StateStyle("draft", "pen", pgettext_lazy("state of an edition", "Draft")),
    "in_review": StateStyle("review", "half", pgettext_lazy("state of an edition", "In review")),
    "approved": StateStyle("ok", "ok", pgettext_lazy("state of an edition", "Approved")),
    "in_force": StateStyle("force", "shield", pgettext_lazy("state of an edition", "In force")),
    "superseded": StateStyle("old", "sheets", pgettext_lazy("state of an edition", "Superseded")),
    "repealed": StateStyle("old", "cross", pgettext_lazy("state of an edition", "Repealed")),
    "withdrawn": StateStyle("old", "cross", pgettext_lazy("state of an edition", "Withdrawn")),
}

CLASSIFICATIONS: dict[str, ClassificationStyle] = {
    "public": ClassificationStyle(
        "plain", gettext_lazy("Public"), gettext_lazy("anyone can read and share it"), tlp=False, icon="globe"
    ),
    "official": ClassificationStyle(
        "plain",
        gettext_lazy("Official use"),
        gettext_lazy("for the institutions of this country, not published"),
        tlp=False,
    ),
    "tlp_clear": ClassificationStyle("tlp-clear", "TLP:CLEAR", gettext_lazy("anyone can read and share it")),
    "tlp_green": ClassificationStyle(
        "tlp-green", "TLP:GREEN", gettext_lazy("shared within the community, not published")
    ),
    "tlp_amber": ClassificationStyle(
        "tlp-amber", "TLP:AMBER", gettext_lazy("only for the institutions named, on a need-to-know basis")
    ),
    "tlp_amber_strict": ClassificationStyle(
        "tlp-amber", "TLP:AMBER+STRICT", gettext_lazy("only for the responsible institution")
    ),
    "tlp_red": ClassificationStyle(
        "tlp-red", "TLP:RED", gettext_lazy("only for the people named; must not be copied or passed on")
    ),
}
