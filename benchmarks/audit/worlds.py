"""Sources to plant columns in: a simulated CRM as it stood on some day, and bare lists of closed leads."""

from typing import Final

import numpy as np
import pandas as pd

from benchmarks.audit.planted import Fate, planted
from features.instant import MS_PER_DAY, to_ms
from features.sample import simulate
from features.sample.leaks import LATE_ACTIVITY, LEAKING_FIELD

CUT: Final = pd.Timestamp("2025-09-01", tz="UTC")
_BARE_START: Final = pd.Timestamp("2023-01-01", tz="UTC")


def clean_crm(leads: int, seed: int) -> dict[str, pd.DataFrame]:
    """Return the simulated CRM without its planted leaks, as it is when the simulation ends."""
    frames = simulate(leads, seed)
    activities = frames["activities"]
    return {
        **frames,
        "leads": frames["leads"].drop(columns=LEAKING_FIELD),
        "activities": activities[activities["type"] != LATE_ACTIVITY].reset_index(drop=True),
    }


def crm_with_planted(leads: int, seed: int) -> dict[str, pd.DataFrame]:
    """Return the simulated CRM as it stood at ``CUT``, with planted columns: what was open then has a known fate."""
    frames = clean_crm(leads, seed)
    whole = frames["leads"]
    exported = {name: _as_exported(frame) for name, frame in frames.items()}
    created, closed = whole["created_at"], whole["closed_at"]
    is_decided = (whole["outcome"].isin(["won", "lost"]) & (closed < CUT)).to_numpy(dtype=np.bool_)
    until = closed.where(is_decided, CUT)
    fate = Fate(
        will_win=(whole["outcome"] == "won").to_numpy(dtype=np.bool_),
        is_decided=is_decided,
        age_days=np.maximum((to_ms(until) - to_ms(created)) / MS_PER_DAY, 0.01),
        place=np.asarray(created.rank(pct=True), dtype=np.float64),
    )
    columns = planted(fate, np.random.default_rng(seed))
    there = (created < CUT).to_numpy()
    leads_then = pd.concat([_undecided_again(whole, is_decided), columns], axis="columns")[there]
    return {**exported, "leads": leads_then.drop(columns="nurture_track").reset_index(drop=True)}


def bare_list(leads: int, seed: int, *, dated_closing: bool, strength: float = 1.19) -> dict[str, pd.DataFrame]:
    """Return closed leads with five weak honest columns and the planted ones, without activities and open leads.

    Parameters
    ----------
    leads, seed : int
        How many, and which.
    dated_closing : bool
        Whether the date of closing is the real one; else every lead is closed an hour after its creation.
    strength : float
        Of the honest predictor.
    """
    rng = np.random.default_rng(seed)
    honest = rng.normal(size=(leads, 5))
    log_odds = -1.6 + honest @ np.array([0.6, 0.5, 0.45, 0.35, 0.3])
    will_win = rng.random(leads) < 1 / (1 + np.exp(-log_odds))
    created = _BARE_START + pd.to_timedelta(np.sort(rng.uniform(0, 900, leads)), unit="D")
    days = rng.lognormal(np.where(will_win, 3.7, 3.5), np.where(will_win, 0.6, 1.1))
    fate = Fate(will_win, np.ones(leads, dtype=np.bool_), days, np.arange(leads) / leads)
    table = pd.DataFrame(
        {
            "lead_id": [f"L{number}" for number in range(leads)],
            "created_at": created,
            "closed_at": created + pd.to_timedelta(days if dated_closing else np.full(leads, 1 / 24), unit="D"),
            "outcome": np.where(will_win, "won", "lost"),
            **{f"trait_{number}": np.round(column, 2) for number, column in enumerate(honest.T)},
        }
    )
    return {"leads": pd.concat([table, planted(fate, rng, strength=strength)], axis="columns")}


def _as_exported(frame: pd.DataFrame) -> pd.DataFrame:
    """Take away what was not known at ``CUT``."""
    known = pd.Series(data=True, index=frame.index)
    for column in ("created_at", "occurred_at", "recorded_at", "answered_at", "entered_at", "changed_at"):
        if column in frame:
            known &= ~(frame[column] >= CUT)
    rest = frame[known].reset_index(drop=True)
    return _undecided_again(rest, (rest["closed_at"] < CUT).to_numpy()) if "closed_at" in rest else rest


def _undecided_again(frame: pd.DataFrame, is_decided: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> pd.DataFrame:
    columns = {"outcome": frame["outcome"].where(is_decided, "open"), "closed_at": frame["closed_at"].where(is_decided)}
    return frame.assign(**columns, lost_reason=frame["lost_reason"].where(is_decided))
