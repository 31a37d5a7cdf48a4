"""Leads, two to a company, with the probability by which each was really drawn."""

import numpy as np

from features.arrays import FloatArray
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from training.labelling.dataset import Dataset

START_MS = 1_600_000_000_000


def simulate(
    leads: int, seed: int, *, snapshots: int = 1, level: float = -1.5, strength: float = 1.3
) -> tuple[Dataset, FloatArray]:
    generator = np.random.default_rng(seed)
    signal = generator.normal(size=leads)
    truth = 1 / (1 + np.exp(-(level + strength * signal)))
    won = (generator.random(leads) < truth).astype(np.float64)
    lead = np.repeat(np.arange(leads), snapshots)
    rows = len(lead)
    data = Dataset(
        matrix=FeatureMatrix(("signal", "noise"), np.column_stack([signal[lead], generator.normal(size=rows)]), ()),
        label=won[lead],
        weight=np.full(rows, 1 / snapshots),
        as_of_ms=START_MS + generator.integers(0, 300, rows) * MS_PER_DAY,
        lead=lead,
        group=lead // 2,
        horizon_days=90,
    )
    return data, truth[lead]
