"""The message catalogues: extract and check with GNU gettext, compile with Babel.

    python -m config.catalogues extract    bring every catalogue up to date with the source
    python -m config.catalogues check      exit 1 where msgfmt refuses one or a message is untranslated
    python -m config.catalogues compile    write the .mo files that Django reads, where out of date

Compiling needs no gettext, so that the demonstration starts without it. Wagtail's admin has no catalogue
for most of our languages: its messages, and those of Django that its catalogues lack, are listed in
config/wagtail_messages and translated beside ours.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from config.plain_words import find_unplain
from documents.translation.scripts import to_latin

ROOT = Path(__file__).resolve().parents[2]
LOCALE = Path(__file__).resolve().parent / "locale"
SOURCES = ("documents", "search", "workflows", "site")
LEFT_OUT = {"migrations", "locale", "static", "node_modules", "__pycache__"}
WAGTAIL_MESSAGES = Path(__file__).resolve().parent / "wagtail_messages"
SCRIPTS = WAGTAIL_MESSAGES / "scripts.pot"
"""The messages of Wagtail that scripts in the browser ask for."""
LANGUAGES = ("sq", "sr_Cyrl", "bs", "hr", "cnr", "mk")
"""The catalogues of the whole interface, by Django's name for the language."""
PUBLIC_LANGUAGES = ("ar", "fa", "prs", "ps", "ur", "fr", "tr", "bn")
"""Catalogues of what readers of the public site see."""
PUBLIC_SOURCES = (
    "site/public/templates/",
    "site/recordings/take_along.py",
    "site/public/languages.py",
    "site/public/countries.py",
    "site/public/models/lines.py",
    "site/directory/templates/directory/",
    "site/directory/choices.py",
    "site/recordings/templates/recordings/blocks/",
    "site/directory/search.py",
    "site/materials/templates/materials/",
    "site/materials/choices.py",
    "site/materials/sheet.py",
    "site/metadata/templates/",
    "site/outreach/templates/outreach/sheet.html",
    "site/outreach/templates/outreach/tally.html",
    "site/theme/templates/base_public.html",
    "site/theme/refusals.py",
    "documents/templates/documents/edition/back_link.html",
)
OFFICE_SOURCES = (
    "site/public/templates/public/admin/",
    "site/directory/templates/directory/admin/",
    "site/materials/templates/materials/admin/",
)
"""Of these the parts that only people of the office see."""
LATIN = "sr_Latn"
"""Made from the Serbian catalogue, which is in Cyrillic."""
DJANGO_NAMES = {"sr_Cyrl": "sr", LATIN: "sr_Latn", "cnr": "sr_Latn"}
"""Which of Django's own catalogues a language reads, where Django has none by its name."""
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)


def catalogue_path(name: str, locale: Path = LOCALE) -> Path:
    """Where the catalogue of a language stands, by Django's name for it."""
    return locale / name / "LC_MESSAGES" / "django.po"


def extract(root: Path = ROOT, locale: Path = LOCALE) -> None:
    """Bring every catalogue up to date with the source; unused messages go, no fuzzy matches."""
    for path, template in _templates(root, locale):
        _gettext(
            "msgmerge", "--quiet", "--update", "--backup=none", "--no-fuzzy-matching", "--no-location",
            "--sort-output", path, template,
        )  # fmt: skip
        _gettext("msgattrib", "--no-obsolete", "--sort-output", "--output-file", path, path)


def check(root: Path = ROOT, locale: Path = LOCALE) -> list[str]:
    """What is wrong with the catalogues, as gettext says it, and with the English of their messages."""
    ours = (message.id for message in _read(catalogue_path(LANGUAGES[0], locale)) if message.id)
    singulars = (one if isinstance(one, str) else one[1] for one in ours)
    problems = find_unplain(singulars)
    for path, template in _templates(root, locale):
        for done in (_run("msgfmt", "--check", "-o", "/dev/null", path), _run("msgcmp", path, template)):
            if done.returncode:
                problems.append(done.stderr.strip())
    return problems


def _templates(root: Path, locale: Path) -> Iterator[tuple[Path, Path]]:
    """Every catalogue with the template of the messages that it must have."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        everything, public = folder / "all.pot", folder / "public.pot"
        names = _extract_source(root, folder, folder / "source.pot")
        _gettext("msgcat", "-o", everything, folder / "source.pot", *sorted(WAGTAIL_MESSAGES.glob("*.pot")))
        shown = [
            one for one in names if one.startswith(PUBLIC_SOURCES) and not one.startswith(OFFICE_SOURCES)
        ]
        places = [f"--location={one}" for one in shown]
        _gettext("msggrep", *places, "-o", public, folder / "source.pot")
        for language in LANGUAGES:
            yield catalogue_path(language, locale), everything
        for language in PUBLIC_LANGUAGES:
            yield catalogue_path(language, locale), public


def _extract_source(root: Path, folder: Path, target: Path) -> list[str]:
    """Write a template of our own messages, and give the names of the files as they stand in it."""
    names = []
    for path in _source_files(root):
        place = path.relative_to(root).as_posix()
        names.append(place if path.suffix == ".py" else f"{place}.py")
        if path.suffix != ".py":
            copy = folder / names[-1]
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(templatize(path.read_text("utf-8"), place), "utf-8")
    listed = folder / "files"
    listed.write_text("\n".join(names), "utf-8")
    _gettext(
        "xgettext", "--language=Python", "--from-code=UTF-8", "--add-comments=Translators:", "--sort-output",
        *(f"--keyword={one}" for one in KEYWORDS), f"--directory={root}", f"--directory={folder}",
        f"--files-from={listed}", "-o", target,
    )  # fmt: skip
    # A date would change every catalogue with every extraction.
    target.write_text(
        re.sub(r'"(POT-Creation-Date|Report-Msgid-Bugs-To): .*\n', "", target.read_text("utf-8")), "utf-8"
    )
    return names


def _source_files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        for path in sorted((root / source).rglob("*")):
            if LEFT_OUT & set(path.relative_to(root).parts):
                continue
            # Text files are templates only where Django looks for templates.
            if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
                yield path


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603


def _gettext(*command: str | Path) -> None:
    done = _run(*command)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr}")


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile changed catalogues, and Serbian in Latin. Gives the files written."""
    written = []
    scripts = {_key(message) for message in _read(SCRIPTS)}
    for name in (*LANGUAGES, LATIN, *PUBLIC_LANGUAGES):
        source = catalogue_path("sr_Cyrl" if name == LATIN else name, locale)
        compiled = catalogue_path(name, locale).with_suffix(".mo")
        for_scripts = compiled.with_name("djangojs.mo")
        if _is_newer((compiled, for_scripts), (source, SCRIPTS, Path(__file__))):
            continue
        catalog = _with_djangos_own(_read(source), name)
        _write_mo(catalog, compiled)
        for message in list(catalog):
            if message.id and _key(message) not in scripts:
                catalog.delete(*_key(message))
        _write_mo(catalog, for_scripts)
        written += [compiled, for_scripts]
    return written


def _is_newer(targets: Iterable[Path], sources: Iterable[Path]) -> bool:
    newest = max(path.stat().st_mtime for path in sources)
    return all(path.exists() and path.stat().st_mtime >= newest for path in targets)


def _with_djangos_own(catalog: Catalog, name: str) -> Catalog:
    """Our messages, in Latin where asked, over Django's own for languages it names otherwise."""
    if name == LATIN:
        for message in catalog:
            if message.id:
                message.string = _in_latin(message.string)
    if name in DJANGO_NAMES:
        for folder in ("conf", "contrib/auth"):
            place = f"{folder}/locale/{DJANGO_NAMES[name]}/LC_MESSAGES/django.po"
            for message in _read(Path(django.__file__).parent / place):
                if (
                    message.id
                    and message.string
                    and not message.fuzzy
                    and catalog.get(*_key(message)) is None
                ):
                    catalog.add(message.id, message.string, context=message.context)
    return catalog


def _in_latin(text: str | Iterable[str] | None) -> str | tuple[str, ...]:
    return to_latin(text) if isinstance(text, str) else tuple(map(to_latin, text or ()))


def _key(message: Message) -> tuple[str, str | None]:
    return message.id if isinstance(message.id, str) else message.id[0], message.context


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, charset="utf-8")


def _write_mo(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".mo.new")
    with temporary.open("wb") as file:
        write_mo(file, catalog)
    temporary.replace(path)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            extract()
        case ["check"]:
            problems = check()
            print("\n".join(problems))
            return 1 if problems else 0
        case ["compile"]:
            for path in compile_all():
                print(path.relative_to(ROOT))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
