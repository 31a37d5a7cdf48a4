"""A model's folder, damaged or hostile: it is refused, or it answers to the last bit what it should.

Damage is noticed by the manifest. Who writes the checksums anew gets as far as the readers, which must neither end the
process, as LightGBM's own reader of text does, nor run anything.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from models.booster import BoosterMember
from models.conversion import ConversionModel
from models.folder import ModelFolderError
from models.linear import LinearMember
from models.linear_terms import Curve, Table
from models.manifest import write_manifest
from models.quality.reference import Reference
from models.score_map import GRADES
from tests.fuzz.damage import Damage, damages
from tests.fuzz.examples import fuzzed
from tests.fuzz.json_damage import Change, changes

FILES = (
    *("model.json", "features.json", "booster.txt", "booster-2.txt", "linear.json", "reference.json", "manifest.json"),
)
TOKENS = (
    b"\0",
    b"\xff",
    b"1e308",
    b"Tree=0",
    b"\n\n",
    b"pandas_categorical:[[1]]\n",
    b"\nparameters:\n",
    b"end of trees",
)
JSON_FILES = tuple(name for name in FILES if name.endswith(".json"))


class Whole:
    """A model with a member of each kind, and what it answers."""

    def __init__(self, model: ConversionModel, folder: Path) -> None:
        generator = np.random.default_rng(5)
        spec = model.spec
        values = generator.integers(0, 4, (200, len(spec.names))).astype(np.float64)
        matrix = FeatureMatrix(spec.names, values, spec.categorical)
        of_spec = tuple(
            Curve((0.0, 1.0, 2.0), (-0.1, 0.0, 0.3), 0.05) if one.categories is None else Table((0.1,), -0.1, 0.2)
            for one in spec.features
        )
        members = (*model.members, _by_categories(values, matrix.categorical_positions), LinearMember(-1.0, of_spec))
        mixed = replace(model, members=members, weights=(0.5, 0.25, 0.25))
        described = Reference.of("open_leads", 1_790_000_000_000, spec, [(matrix, mixed.probability(matrix))])
        self.model = replace(mixed, reference=described)
        self.model.save(folder)
        self.files = {name: (folder / name).read_bytes() for name in FILES}
        self.matrix = matrix.take(np.arange(5))

    def answers(self, model: ConversionModel) -> list[bytes]:
        explained = model.explained(self.matrix)
        arrays: list[FloatArray] = [explained.log_odds, explained.contributions.values]
        return [*(array.tobytes() for array in arrays), model.score(self.matrix).tobytes()]


def _by_categories(values: FloatArray, categorical: list[int]) -> BoosterMember:
    label = values[:, categorical[0]] + values[:, 0] > 3
    rows = lightgbm.Dataset(values, label.astype(np.float64), categorical_feature=categorical)
    parameters = {"objective": "binary", "num_leaves": 6, "verbosity": -1, "num_threads": 1, "min_data_in_leaf": 5}
    more = {"cat_smooth": 1, "cat_l2": 1, "min_data_per_group": 1, "max_cat_to_onehot": 1}
    return BoosterMember.of(lightgbm.train(parameters | more, rows, num_boost_round=6))


@pytest.fixture(scope="module")
def whole(model: ConversionModel, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return Whole(model, tmp_path_factory.mktemp("whole") / "model")


@pytest.fixture
def folder(whole: Whole, tmp_path: Path) -> Path:
    for name, content in whole.files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def loaded(folder: Path, whole: Whole, changed: dict[str, bytes], *, is_sealed: bool) -> ConversionModel | None:
    """Load the folder with some files changed, and restore it; None where it is refused."""
    for name, content in changed.items():
        (folder / name).write_bytes(content)
    if is_sealed:
        write_manifest(folder, [name for name in FILES if name != "manifest.json"])
    try:
        return ConversionModel.load(folder)
    except ModelFolderError as error:
        assert_tells(error, folder)
        return None
    finally:
        for name in {*changed, "manifest.json"}:
            (folder / name).write_bytes(whole.files[name])


def assert_tells(error: ModelFolderError, folder: Path) -> None:
    assert folder.name in str(error) or ".json" in str(error)


def test_whole_folder_answers_what_was_saved(whole: Whole, folder: Path) -> None:
    assert "num_cat=1" in whole.files["booster-2.txt"].decode()
    assert whole.answers(ConversionModel.load(folder)) == whole.answers(whole.model)


@fuzzed(400)
@given(name=st.sampled_from(FILES), damage=damages(TOKENS))
def test_damaged_folder_is_refused_or_answers_the_same(whole: Whole, folder: Path, name: str, damage: Damage) -> None:
    found = loaded(folder, whole, {name: damage(whole.files[name])}, is_sealed=False)
    assert found is None or whole.answers(found) == whole.answers(whole.model)


@fuzzed(400)
@given(name=st.sampled_from(["booster.txt", "booster-2.txt"]), damage=damages(TOKENS))
def test_hostile_trees_are_refused_or_answer_with_numbers(
    whole: Whole, folder: Path, name: str, damage: Damage
) -> None:
    found = loaded(folder, whole, {name: damage(whole.files[name])}, is_sealed=True)
    if found is not None:
        assert np.isfinite(found.explained(whole.matrix).log_odds).all()


@fuzzed(300)
@given(name=st.sampled_from(JSON_FILES), change=changes())
def test_hostile_json_is_refused_or_answers_with_numbers(whole: Whole, folder: Path, name: str, change: Change) -> None:
    content = json.dumps(change(json.loads(whole.files[name]))).encode()
    found = loaded(folder, whole, {name: content}, is_sealed=name != "manifest.json")
    if found is not None:
        assert np.isfinite(found.explained(whole.matrix).log_odds).all()
        for ranks in (found.score_map, *found.part_maps.values()):
            assert set(ranks.grade(ranks.score(found.probability(whole.matrix)))) <= set(GRADES)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe{}", b"null", b"NaN", b"9" * 5_000])
@pytest.mark.parametrize("name", JSON_FILES)
def test_json_that_is_none_of_ours_is_refused(whole: Whole, folder: Path, name: str, content: bytes) -> None:
    assert loaded(folder, whole, {name: content}, is_sealed=name != "manifest.json") is None


TREE_LIES: dict[str, tuple[str, str]] = {
    "feature out of range": ("split_feature=", "split_feature=99999 "),
    "leaves beyond number": ("num_leaves=", "num_leaves=2147483647"),
    "categories beyond number": ("num_cat=0", "num_cat=1000000"),
    "child of nobody": ("left_child=", "left_child=7"),
    "linear leaves": ("is_linear=0", "is_linear=1"),
    "no number": ("leaf_value=", "leaf_value=nan "),
}


@pytest.mark.parametrize("lie", TREE_LIES)
def test_tree_that_would_be_read_out_of_bounds_is_refused(whole: Whole, folder: Path, lie: str) -> None:
    old, new = TREE_LIES[lie]
    lines = whole.files["booster.txt"].decode().replace(old, new, 1)
    assert loaded(folder, whole, {"booster.txt": lines.encode()}, is_sealed=True) is None
    sizes = _with_right_sizes(lines)
    assert loaded(folder, whole, {"booster.txt": sizes.encode()}, is_sealed=True) is None


def _with_right_sizes(text: str) -> str:
    """Let the head of a booster tell how long its trees are now."""
    _, *trees = text.partition("end of trees")[0].split("Tree=")
    lengths = " ".join(str(len("Tree=") + len(tree)) for tree in trees)
    before, _, after = text.partition("tree_sizes=")
    return f"{before}tree_sizes={lengths}\n{after.partition(chr(10))[2]}"


PLACES: dict[str, Callable[[Path], object]] = {
    "missing": Path.exists,
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "link to nowhere": lambda path: path.symlink_to("gone"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "endless": lambda path: path.symlink_to("/dev/zero"),
    "another file": lambda path: path.symlink_to("/etc/hostname"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", FILES)
def test_what_stands_in_the_place_of_a_file_is_refused_and_never_waited_for(
    folder: Path, name: str, place: str
) -> None:
    (folder / name).unlink()
    PLACES[place](folder / name)
    with pytest.raises(ModelFolderError):
        ConversionModel.load(folder)


@pytest.mark.parametrize("name", FILES)
def test_file_behind_a_link_is_the_file(whole: Whole, folder: Path, name: str) -> None:
    shutil.move(folder / name, folder / "elsewhere")
    (folder / name).symlink_to("elsewhere")
    assert whole.answers(ConversionModel.load(folder)) == whole.answers(whole.model)


@pytest.mark.parametrize("name", ["model.pkl", "__init__.py", "booster-3.txt", "conftest.py", "reference.json.py"])
def test_file_that_the_manifest_does_not_list_is_left_alone(whole: Whole, folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"raise SystemExit('run')")
    assert whole.answers(ConversionModel.load(folder)) == whole.answers(whole.model)


@pytest.mark.parametrize(
    "file", ["../booster.txt", "/etc/hostname", "..", "", "sub/booster.txt", "a\0b", "x" * 5_000, 5]
)
def test_member_outside_of_the_folder_is_not_opened(whole: Whole, folder: Path, file: object) -> None:
    content = json.loads(whole.files["model.json"])
    content["members"][0]["file"] = file
    assert loaded(folder, whole, {"model.json": json.dumps(content).encode()}, is_sealed=True) is None


@pytest.mark.parametrize("format_number", [0, 2, -1, "1", None, 1.5, [1]])
@pytest.mark.parametrize("name", ["model.json", "reference.json"])
def test_other_format_is_told(whole: Whole, folder: Path, name: str, format_number: object) -> None:
    content = json.loads(whole.files[name]) | {"format": format_number}
    (folder / name).write_text(json.dumps(content))
    write_manifest(folder, [file for file in FILES if file != "manifest.json"])
    with pytest.raises(ModelFolderError, match="format"):
        ConversionModel.load(folder)
