"""The process that writes the history lives as long as the service that started it, whoever is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.delivery_process import DeliveryProcess
from serving.history_delivery import Delivered, DeliveryError
from serving.history_store import HistoryStore
from serving.spool_line import encoded
from tests.serving.process import environment
from tests.serving.test_history_store import entry

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
_SECONDS = 15.0


def started_by(pid: int) -> list[int]:
    """Return the processes that deliver for a service."""
    children = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for some in children for child in some}
    return [child for child, command in commands.items() if b"serving.deliver" in command]


def is_gone(pid: int) -> bool:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/secret.db"


@pytest.fixture
def delivery(url: str) -> Iterator[DeliveryProcess]:
    made = DeliveryProcess(url, "error")
    yield made
    made.close()


def test_nothing_is_started_before_the_first_answer_and_nothing_is_left_at_the_end(delivery: DeliveryProcess) -> None:
    assert started_by(os.getpid()) == []
    delivery.deliver([encoded(entry())])
    [beside] = started_by(os.getpid())
    assert os.getpriority(os.PRIO_PROCESS, beside) >= 10
    delivery.close()
    assert is_gone(beside)


def test_killed_process_is_told_and_replaced(delivery: DeliveryProcess, url: str) -> None:
    lines = [encoded(entry())]
    delivery.deliver(lines)
    [beside] = started_by(os.getpid())
    os.kill(beside, signal.SIGKILL)
    with pytest.raises(DeliveryError):
        delivery.deliver(lines)
    assert delivery.deliver([encoded(entry())]) == Delivered()
    assert started_by(os.getpid()) != [beside]
    store = HistoryStore(url)
    assert len(store.of_lead("L1", 10)) == 2
    store.close()


def test_signal_to_all_processes_leaves_it_to_write_what_is_left(delivery: DeliveryProcess) -> None:
    delivery.deliver([encoded(entry())])
    [beside] = started_by(os.getpid())
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(beside, number)
    assert delivery.deliver([encoded(entry())]) == Delivered()
    assert started_by(os.getpid()) == [beside]


def test_address_of_the_database_does_not_stand_in_the_list_of_processes(delivery: DeliveryProcess) -> None:
    delivery.deliver([encoded(entry())])
    [beside] = started_by(os.getpid())
    for file in ("cmdline", "environ"):
        assert b"secret" not in Path(f"/proc/{beside}/{file}").read_bytes()


SERVE = """
import sys, time
from serving.delivery_process import DeliveryProcess
DeliveryProcess(sys.argv[1], "error").deliver(())
print("delivers", flush=True)
time.sleep(60)
"""


def test_process_ends_once_a_killed_service_is_gone(url: str, tmp_path: Path) -> None:
    (tmp_path / "orjson.py").write_text("raise SystemExit('what lies in the working folder was imported')")
    command = [sys.executable, "-P", "-c", SERVE, url]
    with subprocess.Popen(command, env=environment({}), stdout=subprocess.PIPE, cwd=tmp_path) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == b"delivers\n"
        [beside] = started_by(service.pid)
        service.kill()
    assert is_gone(beside)


def test_writing_answers_takes_none_of_what_working_them_out_takes() -> None:
    script = "import serving.deliver, sys; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", script], env=environment({}), capture_output=True, check=True)
    assert not {b"numpy", b"pandas", b"pyarrow", b"lightgbm", b"fastapi"} & set(ended.stdout.split())
