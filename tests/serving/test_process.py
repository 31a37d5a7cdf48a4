import gc
import os
import subprocess
import sys

import pytest

from serving.process import settle
from tests.serving.process import environment


def test_settled_process_keeps_what_is_loaded_out_of_collections_and_shares_the_interpreter_sooner() -> None:
    interval = sys.getswitchinterval()
    try:
        settle()
        assert gc.get_freeze_count() > 100_000
        assert sys.getswitchinterval() < interval / 5
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)


@pytest.mark.parametrize("own", [0, 15])
def test_process_that_gives_way_is_nicer_than_those_that_answer(own: int) -> None:
    script = f"import os; from serving.process import give_way; os.nice({own}); give_way(); print(os.nice(0))"
    ended = subprocess.run([sys.executable, "-c", script], env=environment({}), capture_output=True, check=True)
    assert int(ended.stdout) == max(os.nice(0) + own, 10)
