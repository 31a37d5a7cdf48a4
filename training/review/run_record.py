"""What the champion's training recorded of itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import pandas as pd
from mlflow.artifacts import download_artifacts

from models.conversion import ConversionModel
from models.linear import LinearMember
from training.fitting.candidates import Candidate
from training.fitting.selection import OutOfTime, Selection
from training.settings import DEFAULT_SEED
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import open_store

_AUDIT: Final = "audit.json"


@dataclass(frozen=True)
class RunRecord:
    """The run in MLflow that made a version.

    Attributes
    ----------
    parameters : mapping of str to str
        What it was told and what it chose.
    metrics : mapping of str to float
        What was measured.
    audit : pandas.DataFrame
        One row a column, type of activity or question that was looked into; without rows where none was.
    """

    parameters: Mapping[str, str]
    metrics: Mapping[str, float]
    audit: pd.DataFrame

    @classmethod
    def read(cls, location: StoreLocation, run_id: str) -> "RunRecord":
        """Read a run.

        Raises
        ------
        TrackingError
            Where the store cannot be reached, or the run is gone.
        """
        store = open_store(location)
        with (
            store.reporting("read the champion's run", "Train again where it was deleted."),
            TemporaryDirectory() as scratch,
        ):
            run = store.client.get_run(run_id)
            audit: list[object] = []
            if _AUDIT in {file.path for file in store.client.list_artifacts(run_id)}:
                uri = f"{str(run.info.artifact_uri).rstrip('/')}/{_AUDIT}"
                file = download_artifacts(artifact_uri=uri, dst_path=scratch, tracking_uri=location.uri)
                audit = json.loads(Path(file).read_text(encoding="utf-8"))
        return cls(run.data.params, run.data.metrics, pd.DataFrame(audit))

    @property
    def seed(self) -> int:
        """What decided the lots."""
        return int(self.parameters.get("seed", DEFAULT_SEED))

    def selection(self, model: ConversionModel) -> Selection | None:
        """Return what the training chose, as far as it takes to fit it again.

        Parameters
        ----------
        model : ConversionModel
            What became of it: it has the shares and the calibration to the last digit.

        Returns
        -------
        Selection or None
            None where the run does not tell.
        """
        chosen = self.parameters
        if "rows_of_blocks" not in chosen:
            return None
        shares = zip(model.members, model.weights, strict=True)
        return Selection(
            candidate=Candidate(
                depth=int(chosen["tree_depth"]), learning_rate=float(chosen["learning_rate"]), l2=float(chosen["l2"])
            ),
            trees=int(chosen["trees_on_blocks"]),
            validated_rows=float(chosen["rows_of_blocks"]),
            strength=float(chosen["linear_strength"]),
            linear_share=sum(weight for member, weight in shares if isinstance(member, LinearMember)),
            recency=chosen["recency_weights"] == str(True),
            calibration=model.calibration,
            blocks=int(chosen["forward_blocks"]),
            out_of_time=OutOfTime(np.empty(0, dtype=np.int64), np.empty(0)),
        )
