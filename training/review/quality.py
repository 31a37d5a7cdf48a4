"""How good the champion's recipe is, as the report tells it."""

from training.evaluation.model_score import MODEL
from training.report import DataUsed, ReportData, ReportedHorizon, RunIdentity
from training.report.gathering import METHOD
from training.review.review import Review
from training.review.shown import Shown, said

_RANKING = "roc_auc"
_SAME = 1e-9


def quality_report(review: Review) -> ReportData:
    """Return the champion's recipe, judged again, as the sections of the report take it."""
    judged, horizon = review.judgement, review.prepared.horizon
    return ReportData(
        run=RunIdentity("", review.data_end_ms, METHOD, time_zone=review.time_zone),
        horizon=ReportedHorizon(horizon.days, horizon.reason),
        evaluation=judged.evaluation,
        verdict=judged.verdict,
        features=review.model.spec.features,
        explanation=None,
        insights=(),
        data_used=DataUsed((), judged.evaluation.leads, judged.evaluation.wins, judged.evaluation.rows),
    )


def refit_sentence(review: Review) -> Shown:
    """Say whether judging again came out as it did when the champion was trained."""
    again = review.judgement.evaluation.score(MODEL).metrics[_RANKING].value
    then = review.record.metrics.get(f"test_{_RANKING}", float("nan"))
    key = "quality.same" if abs(again - then) <= _SAME else "quality.differs"
    return said(
        review.words(key, again=review.words.numerals.decimal(again, 4), then=review.words.numerals.decimal(then, 4))
    )
