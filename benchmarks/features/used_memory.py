"""Memory that has been used before: ``python -m benchmarks.features.used_memory`` uses it once and lets go of it.

A virtual machine gets memory from its host when it is first written to, and gives it back when it has lain free for
some seconds. Seen: 2.5 s a GB to get it from the host, 0.1 s a GB once the machine has it. On a machine that has worked
for a while nobody waits for that, so no engine is to wait for it here, whatever ran before it.
"""

import os
import subprocess
import sys
from typing import Final

import numpy as np

_MOST_BYTES: Final = 6_000_000_000
"""What an engine may take."""

_SHARE_OF_FREE: Final = 0.5
_PAGE_BYTES: Final = 4096


def use_memory() -> None:
    """Let a process of its own write to memory and end; it counts neither to the time nor to the peak of this one.

    Linux only: nothing happens elsewhere.
    """
    if sys.platform == "linux":
        subprocess.run([sys.executable, "-m", __spec__.name], check=True)


def _write() -> None:
    free_bytes = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    np.empty(int(min(_MOST_BYTES, _SHARE_OF_FREE * free_bytes)), dtype=np.uint8)[::_PAGE_BYTES] = 1


if __name__ == "__main__":
    _write()
