from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "public"
    verbose_name = _("Public site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from audit import visibility
        from public import files, guards, number_checks, page_trail  # noqa: F401
        from public.models import CampaignPage, HomePage, Hotline, hotlines
        from public.office import trail_labels  # noqa: F401
        from public.office.campaign_panel import numbers_waiting, panel, unchecked_numbers
        from public.permissions import HotlinePolicy, OwnPagesPolicy
        from theme import helplines, home_panels, nav

        # Before Wagtail makes up policies of its own: theirs know groups, not countries.
        for page in (CampaignPage, HomePage):
            register_permission_policy(page, OwnPagesPolicy(page))
        register_permission_policy(Hotline, HotlinePolicy(Hotline))
        visibility.of_country(CampaignPage, "country")
        visibility.of_country(Hotline, "country")
        helplines.register(hotlines.helplines)
        home_panels.register("numbers", 25, numbers_waiting)
        home_panels.register("campaigns", 26, panel)
        home_panels.register("unchecked", 27, unchecked_numbers)
        public = nav.Place.PUBLIC
        nav.register("public-help", _("Numbers to call"), "public:help", 10, place=public)
        nav.register(
            "public-privacy", _("Privacy: we store nothing about you"), "public:privacy", 30, place=public
        )
