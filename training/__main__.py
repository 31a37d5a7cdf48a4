"""The commands: ``python -m training train``, ``audit``, ``import-check`` and ``sample``."""

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import typer
from rich.console import Console

from features.importing import load_mapping
from features.reading import import_source, read_tables
from features.sample import write_sample
from features.tables import Tables
from features.wording import Language
from training.audit_check import show_audit, show_quality
from training.capacity import Capacity
from training.console import progress, show_faults, show_run
from training.ending import console_on, tell_unexpected, told
from training.import_check import show_import, show_ready
from training.learning import audited
from training.promotion.commands import add_commands, commanded
from training.promotion.kept_grades import grades_mode
from training.quality import data_quality
from training.settings import DEFAULT_SEED, TrainingSettings
from training.tracking.store_location import StoreLocation
from training.train import Places, train

SAMPLE: Final = Path("data/sample")
REPORTS: Final = Path("reports")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
add_commands(app)


_Source = Annotated[str | None, typer.Argument(help="A folder of tables or a database URL; a sample CRM if absent.")]
_Spoken = Annotated[str, typer.Option(envvar="LANGUAGE", help="Of what is told: en or ja.")]
_Horizon = Annotated[int | None, typer.Option(envvar="HORIZON_DAYS", min=1, help="How far ahead a win counts.")]
_DataEnd = Annotated[str, typer.Option(envvar="DATA_END", help="The instant at which the data end, ISO 8601.")]
_TimeZone = Annotated[str, typer.Option(envvar="LEADS_TIME_ZONE", help="Of times without an offset.")]
_Exclude = Annotated[str, typer.Option(envvar="EXCLUDE", help="What to leave out: leads.a,activities.b,features.c")]


@app.command("train")
def train_command(
    source: _Source = None,
    language: _Spoken = "en",
    horizon_days: _Horizon = None,
    data_end: _DataEnd = "",
    time_zone: _TimeZone = "UTC",
    exclude: _Exclude = "",
) -> None:
    """Train a model, judge it, register it, and write its report."""
    console, errors = console_on(stderr=False), console_on(stderr=True)
    spoken = _language(language)
    with told(errors):
        capacity = Capacity.from_environment(os.environ)
        settings = replace(
            _settings(errors, source, horizon_days, data_end, time_zone, exclude),
            language=spoken,
            capacity=capacity,
            grades=grades_mode(os.environ, capacity),
        )
        places = Places(StoreLocation.of(Path.cwd(), os.environ), REPORTS, Path(__file__).parents[1])
        with progress(errors) as tell:
            run = train(settings, places, tell, commanded("train"))
        show_faults(errors, run.trained.prepared.tables.warnings)
        show_run(console, run, spoken)


@app.command("audit")
def audit_command(
    source: _Source = None,
    language: _Spoken = "en",
    horizon_days: _Horizon = None,
    data_end: _DataEnd = "",
    time_zone: _TimeZone = "UTC",
    exclude: _Exclude = "",
) -> None:
    """Tell which columns give the outcome away, and how good the data are, without training."""
    console, errors = console_on(stderr=False), console_on(stderr=True)
    spoken = _language(language)
    with told(errors):
        settings = _settings(errors, source, horizon_days, data_end, time_zone, exclude)
        with progress(errors) as tell:
            mapping = load_mapping(settings.crm) if settings.crm else None
            tables = read_tables(settings.source, settings.time_zone, mapping)
            _, audit = audited(tables, settings, tell)
        show_faults(errors, tables.warnings)
        show_audit(console, audit, spoken)
        show_quality(console, data_quality(tables), spoken)


@app.command("import-check")
def import_check_command(
    source: Annotated[str, typer.Argument(help="A folder that a CRM exported, or the URL of its replica.")],
    crm: Annotated[str, typer.Option(envvar="CRM", help="salesforce, hubspot, dynamics365, generic or own.toml.")],
    language: _Spoken = "en",
    time_zone: _TimeZone = "UTC",
) -> None:
    """Tell what a mapping makes of an export, without training."""
    console, errors = console_on(stderr=False), console_on(stderr=True)
    spoken = _language(language)
    with told(errors):
        imported = import_source(source, load_mapping(crm), _zone(time_zone).key)
        show_import(console, imported.findings, spoken)
        tables = Tables.from_raw(imported.tables, imported.findings.faults, time_zone)
        show_faults(errors, tables.warnings)
        show_ready(console, tables, spoken)


@app.command("sample")
def sample_command(
    folder: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet.")],
    leads: Annotated[int, typer.Option(min=1, help="How many leads.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed is another company.")] = DEFAULT_SEED,
) -> None:
    """Write a simulated CRM."""
    with told(console_on(stderr=True)):
        if folder.exists():
            raise typer.BadParameter(f"{folder} exists already: name a folder that does not, or remove it")
        write_sample(folder, leads, seed)


def _sample(console: Console) -> str:
    if not SAMPLE.exists():
        console.print(f"No DATA given: writing a simulated CRM to {SAMPLE}", highlight=False)
        write_sample(SAMPLE)
    return str(SAMPLE)


def _settings(
    errors: Console, source: str | None, horizon_days: int | None, data_end: str, time_zone: str, exclude: str
) -> TrainingSettings:
    """Return what training and the audit alike are told of the source."""
    zone = _zone(time_zone)
    return TrainingSettings(
        source=source or _sample(errors),
        crm=os.environ.get("CRM", ""),
        time_zone=zone.key,
        data_end=_instant(data_end, zone),
        horizon_days=horizon_days,
        exclude=_names(exclude),
        audit_file=os.environ.get("AUDIT", ""),
    )


def _language(text: str) -> Language:
    return "ja" if text.lower().startswith("ja") else "en"


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())


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


if __name__ == "__main__":
    sys.excepthook = tell_unexpected
    app()
