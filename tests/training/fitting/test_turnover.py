"""What changes by itself in a simulated CRM, with quarterly campaigns and leads that grow old."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from features.data_end import data_end_ms
from features.reading import read_tables
from features.sample import write_sample
from models.conversion import ConversionModel
from models.quality.reference import Reference
from tests.serving.small_model import small_model
from training.fitting.population import with_reference
from training.fitting.turnover import with_turnover
from training.labelling.preparation import Prepared, prepare


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("turnover") / "crm"
    write_sample(made, 3_000)
    return made


@pytest.fixture(scope="module")
def prepared(folder: Path) -> Prepared:
    tables = read_tables(str(folder))
    return prepare(tables, data_end_ms(tables), 60)


@pytest.fixture(scope="module")
def model(folder: Path, prepared: Prepared) -> ConversionModel:
    return with_reference(small_model(folder), prepared)


@pytest.fixture(scope="module")
def reference(model: ConversionModel, prepared: Prepared) -> Reference:
    rows = np.arange(len(prepared.observed))
    data = prepared.dataset(prepared.compute(model.spec, rows), rows)
    found = with_turnover(model, data, prepared).reference
    assert found is not None
    return found


def test_campaigns_come_and_go_and_companies_do_not(reference: Reference) -> None:
    campaign, employees = reference.features["campaign"].turnover, reference.features["employees"].turnover
    assert campaign.index_after(180) > 0.5
    assert employees.index_after(180) < 0.05
    assert 0 < campaign.unseen_after(0) < campaign.unseen_after(90) < campaign.unseen_after(180) < 0.6


def test_sources_are_the_same_all_the_time(reference: Reference) -> None:
    source = reference.features["source"].turnover
    assert source.unseen_after(180) < 0.02
    assert source.index_after(180) < 0.1


def test_every_feature_and_the_probability_have_a_turnover(reference: Reference, model: ConversionModel) -> None:
    assert all(len(reference.features[name].turnover.index) == 7 for name in model.spec.names)
    assert len(reference.probability.turnover.index) == 7
    assert reference.probability.turnover.index_after(180) < 0.25


def test_reference_that_is_not_of_open_leads_stays_as_it_is(model: ConversionModel, prepared: Prepared) -> None:
    assert model.reference is not None
    other = replace(model, reference=replace(model.reference, population="newest_snapshots"))
    assert with_turnover(other, prepared.bare, prepared) is other
