"""The form of audio and video: a clean file, and captions beside it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.widgets import AdminImageChooser
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.models import MediaType

import audit
from documents.word.file.child import serving_request
from people.models import Country
from public.languages import PUBLIC, native_name
from public.office.no_case_data import refuse_case_data
from public.office.picture_form import keep_what_is_shown
from public.publishing import REGION, territories
from recordings.captions import NotCaptions, read_captions
from recordings.confined.film import Film, read_film
from recordings.confined.run import NotTaken
from recordings.models import Captions, Medium
from recordings.refusals import too_large, why_no_captions, why_not

CAPTIONS_LIMIT = 512 * 1024
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
        self.film: Film | None = None
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
        try:
            with serving_request(False):  # Wagtail's form saves the clean file at once
                self.film = read_film(file.read(), video=self.is_video)
        except NotTaken as refused:
            raise forms.ValidationError(why_not(refused.problem, self.instance.type)) from None
        return ContentFile(self.film.data, name=f"{secrets.token_hex(8)}.{self.film.ending}")

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
        if self.film is not None:
            medium.duration, medium.size = self.film.seconds, len(self.film.data)
            medium.width, medium.height = self.film.width or None, self.film.height or None
            medium.sha256 = hashlib.sha256(self.film.data).hexdigest()
        with transaction.atomic():
            medium.save()
            self.save_m2m()
            self._save_captions(medium)
            audit.record(verb, medium, self.user, sha256=medium.sha256, country=medium.country_id)
        return medium

    def _save_captions(self, medium: Medium) -> None:
        data = self.cleaned_data
        medium.captions.filter(language__in=data.get("remove_captions", ())).delete()
        if data["captions"]:
            Captions.objects.update_or_create(
                medium=medium, language=data["captions_language"], defaults={"text": data["captions"]}
            )
