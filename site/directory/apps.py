from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory of services")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from audit import visibility
        from directory import guards, trail_checks  # noqa: F401
        from directory.access import contacts
        from directory.models import Organisation, Place, Service, Town
        from directory.office import trail_labels, writers  # noqa: F401
        from directory.office.home_panel import to_confirm
        from directory.office.policy import RecordPolicy
        from directory.office.uses import in_services
        from directory.pages import views as pages
        from directory.reminders import mail_validity
        from directory.to_call import services_to_call
        from mail import validity
        from public import number_uses, publication
        from public import views as public_views
        from public.places import TWINS
        from search.pages import help_box
        from theme import home_panels, nav

        for model in (Organisation, Place, Service, Town):
            # Before Wagtail makes up policies of its own: theirs know groups, not countries.
            register_permission_policy(model, RecordPolicy(model))
            visibility.of_country(model, "country")
        validity.register("service", mail_validity)
        help_box.register(services_to_call, public=False)
        number_uses.register(in_services)
        publication.CONTACTS.append(contacts)
        home_panels.register("services", 29, to_confirm)
        public_views.NUMBERED[TWINS["services/"]] = pages.index
        public_views.SERVICE[:] = [pages.numbered]
        nav.register("services", _("Services"), "directory:index", 45)
        nav.register("public-services", _("Services"), "directory:index", 15, place=nav.Place.PUBLIC)
