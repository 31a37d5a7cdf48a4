"""What a source is told about itself."""

import numpy as np
import pandas as pd
import pytest

from features.tables import Tables
from features.validation.addresses import OWN_ADDRESS
from training.quality import Quality, data_quality

LEADS = 100
START = pd.Timestamp("2024-01-10", tz="UTC")


def _leads(**columns: object) -> pd.DataFrame:
    created = [START + pd.Timedelta(days=row) for row in range(LEADS)]
    return pd.DataFrame({"lead_id": [f"L{row}" for row in range(LEADS)], "created_at": created, **columns})


def _quality(leads: pd.DataFrame, **tables: pd.DataFrame) -> Quality:
    return data_quality(Tables.from_frames(time_zone="UTC", leads=leads, **tables))


def test_gaps_are_told_the_emptiest_column_first() -> None:
    quality = _quality(_leads(source=["web"] * LEADS, seats=[5.0] * 30 + [None] * 70, need=["x"] * 60 + [None] * 40))
    assert [(one.column, one.share) for one in quality.fill_rates] == [("seats", 0.3), ("need", 0.6), ("source", 1.0)]


def test_values_of_fewer_than_ten_rows_are_rare() -> None:
    (rare,) = _quality(_leads(source=["web"] * 90 + ["fair"] * 6 + ["Fair "] * 4)).rare
    assert (rare.column, rare.values, rare.of, rare.rows) == ("source", 2, 3, 10)


def test_number_far_from_all_others_is_told() -> None:
    amounts = np.append(np.random.default_rng(1).lognormal(10, 0.5, LEADS - 1), 1e12)
    (found,) = _quality(_leads(deal_size=amounts)).outliers
    assert (found.column, found.rows, found.farthest) == ("deal_size", 1, 1e12)


def test_leads_without_activity_are_counted_and_not_where_there_are_no_activities() -> None:
    activities = pd.DataFrame({"lead_id": ["L1", "L1", "L2"], "type": "call", "occurred_at": START})
    assert _quality(_leads(), activities=activities).without_activity == LEADS - 2
    assert _quality(_leads()).without_activity is None


def test_outcomes_without_a_date_are_counted() -> None:
    closed = [START + pd.Timedelta(days=200)] * 50 + [pd.NaT] * 50
    quality = _quality(_leads(outcome=["won"] * 60 + ["open"] * 40, closed_at=closed))
    assert (quality.undated, quality.decided) == (10, 60)


def test_months_are_counted_without_a_gap() -> None:
    activities = pd.DataFrame({"lead_id": ["L1"], "type": "call", "occurred_at": START + pd.Timedelta(days=150)})
    leads, calls = _quality(_leads(), activities=activities).months
    assert leads.months == calls.months == ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06")
    assert (sum(leads.rows), calls.rows) == (LEADS, (0, 0, 0, 0, 0, 1))


def test_companies_of_one_name_or_domain_are_counted_however_they_are_written() -> None:
    companies = pd.DataFrame(
        {
            "company_id": ["1", "2", "3", "4"],
            "Company Name": ["株式会社サンプル", "サンプル", "Acme Inc.", "acme"],
            "domain": ["https://www.acme.example/jp", "acme.example", "other.example", None],
        }
    )
    found = {one.what.en: one.rows for one in _quality(_leads(), companies=companies).duplicates}
    assert found["companies with the name of another company"] == 2
    assert found["companies with the domain of another company"] == 1


def test_leads_alike_in_everything_are_counted() -> None:
    traits = {f"trait_{number}": [f"v{row // 2 * 7 % 50}" for row in range(LEADS)] for number in range(6)}
    (alike,) = _quality(_leads(**traits)).duplicates
    assert alike.rows == LEADS // 2


@pytest.fixture
def shared() -> Tables:
    addresses = [f"p{row}@example.com" for row in range(LEADS - 2)] + [" P0@Example.com", "p0@example.com"]
    return Tables.from_frames(time_zone="UTC", leads=_leads(email=addresses))


def test_shared_mail_addresses_are_counted_and_kept_nowhere(shared: Tables) -> None:
    (fault,) = (one for one in shared.warnings if one.rule == OWN_ADDRESS.requires)
    assert (fault.rows, fault.severity) == (2, "warning")
    assert "@" not in str(fault)
    assert not any("example.com" in str(value) for value in shared.leads.to_numpy().ravel())
    (found,) = data_quality(shared).duplicates
    assert found.rows == 2
