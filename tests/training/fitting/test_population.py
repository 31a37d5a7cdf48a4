import numpy as np
import pytest

from features.compute import compute
from features.data_end import data_end_ms
from features.open_leads import open_leads
from features.reading import read_tables
from features.sample import write_sample
from models.conversion import ConversionModel
from tests.serving.small_model import small_model
from training.fitting.population import LEAST_LEADS, with_reference
from training.labelling.preparation import Prepared, prepare


@pytest.fixture(scope="module", params=[300, 1_500])
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("population") / "crm"
    write_sample(folder, request.param)
    tables = read_tables(str(folder))
    return prepare(tables, data_end_ms(tables))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ConversionModel:
    return small_model(tmp_path_factory.mktemp("model") / "crm")


def test_reference_is_what_leads_looked_like_at_the_data_end(prepared: Prepared, model: ConversionModel) -> None:
    found = with_reference(model, prepared).reference
    assert found is not None
    now = open_leads(prepared.tables, prepared.data_end_ms)
    is_enough = len(now) >= LEAST_LEADS
    assert found.population == ("open_leads" if is_enough else "newest_snapshots")
    assert found.rows == (len(now) if is_enough else prepared.observed["lead"].nunique())
    assert set(found.features) == set(model.spec.names)
    matrix = compute(model.spec, prepared.records, now)
    missing = np.isnan(matrix.values).mean(axis=0)
    told = np.array([found.features[name].missing for name in model.spec.names])
    if is_enough:
        assert np.abs(told - missing).max() < 0.1, "of the weeks before, not of the last day alone"


def test_days_of_the_week_are_told_from_drift(prepared: Prepared, model: ConversionModel) -> None:
    found = with_reference(model, prepared).reference
    assert found is not None
    usual = {name: one.usual_index for name, one in found.features.items()}
    if found.population == "open_leads":
        assert usual["days_since_last_activity"] > usual["employees"]
    else:
        assert set(usual.values()) == {0.0}


def test_same_source_gives_the_same_reference(prepared: Prepared, model: ConversionModel) -> None:
    assert with_reference(model, prepared).reference == with_reference(model, prepared).reference
