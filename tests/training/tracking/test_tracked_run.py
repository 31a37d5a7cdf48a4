import json
import math
from pathlib import Path

import pytest
from mlflow.entities import Run

from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import tracked_run
from training.tracking.tracking_store import TrackingError, TrackingStore, open_store


@pytest.fixture
def store(location: StoreLocation) -> TrackingStore:
    return open_store(location)


def only_run(store: TrackingStore) -> Run:
    (run,) = store.client.search_runs([store.experiment_id])
    return run


def test_run_keeps_all_it_is_given(store: TrackingStore, toy_model: Path) -> None:
    with tracked_run(store, {"source": "exports"}) as run:
        run.log_params({"trees": 120, "rate": 0.05})
        run.log_metrics({"auc": 0.75, "auc_of_empty_segment": math.nan})
        run.set_tags({"verdict": "useful"})
        run.log_json("data_fingerprint.json", {"digest": "abc"})
        run.log_file(toy_model / "model.json", "report")
        run.log_folder(toy_model, "figures")
    kept = only_run(store)
    assert kept.info.status == "FINISHED"
    assert kept.data.params == {"trees": "120", "rate": "0.05"}
    assert kept.data.metrics["auc"] == 0.75
    assert math.isnan(kept.data.metrics["auc_of_empty_segment"])
    assert kept.data.tags.items() >= {"source": "exports", "verdict": "useful"}.items()
    files = Path(kept.info.artifact_uri)
    assert json.loads((files / "data_fingerprint.json").read_text()) == {"digest": "abc"}
    assert (files / "report" / "model.json").exists()
    assert (files / "figures" / "model.json").exists()


def test_more_params_and_metrics_than_mlflow_takes_at_once_are_kept(store: TrackingStore) -> None:
    with tracked_run(store, {}) as run:
        run.log_params({f"param_{number}": number for number in range(250)})
        run.log_metrics({f"metric_{number}": number for number in range(1_200)})
    kept = only_run(store)
    assert (len(kept.data.params), len(kept.data.metrics)) == (250, 1_200)


def test_run_says_nothing_of_the_person_or_the_machine(store: TrackingStore) -> None:
    with tracked_run(store, {"source": "exports"}):
        pass
    assert set(only_run(store).data.tags) == {"source", "mlflow.runName"}


@pytest.mark.parametrize(
    ("error", "status"), [(ValueError("no leads"), "FAILED"), (KeyboardInterrupt("stop"), "KILLED")]
)
def test_training_that_breaks_off_is_marked_and_its_error_passes_through(
    store: TrackingStore, error: BaseException, status: str
) -> None:
    with pytest.raises(type(error), match=str(error)), tracked_run(store, {}):
        raise error
    assert only_run(store).info.status == status


def test_store_that_goes_away_meanwhile_does_not_hide_the_error_of_the_training(store: TrackingStore) -> None:
    def lose_store_and_fail() -> None:
        assert store.location.database is not None
        store.location.database.unlink()
        raise ValueError("no leads")

    with pytest.raises(ValueError, match="no leads"), tracked_run(store, {}):
        lose_store_and_fail()


def test_what_mlflow_refuses_is_told_with_the_next_step(store: TrackingStore) -> None:
    with (
        pytest.raises(TrackingError, match=r"Could not record the metrics.*champion is as it was"),
        tracked_run(store, {}) as run,
    ):
        run.log_metrics({"100 % wrong !": 1.0})
    assert only_run(store).info.status == "FAILED"
