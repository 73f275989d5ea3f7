"""Makes the demonstration's recordings anew, from the texts of the demonstration that is loaded."""

from __future__ import annotations

import subprocess
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recordings.confined.sound import read_sound
from recordings.demo import EXAMPLES, FOLDER, file_of


class Command(BaseCommand):
    help = "Reads the demonstration's three texts with espeak-ng (a package of Debian)."

    def handle(self, *args: Any, **options: Any) -> None:
        targets = [example.target() for example in EXAMPLES]
        if None in targets:
            raise CommandError("Load the demonstration first (manage.py load_demo).")
        for old in FOLDER.glob("*.mp3"):
            old.unlink()
        for target in targets:
            if target is None:
                continue
            command = ["espeak-ng", "-v", target.script.language, "-s", "150", "--stdin", "--stdout"]
            spoken = subprocess.run(  # noqa: S603 (our own texts, no shell)
                command, input=target.script.text.encode(), capture_output=True, check=True
            )
            sound = read_sound(spoken.stdout, longest=settings.KODEKS_RECORDING_SECONDS)
            file_of(target).write_bytes(sound.mp3)
            self.stdout.write(f"{file_of(target).name}: {sound.seconds:.0f} s, {len(sound.mp3)} bytes")
