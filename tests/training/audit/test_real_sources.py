"""What the audit says of real data, read from the shared data beside the checkout."""

from pathlib import Path

import pytest

from features.data_end import data_end_ms
from features.reading import read_tables
from features.tables import Tables
from training.audit import Audit, audit_columns
from training.labelling.preparation import prepare

DATA = Path(__file__).parents[4] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="needs shared/data beside the checkout")
MACRO = ("emp_var_rate", "cons_price_idx", "cons_conf_idx", "euribor3m", "nr_employed")


def _audited(tables: Tables) -> Audit:
    return audit_columns(prepare(tables, data_end_ms(tables)), frozenset(), 1)


@pytest.fixture(scope="module")
def bank() -> Tables:
    return read_tables(str(DATA / "uci_bank"))


def test_length_of_the_call_that_decides_is_dropped_and_all_that_is_known_before_is_kept(bank: Tables) -> None:
    assert _audited(bank).dropped == {"leads.duration"}


def test_it_is_dropped_for_what_it_does_and_not_for_its_name(bank: Tables) -> None:
    renamed = bank.leads.rename(columns={"duration": "measure_7"})
    tables = Tables.from_frames(time_zone="UTC", leads=renamed)
    audit = _audited(tables)
    assert audit.dropped == {"leads.measure_7"}
    (verdict,) = audit.of_level("drop")
    assert verdict.to_json()["gain_auc_random"] > 0.1
    assert verdict.to_json()["gain_auc_forward"] > 0.1


def test_drift_of_campaign_and_economy_is_told(bank: Tables) -> None:
    warned = {one.column: one.to_json() for one in _audited(bank).of_level("warn")}
    assert {"campaign", *MACRO} <= set(warned)
    assert all("values have moved" in warned[column]["evidence"] for column in ("campaign", *MACRO))


@pytest.mark.parametrize("source", ["bpic2012", "bohanec_b2b"])
def test_what_the_points_in_time_make_honest_is_kept(source: str) -> None:
    audit = _audited(read_tables(str(DATA / source)))
    assert len(audit.verdicts) > 20
    assert audit.dropped == frozenset()
