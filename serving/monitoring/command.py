"""``python -m serving monitor``."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from sqlalchemy import Engine

from features.instant import MS_PER_DAY
from features.wording import Language, Wording
from models.registry_names import MODEL_NAME
from serving.database import open_engine
from serving.instant import NoInstantError, read_instant
from serving.monitoring.checks import checks_of
from serving.monitoring.figure_store import Figures, write_figures
from serving.monitoring.figures import main_figures
from serving.monitoring.page import render
from serving.monitoring.period import DEFAULT_DAYS, Period
from serving.monitoring.report_files import check_page, write_files
from serving.monitoring.subject import Subject
from serving.monitoring.summary import show_checks
from serving.monitoring.watch import watch
from serving.monitoring.watch_json import watch_json
from serving.prepared_store import prepare_store
from serving.registered import RegistryError
from serving.registry_door import RegistryDoor
from serving.settings import ServiceSettings, SettingsError, read_settings
from serving.telling import EXIT_UNFINISHED, say, spoken_language, told

_WRITTEN: Final = Wording("page      {page}", "ページ    {page}")


@dataclass(frozen=True, slots=True)
class _Telling:
    """To whom, in which language, and where the page goes."""

    console: Console
    language: Language
    page: Path


def monitor_command(
    since: Annotated[str, typer.Option(help="Answers from then on, ISO 8601; else a year before the end.")] = "",
    until: Annotated[str, typer.Option(help="Answers and outcomes before then, ISO 8601; else now.")] = "",
    out: Annotated[Path, typer.Option(help="The page; a .json of the same name stands beside it.")] = Path(
        "reports/monitor.html"
    ),
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="Of the page and the terminal: en or ja.")] = "",
) -> None:
    """Watch the champion: whether leads, scores and outcomes are still what it was trained for."""
    console = Console(stderr=True)
    with told(console, "nothing was looked at"):
        settings = read_settings()
        spoken = spoken_language(language, settings)
        period = _period(since, until, ZoneInfo(settings.time_zone))
        check_page(out)
        subject = _subject(settings)
        engine = open_engine(settings.database_url)
        try:
            prepare_store(engine)
            needs_person = _watch(engine, subject, period, _Telling(console, spoken, out))
        finally:
            engine.dispose()
    if needs_person:
        raise typer.Exit(EXIT_UNFINISHED)


def _period(since: str, until: str, zone: ZoneInfo) -> Period:
    until_ms = _instant("--until", until, zone) if until else time.time_ns() // 1_000_000
    since_ms = _instant("--since", since, zone) if since else until_ms - DEFAULT_DAYS * MS_PER_DAY
    if since_ms >= until_ms:
        raise typer.BadParameter("--since must lie before --until")
    return Period(since_ms, until_ms, zone)


def _instant(option: str, text: str, zone: ZoneInfo) -> int:
    try:
        return read_instant(text, zone)
    except NoInstantError as error:
        raise typer.BadParameter(f"{option} {error}") from None


def _subject(settings: ServiceSettings) -> Subject:
    if settings.method == "rules":
        raise SettingsError("LEADS_METHOD=rules answers by points, which have no probability to be held against wins")
    registry = RegistryDoor(settings.tracking_uri, Path.cwd())
    named = registry.champion()
    if named is None:
        raise RegistryError("no model is registered yet: run `make train`")
    return Subject(MODEL_NAME, named.version, registry.load(named))


def _watch(engine: Engine, subject: Subject, period: Period, telling: _Telling) -> bool:
    """Look, write what was found, and tell whether somebody has to act."""
    found = watch(engine, subject, period)
    checks = checks_of(found)
    figures = main_figures(found, checks)
    write_files(telling.page, render(found, checks, telling.language), watch_json(found, checks, figures))
    write_figures(engine, Figures(period.until_ms, figures))
    show_checks(telling.console, checks, telling.language)
    say(telling.console, _WRITTEN.in_language(telling.language).format(page=telling.page))
    return any(check.needs_person for check in checks)
