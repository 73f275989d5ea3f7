"""A process that is ended by the system because it used up its time of the processor (for test_child.py)."""

import os
import signal

if __name__ == "__main__":
    os.kill(os.getpid(), signal.SIGXCPU)
