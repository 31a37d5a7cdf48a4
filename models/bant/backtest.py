"""What the gates would have said of past leads, and how many of those were won."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from features.arrays import BoolArray
from features.records import Records
from features.snapshots import Snapshots
from models.bant.evaluation import evaluate
from models.bant.gates import OVERALLS, STATUSES, Gates
from models.bant.rules import GateRules
from models.quality.interval import win_rates


def backtest(rules: GateRules, records: Records, snapshots: Snapshots, won: BoolArray) -> pd.DataFrame:
    """Count past leads by the state of each gate, and the wins among them.

    A win rate here is no forecast: answers are written down by those who work the lead, more of them the closer it is
    to being won.

    Parameters
    ----------
    won : numpy.ndarray
        bool, how each snapshot's lead ended.

    Returns
    -------
    pandas.DataFrame
        Three rows a pillar (``pass``, ``fail``, ``unknown``) and three for ``overall``, the leads of each three adding
        up to all. Columns ``gate``, ``status``, ``leads``, ``won``, ``win_rate`` with its 95 % interval ``low`` and
        ``high`` (Wilson 1927), and ``lift``, the win rate over that of all leads. NaN where there are no leads.

    Raises
    ------
    ValueError
        When there is not one outcome a snapshot.
    """
    if len(won) != len(snapshots):
        raise ValueError(f"one outcome a snapshot is required: {len(snapshots):,} snapshots, {len(won):,} outcomes")
    gates = evaluate(rules, records, snapshots)
    table = pd.DataFrame(_counts(rules, gates, won), columns=["gate", "status", "leads", "won"])
    rate, low, high = win_rates(table["won"].to_numpy(dtype=np.int64), table["leads"].to_numpy(dtype=np.int64))
    base = float(won.mean()) if won.any() else np.nan
    return table.assign(win_rate=rate, low=low, high=high, lift=rate / base)


def _counts(rules: GateRules, gates: list[Gates], won: BoolArray) -> Iterator[tuple[str, str, int, int]]:
    for pillar in rules.pillars:
        yield from _tally(pillar, tuple(STATUSES), [gate.pillars[pillar].status for gate in gates], won)
    yield from _tally("overall", tuple(OVERALLS), [gate.overall for gate in gates], won)


def _tally(gate: str, states: tuple[str, ...], state: list[str], won: BoolArray) -> Iterator[tuple[str, str, int, int]]:
    of_lead = np.array(state, dtype=np.str_)
    for name in states:
        is_in: BoolArray = of_lead == name
        yield gate, name, int(is_in.sum()), int((is_in & won).sum())
