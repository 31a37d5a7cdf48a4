"""A data set without any signal: four files joined by the example mapping, and a verdict that says so."""

from pathlib import Path

import pytest

from features.importing import load_mapping
from features.reading import import_source, read_tables
from training.learning import learn
from training.settings import TrainingSettings

CHECKOUT = Path(__file__).parents[2]
DATA = CHECKOUT.parent / "shared" / "data" / "maven_crm"
MAPPING = CHECKOUT / "examples" / "maven_crm.toml"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the data set maven_crm is not beside the checkout")


def test_four_files_are_joined_and_the_product_is_mended() -> None:
    imported = import_source(str(DATA), load_mapping(str(MAPPING)), "UTC")
    assert {join.join: join.found / join.keys for join in imported.findings.joins} == dict.fromkeys(
        ("series", "list_price", "manager", "regional_office"), 1.0
    )
    leads = read_tables(str(DATA), mapping=load_mapping(str(MAPPING))).leads
    assert "GTX Pro" in set(leads["product"])
    assert "GTXPro" not in set(leads["product"])
    assert set(leads.loc[leads["product"] == "GTX Pro", "list_price"]) == {"4821"}


def test_verdict_says_that_there_is_no_signal() -> None:
    tables = read_tables(str(DATA), mapping=load_mapping(str(MAPPING)))
    judgement = learn(tables, TrainingSettings(str(DATA)), lambda _: None).judgement
    auc = judgement.evaluation.model.metrics["roc_auc"]
    assert auc.low < 0.5 < auc.high
    assert judgement.verdict.level == "not_ready"
    assert judgement.verdict.reasons[0].en.startswith("There is no signal in these data")
    assert "手がかりがありません" in judgement.verdict.reasons[0].ja
