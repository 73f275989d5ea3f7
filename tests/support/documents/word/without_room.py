"""Run by test_child.py: takes all memory that it may have, and then waits for a little more, as Python does
that can't end."""

import resource
import sys

from documents.word.file.child import ROOM_TO_END

MB = 1024 * 1024

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (150 * MB - ROOM_TO_END, 150 * MB))
    held = []
    for size in (MB, 4096):
        try:
            while True:
                held.append(bytearray(size))
        except MemoryError:
            continue
    while True:
        try:
            last = bytearray(2 * MB)
            break
        except MemoryError:
            continue
    sys.exit(0)
