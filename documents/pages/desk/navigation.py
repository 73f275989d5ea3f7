"""The desk's place in the bar of the office."""

from django.utils.translation import gettext_lazy as _

from documents.pages.desk.worklist import has_a_desk
from theme import nav


def register() -> None:
    nav.register("desk", _("My work"), "desk:home", 20, has_a_desk, icon="pen")
