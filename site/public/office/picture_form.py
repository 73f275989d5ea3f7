"""The forms of pictures and of documents: what a published page shows stays as a second person saw it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from files.checks import require_kind
from files.kinds import Kind
from public.drawn_pictures import drawn_anew
from public.models.pictures import Picture
from public.office.no_case_data import refuse_case_data
from public.shown_files import is_shown

KINDS = (Kind.PNG, Kind.JPEG, Kind.GIF, Kind.WEBP)


class PictureField(WagtailImageField):
    """Draws the picture anew before Wagtail looks at it, which a broken one would stop."""

    def to_python(self, data: Any) -> Any:
        if data is not None and data.size <= self.max_upload_size:
            problem = _("Choose a PNG, JPEG, GIF or WebP picture.")
            data = drawn_anew(require_kind(data, KINDS, problem), problem)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own := self.fields.get("file"):
            self.fields["file"] = PictureField(label=own.label, widget=own.widget, required=own.required)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_case_data(self)
        keep_what_is_shown(self, Picture.seen_fields)
        return data


def keep_what_is_shown(form: forms.ModelForm, names: Iterable[str]) -> None:
    """An error at each of these fields that was changed, where a published page shows the file."""
    changed = [name for name in names if name in form.changed_data and name not in form.errors]
    if changed and is_shown(form.instance):
        for name in changed:
            hidden = form.fields[name].widget.is_hidden
            form.add_error(
                None if hidden else name,
                _(
                    "A published page shows this. Upload a new one and put it on the page, "
                    "so that a second person sees it."
                ),
            )
