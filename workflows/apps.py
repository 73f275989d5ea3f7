from collections.abc import Callable

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Review")

    def ready(self) -> None:
        from documents.actions import file_tasks
        from mail import validity
        from people.actions import mail_link
        from people.roles import Role
        from theme import home_panels, nav
        from workflows import access, guards, mails, receivers  # noqa: F401  (they register themselves)
        from workflows.pages import edition_panels  # noqa: F401
        from workflows.pages.first_page import coordinator, news, reviewer
        from workflows.pages.matrix import answers_file
        from workflows.rules import adoption_gate  # noqa: F401
        from workflows.shipped_procedures import ensure_after_migrate
        from workflows.trail import checks, labels  # noqa: F401

        file_tasks.register("answers", answers_file.read_file, answers_file.take_file)
        validity.register("review", mails.validity)
        mail_link.register("review", mails.still_asks)
        post_migrate.connect(ensure_after_migrate, sender=self, dispatch_uid="workflows.shipped_procedures")

        def for_role(role: Role) -> Callable[[HttpRequest], bool]:
            return lambda request: role in _roles(request)

        home_panels.register("asked", 10, reviewer.waiting_for_answer)
        home_panels.register("to_check", 12, reviewer.to_check)
        home_panels.register("coordinated", 15, coordinator.running)
        home_panels.register("drafts", 17, coordinator.drafts)
        home_panels.register("due_for_revision", 30, coordinator.due_for_revision)
        home_panels.register_news("reviews", news.in_reviews)
        nav.register("review", _("My reviews"), "review:list", 30, for_role(Role.REVIEWER), icon="check")
        nav.register(
            "coordinate", _("Reviews"), "coordinate:desk", 40, for_role(Role.COORDINATOR), icon="calendar"
        )


def _roles(request: HttpRequest) -> set[str]:
    """The roles that the reader has today, asked for once in a request."""
    from people.access import memberships

    found: set[str] | None = getattr(request, "_review_roles", None)
    if found is None:
        found = {m.role for m in memberships(getattr(request, "user", None))}
        request._review_roles = found
    return found
