"""Scores by rules: points for fit and engagement, and the reasons that they add up from."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.instant import MS_PER_DAY
from features.records import Records
from features.snapshots import Snapshots
from features.view import View
from models.icp.criterion import Criterion
from models.icp.engagement import EngagementPoints, tally
from models.icp.rating import Rating
from models.icp.reason import ActivityReason, FitReason, PointsReason
from models.icp.rules import IcpRules
from models.score_map import Grade

_CHUNK_ROWS: Final = 16_384


@dataclass(frozen=True, slots=True)
class RulesScore:
    """A lead's score by rules. The points of all reasons add up to those of the overall rating.

    Attributes
    ----------
    overall, fit, engagement : Rating
        Points, score 1..99 and grade; the overall points are those of fit and engagement together.
    reasons : tuple of PointsReason
        Every one there is, the weightiest first; equal ones in the order of the rules.
    rules_version : str
        Of the rules that were applied.
    """

    overall: Rating
    fit: Rating
    engagement: Rating
    reasons: tuple[PointsReason, ...]
    rules_version: str

    @property
    def score(self) -> int:
        """The overall score, 1 to 99."""
        return self.overall.score

    @property
    def grade(self) -> Grade:
        """The overall grade."""
        return self.overall.grade

    def top(self, up: int, down: int) -> tuple[tuple[PointsReason, ...], float]:
        """Return the weightiest reasons for and against, and the points of all the others together."""
        kept = [
            *[reason for reason in self.reasons if reason.points > 0][:up],
            *[reason for reason in self.reasons if reason.points < 0][:down],
        ]
        others = math.fsum(reason.points for reason in self.reasons if reason not in kept)
        return tuple(kept), others


def score(rules: IcpRules, records: Records, snapshots: Snapshots) -> list[RulesScore]:
    """Score leads by rules, from what was known strictly before each ``as_of``.

    Parameters
    ----------
    rules : IcpRules
    records : Records
        The source.
    snapshots : Snapshots
        The leads and instants, in any order.

    Returns
    -------
    list of RulesScore
        One a snapshot, in the order given. A score depends on its own snapshot only.
    """
    scores: list[RulesScore] = []
    for start in range(0, len(snapshots), _CHUNK_ROWS):
        end = start + _CHUNK_ROWS
        part = Snapshots(snapshots.lead[start:end], snapshots.as_of_ms[start:end])
        reasons = _reasons(rules, records, part)
        scores.extend(_score(rules, mine) for mine in reasons)
    return scores


def _score(rules: IcpRules, reasons: list[PointsReason]) -> RulesScore:
    fit = math.fsum(reason.points for reason in reasons if reason.group == "fit")
    engagement = math.fsum(reason.points for reason in reasons if reason.group == "engagement")
    return RulesScore(
        overall=rules.overall_scale.rate(fit + engagement),
        fit=rules.fit_scale.rate(fit),
        engagement=rules.engagement_scale.rate(engagement),
        reasons=tuple(sorted(reasons, key=lambda reason: -abs(reason.points))),
        rules_version=rules.version,
    )


def _reasons(rules: IcpRules, records: Records, snapshots: Snapshots) -> list[list[PointsReason]]:
    reasons: list[list[PointsReason]] = [[] for _ in range(len(snapshots))]
    for row, fit in _fit_reasons(rules.criteria, View(records, snapshots)):
        reasons[row].append(fit)
    for row, activity in _activity_reasons(rules.engagement, records, snapshots):
        reasons[row].append(activity)
    return reasons


def _fit_reasons(criteria: Iterable[Criterion], view: View) -> Iterator[tuple[int, FitReason]]:
    for criterion in criteria:
        assessment = criterion.assess(view)
        for row in assessment.points.nonzero()[0].tolist():
            yield row, FitReason(criterion.feature, assessment.value_of(row), float(assessment.points[row]))


def _activity_reasons(
    engagement: EngagementPoints, records: Records, snapshots: Snapshots
) -> Iterator[tuple[int, ActivityReason]]:
    totals = tally(engagement, records, snapshots)
    rows, places = totals.points.nonzero()
    days = (snapshots.as_of_ms[rows] - totals.last_ms[rows, places]) / MS_PER_DAY
    told = (rows, places, totals.count[rows, places].astype(np.float64), days, totals.points[rows, places])
    for row, place, count, since_last, points in zip(*(column.tolist() for column in told), strict=True):
        yield row, ActivityReason(engagement.types[place], count, since_last, points)
