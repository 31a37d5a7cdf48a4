"""``python -m serving forget``."""

import sys
import time
from typing import Annotated, Final

import typer
from rich.console import Console

from features.wording import Wording
from serving.database import open_engine
from serving.forgetting import Forgotten, forget
from serving.prepared_store import prepare_store
from serving.settings import read_settings
from serving.telling import EXIT_UNFINISHED, say, spoken_language, told

_REMOVED: Final = Wording(
    "Removed of this lead: scores {scores}, shadow scores {shadow_scores}, outcomes {outcomes}. "
    "Receipt {receipt}: the record that stays says no more than these counts, so file it with the request.",
    "このリードのスコア{scores}件、シャドースコア{shadow_scores}件、結果{outcomes}件を削除しました。"
    "受付番号 {receipt}：残る記録は件数のみです。依頼書とともに保管してください。",
)
_NOTHING: Final = Wording(
    "Nothing was stored of this lead; check the id. What a running service may still have to write of it is dropped. "
    "Receipt {receipt}.",
    "このリードの保存データはありません。IDをご確認ください。実行中のサービスが書き込み待ちのデータも破棄されます。"
    "受付番号 {receipt}。",
)


def forget_command(
    lead_id: Annotated[str, typer.Argument(help="The lead's id in the CRM; - reads it from standard input.")],
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="Of what is told: en or ja.")] = "",
) -> None:
    """Remove a lead's scores, shadow scores and outcomes, and those that a running service has yet to write."""
    console = Console(stderr=True)
    wanted = sys.stdin.readline().strip() if lead_id == "-" else lead_id.strip()
    if not wanted:
        raise typer.BadParameter("name the lead: make forget LEAD=its-id")
    with told(console, "nothing was removed"):
        settings = read_settings()
        done = _forgotten(settings.database_url, wanted)
        wording = _REMOVED if done.rows else _NOTHING
        counts = {"scores": done.scores, "shadow_scores": done.shadow_scores, "outcomes": done.outcomes}
        say(console, wording.in_language(spoken_language(language, settings)).format(receipt=done.receipt, **counts))
    if not done.rows:
        raise typer.Exit(EXIT_UNFINISHED)


def _forgotten(url: str, lead_id: str) -> Forgotten:
    engine = open_engine(url, is_durable=True)
    try:
        prepare_store(engine)
        return forget(engine, lead_id, time.time_ns() // 1_000_000)
    finally:
        engine.dispose()
