"""Pictures of campaigns. They are served by our own hosts, so that no page asks another one for anything."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture that was uploaded for a campaign."""

    admin_form_fields = Image.admin_form_fields
    seen_fields = (
        "file",
        "title",
        "description",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def seen(self) -> list[str]:
        """What a reader gets of it. What is cut off hangs on the focal point."""
        focus = self.get_focal_point()
        return [
            self.file.name,
            self.file_hash,
            self.title,
            self.description,
            *([str(focus)] if focus else []),
        ]


class Rendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_picture_of_a_size"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"

    @property
    def url(self) -> str:
        """The address on whichever host shows the picture; the store behind it may have one of its own."""
        return reverse("picture", args=[PurePosixPath(self.file.name).name])
