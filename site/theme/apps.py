from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """The lowest room of the house: everything that draws a page depends on it, and it depends on nothing."""

    name = "theme"
    label = "theme"
    verbose_name = "Kodeks: look and components"
    default_auto_field = "django.db.models.BigAutoField"
