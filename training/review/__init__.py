"""Review the champion's explanations: the frames, plots and tables of the notebooks."""

from training.review.account_table import account_table, change_table
from training.review.audit_frames import audit_frame, audit_table
from training.review.disagreements import Disagreements
from training.review.figures.apart import draw_apart
from training.review.figures.drift import draw_drift
from training.review.figures.gates import draw_gates
from training.review.figures.pattern import draw_pattern
from training.review.figures.questions import draw_questions
from training.review.figures.segments import draw_segments
from training.review.figures.summary import draw_summary
from training.review.figures.training_set import draw_ages, draw_months
from training.review.figures.waterfall import draw_waterfall
from training.review.frame_table import frame_table
from training.review.gates import gate_results, tightenings
from training.review.opening import NoChampionError, open_review
from training.review.patterns import bends, joint_effects
from training.review.quality import quality_report, refit_sentence
from training.review.questions import open_questions
from training.review.review import Review
from training.review.segments import groups_frame, segment_feature, segments
from training.review.shown import said, shown
from training.review.tables import (
    given_table,
    high_and_lost_table,
    low_and_won_table,
    patterns_table,
    questions_table,
    reasons_table,
    routes_table,
    tightening_table,
    uncalled_table,
    what_if_table,
)
from training.review.training_set import ages, endings, months
from training.review.uncalled import uncalled
from training.review.what_if import WhatIf

__all__ = [
    "Disagreements",
    "NoChampionError",
    "Review",
    "WhatIf",
    "account_table",
    "ages",
    "audit_frame",
    "audit_table",
    "bends",
    "change_table",
    "draw_ages",
    "draw_apart",
    "draw_drift",
    "draw_gates",
    "draw_months",
    "draw_pattern",
    "draw_questions",
    "draw_segments",
    "draw_summary",
    "draw_waterfall",
    "endings",
    "frame_table",
    "gate_results",
    "given_table",
    "groups_frame",
    "high_and_lost_table",
    "joint_effects",
    "low_and_won_table",
    "months",
    "open_questions",
    "open_review",
    "patterns_table",
    "quality_report",
    "questions_table",
    "reasons_table",
    "refit_sentence",
    "routes_table",
    "said",
    "segment_feature",
    "segments",
    "shown",
    "tightening_table",
    "tightenings",
    "uncalled",
    "uncalled_table",
    "what_if_table",
]
