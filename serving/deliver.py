"""``python -m serving.deliver``: writes answers to the database for a service, which starts it and brings them."""

import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from multiprocessing.connection import Connection
from os import sched_yield

import orjson
import structlog

from serving.history_delivery import Deliverer, Delivery, DeliveryError
from serving.history_store import HistoryStore
from serving.logs import set_up_logs
from serving.process import give_way

log = structlog.get_logger(__name__)


def main(wanted: Connection, answers: Connection) -> None:
    """Write what comes until the service is gone; whoever tells both to end at once gets what is left written."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    give_way()
    with wanted, answers, suppress(EOFError, OSError):
        told = orjson.loads(wanted.recv_bytes())
        set_up_logs(told["log_level"])
        # Without that the kernel lets an answer on the same core wait for a millisecond, however nice this process is.
        delivery = Delivery(HistoryStore(told["url"]), sched_yield)
        while True:
            answers.send_bytes(_answer(delivery, wanted.recv_bytes()))


def _answer(delivery: Deliverer, lines: bytes) -> bytes:
    try:
        return orjson.dumps(asdict(delivery.deliver(BytesIO(lines).readlines())))
    except DeliveryError as error:
        return orjson.dumps({"fault": str(error)})
    except Exception:
        log.exception("history_failed")
        return orjson.dumps({"fault": "unexpected"})


if __name__ == "__main__":
    main(Connection(int(sys.argv[1]), writable=False), Connection(int(sys.argv[2]), readable=False))
