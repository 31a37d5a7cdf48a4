"""Answers go to the database from a process of its own, so that those who ask never wait for one being written.

A thread would share the interpreter with them, and a processor that it keeps for some milliseconds.
"""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Final

import orjson
import structlog

from serving.history_delivery import Delivered, DeliveryError

_END_SECONDS: Final = 2.0
_FAULT: Final = "fault"
log = structlog.get_logger(__name__)


class DeliveryProcess:
    """Starts ``serving.deliver`` with the first answers, and again whenever it is gone.

    Only bytes go between the two: lines of the spool there, JSON back. The other ends by itself once this one is gone.

    Parameters
    ----------
    url : str
        Of the database, as SQLAlchemy takes it; not told to anybody who may list processes.
    log_level : str
        Of what the other process logs, beside this one.
    """

    def __init__(self, url: str, log_level: str) -> None:
        self._told = orjson.dumps({"url": url, "log_level": log_level})
        self._process: subprocess.Popen[bytes] | None = None
        self._there: Connection | None = None
        self._back: Connection | None = None

    def deliver(self, lines: Sequence[bytes]) -> Delivered:
        """Write answers, as ``serving.history_delivery.Deliverer`` has it."""
        try:
            told = self._asked(b"".join(lines))
        except (EOFError, OSError) as error:
            self.close()
            raise DeliveryError(type(error).__name__) from None
        if _FAULT in told:
            raise DeliveryError(told[_FAULT])
        return Delivered(**told)

    def close(self) -> None:
        """End the other process; what it is writing is written first, where that does not take long."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._there is not None:
            self._there.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_END_SECONDS)
        process.kill()
        if process.wait():
            log.warning("delivery_ended", exit_code=process.returncode)

    def _asked(self, lines: bytes) -> dict[str, Any]:
        there, back = self._there, self._back
        if self._process is None or there is None or back is None:
            there, back = self._started()
        there.send_bytes(lines)
        told: dict[str, Any] = orjson.loads(back.recv_bytes())
        return told

    def _started(self) -> tuple[Connection, Connection]:
        theirs, self._there = Pipe(duplex=False)
        self._back, answers = Pipe(duplex=False)
        handles = (theirs.fileno(), answers.fileno())
        with theirs, answers:
            # Where this process does not import what lies in the working folder, neither does the other.
            options = ("-P",) if sys.flags.safe_path else ()
            command = (sys.executable, *options, "-m", "serving.deliver", *map(str, handles))
            self._process = subprocess.Popen(command, pass_fds=handles, stdin=subprocess.DEVNULL)
        self._there.send_bytes(self._told)
        return self._there, self._back
