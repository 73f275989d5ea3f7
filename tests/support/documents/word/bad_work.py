"""What a confined process must get the better of."""

import os
import signal
import time

MB = 1024 * 1024


def never_end() -> bytes:
    time.sleep(300)
    return b""


def use_up_time() -> bytes:
    """Ends as the system ends a process that is over its limit."""
    os.kill(os.getpid(), signal.SIGXCPU)
    return b""


def use_up_memory() -> bytes:
    """Takes all memory that it may have, and then waits for a little more, as Python does that can't end."""
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
    held.clear()
    return bytes(last[:1])
