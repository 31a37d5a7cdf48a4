import math
import resource
from pathlib import Path
from threading import Thread

import pytest
from numpy.testing import assert_allclose

from models.conversion import ConversionModel
from serving.model_cache import KeptModel, ModelCache, ModelCacheError
from serving.registered import RegisteredModel

METRICS = {"log_loss": 0.25, "auc": math.nan}


@pytest.fixture
def cache(tmp_path: Path) -> ModelCache:
    return ModelCache(tmp_path / "new" / "models", "champion")


def version(number: int, model: ConversionModel) -> KeptModel:
    return KeptModel(RegisteredModel(str(number), 1_795_000_000_000 + number, f"run{number}"), model, METRICS)


def kept_version(cache: ModelCache) -> str:
    kept = cache.kept()
    assert kept is not None
    return kept.named.version


def test_version_comes_back_as_it_was(cache: ModelCache, model: ConversionModel) -> None:
    assert cache.kept() is None
    cache.keep(version(7, model))
    kept = cache.kept()
    assert kept is not None
    assert kept.named == version(7, model).named
    assert (kept.metrics["log_loss"], math.isnan(kept.metrics["auc"])) == (0.25, True)
    assert (kept.model.spec, kept.model.horizon_days) == (model.spec, model.horizon_days)
    assert_allclose(kept.model.score_map.quantiles, model.score_map.quantiles)


def test_only_the_newest_is_kept(cache: ModelCache, model: ConversionModel, tmp_path: Path) -> None:
    for number in (1, 2, 2, 3, 1):
        cache.keep(version(number, model))
        assert kept_version(cache) == str(number)
        assert len(list((tmp_path / "new" / "models").iterdir())) == 1


def files_of(cache: ModelCache, model: ConversionModel, tmp_path: Path) -> list[Path]:
    cache.keep(version(1, model))
    return [path for path in sorted((tmp_path / "new" / "models").rglob("*")) if path.is_file()]


def test_any_altered_file_is_refused_and_written_anew(
    cache: ModelCache, model: ConversionModel, tmp_path: Path
) -> None:
    files = files_of(cache, model, tmp_path)
    assert {"identity.json", "model.json", "booster.txt"} <= {file.name for file in files}
    for file in files:
        whole = file.read_bytes()
        for damaged in (whole[:-3], b"", whole.replace(b"1", b"2", 1)):
            file.write_bytes(damaged)
            with pytest.raises(ModelCacheError, match=r"altered|damaged"):
                cache.kept()
        file.unlink()
        with pytest.raises(ModelCacheError, match=r"altered|damaged"):
            cache.kept()
        cache.keep(version(1, model))
        assert kept_version(cache) == "1"


def test_added_file_and_other_things_in_the_folder_are_refused(
    cache: ModelCache, model: ConversionModel, tmp_path: Path
) -> None:
    files = files_of(cache, model, tmp_path)
    folder = next(file for file in files if file.name == "model.json").parent
    (folder / "booster-2.txt").write_text("tree")
    with pytest.raises(ModelCacheError, match="altered"):
        cache.kept()
    (folder / "booster-2.txt").unlink()
    assert kept_version(cache) == "1"
    folder.parent.rename(folder.parent.with_name("0" * 32))
    with pytest.raises(ModelCacheError, match="altered"):
        cache.kept()


def test_what_a_killed_process_left_half_written_is_not_read_and_goes(
    cache: ModelCache, model: ConversionModel, tmp_path: Path
) -> None:
    half = tmp_path / "new" / "models" / ".unfinished-x" / "made" / "model"
    half.mkdir(parents=True)
    (half / "model.json").write_text("{")
    assert cache.kept() is None
    cache.keep(version(1, model))
    assert kept_version(cache) == "1"
    assert not half.exists()


def test_processes_that_keep_at_once_leave_one_whole_version(
    cache: ModelCache, model: ConversionModel, tmp_path: Path
) -> None:
    threads = [
        Thread(target=ModelCache(tmp_path / "new" / "models", "champion").keep, args=(version(number % 3, model),))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept_version(cache) in "012"
    assert len(list((tmp_path / "new" / "models").iterdir())) == 1


def test_disk_that_is_full_leaves_the_version_before(cache: ModelCache, model: ConversionModel, tmp_path: Path) -> None:
    cache.keep(version(1, model))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            cache.keep(version(2, model))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert kept_version(cache) == "1"
    assert len(list((tmp_path / "new" / "models").iterdir())) == 1
