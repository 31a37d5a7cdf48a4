"""The result of a back-test, for the terminal."""

import math
from collections.abc import Hashable, Iterator, Mapping
from typing import Final

import pandas as pd
from rich import box
from rich.table import Table

from features.wording import Language, Wording
from models.bant.gates import OVERALLS, STATUSES
from models.bant.pillars import PILLARS

_TITLE: Final = Wording(
    "{leads} decided leads, {won} of them won ({rate})",
    "成約または失注が確定したリード{leads}件、うち成約{won}件（{rate}）",
)
_LABELS: Final = (Wording("Gate", "項目"), Wording("State", "判定"))
_FIGURES: Final = (
    Wording("Leads", "リード数"),
    Wording("Won", "成約数"),
    Wording("Win rate", "成約率"),
    Wording("95 % interval", "95%信頼区間"),
    Wording("Lift", "リフト"),
)
_OVERALL: Final = Wording("Overall", "総合判定")
_NOTHING: Final = "–"

NOTE: Final = Wording(
    "Not a forecast: the closer a lead is to being won, the more it is asked and the more is written down. "
    "--days-before 30 shows what was known a month earlier.",
    "将来の成約率を示すものではありません。成約に近いリードほど、確認や記録が進んでいるためです。"
    "--days-before 30 を付けると、30日前までに確認できていた内容で集計します。",
)


def backtest_table(results: pd.DataFrame, language: Language) -> Table:
    """Return the frame of ``backtest`` as a table, one state of a gate a row."""
    table = Table(title=_title(results, language), title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for label in _LABELS:
        table.add_column(label.in_language(language), no_wrap=True)
    for figure in _FIGURES:
        table.add_column(figure.in_language(language), justify="right", no_wrap=True)
    rows = {(row["gate"], row["status"]): row for row in results.to_dict("records")}
    for gate, wording in (*PILLARS.items(), ("overall", _OVERALL)):
        for number, (status, state) in enumerate((OVERALLS if gate == "overall" else STATUSES).items()):
            name = wording.in_language(language) if number == 0 else ""
            table.add_row(name, state.in_language(language), *_figures(rows[gate, status]))
        table.add_section()
    return table


def _title(results: pd.DataFrame, language: Language) -> str:
    every = results[results["gate"] == "overall"]
    leads, won = int(every["leads"].sum()), int(every["won"].sum())
    rate = _percent(won / leads) if leads else _NOTHING
    return _TITLE.in_language(language).format(leads=f"{leads:,}", won=f"{won:,}", rate=rate)


def _figures(row: Mapping[Hashable, float]) -> Iterator[str]:
    yield f"{row['leads']:,}"
    yield f"{row['won']:,}"
    yield _percent(row["win_rate"])
    yield _NOTHING if math.isnan(row["low"]) else f"{100 * row['low']:.1f}–{_percent(row['high'])}"
    yield _NOTHING if math.isnan(row["lift"]) else f"{row['lift']:.2f}"


def _percent(share: float) -> str:
    return _NOTHING if math.isnan(share) else f"{100 * share:.1f} %"
