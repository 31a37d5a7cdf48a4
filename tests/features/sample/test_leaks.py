import pandas as pd


def test_onboarding_plan_tells_the_outcome(large: dict[str, pd.DataFrame]) -> None:
    leads = large["leads"]
    filled = leads["onboarding_plan"].notna()
    assert 0.90 < filled[leads["outcome"] == "won"].mean() < 0.96
    assert 0.005 < filled[leads["outcome"] != "won"].mean() < 0.025
    assert "onboarding_plan" not in set(large["field_history"]["field"])


def test_contract_reviews_happen_before_the_decision_and_are_recorded_after_it(large: dict[str, pd.DataFrame]) -> None:
    reviews = large["activities"].query("type == 'contract_review'")
    leads = large["leads"].set_index("lead_id")
    closed = reviews["lead_id"].map(leads["closed_at"])
    assert (reviews["occurred_at"] < closed).all()
    assert (reviews["recorded_at"] > closed).all()
    assert (reviews["lead_id"].map(leads["outcome"]) == "won").mean() > 0.95
    assert leads.index[leads["outcome"] == "won"].isin(reviews["lead_id"]).mean() > 0.8
