"""Scores by the learned model."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from features.compute import compute
from features.lead_records import lead_records, lead_snapshot
from features.lead_source import Rows
from features.one_lead import LeadView
from features.records import Records
from features.snapshots import Snapshots
from models.completeness import Picture
from models.conversion import ConversionModel
from models.lead_pass import LeadPass
from models.lead_score import Answer, Rank
from models.reasons import base_probability, explaining, explanations
from models.score_map import HIGHEST_SCORE, LOWEST_SCORE, ScoreMap
from models.standing import RankScale, Standing
from models.sub_scores import PARTS
from models.unseen import unseen_value, unseen_values


@dataclass(frozen=True)
class ModelRung:
    """What answers where there were enough deals to learn from."""

    model: ConversionModel

    def answers(self, records: Records, snapshots: Snapshots) -> list[Answer]:
        """Return the answer to each snapshot, in order."""
        model = self.model
        matrix = compute(model.spec, records, snapshots)
        log_odds, contributions = model.explained(matrix)
        columns = zip(
            self._standing.of(log_odds, contributions.values, contributions.base),
            explanations(model.spec, matrix, contributions),
            self._picture.shares_known(matrix.values).tolist(),
            unseen_values(model.spec, matrix, records, snapshots),
            matrix.values.astype("<f4"),
            strict=True,
        )
        return [
            Answer("model", likely, model.horizon_days, rank, parts, why, known, warnings, inputs.tobytes())
            for (likely, rank, parts), why, known, warnings, inputs in columns
        ]

    def answer(self, rows: Mapping[str, Rows], as_of_ms: int) -> Answer:
        """Return the answer to one lead."""
        if self._lead_pass is None:
            [answer] = self.answers(lead_records(rows), lead_snapshot(as_of_ms))
            return answer
        lead = LeadView(rows, as_of_ms, self.model.spec.excluded)
        (likely, rank, parts), why, known, others, inputs = self._lead_pass.of(lead)
        features = self.model.spec.features
        warnings = tuple([unseen_value(features[column], lead) for column in others])
        return Answer("model", likely, self.model.horizon_days, rank, parts, why, known, warnings, inputs)

    @cached_property
    def _lead_pass(self) -> LeadPass | None:
        spec, row = self.model.spec, self.model.any_row
        if row is None:
            return None
        picture = (self._picture.columns, self._picture.bounds)
        told = (self._standing, explaining(), spec.features, base_probability(row.base))
        return LeadPass(spec.lead_plan, row, *told, picture, spec.other_codes)

    @cached_property
    def _picture(self) -> Picture:
        return Picture(self.model.spec.names)

    @cached_property
    def _standing(self) -> Standing:
        spec, maps = self.model.spec, self.model.part_maps
        parts = {part: (spec.columns_of(groups), rank_scale(maps[part])) for part, groups in PARTS.items()}
        return Standing(rank_scale(self.model.score_map), parts)


def rank_scale(score_map: ScoreMap) -> RankScale:
    """Return the ranks that a map gives, ready to be asked one by one."""
    scores = range(LOWEST_SCORE, HIGHEST_SCORE + 1)
    ranks = tuple(Rank(score, score_map.grade_of(score)) for score in scores)
    return RankScale(np.array(score_map.quantiles, dtype=np.float64), ranks)
