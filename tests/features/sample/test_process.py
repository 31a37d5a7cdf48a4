import pandas as pd


def test_little_happens_after_the_decision(large: dict[str, pd.DataFrame]) -> None:
    closed = large["leads"].set_index("lead_id")["closed_at"]
    late = large["activities"]["occurred_at"] - large["activities"]["lead_id"].map(closed)
    assert late.max() < pd.Timedelta(days=60)
    assert (late > pd.Timedelta(0)).mean() < 0.05


def test_answers_come_from_conversations_and_are_mostly_missing(large: dict[str, pd.DataFrame]) -> None:
    answers = large["qualifications"].drop(columns=["lead_id", "answered_at"])
    assert answers.notna().any(axis=1).all()
    assert answers.isna().mean().mean() > 0.5
    assert large["qualifications"]["lead_id"].nunique() < 0.4 * len(large["leads"])


def test_sizes_and_rates_are_those_of_the_stated_process(large: dict[str, pd.DataFrame]) -> None:
    leads = large["leads"]
    won = leads[leads["outcome"] == "won"]
    lead_time_days = (won["closed_at"] - won["created_at"]).dt.total_seconds() / 86_400
    assert 0.10 < len(won) / len(leads) < 0.14
    assert 0.2 < (leads["outcome"] == "open").mean() < 0.5
    assert 45 < lead_time_days.median() < 75
    assert lead_time_days.quantile(0.9) > 5 * lead_time_days.quantile(0.1)
    assert 350_000 < len(large["activities"]) < 470_000
    assert 0.12 < large["companies"]["employees"].isna().mean() < 0.18


def test_companies_have_several_people_with_a_heavy_tail(large: dict[str, pd.DataFrame]) -> None:
    people = large["leads"]["company_id"].value_counts()
    assert people.median() <= 2
    assert people.max() > 20


def test_noise_field_knows_nothing_and_fit_knows_something(large: dict[str, pd.DataFrame]) -> None:
    leads = large["leads"]
    won = leads["outcome"] == "won"
    by_noise = won.groupby(leads["form_variant"]).mean()
    by_source = won.groupby(leads["source"]).mean()
    assert by_noise.max() - by_noise.min() < 0.03
    assert by_source["referral"] > by_source["trade_show"] + 0.05


def test_keen_leads_become_customers_more_often(large: dict[str, pd.DataFrame]) -> None:
    leads = large["leads"].set_index("lead_id")
    activities = large["activities"].query("type == 'page_view'")
    first_days = activities["occurred_at"] < activities["lead_id"].map(leads["created_at"]) + pd.Timedelta(days=7)
    views = leads.index.to_series().map(activities.loc[first_days, "lead_id"].value_counts()).fillna(0)
    won = leads["outcome"] == "won"
    assert won[views >= 5].mean() > 2 * won[views == 0].mean()


def test_seasons_show(large: dict[str, pd.DataFrame]) -> None:
    month = large["activities"].query("type != 'contract_review'")["occurred_at"].dt.month.value_counts()
    assert month[8] < 0.75 * month[9]
    deals = large["deals"].query("outcome != 'open'")
    closed = deals.groupby(deals["closed_at"].dt.month)["outcome"].agg(lambda outcome: (outcome == "won").mean())
    assert closed[3] > closed[8]
    new_year = large["activities"]["occurred_at"].dt.strftime("%m-%d").isin(["01-01", "01-02", "01-03"]).mean()
    assert new_year < 0.3 * 3 / 365


def test_market_drifts_and_one_source_deteriorates(large: dict[str, pd.DataFrame]) -> None:
    leads = large["leads"]
    early, late = leads["created_at"] < "2024-07-01", leads["created_at"].between("2024-11-01", "2025-11-01")
    change = leads["source"][late].value_counts(normalize=True) / leads["source"][early].value_counts(normalize=True)
    assert change["advertisement"] > 1.1
    assert change["trade_show"] < 0.9
    won = (leads["outcome"] == "won").astype(float)
    fall = won[late].groupby(leads["source"]).mean() / won[early].groupby(leads["source"]).mean()
    assert fall["advertisement"] < fall.drop("advertisement").min()
