"""The languages of interface, instruments and campaigns: BCP 47 tags, lower case in addresses."""

from django.conf.locale import LANG_INFO

INTERFACE = [
    ("sq", "Shqip"),
    ("bs", "Bosanski"),
    ("hr", "Hrvatski"),
    ("cnr", "Crnogorski"),
    ("mk", "Македонски"),
    ("sr-cyrl", "Српски"),
    ("sr-latn", "Srpski"),
    ("en", "English"),
]
"""Languages that the whole interface speaks, each named in itself."""

PUBLIC_ONLY = [
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("prs", "دری"),
    ("ps", "پښتو"),
    ("ur", "اردو"),
    ("fr", "Français"),
    ("tr", "Türkçe"),
    ("bn", "বাংলা"),
]
"""Further languages in which campaigns are published."""

INSTRUMENT = ["en", "sq", "sr", "bs", "hr", "cnr", "mk"]
"""Languages in which an instrument can be held: a column each."""

BIDI = ["ar", "fa", "prs", "ps", "ur", "he"]
"""Written from right to left; Django's own list lacks Pashto and Dari."""

# Django knows no Montenegrin, Dari or Pashto, and names Serbian Cyrillic "sr" only.
_MISSING = {
    "cnr": ("Montenegrin", "Crnogorski", False),
    "sr-cyrl": ("Serbian, Cyrillic", "Српски", False),
    "prs": ("Dari", "دری", True),
    "ps": ("Pashto", "پښتو", True),
}
for _code, (_name, _local, _bidi) in _MISSING.items():
    LANG_INFO.setdefault(_code, {"bidi": _bidi, "code": _code, "name": _name, "name_local": _local})
