"""What speaks for and against leads, part of the leads by part."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray
from features.wording import Language
from training.report.vocabulary import Vocabulary
from training.review.feature_words import feature_names
from training.review.observations import Observations, weighted_mean
from training.review.parts import Part, parts_of

MOST_SEGMENTS: Final = 8
_PREFERRED: Final = ("source", "industry", "country", "region", "stage")
_AGE: Final = "days_since_created"
_LEAST_ROWS: Final = 30


def segment_feature(observations: Observations) -> str:
    """Return what to part the leads of a source by: where they came from, else another attribute, else their age."""
    names = {feature.name for feature in observations.model.spec.features if len(feature.categories or ()) > 1}
    return next((name for name in _PREFERRED if name in names), _AGE)


def segments(observations: Observations, by: str, language: Language) -> pd.DataFrame:
    """Take apart what the model says of each part of the leads.

    Parameters
    ----------
    observations : Observations
        The model and past snapshots.
    by : str
        The feature that parts them.
    language : {"en", "ja"}
        Of the words.

    Returns
    -------
    pandas.DataFrame
        One row a part and group of features: ``segment``, ``leads``, ``win_rate`` (what happened), ``group``,
        ``contribution`` (the mean of the group's sum, in log-odds), ``wording`` (the feature whose contributions are
        largest in the part) and its ``mean_size``.
    """
    spec = observations.model.spec
    feature = spec.features[spec.names.index(by)]
    parts = parts_of(feature, observations.matrix.column(by), MOST_SEGMENTS, language)
    rows = [row for part in parts if part.rows.sum() >= _LEAST_ROWS for row in _rows(observations, part, language)]
    return pd.DataFrame(rows)


def _rows(observations: Observations, part: Part, language: Language) -> Iterator[dict[str, object]]:
    groups = np.array(observations.model.spec.groups)
    added, weight = observations.contributions.values[part.rows], observations.data.weight[part.rows]
    sizes = np.abs(added).mean(axis=0)
    first = int(np.argmax(sizes))
    about = {
        "segment": part.name,
        "leads": len(np.unique(observations.data.lead[part.rows])),
        "win_rate": observations.share_won(part.rows).value,
        "wording": feature_names(observations.model.spec, language)[first],
        "mean_size": float(sizes[first]),
    }
    for group in dict.fromkeys(groups.tolist()):
        of_group: BoolArray = groups == group
        yield {**about, "group": group, "contribution": weighted_mean(added[:, of_group].sum(axis=1), weight)}


def groups_frame(observations: Observations, words: Vocabulary) -> pd.DataFrame:
    """Return what the model sees, by group of features.

    Returns
    -------
    pandas.DataFrame
        ``about`` (the group in words), ``features`` (how many), ``share`` of all that contributions move, and
        ``wording`` of the feature that moves most in the group; the weightiest group first.
    """
    spec = observations.model.spec
    sizes = np.abs(observations.contributions.values).mean(axis=0)
    frame = pd.DataFrame({"group": spec.groups, "wording": feature_names(spec, words.language), "size": sizes})
    ordered = frame.sort_values("size", ascending=False, kind="stable").groupby("group", sort=False)
    found = ordered.agg(features=("size", "size"), share=("size", "sum"), wording=("wording", "first")).reset_index()
    told = found.assign(
        about=[words.either(f"group.{group}", str(group)) for group in found["group"]],
        share=found["share"] / found["share"].sum(),
    )
    columns = ["about", "features", "share", "wording"]
    return told.sort_values("share", ascending=False, ignore_index=True)[columns]
