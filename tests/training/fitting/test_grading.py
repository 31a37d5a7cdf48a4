from dataclasses import replace

import pytest

from features.reading import read_tables
from features.sample import write_sample
from models.conversion import ConversionModel
from training.capacity import Capacity, CapacityError
from training.fitting.grading import Grading, check_capacity, graded
from training.fitting.part_ranks import with_part_ranks
from training.fitting.refit import fit
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared, prepare

END_MS = 1_780_000_000_000


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("source") / "crm"
    write_sample(folder, 700)
    return prepare(read_tables(str(folder)), END_MS)


@pytest.fixture(scope="module")
def fitted(prepared: Prepared) -> tuple[ConversionModel, Dataset]:
    rows = prepared.observed.index.to_numpy()
    features = prepared.fit_features(rows, frozenset())
    data = prepared.dataset(features.matrix, rows)
    return with_part_ranks(fit(data, seed=1).model(features.spec), data), data


def grading(prepared: Prepared, fitted: tuple[ConversionModel, Dataset], capacity: Capacity | None) -> Grading:
    model, told = graded(*fitted, prepared, capacity)
    assert {ranks.cut_offs for ranks in model.part_maps.values()} == {model.score_map.cut_offs} == {told.cut_offs}
    return told


def test_number_is_one_of_the_leads_that_are_open_now(
    prepared: Prepared, fitted: tuple[ConversionModel, Dataset]
) -> None:
    few, many = (grading(prepared, fitted, Capacity(leads=leads)) for leads in (5, 30))
    assert (few.open_a, many.open_a) == (5, 30)
    assert few.cut_offs[0] > many.cut_offs[0]


def test_share_is_one_of_the_leads_that_scores_are_ranked_among(
    prepared: Prepared, fitted: tuple[ConversionModel, Dataset]
) -> None:
    told = grading(prepared, fitted, Capacity(share=0.2))
    assert told.reference_share == pytest.approx(0.2, abs=0.01)
    assert told.reference_share <= 0.2
    assert "20.0%" in told.wording.en
    assert "20.0%" in told.wording.ja


def test_grades_are_the_usual_ones_where_nobody_says(
    prepared: Prepared, fitted: tuple[ConversionModel, Dataset]
) -> None:
    assert grading(prepared, fitted, None).cut_offs == (90, 70, 41)


def test_number_of_open_leads_is_refused_where_none_is_open(prepared: Prepared) -> None:
    closed = replace(prepared, data_end_ms=0)
    with pytest.raises(CapacityError, match="none is open at the data end"):
        check_capacity(Capacity(leads=5), closed)
    check_capacity(Capacity(share=0.1), closed)
