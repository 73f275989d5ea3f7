"""What each group of the admin may do; set anew after each migration, so that it is the same everywhere."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from people.roles import Role

PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILES = ("add_image", "choose_image", "add_document", "choose_document")
"""No "change_": people change the pictures and files that they added themselves, else another country's page
would change with them."""
GLOSSARY = ("add_glossaryterm", "change_glossaryterm", "view_glossaryterm")
SYNONYMS = ("add_synonymgroup", "change_synonymgroup", "view_synonymgroup")
ADMIN = ("access_admin",)
TRANSLATE = ("submit_translation",)
SITE = (
    "add_site", "change_site", "view_site",
    "add_locale", "change_locale", "view_locale",
)  # fmt: skip

MODEL_PERMISSIONS = {
    Role.PUBLISHER: ADMIN + TRANSLATE + GLOSSARY + SYNONYMS,
    Role.OPERATOR: ADMIN + TRANSLATE + GLOSSARY + SYNONYMS + SITE,
    Role.COORDINATOR: ADMIN,
}
PAGE_PERMISSIONS = {Role.PUBLISHER: PAGES, Role.OPERATOR: (*PAGES, "bulk_delete_page")}
FILE_PERMISSIONS = {
    Role.PUBLISHER: FILES,
    Role.OPERATOR: (*FILES, "add_collection", "change_collection", "delete_collection"),
}
OURS = (
    "public",
    "search",
    "wagtailcore",
    "wagtailadmin",
    "wagtaildocs",
    "wagtailimages",
    "simple_translation",
)
WAGTAILS_OWN = ("Editors", "Moderators")
WAGTAILS_WORKFLOW = "Moderators approval"


def set_permissions() -> None:
    """Gives the groups what the tables above say, and nothing else."""
    Group.objects.filter(name__in=WAGTAILS_OWN, user__isnull=True).delete()
    Workflow.objects.filter(name=WAGTAILS_WORKFLOW).delete()
    Task.objects.filter(name=WAGTAILS_WORKFLOW).delete()
    root = Page.objects.filter(depth=1).first()
    files = Collection.objects.filter(depth=1).first()
    for role, names in MODEL_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(_permissions(names))
        if root is not None:
            GroupPagePermission.objects.filter(group=group).delete()
            GroupPagePermission.objects.bulk_create(
                GroupPagePermission(group=group, page=root, permission=permission)
                for permission in _permissions(PAGE_PERMISSIONS.get(role, ()))
            )
        if files is not None:
            GroupCollectionPermission.objects.filter(group=group).delete()
            GroupCollectionPermission.objects.bulk_create(
                GroupCollectionPermission(group=group, collection=files, permission=permission)
                for permission in _permissions(FILE_PERMISSIONS.get(role, ()))
            )


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    """The permissions of those names. Raises LookupError where one is missing."""
    found = list(Permission.objects.filter(codename__in=names, content_type__app_label__in=OURS))
    missing = set(names) - {permission.codename for permission in found}
    if missing:
        raise LookupError(f"no such permissions: {', '.join(sorted(missing))}")
    return found
