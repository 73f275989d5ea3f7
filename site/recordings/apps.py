from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordingsConfig(AppConfig):
    name = "recordings"
    verbose_name = _("Recordings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import visibility
        from documents.actions import file_tasks
        from public import blocks, take_along, voices
        from recordings import guards, trail, trail_checks  # noqa: F401
        from recordings.actions import clean_medium, take_upload  # noqa: F401
        from recordings.blocks import AudioBlock, VideoBlock
        from recordings.models import Medium, Recording
        from recordings.take_along import MediumSource
        from recordings.targets import voices_of_lines, voices_of_page

        file_tasks.register("recording", take_upload.read_file, take_upload.take_file)
        visibility.of_country(Recording, "country")
        visibility.of_country(Medium, "country")
        voices.register(voices_of_page, voices_of_lines)
        take_along.register(MediumSource())
        blocks.register("audio", AudioBlock())
        blocks.register("video", VideoBlock())
