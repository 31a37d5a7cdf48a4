"""``python -m serving score``."""

from pathlib import Path
from time import perf_counter
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from features.importing import load_mapping
from features.reading import read_tables
from features.snapshots import Snapshots
from features.tables import Tables
from serving.batch import BatchRun, open_leads, score_all, wanted_snapshots
from serving.champion import Champion
from serving.company_rules import registered_champion, rules_champion
from serving.settings import ServiceSettings, read_settings
from serving.telling import bar, say, spoken_language, told


def score_command(
    source: Annotated[str, typer.Argument(help="A folder of tables or a database URL.")],
    out: Annotated[str, typer.Argument(help="A .csv, .csv.gz or .parquet file, or a database URL with #table.")],
    snapshots: Annotated[
        Path | None, typer.Option(envvar="SNAPSHOTS", help="A file of lead_id and as_of; else all open leads, now.")
    ] = None,
    crm: Annotated[
        str, typer.Option(envvar="CRM", help="How the source is mapped: salesforce, hubspot, dynamics365, own.toml.")
    ] = "",
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="Of the sentences: en or ja.")] = "",
) -> None:
    """Score all open leads of a source as of its data end, or those of a file."""
    console = Console(stderr=True)
    with told(console, "nothing was scored"):
        settings = read_settings()
        spoken = spoken_language(language, settings)
        champion = _champion(settings)
        tables = read_tables(source, settings.time_zone, load_mapping(crm) if crm else None)
        wanted = _wanted(snapshots, tables, settings)
        run = BatchRun(tables, wanted, champion, spoken, out, best_first=snapshots is None)
        started = perf_counter()
        with bar(console, "scoring", len(wanted)) as tell:
            score_all(run, tell)
        seconds = perf_counter() - started
        done = f"{len(wanted):,} leads scored in {seconds:.1f} s by {champion.name} version {champion.version}"
        say(console, f"{done}: {out.rpartition('@')[2]}")


def _champion(settings: ServiceSettings) -> Champion:
    return rules_champion(settings) if settings.method == "rules" else registered_champion(settings)


def _wanted(file: Path | None, tables: Tables, settings: ServiceSettings) -> Snapshots:
    return open_leads(tables) if file is None else wanted_snapshots(file, tables, ZoneInfo(settings.time_zone))
