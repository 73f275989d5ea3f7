"""wagtailmedia with the rules of Kodeks: it makes up its own, which know collections and no countries."""

from wagtailmedia.apps import WagtailMediaAppConfig


class MediaConfig(WagtailMediaAppConfig):
    default = False

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy
        from wagtailmedia import wagtail_hooks
        from wagtailmedia.views import chooser, media

        from recordings.models import Medium
        from recordings.office.medium_policy import MediumPolicy

        super().ready()
        policy = MediumPolicy(Medium)
        register_permission_policy(Medium, policy)
        for views in (chooser, media):
            views.permission_checker.policy = policy
        wagtail_hooks.permission_policy = wagtail_hooks.MediaAdminURLFinder.permission_policy = policy
