"""How a command ends: what it says when something goes wrong, and the code that scripts can use."""

import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, ENOSPC
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from features.faults import BadDataError
from features.rules_file import RulesError
from training.capacity import CapacityError
from training.console import show_faults
from training.fitting.ladder import TooFewDealsError
from training.judging import UnjudgeableError
from training.promotion.kept_grades import GradesError
from training.promotion.seat import PromotionError
from training.tracking.tracking_store import TrackingError

EXIT_BAD_INPUT: Final = 2
EXIT_NO_TRACKING: Final = 3
_WIDTH: Final = 110
_NO_ROOM: Final = (ENOSPC, EDQUOT)
_AFTER_NO_ROOM: Final = (
    "What make models lists is whole, and the champion is one of them. Make room, then run the command again."
)


def console_on(*, stderr: bool) -> Console:
    """Return a console as wide as the terminal; wide enough for the table where there is none."""
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=_WIDTH)


@contextmanager
def told(console: Console) -> Iterator[None]:
    """Tell what went wrong in words and end with a code that scripts can use; nobody is shown a traceback."""
    try:
        yield
    except BadDataError as error:
        show_faults(console, error.faults)
        console.print("Nothing was trained, and the registered models are as they were.")
        raise typer.Exit(EXIT_BAD_INPUT) from error
    except (RulesError, TooFewDealsError, UnjudgeableError, CapacityError, GradesError, PromotionError) as error:
        _end(console, str(error), EXIT_BAD_INPUT)
    except TrackingError as error:
        _end(console, str(error), EXIT_NO_TRACKING)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _end(console, f"No room is left on the disk{_of(error)}. {_AFTER_NO_ROOM}", EXIT_NO_TRACKING)


def tell_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of what nobody foresaw in one line; the traceback goes to a file for whoever mends it."""
    details = Path(tempfile.gettempdir()) / "lead-scoring-error.log"
    message = f"error unexpected {kind.__name__}: {error}. No model was registered."
    with suppress(OSError):  # that disk may be what is full
        details.write_text("".join(traceback.format_exception(kind, error, trace)), encoding="utf-8")
        message += f" Details are in {details}"
    console_on(stderr=True).print(escape(message), highlight=False, soft_wrap=True)


def _of(error: OSError) -> str:
    return f", at {error.filename}" if error.filename else ""


def _end(console: Console, message: str, code: int) -> NoReturn:
    console.print(f"[red]error[/red] {escape(message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(code)
