"""How the process of a service is set up to answer without pauses, and to end without breaking off."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import parent_process
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Final, NoReturn

_SWITCH_SECONDS: Final = 0.0001
_NICENESS: Final = 10
_ENDS: Final = (signal.SIGTERM, signal.SIGINT)


def settle() -> None:
    """Spare answers two kinds of pauses, once everything that stays is loaded.

    What is there now is never garbage, so it need not be looked through again and again. And a thread in the
    background lets go of the interpreter after a tenth of a millisecond, not five, when an answer waits for it.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_SWITCH_SECONDS)


def give_way() -> None:
    """Let whatever else wants the processor have it before this process."""
    if sys.platform != "win32":
        os.nice(max(_NICENESS - os.nice(0), 0))


def end_well() -> None:
    """Let SIGTERM end the process with 0; uvicorn, once it has drained, sends itself what it was sent."""
    signal.signal(signal.SIGTERM, _end)


def end_with_parent() -> None:
    """End as on SIGTERM when the process that started this one is gone: nobody would end it otherwise."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, name="parent", daemon=True).start()


def give_notice(on_end: Callable[[], None], seconds: float) -> None:
    """Call something as soon as the process is told to end, and let it end some seconds later.

    Called in the event loop, once the server listens to signals; does nothing in a thread, which cannot do that.

    Parameters
    ----------
    on_end : callable
        What is called.
    seconds : float
        How long everything goes on then; a second signal ends that.
    """
    if current_thread() is not main_thread():
        return
    loop, is_told = asyncio.get_running_loop(), False

    def handler_of(end: Callable[[int, FrameType | None], object]) -> Callable[[int, FrameType | None], None]:
        def handle(number: int, frame: FrameType | None) -> None:
            nonlocal is_told
            on_end()
            if is_told or not seconds:
                end(number, frame)
            else:
                is_told = True
                loop.call_soon_threadsafe(loop.call_later, seconds, end, number, None)

        return handle

    for number in _ENDS:
        end = signal.getsignal(number)
        if callable(end):
            signal.signal(number, handler_of(end))


def _end(_: int, __: FrameType | None) -> NoReturn:
    sys.exit(0)
