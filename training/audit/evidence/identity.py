"""Columns that name a row, or number it, or say nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.custom_content import IDENTIFIER, NO_VALUE, ONE_VALUE
from features.wording import Wording
from training.audit.evidence.evidence import Figure

_NUMBERED_SHARE: Final = 0.98
_IN_ORDER: Final = 0.95


@dataclass(frozen=True, slots=True)
class Identity:
    """Why a column can be no feature.

    Attributes
    ----------
    wording : Wording
        The reason.
    is_identifier : bool
        Whether it names rows; else it holds one value or none.
    """

    wording: Wording
    is_identifier: bool

    @property
    def tells(self) -> bool:
        """Whether the column must be left out; one that says nothing does no harm."""
        return self.is_identifier

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Nothing to count."""
        return {}


def identity_of_left_out(reason: Wording) -> Identity | None:
    """Tell of a column that the features leave out whether it is for what it holds."""
    if reason == IDENTIFIER:
        return Identity(
            Wording("an identifier: nearly every row has a value of its own", IDENTIFIER.ja), is_identifier=True
        )
    return Identity(reason, is_identifier=False) if reason in (NO_VALUE, ONE_VALUE) else None


def running_number(values: FloatArray, created_ms: IntArray) -> Identity | None:
    """Tell whether whole numbers only count the leads as they come in.

    Parameters
    ----------
    values : numpy.ndarray
        float64, NaN where missing.
    created_ms : numpy.ndarray
        int64, when each lead was created.
    """
    known = ~np.isnan(values)
    numbers = values[known]
    if known.mean() < _NUMBERED_SHARE or not (numbers == np.round(numbers)).all():
        return None
    if len(np.unique(numbers)) < _NUMBERED_SHARE * len(numbers):
        return None
    order = abs(
        float(np.corrcoef(numbers.argsort().argsort(), created_ms[known].argsort(kind="stable").argsort())[0, 1])
    )
    if order < _IN_ORDER:
        return None
    return Identity(
        Wording("a running number: every row has its own, in the order of creation", "登録順の通し番号"),
        is_identifier=True,
    )
