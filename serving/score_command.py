"""``python -m serving score``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Annotated, Final, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from features.faults import BadDataError
from features.reading import read_tables
from features.rules_file import RulesError
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import Language
from serving.batch import BatchRun, OutputError, WantedError, open_leads, score_all, wanted_snapshots
from serving.champion import Champion
from serving.company_rules import registered_champion, rules_champion
from serving.registered import RegistryError
from serving.serve_command import EXIT_BAD_INPUT
from serving.settings import ServiceSettings, SettingsError, read_settings

EXIT_NO_MODEL: Final = 3


def score_command(
    source: Annotated[str, typer.Argument(help="A folder of tables or a database URL.")],
    out: Annotated[str, typer.Argument(help="A .csv, .csv.gz or .parquet file, or a database URL with #table.")],
    snapshots: Annotated[
        Path | None, typer.Option(envvar="SNAPSHOTS", help="A file of lead_id and as_of; else all open leads, now.")
    ] = None,
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="Of the sentences: en or ja.")] = "",
) -> None:
    """Score all open leads of a source as of its data end, or those of a file."""
    console = Console(stderr=True)
    with _told(console):
        settings = read_settings()
        spoken: Language = settings.language if not language else "ja" if language.lower().startswith("ja") else "en"
        champion = _champion(settings)
        tables = read_tables(source, settings.time_zone)
        wanted = _wanted(snapshots, tables, settings)
        run = BatchRun(tables, wanted, champion, spoken, out)
        started = perf_counter()
        with _progress(console, len(wanted)) as tell:
            score_all(run, tell)
        seconds = perf_counter() - started
        console.print(
            f"{len(wanted):,} leads scored in {seconds:.1f} s by {champion.name} version {champion.version}: "
            f"{escape(out.rpartition('@')[2])}",
            highlight=False,
            soft_wrap=True,
        )


def _champion(settings: ServiceSettings) -> Champion:
    return rules_champion(settings) if settings.method == "rules" else registered_champion(settings)


def _wanted(file: Path | None, tables: Tables, settings: ServiceSettings) -> Snapshots:
    return open_leads(tables) if file is None else wanted_snapshots(file, tables, ZoneInfo(settings.time_zone))


@contextmanager
def _progress(console: Console, leads: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("scoring"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("scoring", total=leads)
        yield lambda count: bars.advance(task, count)


@contextmanager
def _told(console: Console) -> Iterator[None]:
    """Tell what went wrong in words and end with a code that scripts can use; nobody is shown a traceback."""
    try:
        yield
    except BadDataError as error:
        for fault in error.faults:
            console.print(f"{fault.severity} {escape(str(fault))}", highlight=False, soft_wrap=True)
        _end(console, "nothing was scored", EXIT_BAD_INPUT)
    except (SettingsError, RulesError, WantedError, OutputError) as error:
        _end(console, str(error), EXIT_BAD_INPUT)
    except RegistryError as error:
        _end(console, f"the model could not be had: {error}", EXIT_NO_MODEL)


def _end(console: Console, message: str, code: int) -> NoReturn:
    console.print(f"[red]error[/red] {escape(message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(code)
