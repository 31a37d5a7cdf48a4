"""Trees as a member: a LightGBM booster kept as its own text."""

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from features.arrays import FloatArray
from models.booster_text import BoosterTextError, check_booster_text
from models.folder import ModelFolderError, read_text
from models.member import Contributions, Explained
from models.member_pass import GivenPass, MemberPass
from models.tree_shap import ForestShap, UnsuitedForestError

if TYPE_CHECKING:
    from lightgbm import Booster

_ROWS_WORTH_THREADS: Final = 4_096


@dataclass(frozen=True)
class BoosterMember:
    """A LightGBM booster whose raw score is in log-odds.

    Attributes
    ----------
    text : str
        LightGBM's text format without the section of training parameters, which names threads and paths.
    """

    text: str
    _booster: "Booster" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_booster", _read(self.text))

    @classmethod
    def of(cls, booster: "Booster") -> "BoosterMember":
        """Keep a trained booster without its training parameters."""
        trees, _, _ = booster.model_to_string(num_iteration=-1).partition("\nparameters:")
        return cls(f"{trees}\n")

    @classmethod
    def load(cls, path: Path) -> "BoosterMember":
        """Read a booster from its text file."""
        text = read_text(path)
        try:
            check_booster_text(text)
        except BoosterTextError as error:
            raise ModelFolderError(
                f"{path} is not a whole LightGBM model: {error}. Restore the model folder."
            ) from error
        return cls(text)

    def save(self, path: Path) -> None:
        """Write the booster's text."""
        path.write_text(self.text, encoding="utf-8", newline="\n")

    @property
    def feature_count(self) -> int:
        """How many columns the booster was fitted to."""
        return self._booster.num_feature()

    @property
    def trees(self) -> int:
        """How many trees are added up."""
        return self._booster.num_trees()

    def log_odds(self, values: FloatArray) -> FloatArray:
        """Return the raw score of each row."""
        if not len(values):
            return np.empty(0)
        score = self._booster.predict(values, raw_score=True, num_threads=_threads(values))
        return np.asarray(score, dtype=np.float64)

    def contributions(self, values: FloatArray) -> Contributions:
        """Return each feature's TreeSHAP value of each row (Lundberg et al. 2018, arXiv:1802.03888)."""
        return self.explained(values).contributions

    def explained(self, values: FloatArray) -> Explained:
        """Return scores with the bits of ``log_odds`` and TreeSHAP values, looked up where the trees allow it."""
        if self._tables is None:
            return Explained(self.log_odds(values), self._contributions_by_lightgbm(values))
        found = self._tables.look_up(values)
        return Explained(found.log_odds, Contributions(found.values, self._tables.base))

    def row_pass(self, values: FloatArray) -> MemberPass:
        """Return what explains these rows: any other too, where tables do."""
        if self.any_row is not None:
            return self.any_row
        log_odds, contributions = self.explained(values)
        return GivenPass(contributions.values, log_odds, contributions.base)

    @property
    def any_row(self) -> MemberPass | None:
        """What explains any row, by tables; None where only LightGBM does."""
        return None if self._tables is None else self._tables.row_pass

    @cached_property
    def _tables(self) -> ForestShap | None:
        """What trees add, worked out when it is first asked for; None where they are too many or too deep for it."""
        try:
            return ForestShap.read(self.text, self.feature_count)
        except UnsuitedForestError:
            return None

    def _contributions_by_lightgbm(self, values: FloatArray) -> Contributions:
        # Without rows LightGBM would not tell the base either.
        rows = values if len(values) else np.zeros((1, values.shape[1]))
        parts = np.asarray(self._booster.predict(rows, pred_contrib=True, num_threads=_threads(rows)), dtype=np.float64)
        return Contributions(values=np.ascontiguousarray(parts[: len(values), :-1]), base=float(parts[0, -1]))


def _read(text: str) -> "Booster":
    # Imported with the first trees: what works without, a service by rules for one, starts a third sooner.
    lightgbm = import_module("lightgbm")
    try:
        return cast("Booster", lightgbm.Booster(model_str=text))
    except lightgbm.basic.LightGBMError as error:
        raise BoosterTextError(str(error)) from error


def _threads(values: FloatArray) -> int:
    """One thread for a handful of rows, where waking others costs more than it saves; else LightGBM's choice."""
    return 0 if len(values) >= _ROWS_WORTH_THREADS else 1
