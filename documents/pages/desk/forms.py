"""The desk's forms. What is allowed is decided by the actions; the forms only ask."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from documents.choices import Classification, Kind, Level, SectionKind, Topic
from documents.editions.text_storage import OutlineRow
from documents.models import Edition, Instrument
from documents.pages.case_data import refuse_case_data
from documents.translation.scripts import to_latin
from files.checks import WORD, require_kind
from files.kinds import Kind as FileKind
from people.access import memberships
from people.fields import InstitutionChoiceField
from people.models import Institution
from people.roles import Role
from theme.locales import native_name
from theme.state_labels import CLASSIFICATIONS


def language_choices(languages: list[str] | tuple[str, ...]) -> list[tuple[str, str]]:
    return [(language, native_name(language)) for language in languages]


class NewInstrumentForm(forms.Form):
    """A new document, with its first edition as a draft."""

    owner: forms.ModelChoiceField[Institution] = InstitutionChoiceField(
        label=_("Responsible institution"), queryset=Institution.objects.none()
    )
    title = forms.CharField(
        label=_("Title in the drafting language"),
        max_length=400,
        error_messages={"required": _("Enter the title.")},
    )
    source_language = forms.ChoiceField(
        label=_("Drafting language"),
        help_text=_("The other languages are translated from this one."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", "–"), *Kind.choices],
        error_messages={"required": _("Choose the kind of document.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), widget=forms.CheckboxSelectMultiple, required=False
    )
    authentic_languages = forms.MultipleChoiceField(
        label=_("Authentic languages"), widget=forms.CheckboxSelectMultiple, required=False
    )
    classification = forms.ChoiceField(
        label=_("Who can read it once in force"),
        widget=forms.RadioSelect,
        initial=Classification.TLP_AMBER_STRICT,
        help_text=_(
            "TLP is the Traffic Light Protocol: it says who may see a text and pass it on. Making it more "
            "open later needs two people."
        ),
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.NATIONAL)
    slug = forms.CharField(
        label=_("Short name for the web address"),
        max_length=60,
        required=False,
        help_text=_(
            "Use lower-case Latin letters, digits and hyphens, for example “sop”. You cannot change it later."
        ),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [m.institution for m in memberships(user) if m.role == Role.COORDINATOR]
        field = self.fields["owner"]
        found = Institution.objects.filter(pk__in=[one.pk for one in own])
        field.queryset = found.select_related("country")
        if len(own) == 1:
            field.initial, field.widget = own[0].pk, forms.HiddenInput()
        self.official = list(dict.fromkeys(code for one in own for code in one.country.languages))
        others = [code for code in settings.MODELTRANSLATION_LANGUAGES if code not in self.official]
        choices = language_choices([*self.official, *others])
        for name in ("source_language", "languages", "authentic_languages"):
            self.fields[name].choices = choices
        self.fields["classification"].choices = [
            (value, format_html("<b>{}</b> – {}", style.name, style.permits))
            for value, style in CLASSIFICATIONS.items()
        ]
        if self.official:
            self.fields["source_language"].initial = self.official[0]
            self.fields["languages"].initial = own[0].country.languages
            self.fields["authentic_languages"].initial = self.official[:1]

    def language_rows(self) -> dict[str, list[dict[str, Any]]]:
        """The languages of the coordinator's countries, and all others, each with its two boxes."""
        chosen = set(self["languages"].value() or []) | {self["source_language"].value()}
        authentic = set(self["authentic_languages"].value() or [])
        rows = [
            {
                "code": code,
                "name": name,
                "chosen": code in chosen,
                "authentic": code in authentic,
                "official": code in self.official,
            }
            for code, name in self.fields["languages"].choices
        ]
        return {
            "official": [row for row in rows if row["official"]],
            "others": [row for row in rows if not row["official"]],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        source = data.get("source_language")
        if source:
            chosen = data.get("languages") or []
            data["languages"] = [
                code for code in settings.MODELTRANSLATION_LANGUAGES if code in {*chosen, source}
            ]
        if not data.get("slug"):
            data["slug"] = slug_of(data.get("title", ""))
            if not data["slug"] and "title" in data:
                self.add_error(
                    "slug", _("Enter a short name. The title has no Latin letters to make one from.")
                )
        return data


# What is left of a title in Latin letters once its accents are off: the letters that are no accented ones.
_PLAIN = str.maketrans({"đ": "dj", "Đ": "Dj", "ѓ": "g", "Ѓ": "G", "ќ": "k", "Ќ": "K", "ѕ": "dz", "Ѕ": "Dz"})


def slug_of(title: str) -> str:
    """A short name for an address, made from a title; "" where it has no letters."""
    return slugify(to_latin(title).translate(_PLAIN))[:60].strip("-")


WORD_NAMES = (".docx", ".docm", ".dotx", ".dotm")
TRANSLATION_NAMES = (".xlf", ".xliff", *WORD_NAMES)
FILE_ERRORS = {"required": _("Choose a file."), "empty": _("This file is empty. Choose another file.")}


def word_field(label: Any) -> forms.FileField:
    """A field for one Word file."""
    accept = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    widget = forms.FileInput(attrs={"accept": accept})
    return forms.FileField(label=label, widget=widget, error_messages=FILE_ERRORS)


class WordFileForm(forms.Form):
    """One Word file."""

    file = word_field(_("Word file (.docx)"))

    def clean_file(self) -> Any:
        return _word(self.cleaned_data["file"])


class UploadForm(WordFileForm):
    """A Word file as the text of a draft in one language."""

    field_order = ("language", "file")
    language = forms.ChoiceField(
        label=_("Language of the file"), error_messages={"required": _("Choose the language of the file.")}
    )

    def __init__(self, languages: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(languages)


class LandingForm(UploadForm):
    """The same, where the language may be left to be recognised."""

    def __init__(self, languages: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(languages, *args, **kwargs)
        field = self.fields["language"]
        field.required = False
        field.choices = [("", _("Detect from the text")), *language_choices(languages)]


class SeveralFiles(forms.FileField):
    """A field that takes several files; gives a list of them."""

    def __init__(self, *args: Any, folder: bool = False, **kwargs: Any) -> None:
        widget = _SeveralInput(attrs={"webkitdirectory": True} if folder else {"accept": ".docx,.zip"})
        super().__init__(*args, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [found for file in files if (found := super(SeveralFiles, self).clean(file, initial))]


class _SeveralInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class BatchForm(forms.Form):
    """A zip of Word files, several files, or a folder of them."""

    several = SeveralFiles(label=_("Word files, or one zip file"), required=False, allow_empty_file=True)
    folder = SeveralFiles(label=_("Or choose a folder"), required=False, allow_empty_file=True, folder=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # A folder holds other things too, and what Word and systems put beside its files.
        folder = [file for file in data.get("folder") or [] if not str(file.name).startswith((".", "~$"))]
        data["folder"] = folder
        if not data.get("several") and not folder and not self.errors:
            self.add_error("several", _("Choose at least one file."))
        return data


class CompareForm(forms.Form):
    """Two Word files to compare."""

    old = word_field(_("The older Word file"))
    new = word_field(_("The newer Word file"))
    one_text = forms.BooleanField(
        label=_("Treat Serbian in Cyrillic and Latin script as the same"), required=False
    )

    def clean_old(self) -> Any:
        return _word(self.cleaned_data["old"])

    def clean_new(self) -> Any:
        return _word(self.cleaned_data["new"])


def _word(file: Any) -> Any:
    _of_kind(file, WORD_NAMES, _("“%(name)s” is not a Word file. Choose a file that ends in .docx."))
    return require_kind(file, WORD, not_word(file.name))


def not_word(name: str) -> str:
    """Of a file with the right name."""
    return _("“%(name)s” is not a Word file, although its name says so. Save it in Word as .docx.") % {
        "name": name
    }


def _of_kind(file: Any, endings: tuple[str, ...], problem: Any) -> Any:
    """The file, if it has one of these endings and is not too large."""
    if not str(file.name or "").lower().endswith(endings):
        raise forms.ValidationError(problem % {"name": file.name})
    return _within_limit(file)


def _within_limit(file: Any) -> Any:
    if file.size > settings.KODEKS_UPLOAD_LIMIT:
        limit = settings.KODEKS_UPLOAD_LIMIT // (1024 * 1024)
        raise forms.ValidationError(_("The file is too large. The limit is %(limit)s MB.") % {"limit": limit})
    return file


class TranslationForm(forms.Form):
    """A translated file that comes back."""

    file = forms.FileField(
        label=_("Translated file (.xlf or .docx)"),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.docx"}),
        error_messages=FILE_ERRORS,
    )

    def clean_file(self) -> Any:
        problem = _("“%(name)s” is neither a Word file (.docx) nor an XLIFF file (.xlf).")
        file = _of_kind(self.cleaned_data["file"], TRANSLATION_NAMES, problem)
        return require_kind(file, {*WORD, FileKind.XLIFF, FileKind.XML}, problem % {"name": file.name})


def section_choices(outline: list[OutlineRow]) -> list[tuple[str, str]]:
    """Sections as the choices of a field, indented as they are."""
    return [
        (row.uid, "\u2003" * (row.level - 1) + " ".join(filter(None, [row.label, row.heading])) or "–")
        for row in outline
    ]


class AddSectionForm(forms.Form):
    """A new section: where, of what kind, its heading in each language."""

    after = forms.ChoiceField(label=_("After"), required=False)
    place = forms.ChoiceField(
        label=_("Level"),
        choices=[("beside", _("Same level")), ("inside", _("Subsection"))],
        widget=forms.RadioSelect,
        initial="beside",
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=SectionKind.choices, initial=SectionKind.SECTION)

    def __init__(self, edition: Edition, outline: list[OutlineRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [("", _("At the beginning")), *section_choices(outline)]
        source, self.languages = edition.instrument.source_language, edition.instrument.source_first
        for language in self.languages:
            self.fields[f"heading_{language}"] = forms.CharField(
                label=_("Heading (%(language)s)") % {"language": native_name(language)},
                max_length=1000,
                required=language == source,
                error_messages={"required": _("Enter the heading.")},
                widget=forms.TextInput(attrs={"lang": language}),
            )

    def heading_fields(self) -> list[forms.BoundField]:
        """The heading in each language, the original first."""
        return [self[f"heading_{language}"] for language in self.languages]

    def headings(self) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"heading_{language}", "") for language in self.languages}


class TitlesForm(forms.Form):
    """The title of a draft in each of its languages."""

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source, self.languages = edition.instrument.source_language, edition.instrument.source_first
        for language in self.languages:
            self.fields[language] = forms.CharField(
                label=native_name(language),
                max_length=400,
                required=language == source,
                error_messages={"required": _("Enter the title.")},
                initial=getattr(edition, f"title_{language}"),
                widget=forms.TextInput(attrs={"lang": language}),
            )

    def titles(self) -> dict[str, str]:
        return {language: self.cleaned_data[language] for language in self.languages}


class ShortTitlesForm(forms.Form):
    """What a document is called in short, in each of its languages."""

    before = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = instrument.source_first
        self.fields["before"].initial = json.dumps(instrument.short_titles)
        for language in self.languages:
            self.fields[language] = forms.CharField(
                label=native_name(language),
                max_length=400,
                required=False,
                initial="; ".join(instrument.short_titles.get(language, ())),
                widget=forms.TextInput(attrs={"lang": language}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_case_data(self, self.languages)
        return cleaned

    def titles(self) -> dict[str, list[str]]:
        return {
            language: [one.strip() for one in self.cleaned_data[language].split(";") if one.strip()]
            for language in self.languages
        }

    def clean_before(self) -> Any:
        try:
            return json.loads(self.cleaned_data["before"] or "{}")
        except ValueError as error:
            raise forms.ValidationError(_("Reload the page and try again.")) from error


class ClassificationForm(forms.Form):
    """Another classification, with the reason for it."""

    classification = forms.ChoiceField(label=_("Classification"), choices=Classification.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give a reason.")},
    )
