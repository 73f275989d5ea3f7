"""Macedonian: putting the forms of a word back together.

The word list is long, but it leaves out most forms of participles (*заштитени*) and of verbal nouns
(*заштитувањето*), and gives some forms of adjectives to a rarer verb (*јавни* to *јавне*).
"""

from __future__ import annotations

from typing import Final

_ARTICLES: Final = (
    "",
    "а",
    "о",
    "и",
    "иот",
    "ата",
    "ото",
    "ите",
    "иов",
    "ава",
    "ово",
    "иве",
    "ион",
    "ана",
    "оно",
    "ине",
)
_VERBAL_NOUN: Final = ("е", "ето", "а", "ата", "ево", "ено", "ава", "ана")

_FREQUENT: Final[dict[str, str]] = {
    "право": "право права правото правата правово правава",
    "добар": "добар добра добро добри добриот добрата доброто добрите",
    "мал": "мал мала мало мали малиот малата малото малите",
    "голем": "голем голема големо големи поголеми најголеми најголемо големиот големата големото големите",
    "нов": "нов нова ново нови новиот новата новото новите",
    "прв": "прв прва прво први првиот првата првото првите",
    "втор": "втор втора второ втори вториот втората второто вторите",
    "дете": "дете детето деца децата дечиња дечињата",
    "човек": "човек човекот човека луѓе луѓето",
    "лице": "лице лицето лица лицата",
    "ден": "ден денот дена денови деновите",
    "година": "година годината години годините годинава",
    "дел": "дел делот делови деловите делумно",
    "пат": "пат патот пати патишта патиштата",
    "дело": "дело делото дела делата",
}


def mended(forms: dict[str, str]) -> dict[str, str]:
    """The list with participles, verbal nouns and adjectives whole."""
    forms = dict(forms)
    verbs = {lemma for lemma in set(forms.values()) if forms.get(lemma + "ш") == lemma}
    _adjectives_whole(forms, verbs)
    for form, lemma in list(forms.items()):
        if lemma not in verbs:
            continue
        if form.endswith("ње"):
            for ending in _VERBAL_NOUN:
                forms[form[:-1] + ending] = form
        elif form.endswith(("ено", "ано", "ето")) and len(form) > 5:
            _participle(form[:-1], lemma, forms)
        elif form.endswith(("ен", "ан")) and len(form) > 4:
            _participle(form, lemma, forms)
    return forms | {form: lemma for lemma, several in _FREQUENT.items() for form in several.split()}


def _participle(stem: str, verb: str, forms: dict[str, str]) -> None:
    """All forms of a participle go with its verb."""
    for ending in _ARTICLES:
        forms.setdefault(stem + ending, verb)


def _adjectives_whole(forms: dict[str, str], verbs: set[str]) -> None:
    for form, lemma in list(forms.items()):
        if not form.endswith("иот") or lemma in verbs or form.startswith(("нај", "по")):
            continue
        stem = form[:-3]
        for ending in _ARTICLES[1:]:
            made = stem + ending
            rival = forms.setdefault(made, lemma)
            if rival in verbs:
                forms[made] = lemma
            for more in ("по", "нај"):
                if forms.get(more + form) == lemma:
                    forms.setdefault(more + made, lemma)
