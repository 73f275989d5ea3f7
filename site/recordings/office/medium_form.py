"""The form of audio and video: a clean file, and captions beside it."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.widgets import AdminImageChooser
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.models import MediaType

import audit
from files.kinds import HEAD
from people.models import Country
from public.languages import PUBLIC, native_name
from public.office.no_case_data import refuse_case_data
from public.office.picture_form import keep_what_is_shown
from public.publishing import REGION, territories
from recordings.actions.clean_medium import clean_medium
from recordings.captions import NotCaptions, read_captions
from recordings.clean import Problem, ending_of
from recordings.models import Captions, Medium
from recordings.refusals import too_large, why_no_captions, why_not

CAPTIONS_LIMIT = 512 * 1024
TEXTS = ("title", "country", "language", "description", "transcript", "poster")
SHOWN = (
    "file", "title", "language", "description", "transcript", "poster", "captions", "remove_captions",
)  # fmt: skip
"""What a reader gets of a file."""


class MediumForm(BaseMediaForm):
    captions = forms.FileField(
        label=gettext_lazy("Captions in one language"),
        required=False,
        help_text=gettext_lazy(
            "A WebVTT file. It replaces captions in the same language. Save again for the next."
        ),
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )
    captions_language = forms.ChoiceField(
        label=gettext_lazy("Language of the captions"),
        required=False,
        choices=lambda: [("", "---------"), *((tag, native_name(tag)) for tag in PUBLIC)],
    )
    remove_captions = forms.MultipleChoiceField(
        label=gettext_lazy("Remove captions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta(BaseMediaForm.Meta):
        widgets = {**BaseMediaForm.Meta.widgets, "poster": AdminImageChooser}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if self.instance.type not in MediaType.values:
            raise Http404  # an address of wagtailmedia's leaves open which it is
        if self.instance.problem:
            self.fields["file"].help_text = why_not(self.instance.problem, self.instance.type)
        elif self.instance.pk and not self.instance.sha256:
            self.fields["file"].help_text = _("Kodeks is reading this file. Readers get it after that.")
        own = territories(self.user)
        field = self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=own - {REGION})
        field.required = REGION not in own
        field.empty_label = None if field.required else _("The whole region")
        there = [one.language for one in self.instance.captions.all()] if self.instance.pk else []
        self.fields["remove_captions"].choices = [(tag, native_name(tag)) for tag in there]
        if not there:
            del self.fields["remove_captions"]
        if self.instance.type == "audio":
            del self.fields["poster"]
        self.stored_version = self.instance.changed.isoformat() if self.instance.pk else ""
        self.initial["version"] = self.stored_version

    @property
    def is_video(self) -> bool:
        return str(self.instance.type) == "video"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        limit = settings.KODEKS_VIDEO_LIMIT if self.is_video else settings.KODEKS_AUDIO_LIMIT
        if file.size > limit:
            raise forms.ValidationError(too_large(limit))
        ending = ending_of(file.read(HEAD), video=self.is_video)
        if not ending:
            raise forms.ValidationError(why_not(Problem.TYPE, self.instance.type))
        file.seek(0)
        file.name = f"{secrets.token_hex(8)}.{ending}"
        return file

    def clean_captions(self) -> str:
        file = self.cleaned_data["captions"]
        if not file:
            return ""
        if file.size > CAPTIONS_LIMIT:
            raise forms.ValidationError(too_large(CAPTIONS_LIMIT))
        try:
            return read_captions(file.read())
        except NotCaptions as problem:
            raise forms.ValidationError(why_no_captions(problem)) from None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("version", "") != self.stored_version:
            self.add_error(
                None, _("Somebody else changed this file. Nothing was saved. Open it again, then change it.")
            )
        if data.get("captions") and not data.get("captions_language"):
            self.add_error("captions_language", _("Choose the language of the captions."))
        refuse_case_data(self)
        keep_what_is_shown(self, SHOWN)
        return data

    def save(self, commit: bool = True) -> Medium:
        medium: Medium = super().save(commit=False)
        verb = "change_medium" if medium.pk else "add_medium"
        is_new = "file" in self.changed_data
        if is_new:
            medium.sha256 = medium.problem = ""
        with transaction.atomic():
            # The worker may have put the clean file in its place meanwhile.
            medium.save(update_fields=None if is_new else [*TEXTS, "changed"])
            self.save_m2m()
            self._save_captions(medium)
            audit.record(verb, medium, self.user, sha256=medium.sha256, country=medium.country_id)
            if is_new:
                clean_medium.enqueue(medium.pk, medium.file.name)
        return medium

    def _save_captions(self, medium: Medium) -> None:
        data = self.cleaned_data
        medium.captions.filter(language__in=data.get("remove_captions", ())).delete()
        if data["captions"]:
            Captions.objects.update_or_create(
                medium=medium, language=data["captions_language"], defaults={"text": data["captions"]}
            )
