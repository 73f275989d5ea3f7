"""Wagtail's people and groups, read-only: rights follow from memberships."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "config.admin.people.PeopleViewSet"
    group_viewset = "config.admin.people.GroupsViewSet"
    default = False

    def ready(self) -> None:
        from config.admin import policies

        super().ready()
        # After Wagtail's own, which let whoever has Django's permission, and every superuser, change people.
        policies.register()
