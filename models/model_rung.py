"""Scores by the learned model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.arrays import FloatArray
from features.compute import compute
from features.records import Records
from features.snapshots import Snapshots
from models.calibration import probability
from models.completeness import completeness
from models.conversion import ConversionModel
from models.lead_score import Answer, Rank
from models.reasons import explanations
from models.score_map import ScoreMap
from models.sub_scores import PARTS, Part, part_log_odds
from models.unseen import unseen_values


@dataclass(frozen=True)
class ModelRung:
    """What answers where there were enough deals to learn from."""

    model: ConversionModel

    def answers(self, records: Records, snapshots: Snapshots) -> list[Answer]:
        """Return the answer to each snapshot, in order."""
        model = self.model
        matrix = compute(model.spec, records, snapshots)
        log_odds, contributions = model.explained(matrix)
        parts = [part_log_odds(part, model.spec, contributions) for part in PARTS]
        shown, *strengths = probability(np.array([log_odds, *parts]))
        columns = zip(
            shown.tolist(),
            _ranks(model.score_map, shown),
            self._part_ranks(strengths),
            explanations(model.spec, matrix, contributions),
            completeness(matrix).tolist(),
            unseen_values(model.spec, matrix, records, snapshots),
            _inputs(matrix.values),
            strict=True,
        )
        return [
            Answer("model", likely, model.horizon_days, rank, parts, why, known, warnings, inputs)
            for likely, rank, parts, why, known, warnings, inputs in columns
        ]

    def _part_ranks(self, strengths: Sequence[FloatArray]) -> list[dict[Part, Rank]]:
        maps = self.model.part_maps
        ranks = (_ranks(maps[part], strength) for part, strength in zip(PARTS, strengths, strict=True))
        return [dict(zip(PARTS, of_lead, strict=True)) for of_lead in zip(*ranks, strict=True)]


def _inputs(values: FloatArray) -> list[bytes]:
    return [row.tobytes() for row in values.astype("<f4")]


def _ranks(score_map: ScoreMap, strength: FloatArray) -> list[Rank]:
    scores = map(score_map.score_of, strength.tolist())
    return [Rank(score, score_map.grade_of(score)) for score in scores]
