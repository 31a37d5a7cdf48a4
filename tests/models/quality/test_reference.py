import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from models.folder import ModelFolderError
from models.quality.reference import FILE, Reference, as_remembered, save_reference

SPEC = FeatureSpec(
    (FittedFeature(CatalogueRecipe("employees"), None), FittedFeature(CatalogueRecipe("industry"), ("a", "b")))
)


@pytest.fixture
def reference() -> Reference:
    rng = np.random.default_rng(0)
    values = np.column_stack([np.append(rng.normal(size=299), np.nan), rng.integers(0, 3, 300)])
    matrix = FeatureMatrix(SPEC.names, values, SPEC.categorical)
    return Reference.of("open_leads", 1_790_000_000_000, SPEC, [(matrix, rng.random(300))])


def test_reference_comes_back_from_its_folder_and_holds_no_lead(reference: Reference, tmp_path: Path) -> None:
    save_reference(reference, tmp_path)
    assert Reference.load(tmp_path) == reference
    content = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert max(len(one["shares"]) for one in content["features"].values()) <= 12


def test_model_without_a_reference_leaves_none_in_its_folder(reference: Reference, tmp_path: Path) -> None:
    save_reference(reference, tmp_path)
    save_reference(None, tmp_path)
    assert Reference.load(tmp_path) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "has format 2, this version reads 1"),
        ({"rows": None}, "damaged"),
        ({"population": "customers"}, "damaged.*customers"),
        ({"features": {"employees": {"edges": [1], "shares": [1]}}}, "damaged"),
        ({"features": []}, "damaged"),
    ],
)
def test_damaged_reference_is_told(reference: Reference, tmp_path: Path, change: dict[str, object], told: str) -> None:
    (tmp_path / FILE).write_text(json.dumps({**reference.to_json(), **change}), encoding="utf-8")
    with pytest.raises(ModelFolderError, match=told):
        Reference.load(tmp_path)


def test_number_larger_than_any_that_is_remembered_keeps_the_reference_writable(tmp_path: Path) -> None:
    values = np.array([[1e308], [-1e308], [np.inf], [5.0], [np.nan]])
    spec = FeatureSpec(SPEC.features[:1])
    matrix = FeatureMatrix(spec.names, values, ())
    reference = Reference.of("open_leads", 1_790_000_000_000, spec, [(matrix, np.full(5, 0.5))])
    save_reference(reference, tmp_path)
    assert Reference.load(tmp_path) == reference


def test_values_read_back_from_a_score_fall_into_the_bins_they_came_from(reference: Reference) -> None:
    """An edge is a value that occurs, so rounding one of the two would move a tenth of the leads."""
    values = np.random.default_rng(1).random(1_000) * 1e9
    matrix = FeatureMatrix(SPEC.names[:1], values[:, None], ())
    spec = FeatureSpec(SPEC.features[:1])
    found = replace(reference, features=Reference.of("open_leads", 0, spec, [(matrix, values / 1e9)]).features)
    kept = np.frombuffer(values.astype("<f4").tobytes(), dtype="<f4").astype(np.float64)
    distribution = found.features["employees"]
    assert (distribution.tally(kept) / 1_000).tolist() == list(distribution.shares)
    assert np.array_equal(as_remembered(values), kept)
