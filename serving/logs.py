"""The log: one JSON object a line, without what requests say about people."""

import logging
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import structlog
from pydantic_core import to_json
from structlog.typing import EventDict, Processor, WrappedLogger

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_OURS: Final = ("serving", "uvicorn")
"""Loggers that are heard at the level asked for; others, who may quote what they work on, from warnings on."""

_MOST_FRAMES: Final = 20


class _SteadyLogger(structlog.BytesLogger):
    """Loses lines while the disk under the log is full, and fails nothing else by that."""

    def msg(self, message: bytes) -> None:
        """Write a line."""
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warning = error = critical = msg


def set_up_logs(level: str) -> None:
    """Send every log line of the process to standard error, as JSON."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_failed,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(_json)],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=lambda *_: _SteadyLogger(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(lambda event, **_: _json(event).decode()),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(_LEVELS[level])
    logging.captureWarnings(capture=True)


def where_it_failed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Turn an exception into its type and the lines it came through; its message may quote a request."""
    failed: Any = event.pop("exc_info", None)
    if failed is True:
        failed = sys.exc_info()
    error = failed[1] if isinstance(failed, tuple) else failed
    if isinstance(error, BaseException):
        event["fault"] = type(error).__name__
        event["at"] = _frames(error.__traceback__)
    return event


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_MOST_FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def _json(event: EventDict, **_: object) -> bytes:
    return to_json(event, fallback=lambda value: type(value).__name__)
