from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents import guards, notifications, signal_handlers  # noqa: F401
        from documents.actions import (
            edit_word_template,
            explain_case_data,  # noqa: F401  (what an adoption asks first)
            file_tasks,
            import_translation,
            trust_lists,
        )
        from documents.pages.desk import citations_panel, second_person_panel
        from documents.pages.desk import home_panel as desk_panel
        from documents.pages.desk.worklist import has_a_desk
        from documents.pages.edition import last_read
        from documents.pages.library import home_panel as reading_panel
        from documents.pages.library import start_tiles
        from documents.trail import (  # noqa: F401
            checks,
            labels,
            number_checks,
            reader_checks,
            refusals,
            trust_checks,
        )
        from documents.translation.scripts import to_cyrillic, to_latin
        from mail import validity
        from people.access import has_role
        from people.roles import Role
        from theme import home_panels, localized_names, nav

        file_tasks.register("translation", import_translation.read_file, import_translation.take_file)
        file_tasks.register("template", edit_word_template.read_file, edit_word_template.take_file)
        file_tasks.register("template_facts", edit_word_template.read_stored, edit_word_template.keep_facts)
        file_tasks.register("trust_list", trust_lists.read_file, trust_lists.take_file)
        localized_names.register(to_latin, to_cyrillic)
        validity.register("edition", notifications.validity)
        nav.register("desk", _("My work"), "desk:home", 20, has_a_desk, icon="pen")
        nav.register(
            "library", _("Library"), "documents:library", 10, lambda request: request.user.is_authenticated
        )
        nav.register(
            "trusted_lists",
            _("Trusted lists"),
            "desk:trusted_lists",
            77,
            lambda request: has_role(request.user, Role.OPERATOR),
            place=nav.Place.RUN,
        )
        nav.register("public_library", _("Library"), "documents:library", 30, place=nav.Place.PUBLIC)
        home_panels.register("start_tiles", 5, start_tiles.panel)
        home_panels.register("second_person", 13, second_person_panel.panel)
        home_panels.register("desk", 20, desk_panel.panel)
        home_panels.register("citations", 30, citations_panel.panel)
        home_panels.register("since", 35, last_read.panel)
        home_panels.register("reading", 40, reading_panel.panel)
        home_panels.register_news("drafts", desk_panel.news)
        home_panels.register_news("in_force", reading_panel.news)
