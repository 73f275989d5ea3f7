"""What a confined process could run: work without an end."""

import time

from documents.word import DEFAULT_LIMITS
from documents.word.file.child import confined


def work() -> bytes:
    time.sleep(300)
    return b""


if __name__ == "__main__":
    confined(DEFAULT_LIMITS, work)
