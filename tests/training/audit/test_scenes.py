"""The audit's own error rate, on columns whose nature is known."""

import pytest

from benchmarks.audit.planted import KINDS, QUIET
from benchmarks.audit.tally import OTHERS, SCENES, Tally, audited, tally

SEEDS = (1, 2)
LEAKS = tuple(kind for kind, nature in KINDS.items() if nature == "leak")


@pytest.mark.parametrize("scene", SCENES)
def test_leaks_of_every_kind_are_dropped_and_nothing_honest_is(scene: str) -> None:
    found = tally(scene, SEEDS)
    assert found.seen[OTHERS] > 0
    assert found.false_alarms == 0
    assert {kind for kind in LEAKS if kind not in QUIET and _missed(found, kind)} == set()
    assert sum(_missed(found, kind) for kind in QUIET) <= 1
    assert found.warned["drifted"] == found.seen["drifted"]
    assert found.warned["constant"] == found.seen["constant"]
    assert found.dropped["row_code"] == found.seen["row_code"]


def _missed(found: Tally, kind: str) -> int:
    return found.seen[kind] - found.dropped[kind]


def test_strongest_of_the_quiet_leaks_is_weaker_alone_than_the_honest_column() -> None:
    strengths = {column: auc for column, auc in _alone("without dates").items() if column in KINDS}
    assert max(strengths[kind] for kind in QUIET) < strengths["strong"]


def _alone(scene: str) -> dict[str, float]:
    verdicts = audited(SCENES[scene](1), 1).verdicts
    return {one.column: one.dossier.alone.usual for one in verdicts if one.dossier.alone is not None}
