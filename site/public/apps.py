from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "public"
    verbose_name = _("Public site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from audit import visibility
        from public import (  # noqa: F401
            campaign_checks,
            files,
            guards,
            latin,
            number_checks,
            page_trail,
            withdrawn_copies,
        )
        from public.help_search import help_box
        from public.models import CampaignPage, HomePage, Hotline, lines
        from public.office import trail_labels  # noqa: F401
        from public.office.campaign_panel import numbers_waiting, panel, unchecked_numbers
        from public.permissions import HotlinePolicy, OwnPagesPolicy
        from search.pages import help_box as search_help
        from theme import helplines, home_panels, nav

        # Before Wagtail makes up policies of its own: theirs know groups, not countries.
        for page in (CampaignPage, HomePage):
            register_permission_policy(page, OwnPagesPolicy(page))
        register_permission_policy(Hotline, HotlinePolicy(Hotline))
        visibility.of_country(CampaignPage, "country")
        visibility.of_country(Hotline, "country")
        helplines.register(lines.helplines, lines.help_page)
        search_help.register(help_box)
        home_panels.register("numbers", 25, numbers_waiting)
        home_panels.register("campaigns", 26, panel)
        home_panels.register("unchecked", 27, unchecked_numbers)
        top, foot = nav.Place.PUBLIC_TOP, nav.Place.PUBLIC
        for key, label, url_name, order, place in (
            ("top-help", _("Get help"), "public:help", 10, top),
            ("top-signs", _("Know the signs"), "public:signs", 20, top),
            ("top-before", _("Before you go"), "public:before", 30, top),
            ("top-documents", _("Documents"), "documents:library", 50, top),
            ("top-search", _("Search"), "search:page", 60, top),
            ("public-help", _("Numbers to call"), "public:help", 10, foot),
            ("public-erase", _("Delete the traces on your phone"), "public:erase", 20, foot),
            ("public-privacy", _("Privacy: we store nothing about you"), "public:privacy", 25, foot),
            ("public-about", _("Who runs this site"), "public:about", 40, foot),
            ("public-accessibility", _("Accessibility"), "public:accessibility", 41, foot),
        ):
            nav.register(key, label, url_name, order, place=place)
