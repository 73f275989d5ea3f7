"""The demonstration's recordings: espeak-ng stands in for a person, and each page says so.

docs/demonstration.md says how the files are made. The name of a file has the hash of the text that it reads,
so that no example is ever heard beside another text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from public.models import CampaignPage, Hotline
from recordings.actions.record import publish_recording, upload_recording
from recordings.clean import Clean
from recordings.models import Recording
from recordings.targets import Target, of_hotline, of_page

FOLDER = Path(__file__).parent
BITS = 24_000
"""A second of these files."""


@dataclass(frozen=True)
class Example:
    """A block of a campaign ("" for its title), or the text of a number, in one language."""

    tag: str
    campaign: str = ""
    block: str = ""
    number: str = ""

    def target(self) -> Target | None:
        if self.number:
            hotline = Hotline.objects.filter(key=self.number).first()
            found = of_hotline(hotline) if hotline else iter(())
            return next((one for one in found if one.tag == self.tag), None)
        page = CampaignPage.published().filter(slug=self.campaign, locale__language_code=self.tag).first()
        if page is None:
            return None
        parts = [""] if not self.block else [one.id for one in page.body if one.block_type == self.block]
        return next((one for one in of_page(page) if one.part in parts), None)


def file_of(target: Target) -> Path:
    return FOLDER / f"{target.script.language}-{target.script.sha256[:12]}.mp3"


EXAMPLES = (
    Example("en", number="mk"),
    Example("sr-cyrl", number="rs"),
    Example("ar", number="al"),
)


def load_recordings() -> int:
    """Publishes the examples that are not there yet; gives their number."""
    made = 0
    for example in EXAMPLES:
        target = example.target()
        if target is None or not file_of(target).exists():
            continue
        if Recording.objects.filter(**target.fields).exists():
            continue
        mp3 = file_of(target).read_bytes()
        sound = Clean(mp3, "mp3", len(mp3) * 8 / BITS)
        publish_recording(
            None, upload_recording(None, target, sound, read=target.script.sha256, by_machine=True)
        )
        made += 1
    return made
