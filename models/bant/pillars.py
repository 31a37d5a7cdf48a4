"""The five pillars of BANT-C and the questions of the qualifications table behind them."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from features.schema import SCHEMAS, allowed_values
from features.wording import Wording

Pillar: TypeAlias = Literal["budget", "authority", "need", "timeframe", "competition"]

PILLARS: Final[Mapping[Pillar, Wording]] = {
    "budget": Wording("Budget", "予算"),
    "authority": Wording("Authority", "決裁権"),
    "need": Wording("Need", "必要性"),
    "timeframe": Wording("Timeframe", "導入時期"),
    "competition": Wording("Competition", "競合"),
}
"""The pillars in the order in which people say them, and what people call them."""

COLUMNS: Final[Mapping[Pillar, str]] = {
    "budget": "budget_status",
    "authority": "authority_role",
    "need": "need",
    "timeframe": "timeframe",
    "competition": "competition",
}
"""The column of the qualifications table that answers each pillar."""

AMOUNT_COLUMN: Final = "budget_amount"


def answers_of(pillar: Pillar) -> tuple[str, ...]:
    """Return the answers that the column of a pillar may hold."""
    return allowed_values(SCHEMAS["qualifications"].columns[COLUMNS[pillar]])
