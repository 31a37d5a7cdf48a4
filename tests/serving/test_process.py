import gc
import sys

from serving.process import settle


def test_settled_process_keeps_what_is_loaded_out_of_collections_and_shares_the_interpreter_sooner() -> None:
    interval = sys.getswitchinterval()
    try:
        settle()
        assert gc.get_freeze_count() > 100_000
        assert sys.getswitchinterval() < interval / 5
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)
