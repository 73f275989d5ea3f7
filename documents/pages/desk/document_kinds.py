"""The kind of a document, read from its title: offered to a person, who corrects it."""

from __future__ import annotations

from documents.translation.scripts import to_latin

# Beginnings of words in Latin letters: English, South Slavic languages, Albanian.
_NAMES: dict[str, tuple[str, ...]] = {
    "action_plan": ("action plan", "akcion", "akcijsk", "akcisk", "plan veprimi", "plani i veprimit"),
    "strategy": ("strateg",),
    "sop": ("standard operating", "operativn", "procedur", "postupak", "postupc", "postapk"),
    "referral_mechanism": ("referral", "mehanizam za upu", "mehanizam za upat", "mekanizmi i referimit"),
    "guideline": ("guid", "smjernic", "smernic", "nasok", "upatstv", "uputstv", "udhëzim"),
    "agreement": (
        "agreement",
        "memorand",
        "sporazum",
        "dogovor",
        "spogodb",
        "marrëveshj",
        "protocol",
        "protokol",
    ),
    "monitoring_report": ("report", "izvješ", "izveš", "raport"),
    "training_pack": ("training", "obuk", "trajnim"),
}


def kind_of(title: str) -> str:
    """The kind that the title names first; empty where it names none."""
    plain = to_latin(title).casefold()
    found = [(plain.find(name), kind) for kind, names in _NAMES.items() for name in names if name in plain]
    return min(found, default=(0, ""))[1]
