"""The command ``python -m models.bant``: explain the rules, and try them on past leads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console
from rich.markup import escape

from features.faults import BadDataError
from features.reading import read_tables
from features.records import Records
from features.rules_file import RulesError
from features.tables import Tables
from features.wording import Language
from models.bant.backtest import backtest
from models.bant.backtest_table import NOTE, backtest_table
from models.bant.decided import decided_leads
from models.bant.rules import SHIPPED, GateRules
from models.bant.rules_table import overall_lines, questions_table, rules_table

EXIT_BAD_INPUT: Final = 2

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def bant(
    file: Annotated[
        Path, typer.Argument(help="The rules; those that are shipped if absent.", show_default=False)
    ] = SHIPPED,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the rules as a table; done if nothing else is.")
    ] = False,
    source: Annotated[
        str, typer.Option("--backtest", metavar="SOURCE", help="Try them on a folder of tables or a database URL.")
    ] = "",
    days_before: Annotated[int, typer.Option(min=0, help="Judge past leads so many days before their end.")] = 0,
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="en or ja.")] = "en",
    time_zone: Annotated[str, typer.Option(envvar="LEADS_TIME_ZONE", help="Of times without an offset.")] = "UTC",
) -> None:
    """Explain the BANT-C gates, or try them on past leads."""
    spoken: Language = "ja" if language.lower().startswith("ja") else "en"
    console = Console()
    with _told(Console(stderr=True)):
        rules = GateRules.load(file)
        if explain or not source:
            _explain(console, rules, spoken)
        if source:
            _backtest(console, rules, read_tables(source, _zone(time_zone)), days_before, spoken)


def _explain(console: Console, rules: GateRules, language: Language) -> None:
    console.print(rules_table(rules, language))
    console.print(questions_table(rules, language))
    for line in overall_lines(rules, language):
        console.print(line, highlight=False, soft_wrap=True)


def _backtest(console: Console, rules: GateRules, tables: Tables, days_before: int, language: Language) -> None:
    decided = decided_leads(tables, days_before)
    results = backtest(rules, Records.of(tables), decided.snapshots, decided.won)
    console.print(backtest_table(results, language))
    console.print(NOTE.in_language(language), highlight=False, soft_wrap=True)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise typer.BadParameter(f"time zone {name!r} is not known; give an IANA name such as Asia/Tokyo") from error


@contextmanager
def _told(console: Console) -> Iterator[None]:
    """Tell what is wrong, all of it and without a traceback, and end with a code that scripts can use."""
    try:
        yield
    except RulesError as error:
        faults = [f"{error.file}, {mistake}" for mistake in error.mistakes]
    except BadDataError as error:
        faults = [str(fault) for fault in error.faults]
    else:
        return
    for fault in faults:
        console.print(f"[red]error[/red] {escape(fault)}", highlight=False, soft_wrap=True)
    raise typer.Exit(EXIT_BAD_INPUT)


if __name__ == "__main__":
    app()
