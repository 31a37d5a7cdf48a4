"""Gates, questions, disagreements and segments of a review."""

from dataclasses import replace

import numpy as np
import pytest

from models.bant import decided_leads
from models.bant.pillars import COLUMNS
from training.review import Review, gate_results, open_questions, segments, tightenings, uncalled
from training.review.gates import stricter_rules
from training.review.observations import observe
from training.review.uncalled import TALKS

DAYS = 14


def test_stricter_rules_only_ever_take_leads_away(review: Review) -> None:
    frame = tightenings(review, DAYS)
    assert (frame["qualified_after"] <= frame["qualified_before"]).all()
    assert (frame["qualified_before"] - frame["qualified_after"] == frame["moved"]).all()
    assert (frame["moved_won"] <= frame["moved"]).all()
    results = gate_results(review, DAYS).set_index(["gate", "status"])
    assert (frame["qualified_before"] == results.loc[("overall", "qualified"), "leads"]).all()


def test_rule_that_asks_for_every_pillar_cannot_ask_for_one_more(review: Review) -> None:
    rules = replace(review.scorer.gates, required_passes=len(review.scorer.gates.counted))
    frame = stricter_rules(rules, review.records, decided_leads(review.tables, DAYS), "en")
    assert not frame["tightening"].str.contains("must pass").any()


def test_question_with_one_possible_answer_has_nothing_to_tell(review: Review) -> None:
    same = {column: "must" if column == "need" else None for column in COLUMNS.values()}
    answers = review.tables.qualifications.assign(**{name: value for name, value in same.items() if value})
    tables = replace(review.tables, qualifications=answers)
    frame = open_questions(review.scorer, tables, review.open_leads).worth("en").set_index("question")
    assert frame.loc["Need", "worth"] == pytest.approx(0.0, abs=1e-12)
    assert (frame["worth"].dropna() >= 0).all()


def test_question_that_every_lead_has_answered_is_not_open(review: Review) -> None:
    nobody = review.open_leads.take(np.empty(0, dtype=np.int64))
    frame = open_questions(review.scorer, review.tables, nobody).worth("en")
    assert (frame["leads"] == 0).all()
    assert frame["worth"].isna().all()


def test_leads_that_nobody_called_have_no_talk(review: Review) -> None:
    frame = uncalled(review.scorer, review.tables, review.data_end_ms, review.score_store).set_index("lead_id")
    talks = review.tables.activities[review.tables.activities["type"].isin(TALKS)]
    called = set(talks["lead_id"])
    assert set(frame.index[frame["talked_at"].isna()]).isdisjoint(called)
    assert set(frame.index[frame["talked_at"].notna()]) <= called
    assert frame["probability"].is_monotonic_decreasing


def test_contributions_of_groups_add_up_in_every_segment(review: Review) -> None:
    observations = observe(review.model, review.prepared)
    frame = segments(observations, "source", "en")
    column = observations.matrix.column("source")
    for part, rows in frame.groupby("segment"):
        assert len(rows) == len(set(review.model.spec.groups)), part
    whole = observations.contributions.values[column == 0].sum(axis=1)
    weight = observations.data.weight[column == 0]
    name = review.model.spec.features[review.model.spec.names.index("source")].categories
    assert name
    told = frame[frame["segment"] == name[0].replace("_", " ")]["contribution"].sum()
    assert told == pytest.approx(np.average(whole, weights=weight))
