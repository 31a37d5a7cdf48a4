"""How the process of a service is set up to answer without pauses."""

import gc
import sys
from typing import Final

_SWITCH_SECONDS: Final = 0.0005


def settle() -> None:
    """Spare answers two kinds of pauses, once everything that stays is loaded.

    What is there now is never garbage, so it need not be looked through again and again. And a thread that writes the
    history lets go of the interpreter after half a millisecond, not five, when an answer waits for it.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_SWITCH_SECONDS)
