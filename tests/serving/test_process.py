import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import get_native_id

import pytest

from serving.process import give_way, settle


def test_settled_process_keeps_what_is_loaded_out_of_collections_and_shares_the_interpreter_sooner() -> None:
    interval = sys.getswitchinterval()
    try:
        settle()
        assert gc.get_freeze_count() > 100_000
        assert sys.getswitchinterval() < interval / 5
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has niceness of single threads")
def test_thread_that_gives_way_is_nicer_than_those_that_answer() -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, get_native_id())

    before = niceness()
    with ThreadPoolExecutor(1) as background:
        background.submit(give_way).result()
        assert background.submit(niceness).result() > before
        background.submit(os.setpriority, os.PRIO_PROCESS, 0, 15).result()
        background.submit(give_way).result()
        assert background.submit(niceness).result() == 15
    assert niceness() == before
