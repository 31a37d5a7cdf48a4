import json
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.catalogue import FEATURES
from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from models.booster import BoosterMember
from models.calibration import Calibration
from models.conversion import ConversionModel
from models.feature_mismatch import FeatureMismatchError
from models.folder import ModelFolderError
from models.linear import LinearMember
from models.linear_terms import Curve
from models.manifest import write_manifest
from models.score_map import ScoreMap

NAMES = tuple(name for name, feature in FEATURES.items() if feature.unit != "category")[:4]
SPEC = FeatureSpec(tuple(FittedFeature(CatalogueRecipe(name), None) for name in NAMES))


def booster(seed: int) -> BoosterMember:
    values = np.random.default_rng(seed).normal(size=(300, 4))
    rows = lightgbm.Dataset(values, (values[:, seed % 4] > 0).astype(np.float64))
    parameters = {"objective": "binary", "num_leaves": 6, "num_threads": 1, "verbosity": -1}
    return BoosterMember.of(lightgbm.train(parameters, rows, num_boost_round=15))


MEMBERS = (
    booster(1),
    LinearMember(-0.5, tuple(Curve((0.0, 1.0), (-0.1 * place, 0.2), 0.05) for place in range(4))),
    booster(2),
)
SCORE_MAP = ScoreMap(tuple(place / 100 for place in range(1, 99)), (90, 70, 41))
MODEL = ConversionModel(SPEC, MEMBERS, (0.5, 0.3, 0.2), Calibration(0.1, 0.9), SCORE_MAP, 90, {"leads": 300})
FILES = {"manifest.json", "model.json", "features.json", "booster.txt", "booster-2.txt", "linear.json"}


def matrix(rows: int = 60) -> FeatureMatrix:
    rng = np.random.default_rng(9)
    values = rng.normal(size=(rows, 4))
    values[rng.random(values.shape) < 0.2] = np.nan
    return FeatureMatrix(NAMES, values, ())


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=3), st.floats(-3, 3), st.floats(0.8, 1.25))
def test_contributions_add_up_to_the_log_odds_shown(shares: list[float], intercept: float, slope: float) -> None:
    model = replace(
        MODEL,
        members=MEMBERS[: len(shares)],
        weights=tuple(share / sum(shares) for share in shares),
        calibration=Calibration(intercept, slope),
    )
    shown = model.probability(matrix())
    added_up = model.contributions(matrix()).log_odds
    np.testing.assert_allclose(added_up, model.log_odds(matrix()), atol=1e-9)
    np.testing.assert_allclose(added_up, np.log(shown / (1 - shown)), atol=1e-9)


def test_one_lead_equals_its_row_of_the_batch() -> None:
    batch = MODEL.log_odds(matrix())
    assert [MODEL.log_odds(matrix().take(np.array([row])))[0] for row in range(60)] == list(batch)


def test_loaded_model_gives_the_same_bits(tmp_path: Path) -> None:
    MODEL.save(tmp_path)
    loaded = ConversionModel.load(tmp_path)
    assert loaded == MODEL
    np.testing.assert_array_equal(loaded.log_odds(matrix()), MODEL.log_odds(matrix()))
    np.testing.assert_array_equal(loaded.contributions(matrix()).values, MODEL.contributions(matrix()).values)
    np.testing.assert_array_equal(loaded.score(matrix()), MODEL.score(matrix()))


def test_folder_is_text_and_json_and_the_same_bytes_when_saved_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        MODEL.save(tmp_path / name)
    ConversionModel.load(tmp_path / "one").save(tmp_path / "three")
    first, *others = (
        {file.name: file.read_bytes() for file in folder.iterdir()} for folder in sorted(tmp_path.iterdir())
    )
    assert set(first) == FILES
    assert others == [first, first]


def test_smaller_model_saved_over_a_larger_leaves_none_of_its_members(tmp_path: Path) -> None:
    MODEL.save(tmp_path)
    replace(MODEL, members=MEMBERS[:1], weights=(1.0,)).save(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == FILES - {"booster-2.txt", "linear.json"}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (NAMES[::-1], "in the model's order: column 1 must be"),
        ((*NAMES[:3], "shoe_size"), "not the model's .'shoe_size'"),
        (NAMES[:3], f"missing .'{NAMES[3]}'"),
        ((*NAMES, NAMES[0]), "once, found 5 columns"),
    ],
)
def test_matrix_of_other_features_is_refused(names: tuple[str, ...], message: str) -> None:
    wrong = FeatureMatrix(names, np.zeros((1, len(names))), ())
    with pytest.raises(FeatureMismatchError, match=message):
        MODEL.contributions(wrong)
    with pytest.raises(FeatureMismatchError, match=message):
        MODEL.log_odds(wrong)


@pytest.mark.parametrize("weights", [(0.5, 0.3, 0.3), (1.2, -0.1, -0.1), (0.5, 0.5)])
def test_weights_that_are_no_average_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="weight"):
        replace(MODEL, weights=weights)


def test_all_faults_of_a_model_are_told_at_once() -> None:
    narrow = LinearMember(0.0, (Curve((0.0,), (0.0,), 0.0),))
    with pytest.raises(ValueError, match=r"must have 4 features, found 1.*horizon_days must be positive, found 0"):
        replace(MODEL, members=(narrow,), weights=(1.0,), horizon_days=0)


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("model.json", {"format": 99}, "format 99, this version reads format 1"),
        ("model.json", {"members": []}, "needs one weight per member"),
        ("model.json", {"members": [{"kind": "pickle", "file": "linear.json", "weight": 1}]}, "found 'pickle'"),
        (
            "model.json",
            {"members": [{"kind": "linear", "file": "../linear.json", "weight": 1}]},
            "must list every file of the model, found none of",
        ),
        ("model.json", {"members": [{"kind": "linear", "file": "linear.json", "weight": 0.4}]}, "sum to 1"),
        ("model.json", {"calibration": {"intercept": 0, "slope": 7}}, "slope from 0.8 to 1.25"),
        ("model.json", {"calibration": {"intercept": [0.0], "slope": 1}}, r"number is needed, found \[0.0\]"),
        ("model.json", {"calibration": {"intercept": 0, "slope": "1"}}, "number is needed, found '1'"),
        ("model.json", {"calibration": {"intercept": 0}}, "slope"),
        ("model.json", {"members": [{"kind": "linear", "file": "linear.json", "weight": "1"}]}, "found '1'"),
        ("model.json", {"facts": "none"}, "ValueError"),
        ("model.json", {"score_map": {}}, "quantiles"),
        ("model.json", {"features": list(NAMES[::-1])}, "in the model's order"),
        ("features.json", {"format": 99}, "format 99"),
    ],
)
def test_changed_folder_is_refused(file: str, change: dict[str, object], message: str, tmp_path: Path) -> None:
    MODEL.save(tmp_path)
    content = json.loads((tmp_path / file).read_text())
    (tmp_path / file).write_text(json.dumps(content | change))
    with pytest.raises(ModelFolderError, match=rf"{file} is not the file that manifest.json lists"):
        ConversionModel.load(tmp_path)
    write_manifest(tmp_path, FILES - {"manifest.json"})
    with pytest.raises(ModelFolderError, match=message):
        ConversionModel.load(tmp_path)


@pytest.mark.parametrize("file", sorted(FILES))
def test_missing_and_cut_off_files_are_named(file: str, tmp_path: Path) -> None:
    MODEL.save(tmp_path)
    whole = (tmp_path / file).read_bytes()
    (tmp_path / file).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelFolderError, match=file):
        ConversionModel.load(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(ModelFolderError, match=f"has no {file}"):
        ConversionModel.load(tmp_path)
