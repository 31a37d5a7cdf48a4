"""What leads looked like when a model was trained, to tell later whether they still do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

import numpy as np

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from features.spec import FeatureSpec
from models.folder import ModelFolderError, read_object, write_object
from models.quality.distribution import Distribution, category_edges, number_edges

FORMAT: Final = 1
"""Raised by one whenever an older version could no longer read the file."""

FILE: Final = "reference.json"
_LARGEST: Final = float(np.finfo(np.float32).max)
Population: TypeAlias = Literal["open_leads", "newest_snapshots"]


@dataclass(frozen=True)
class Reference:
    """Shares of bins, of every feature and of the probability; nothing of any single lead.

    Attributes
    ----------
    population : {"open_leads", "newest_snapshots"}
        The leads that were open on some of the last days of the data; where those were few, every lead as seen last.
    as_of_ms : int
        The data end, in milliseconds since the epoch.
    rows : int
        How many leads there were on the last of these days.
    features : mapping of str to Distribution
        By name; the last bin of a category holds what is not told apart.
    probability : Distribution
        What the model said of them.
    """

    population: Population
    as_of_ms: int
    rows: int
    features: Mapping[str, Distribution]
    probability: Distribution

    @classmethod
    def of(
        cls, population: Population, as_of_ms: int, spec: FeatureSpec, days: Sequence[tuple[FeatureMatrix, FloatArray]]
    ) -> "Reference":
        """Describe leads by their features and by what a model says of them, on some days, the last one first.

        Parameters
        ----------
        population : {"open_leads", "newest_snapshots"}
        as_of_ms : int
            The data end.
        spec : FeatureSpec
            The features.
        days : sequence
            Features and probabilities of each day; there must be some leads on each.
        """
        seen = [as_remembered(matrix.values) for matrix, _ in days]
        found = {
            feature.name: _distribution([values[:, column] for values in seen], feature.categories)
            for column, feature in enumerate(spec.features)
        }
        said = _distribution([probability for _, probability in days], None)
        return cls(population, as_of_ms, len(seen[0]), found, said)

    @classmethod
    def load(cls, folder: Path) -> "Reference | None":
        """Read it from a model's folder; None where the model was trained before there was such a thing.

        Raises
        ------
        ModelFolderError
            Where the file is damaged, or of another format than this version reads.
        """
        if not (folder / FILE).exists():
            return None
        content = read_object(folder / FILE)
        if content.get("format") != FORMAT:
            raise ModelFolderError(
                f"{folder / FILE} has format {content.get('format')!r}, this version reads {FORMAT}. Train it anew."
            )
        try:
            return cls._from_json(content)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelFolderError(f"{folder / FILE} is damaged: {error!r}. Restore it or train anew.") from error

    def to_json(self) -> dict[str, object]:
        """Return plain data."""
        return {
            "format": FORMAT,
            "population": self.population,
            "as_of_ms": self.as_of_ms,
            "rows": self.rows,
            "features": {name: found.to_json() for name, found in self.features.items()},
            "probability": self.probability.to_json(),
        }

    @classmethod
    def _from_json(cls, content: Mapping[str, Any]) -> "Reference":
        if content["population"] not in get_args(Population):
            raise ValueError(f"population is {content['population']!r}")
        return cls(
            population=content["population"],
            as_of_ms=int(content["as_of_ms"]),
            rows=int(content["rows"]),
            features={name: Distribution.from_json(found) for name, found in content["features"].items()},
            probability=Distribution.from_json(content["probability"]),
        )


def save_reference(reference: Reference | None, folder: Path) -> None:
    """Write what a model has into its folder; a file of another model does not stay there."""
    if reference is None:
        (folder / FILE).unlink(missing_ok=True)
    else:
        write_object(folder / FILE, reference.to_json())


def as_remembered(values: FloatArray) -> FloatArray:
    """Return values with no more digits than a score's inputs are kept with, so that both fall into the same bins."""
    return np.clip(values, -_LARGEST, _LARGEST).astype(np.float32).astype(np.float64)


def _distribution(days: Sequence[FloatArray], categories: tuple[str, ...] | None) -> Distribution:
    edges = number_edges(np.concatenate(days)) if categories is None else category_edges(len(categories))
    return Distribution.of(days, edges)
