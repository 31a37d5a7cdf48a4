"""``python -m serving outcomes``."""

import time
from typing import Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from features.importing import load_mapping
from features.instant import iso
from features.reading import read_tables
from features.wording import Language, Wording
from serving.crm_outcomes import CrmOutcomes, crm_outcomes
from serving.outcome import Outcome
from serving.outcome_import import Disagreement, Tally, import_outcomes
from serving.outcome_store import OutcomeStore
from serving.settings import read_settings
from serving.telling import EXIT_UNFINISHED, bar, say, spoken_language, told

_MOST_LISTED: Final = 20
_COLUMNS: Final = (Wording("lead", "リード"), Wording("stored", "保存済み"), Wording("CRM says", "CRMの内容"))
_TITLE: Final = Wording(
    "Leads that ended differently in the CRM than reported before: {count}. What is stored of them was not changed.",
    "CRMの内容が以前の報告と異なるリード：{count}件（保存済みの内容は変更していません）",
)
_NEXT: Final = Wording(
    "Where the CRM is right, repeat with REPLACE=1: it takes the CRM's end, and none where a lead is open again.",
    "CRMが正しい場合は REPLACE=1 を付けて再実行してください。"
    "CRMの結果に置き換え、対応中に戻ったリードの結果は削除します。",
)
_MORE: Final = Wording("and {count} more", "ほか{count}件")
_OPEN: Final = Wording("open", "対応中")
_DONE: Final = Wording(
    "Decided leads: {all}; newly stored {new}, as before {same}, completed {completed}, replaced {replaced}, "
    "removed {removed}, contradictions {contradiction}, decided after the export {newer}. "
    "Left out: {undated} without a date, {unusable} with an unusable id.",
    "結果が出たリード：{all}件。新規保存{new}件、変更なし{same}件、補完{completed}件、置き換え{replaced}件、"
    "削除{removed}件、不一致{contradiction}件、エクスポート後に確定{newer}件。"
    "対象外：日付なし{undated}件、IDが使えない{unusable}件。",
)


def outcomes_command(
    source: Annotated[str, typer.Argument(help="A folder of tables or a database URL.")],
    crm: Annotated[
        str, typer.Option(envvar="CRM", help="How the source is mapped: salesforce, hubspot, dynamics365, own.toml.")
    ] = "",
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="Of what is told: en or ja.")] = "",
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Where the two disagree, the CRM is right.")] = False,
) -> None:
    """Store how the leads of a CRM ended, to be compared with their scores."""
    console = Console(stderr=True)
    with told(console, "no outcome was stored"):
        settings = read_settings()
        spoken = spoken_language(language, settings)
        tables = read_tables(source, settings.time_zone, load_mapping(crm) if crm else None)
        found = crm_outcomes(tables, time.time_ns() // 1_000_000)
        store = OutcomeStore(settings.database_url)
        try:
            with bar(console, "outcomes", len(found.decided)) as tell:
                tally = import_outcomes(store, found, tell, replace=replace)
        finally:
            store.close()
        _show(console, found, tally, spoken)
    if tally.disagreements:
        raise typer.Exit(EXIT_UNFINISHED)


def _show(console: Console, found: CrmOutcomes, tally: Tally, language: Language) -> None:
    if tally.disagreements:
        say(console, _TITLE.in_language(language).format(count=f"{len(tally.disagreements):,}"))
        console.print(_table(tally.disagreements, language))
        more = len(tally.disagreements) - _MOST_LISTED
        if more > 0:
            say(console, _MORE.in_language(language).format(count=f"{more:,}"))
        say(console, _NEXT.in_language(language))
    names = ("new", "same", "completed", "replaced", "removed", "newer")
    counts = {name: f"{tally.counts[name]:,}" for name in names} | {
        "all": f"{len(found.decided):,}",
        "contradiction": f"{len(tally.disagreements):,}",
        "undated": f"{found.undated:,}",
        "unusable": f"{found.unusable:,}",
    }
    say(console, _DONE.in_language(language).format(**counts))


def _table(disagreements: list[Disagreement], language: Language) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column.in_language(language), overflow="fold")
    for one in disagreements[:_MOST_LISTED]:
        crm = _OPEN.in_language(language) if one.crm is None else _end(one.crm)
        table.add_row(escape(one.stored.lead_id), _end(one.stored), crm)
    return table


def _end(outcome: Outcome) -> str:
    amount = "" if outcome.amount is None else f", {outcome.amount:,.0f} {outcome.currency or ''}".rstrip()
    return escape(f"{outcome.outcome} {iso(outcome.closed_at_ms)}{amount}")
