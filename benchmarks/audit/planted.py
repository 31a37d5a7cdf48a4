"""Columns made for the audit: leaks of several kinds, and honest ones that look like leaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray

Kind: TypeAlias = Literal["leak", "honest", "useless"]

KINDS: Final[Mapping[str, Kind]] = {
    "perfect": "leak",
    "nine_in_ten": "leak",
    "only_filled": "leak",
    "one_in_twenty": "leak",
    **{f"pace_{number}": "leak" for number in range(1, 8)},
    "strong": "honest",
    "drifted": "honest",
    "noise": "honest",
    "row_code": "useless",
    "row_number": "useless",
    "constant": "useless",
}
"""Useless columns may be dropped or kept: nothing is lost either way."""
_RIGHT: Final = 0.9
_FILLED: Final = 0.05
_GOES_ALL_THE_WAY: Final = 0.65
QUIET: Final = tuple(name for name in KINDS if name.startswith("pace"))


@dataclass(frozen=True)
class Fate:
    """What became of each lead, and what the export knows of it.

    Attributes
    ----------
    will_win : numpy.ndarray
        bool, whether it is won in the end.
    is_decided : numpy.ndarray
        bool, whether that is known when the data end.
    age_days : numpy.ndarray
        float64, days from creation to the decision, or to the data end.
    place : numpy.ndarray
        float64, 0 to 1: when it was created within the data.
    """

    will_win: BoolArray
    is_decided: BoolArray
    age_days: FloatArray
    place: FloatArray


def planted(fate: Fate, rng: np.random.Generator, *, strength: float = 1.19) -> pd.DataFrame:
    """Return the columns of ``KINDS``, one row a lead; what sales enters with the outcome is blank on open leads.

    Parameters
    ----------
    fate : Fate
        Of the leads.
    rng : numpy.random.Generator
        Draws them.
    strength : float
        Of the honest predictor, in standard deviations; 1.19 is an AUC of 0.80.
    """
    size, won = len(fate.will_win), fate.will_win & fate.is_decided
    return pd.DataFrame(
        {
            "perfect": _text(np.where(won, "gold", "grey"), fate.is_decided),
            "nine_in_ten": np.where(rng.random(size) < _RIGHT, won, ~won).astype(np.float64),
            "only_filled": _text(rng.choice(["p", "q", "r"], size), rng.random(size) < np.where(won, 0.85, 0.06)),
            "one_in_twenty": _text(np.where(won, "up", "down"), fate.is_decided & (rng.random(size) < _FILLED)),
            **_cycle(fate, rng),
            "strong": np.round(rng.normal(size=size) + strength * fate.will_win, 3),
            "drifted": np.round(rng.normal(size=size) + 3 * fate.place, 3),
            "noise": np.round(rng.normal(size=size), 3),
            "row_code": [f"x{number:07d}" for number in rng.permutation(size)],
            "row_number": fate.place.argsort().argsort().astype(np.float64),
            "constant": "same",
        }
    )


def _text(values: "np.ndarray[tuple[int], np.dtype[np.str_]]", shown: BoolArray) -> pd.Series:
    return pd.Series(values, dtype="str").where(shown)


def _cycle(fate: Fate, rng: np.random.Generator) -> dict[str, FloatArray]:
    """Describe the sales cycle: days so far, shares of them in three stages, steps.

    What is won has passed every stage at an even pace; what is lost died early or lingered in one of them.
    """
    size, won = len(fate.will_win), fate.will_win
    evenness = np.where(won & fate.is_decided, 3.0, 1.1)[:, np.newaxis] * np.array([1.0, 1.2, 1.0])
    stopped = np.where(rng.random(size) < _GOES_ALL_THE_WAY, 3, rng.integers(1, 4, size))
    reached = np.where(fate.is_decided, np.where(won, 3, stopped), rng.integers(1, 4, size))
    parts = np.where(np.arange(3) < reached[:, np.newaxis], rng.gamma(evenness), 0.0)
    parts /= parts.sum(axis=1, keepdims=True)
    days = fate.age_days * rng.lognormal(0.0, 0.3, size)
    steps = rng.poisson(np.where(won & fate.is_decided, 3.2, np.where(fate.is_decided, 2.2, 1.2))) + reached
    idle = days * parts[np.arange(size), reached - 1] * rng.uniform(0.3, 1.0, size)
    columns = (days, days * parts[:, :2].sum(axis=1), *parts.T, steps.astype(np.float64), idle)
    return {name: np.round(column, 3) for name, column in zip(QUIET, columns, strict=True)}
