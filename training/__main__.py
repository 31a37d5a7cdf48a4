"""The commands: ``python -m training train`` and ``python -m training sample``."""

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Annotated, Final, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import typer
from rich.console import Console
from rich.markup import escape

from features.faults import BadDataError
from features.sample import write_sample
from features.wording import Language
from training.console import progress, show_faults, show_run
from training.fitting.ladder import TooFewDealsError
from training.judging import UnjudgeableError
from training.settings import DEFAULT_SEED, TrainingSettings
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingError
from training.train import Places, train

SAMPLE: Final = Path("data/sample")
REPORTS: Final = Path("reports")
EXIT_BAD_INPUT: Final = 2
EXIT_NO_TRACKING: Final = 3
_WIDTH: Final = 110

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


@app.command("train")
def train_command(
    source: Annotated[
        str | None, typer.Argument(help="A folder of tables or a database URL; a sample CRM if absent.")
    ] = None,
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="Of the report: en or ja.")] = "en",
    horizon_days: Annotated[
        int | None, typer.Option(envvar="HORIZON_DAYS", min=1, help="How far ahead a win counts.")
    ] = None,
    data_end: Annotated[str, typer.Option(envvar="DATA_END", help="The instant at which the data end, ISO 8601.")] = "",
    time_zone: Annotated[str, typer.Option(envvar="LEADS_TIME_ZONE", help="Of times without an offset.")] = "UTC",
    exclude: Annotated[str, typer.Option(envvar="EXCLUDE", help="Columns to leave out: leads.a,companies.b")] = "",
) -> None:
    """Train a model, judge it, register it, and write its report."""
    console, errors = _console(stderr=False), _console(stderr=True)
    spoken: Language = "ja" if language.lower().startswith("ja") else "en"
    with _told(errors):
        settings = TrainingSettings(
            source=source or _sample(errors),
            language=spoken,
            time_zone=_zone(time_zone).key,
            data_end=_instant(data_end, _zone(time_zone)),
            horizon_days=horizon_days,
            exclude=frozenset(name.strip() for name in exclude.split(",") if name.strip()),
        )
        places = Places(StoreLocation.of(Path.cwd(), os.environ), REPORTS, Path(__file__).parents[1])
        with progress(errors) as tell:
            run = train(settings, places, tell)
        show_faults(errors, run.trained.prepared.tables.warnings)
        show_run(console, run, spoken)


@app.command("sample")
def sample_command(
    folder: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet.")],
    leads: Annotated[int, typer.Option(min=1, help="How many leads.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed is another company.")] = DEFAULT_SEED,
) -> None:
    """Write a simulated CRM."""
    with _told(_console(stderr=True)):
        if folder.exists():
            raise typer.BadParameter(f"{folder} exists already: name a folder that does not, or remove it")
        write_sample(folder, leads, seed)


def _console(*, stderr: bool) -> Console:
    """Return a console as wide as the terminal; wide enough for the table where there is none."""
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=_WIDTH)


def _sample(console: Console) -> str:
    if not SAMPLE.exists():
        console.print(f"No DATA given: writing a simulated CRM to {SAMPLE}", highlight=False)
        write_sample(SAMPLE)
    return str(SAMPLE)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise typer.BadParameter(f"time zone {name!r} is not known; give an IANA name such as Asia/Tokyo") from error


def _instant(text: str, zone: ZoneInfo) -> pd.Timestamp | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"data end {text!r} is no ISO 8601 time; give one such as 2026-06-30T00:00Z"
        ) from error
    return pd.Timestamp(instant if instant.tzinfo else instant.replace(tzinfo=zone))


@contextmanager
def _told(console: Console) -> Iterator[None]:
    """Tell what went wrong in words and end with a code that scripts can use; nobody is shown a traceback."""
    try:
        yield
    except BadDataError as error:
        show_faults(console, error.faults)
        console.print("Nothing was trained, and the registered models are as they were.")
        raise typer.Exit(EXIT_BAD_INPUT) from error
    except (TooFewDealsError, UnjudgeableError) as error:
        _end(console, str(error), EXIT_BAD_INPUT)
    except TrackingError as error:
        _end(console, str(error), EXIT_NO_TRACKING)


def _end(console: Console, message: str, code: int) -> NoReturn:
    console.print(f"[red]error[/red] {escape(message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(code)


def _tell_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of what nobody foresaw in one line; the traceback goes to a file for whoever mends it."""
    details = Path(tempfile.gettempdir()) / "lead-scoring-error.log"
    details.write_text("".join(traceback.format_exception(kind, error, trace)), encoding="utf-8")
    message = f"error unexpected {kind.__name__}: {error}. No model was registered. Details are in {details}"
    _console(stderr=True).print(escape(message), highlight=False, soft_wrap=True)


if __name__ == "__main__":
    sys.excepthook = _tell_unexpected
    app()
