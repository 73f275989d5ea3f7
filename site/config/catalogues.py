"""The message catalogues: extract from the source, check, compile. Pure Python; no gettext tools are needed.

    python -m config.catalogues extract     bring every catalogue up to date with the source
    python -m config.catalogues check       exit 1, and say what is wrong, unless every catalogue is complete
    python -m config.catalogues compile     write the .mo files that Django reads (only those that are out of date)

Serbian is written in Cyrillic; the catalogue in Latin is made from it when compiling. What is Django's own (the messages
of its forms and of its sign-in) is taken from Django's catalogues where ours names a language that Django does not. What the
scripts of Wagtail's admin ask for (config/borrowed) is compiled into a catalogue of its own, which Django hands them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from config.extraction import BORROWED, ROOT, SOURCES, extract, for_scripts, public_only

LOCALE = Path(__file__).resolve().parent / "locale"
_THREE = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
PLURALS = {
    "sq": "nplurals=2; plural=(n != 1);",
    "sr_Cyrl": _THREE,
    "bs": _THREE,
    "hr": _THREE,
    "cnr": _THREE,
    "mk": "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
}
"""The catalogues of the whole interface, by Django's name for the language."""
PUBLIC_PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""Catalogues of the public site's messages only."""
DJANGO_NAMES = {"sr_Cyrl": "sr", "sr_Latn": "sr_Latn", "cnr": "sr_Latn"}
"""Whose catalogues of Django's own messages a language reads, where Django has none by its name."""

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one message of one catalogue; without a message, with the catalogue itself."""

    catalogue: str
    what: str
    message: str = ""

    def __str__(self) -> str:
        return f"{self.catalogue}: {self.what}" + (f": {self.message!r}" if self.message else "")


def missing(root: Path = ROOT, locale: Path = LOCALE, sources: Iterable[str] = SOURCES) -> list[Problem]:
    """Everything wrong with the catalogues, in the order of the languages. Empty when they are complete."""
    template = extract(root, sources)
    public = public_only(template)
    problems: list[Problem] = []
    for names, wanted in ((PLURALS, template), (PUBLIC_PLURALS, public)):
        for name in names:
            path = catalogue_path(name, locale)
            if not path.exists():
                problems.append(Problem(name, "there is no catalogue"))
                continue
            problems += _compare(name, wanted, _read(path))
    return problems


def _compare(name: str, wanted: Catalog, given: Catalog) -> Iterator[Problem]:
    if given.fuzzy:
        yield Problem(name, "the header is marked as fuzzy")
    plurals = PLURALS.get(name) or PUBLIC_PLURALS[name]
    if given.plural_forms.replace(" ", "") != _normal(name, plurals).replace(" ", ""):
        yield Problem(name, f"Plural-Forms is {given.plural_forms!r}")
    for message in wanted:
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        found = given.get(text, message.context)
        if found is None or isinstance(found.id, str) != isinstance(message.id, str):
            yield Problem(name, "not in the catalogue", text)
        elif isinstance(found.id, tuple) and found.id != message.id:
            yield Problem(name, "has another plural than the source", text)
        elif found.fuzzy:
            yield Problem(name, "marked as fuzzy", text)
        else:
            yield from (Problem(name, what, text) for what in faults(found, given.num_plurals))


def faults(message: Message, plurals: int) -> Iterator[str]:
    """What is wrong with the translation of one message, in words."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if not all(text.strip() for text in texts) or len(texts) != (plurals if len(ids) > 1 else 1):
        yield "not translated"
        return
    placeholders = [set(PLACEHOLDER.findall(text)) for text in ids]
    for text in texts:
        used = set(PLACEHOLDER.findall(text))
        # One form of a plural may leave out the number, as the English singular does, and nothing else.
        if not set.intersection(*placeholders) <= used <= set.union(*placeholders):
            yield f"placeholders differ ({', '.join(sorted(used ^ placeholders[-1]))})"
        if sorted(TAG.findall(text)) not in [sorted(TAG.findall(one)) for one in ids]:
            yield "tags differ"


def update(root: Path = ROOT, locale: Path = LOCALE, sources: Iterable[str] = SOURCES) -> list[Path]:
    """Bring every catalogue up to date with the source and give their paths. Translations no longer used are kept at
    the end, as comments; nothing is guessed from similar messages."""
    template = extract(root, sources)
    public = public_only(template)
    written = []
    for names, wanted in ((PLURALS, template), (PUBLIC_PLURALS, public)):
        for name, plurals in names.items():
            path = catalogue_path(name, locale)
            catalog = _read(path) if path.exists() else _new(name, plurals)
            catalog.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
            _write(catalog, path)
            written.append(path)
    return written


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile every catalogue that changed since it was last compiled, and make Serbian in Latin. Gives what was written."""
    written = []
    listed = [*(ROOT / BORROWED).glob("*.pot"), Path(__file__)]
    scripts = for_scripts()
    for name in [*PLURALS, *PUBLIC_PLURALS]:
        path = catalogue_path(name, locale)
        if not path.exists():
            continue
        made = [(name, path.with_suffix(".mo"))]
        if name == "sr_Cyrl":
            made.append(("sr_Latn", catalogue_path("sr_Latn", locale).with_suffix(".mo")))
        for target, compiled in made:
            others = compiled.with_name("djangojs.mo")
            changed = max(map(_changed, (path, *listed)))
            if all(one.exists() and _changed(one) >= changed for one in (compiled, others)):
                continue
            catalog = _with_djangos_own(_read(path), target)
            _write_mo(catalog, compiled)
            _write_mo(_only(catalog, scripts), others)
            written += [compiled, others]
    return written


def _only(catalog: Catalog, wanted: set[tuple[str, str | None]]) -> Catalog:
    """The catalogue without any message but these."""
    for message in list(catalog):
        first = message.id if isinstance(message.id, str) else message.id[0]
        if first and (first, message.context) not in wanted:
            catalog.delete(first, message.context)
    return catalog


def _changed(path: Path) -> float:
    return path.stat().st_mtime


def _with_djangos_own(ours: Catalog, name: str) -> Catalog:
    """Our messages, in Latin if `name` says so, over Django's own where Django does not know the language by that name."""
    catalog = _in_latin(ours) if name == "sr_Latn" else ours
    if name not in DJANGO_NAMES:
        return catalog
    for folder in ("conf", "contrib/auth"):
        path = Path(django.__file__).parent / folder / "locale" / DJANGO_NAMES[name] / "LC_MESSAGES/django.po"
        for message in _read(path):
            known = catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            if message.id and message.string and not message.fuzzy and known is None:
                catalog.add(message.id, message.string, context=message.context)
    return catalog


def _in_latin(cyrillic: Catalog) -> Catalog:
    from documents.translation.scripts import to_latin

    for message in cyrillic:
        if isinstance(message.string, str):
            message.string = to_latin(message.string) if message.id else message.string
        elif message.string:
            message.string = tuple(to_latin(text) for text in message.string)
    return cyrillic


def catalogue_path(name: str, locale: Path = LOCALE) -> Path:
    """Where the catalogue of a language stands, by Django's name for it."""
    return locale / name / "LC_MESSAGES" / "django.po"


def _header(name: str, plurals: str) -> bytes:
    return (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: Kodeks\\n"\n"Language: {name}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plurals}\\n"\n'
    ).encode()


def _new(name: str, plurals: str) -> Catalog:
    return read_po(BytesIO(_header(name, plurals)), charset="utf-8")


def _normal(name: str, plurals: str) -> str:
    """A rule as it reads after being read and written once."""
    return _new(name, plurals).plural_forms


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, charset="utf-8")


def _write(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = BytesIO()
    # Line numbers would change every catalogue with every edit of a source file.
    write_po(body, catalog, width=110, omit_header=True, include_lineno=False, sort_by_file=True)
    name = path.parent.parent.name
    plurals = PLURALS.get(name) or PUBLIC_PLURALS[name]
    path.write_bytes(_header(name, plurals) + b"\n" + body.getvalue().lstrip(b"\n"))


def _write_mo(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".mo.new")
    with beside.open("wb") as file:
        write_mo(file, catalog)
    beside.replace(path)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            for path in update():
                print(path.relative_to(ROOT))
        case ["check"]:
            problems = missing()
            for problem in problems:
                print(problem)
            if problems:
                print(
                    f"{len(problems)} problems in the catalogues. `python -m config.catalogues extract` adds messages."
                )
                return 1
        case ["compile"]:
            for path in compile_all():
                print(path.relative_to(ROOT))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
