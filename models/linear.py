"""A logistic regression as a member: one curve or one table of log-odds per feature, plain numbers in JSON."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from features.arrays import FloatArray
from models.folder import ModelFolderError, number_from_json, read_object, write_object
from models.linear_pass import LinearPass
from models.linear_terms import Curve, Table, term_from_json
from models.member import Contributions, Explained
from models.member_pass import MemberPass

_NO_STRETCH: Final = np.empty((3, 0))


@dataclass(frozen=True)
class LinearMember:
    """A logistic regression whose terms are folded into one contribution per original feature.

    Attributes
    ----------
    base : float
        The mean log-odds of the training snapshots.
    terms : tuple of Curve or Table
        One per feature, in the order of the columns; each has mean zero over the training snapshots.
    """

    base: float
    terms: tuple[Curve | Table, ...]

    @property
    def feature_count(self) -> int:
        """How many columns the member was fitted to."""
        return len(self.terms)

    def log_odds(self, values: FloatArray) -> FloatArray:
        """Return the log-odds of each row."""
        return self.explained(values).log_odds

    def contributions(self, values: FloatArray) -> Contributions:
        """Return what each feature adds to the base for each row."""
        return self.explained(values).contributions

    def explained(self, values: FloatArray) -> Explained:
        """Return the log-odds with the contributions that they are the sum of."""
        log_odds, added = np.empty(len(values)), np.empty(values.shape)
        self.any_row.add_up(values, added, log_odds)
        return Explained(log_odds, Contributions(added, self.base))

    def row_pass(self, _values: FloatArray) -> MemberPass:
        """Return what explains these rows, and any other."""
        return self.any_row

    def save(self, path: Path) -> None:
        """Write the member as JSON."""
        write_object(path, {"base": self.base, "terms": [vars(term) for term in self.terms]})

    @classmethod
    def load(cls, path: Path) -> "LinearMember":
        """Read a member from its JSON file."""
        content = read_object(path)
        try:
            return cls(
                base=number_from_json(content["base"]), terms=tuple(term_from_json(term) for term in content["terms"])
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelFolderError(f"{path} is not a linear member: {error!r}. Restore the model folder.") from error

    @cached_property
    def any_row(self) -> LinearPass:
        """What explains any row."""
        is_table = [isinstance(term, Table) for term in self.terms]
        curves = [_stretches(term) if isinstance(term, Curve) else _NO_STRETCH for term in self.terms]
        tables = [term.heights if isinstance(term, Table) else () for term in self.terms]
        return LinearPass(
            self.base,
            np.array([term.missing for term in self.terms], dtype=np.float64),
            np.array(
                [term.unseen if isinstance(term, Table) else term.heights[0] for term in self.terms], dtype=np.float64
            ),
            np.array(is_table, dtype=np.int64),
            np.cumsum([curve.shape[1] for curve in curves], dtype=np.int64),
            np.cumsum([len(heights) for heights in tables], dtype=np.int64),
            np.ascontiguousarray(np.concatenate((_NO_STRETCH, *curves), axis=1)),
            np.array([height for heights in tables for height in heights], dtype=np.float64),
        )


def _stretches(curve: Curve) -> FloatArray:
    """Return where each stretch between two knots begins, where it ends, and its slope."""
    knots, heights = np.array(curve.knots), np.array(curve.heights)
    low, high = knots[:-1], knots[1:]
    return np.array([low, high, np.diff(heights) / np.where(high > low, high - low, 1.0)])
