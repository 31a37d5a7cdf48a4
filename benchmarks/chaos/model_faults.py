"""The registry changes its mind, is away, or holds a damaged version."""

import time
from typing import Final

from benchmarks.chaos.crowd import Crowd
from benchmarks.chaos.fault import Fault, Seen
from benchmarks.chaos.kept import kept
from benchmarks.chaos.service import START_SECONDS, Service
from benchmarks.chaos.stage import FIRST, SECOND, Stage
from benchmarks.chaos.tally import Tally

_SWAPS: Final = 10
_BETWEEN_SWAPS: Final = 100
_FOLLOW_SECONDS: Final = 10.0
_FOLLOW_AGAIN_SECONDS: Final = 30.0
_FROZEN_SECONDS: Final = 3.0
_AWAY_SECONDS: Final = 3.0
_DAMAGED_SECONDS: Final = 3.0
_DELIVERY_SECONDS: Final = 10.0


def swapped(stage: Stage) -> Seen:
    """Give the alias to the other version again and again."""
    with stage.service(LEADS_POLL_SECONDS="0.2") as service:
        followed = 0
        with Crowd(service.port, stage.question(FIRST, SECOND)) as crowd:
            crowd.wait_for_answers(50, _FOLLOW_SECONDS)
            for swap in range(_SWAPS):
                version = (SECOND, FIRST)[swap % 2]
                stage.mlflow.name_champion(version)
                followed += crowd.wait_for_version(version, _FOLLOW_SECONDS)
                crowd.wait_for_answers(_BETWEEN_SWAPS, _FOLLOW_SECONDS)
        seen = _seen(stage, service, crowd.tally)
    seen.expect(is_so=followed == _SWAPS, otherwise=f"followed {followed} of {_SWAPS} swaps")
    seen.notes.append(", ".join(f"{count:,} by {version}" for version, count in sorted(crowd.tally.versions.items())))
    return seen


def away(stage: Stage) -> Seen:
    """Let MLflow hang, then kill it, and name another version when it is back."""
    with stage.service() as service:
        with Crowd(service.port, stage.question(FIRST, SECOND)) as crowd:
            crowd.wait_for_answers(50, _FOLLOW_SECONDS)
            stage.mlflow.freeze()
            time.sleep(_FROZEN_SECONDS)
            stage.mlflow.kill()
            time.sleep(_AWAY_SECONDS)
            is_ready = service.is_ready
            versions = set(crowd.tally.versions)
            followed = _back(stage, crowd)
        seen = _seen(stage, service, crowd.tally)
    seen.expect(is_so=is_ready, otherwise="not ready while MLflow was away")
    seen.expect(is_so=versions == {FIRST}, otherwise=f"versions {sorted(versions)} answered while MLflow was away")
    seen.expect(is_so=followed, otherwise=f"did not follow within {_FOLLOW_AGAIN_SECONDS:g} s once MLflow was back")
    return seen


def started_without(stage: Stage) -> Seen:
    """Start the service, which has run here before, while MLflow is away."""
    with stage.service() as service:
        service.terminate()
        stage.mlflow.kill()
        began = time.monotonic()
        service.begin()
        with Crowd(service.port, stage.question(FIRST, SECOND)) as crowd:
            is_first = crowd.wait_for_version(FIRST, START_SECONDS)
            seconds = time.monotonic() - began
            is_ready, source = service.is_ready, service.model()["source"]
            time.sleep(_AWAY_SECONDS)
            versions = set(crowd.tally.versions)
            followed = _back(stage, crowd)
        seen = _seen(stage, service, _without_early(crowd.tally, began + seconds))
    seen.expect(is_so=is_first and is_ready, otherwise=f"not ready from its cache within {START_SECONDS} s")
    seen.expect(is_so=source == "cache", otherwise=f"/model told that the version came from the {source}")
    seen.expect(is_so=versions == {FIRST}, otherwise=f"versions {sorted(versions)} answered while MLflow was away")
    seen.expect(is_so=followed, otherwise=f"did not follow within {_FOLLOW_AGAIN_SECONDS:g} s once MLflow was back")
    seen.notes.append(f"first answer {seconds:.1f} s after the start")
    return seen


def damaged(stage: Stage) -> Seen:
    """Name a version champion of which a file was cut in half, then one that is whole."""
    broken = stage.mlflow.register_damaged()
    with stage.service(LEADS_POLL_SECONDS="0.2") as service:
        with Crowd(service.port, stage.question(FIRST, SECOND)) as crowd:
            crowd.wait_for_answers(50, _FOLLOW_SECONDS)
            stage.mlflow.name_champion(broken)
            time.sleep(_DAMAGED_SECONDS)
            versions, is_ready = set(crowd.tally.versions), service.is_ready
            stage.mlflow.name_champion(SECOND)
            followed = crowd.wait_for_version(SECOND, _FOLLOW_SECONDS)
        seen = _seen(stage, service, crowd.tally)
    seen.expect(is_so=is_ready, otherwise="not ready while a damaged version was champion")
    seen.expect(is_so=versions == {FIRST}, otherwise=f"versions {sorted(versions)} answered for a damaged one")
    seen.expect(is_so=followed, otherwise="did not follow to a whole version")
    return seen


def _back(stage: Stage, crowd: Crowd) -> bool:
    stage.mlflow.start()
    stage.mlflow.name_champion(SECOND)
    return crowd.wait_for_version(SECOND, _FOLLOW_AGAIN_SECONDS)


def _without_early(tally: Tally, since: float) -> Tally:
    """Leave out who was told that there is no model yet: it is a start, not a fault, until the first answer."""
    tally.failures = [failure for failure in tally.failures if failure[0] > since]
    return tally


def _seen(stage: Stage, service: Service, tally: Tally) -> Seen:
    seen = Seen.of(tally, kept(stage.database, tally.acknowledged, _DELIVERY_SECONDS), in_order=True)
    seen.unmet += service.faults()
    return seen


FAULTS: Final = (
    Fault("swap", f"model swapped {_SWAPS} times", swapped),
    Fault("mlflow-away", "MLflow hangs, then is killed, then is back", away),
    Fault("mlflow-away-at-start", "service started while MLflow is away", started_without),
    Fault("damaged-version", "the champion's largest file is cut in half", damaged),
)
