"""Scores by the company's own rules, where there are too few deals to learn from."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.compute import compute
from features.lead_records import lead_records, lead_snapshot
from features.lead_source import Rows
from features.records import Records
from features.snapshots import Snapshots
from models.completeness import PICTURE_SPEC, completeness
from models.icp import IcpRules, Rating, RulesScore, score
from models.lead_score import Answer, PointsExplanation, Rank
from models.reasons import MOST_REASONS


@dataclass(frozen=True)
class RulesRung:
    """What answers until there are enough deals."""

    rules: IcpRules

    def answers(self, records: Records, snapshots: Snapshots) -> list[Answer]:
        """Return the answer to each snapshot, in order."""
        known = completeness(compute(PICTURE_SPEC, records, snapshots)).tolist()
        return [
            _answer(rated, share) for rated, share in zip(score(self.rules, records, snapshots), known, strict=True)
        ]

    def answer(self, rows: Mapping[str, Rows], as_of_ms: int) -> Answer:
        """Return the answer to one lead."""
        [answer] = self.answers(lead_records(rows), lead_snapshot(as_of_ms))
        return answer


def _answer(rated: RulesScore, known: float) -> Answer:
    reasons, other = rated.top(MOST_REASONS // 2, MOST_REASONS // 2)
    return Answer(
        method="rules",
        probability=None,
        horizon_days=None,
        rank=_rank(rated.overall),
        parts={"fit": _rank(rated.fit), "engagement": _rank(rated.engagement)},
        explanation=PointsExplanation(rated.overall.points, reasons, other),
        completeness=known,
        warnings=(),
    )


def _rank(rating: Rating) -> Rank:
    return Rank(rating.score, rating.grade)
