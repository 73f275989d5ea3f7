#!/usr/bin/env python
"""Kodeks from the command line: ``./manage.py help`` lists what it can do."""

import gc
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["migrate"]:
        # Every step makes models anew, and looking through them for garbage costs a fifth of the time.
        gc.freeze()
        gc.set_threshold(200_000, 20, 100)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
