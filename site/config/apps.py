from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _enters_admin(request: HttpRequest) -> bool:
    from config.admin.gate import may_enter

    return request.user.is_authenticated and may_enter(request)


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def set_up(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After the last app's turn, because Django makes the permissions app by app in this same signal."""
    from django.db import connections

    from config.admin.groups import set_permissions
    from public.models import HomePage
    from public.set_up import set_up_site

    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender.name != with_models[-1].name or using != "default":
        return
    if HomePage._meta.db_table in connections[using].introspection.table_names():
        set_up_site()
        set_permissions()


def _operates(request: HttpRequest) -> bool:
    from people.access import has_role
    from people.roles import Role

    return has_role(request.user, Role.OPERATOR)


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Kodeks"

    def ready(self) -> None:
        from wagtail.admin.views.mixins import SpreadsheetExportMixin as Export

        from config.guides import news_label
        from config.running import health
        from theme import home_panels, nav
        from theme.spreadsheet import safe_value

        for kind in (list, object):  # each cell of what Wagtail's admin exports
            Export.custom_value_preprocess[kind] = dict.fromkeys(Export.FORMATS, safe_value)

        post_migrate.connect(set_up, dispatch_uid="kodeks")
        home_panels.register("health", 8, health.panel)
        nav.register("health", _("Health"), "health", 75, _operates, place=nav.Place.RUN)
        nav.register(
            "admin", _("Site and campaigns"), "wagtailadmin_home", 80, _enters_admin, place=nav.Place.RUN
        )
        nav.register("help", _("Help"), "help_index", 5, place=nav.Place.FOOT)
        nav.register("news", news_label, "news", 6, _is_signed_in, place=nav.Place.FOOT)
        nav.register("privacy", _("Privacy"), "privacy", 60, place=nav.Place.FOOT)
        nav.register("help_account", _("Help"), "help_index", 15, place=nav.Place.ACCOUNT)
