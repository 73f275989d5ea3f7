from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MaterialsConfig(AppConfig):
    name = "materials"
    verbose_name = _("Materials")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from materials import trail_checks  # noqa: F401
        from materials.pages import views as pages
        from materials.source import MaterialSource
        from materials.uses import in_materials
        from public import number_uses, take_along
        from public import views as public_views
        from public.places import TWINS
        from theme import nav

        take_along.register(MaterialSource())
        number_uses.register(in_materials)
        public_views.NUMBERED[TWINS["materials/"]] = pages.index
        nav.register("top-materials", _("Materials"), "materials:index", 40, place=nav.Place.PUBLIC_TOP)
