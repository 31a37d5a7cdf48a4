"""A real training against a champion that was trained on the same company half a year earlier."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features.compute import compute
from features.open_leads import open_leads
from features.reading import read_tables
from features.sample import write_sample
from features.tables import Tables
from models.conversion import ConversionModel
from training.capacity import Capacity
from training.learning import learn
from training.promotion.challenge import Challenge
from training.promotion.champion import Champion
from training.promotion.comparison import Comparison, Incomparable
from training.promotion.contest import challenge
from training.promotion.kept_grades import GradesError, grades_mode, with_kept_grades
from training.settings import TrainingSettings
from training.tracking.registry import RegisteredVersion
from training.trained import Trained

HORIZON_DAYS, SEED = 30, 5
EARLIER = pd.Timestamp("2025-12-31", tz="UTC")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("contest") / "crm"
    write_sample(folder, 1_500)
    return read_tables(str(folder))


@pytest.fixture(scope="module")
def trained(tables: Tables) -> Trained:
    return learned(tables)


@pytest.fixture(scope="module")
def champion(tables: Tables) -> Champion:
    earlier = learned(tables, data_end=EARLIER)
    return seated(earlier.model, EARLIER.isoformat())


def learned(tables: Tables, **settings: Any) -> Trained:
    return learn(tables, TrainingSettings("crm", horizon_days=HORIZON_DAYS, **settings), lambda _: None)


def seated(model: ConversionModel | None, data_end: str, fault: str = "") -> Champion:
    return Champion(RegisteredVersion(3, "run", {"data_end": data_end}), model, fault)


def held(trained: Trained, champion: Champion | None) -> Challenge:
    return challenge(trained, champion, SEED, lambda _: None)


@pytest.fixture(scope="module")
def met(trained: Trained, champion: Champion) -> Challenge:
    return held(trained, champion)


def test_both_meet_on_snapshots_later_than_all_that_the_champion_has_seen(met: Challenge, trained: Trained) -> None:
    assert isinstance(met.compared, Comparison)
    assert met.compared.start_ms >= EARLIER.timestamp() * 1000
    assert met.compared.end_ms <= trained.prepared.data_end_ms - HORIZON_DAYS * 86_400_000
    assert 0 < met.compared.wins < met.compared.leads


def test_champion_is_measured_as_it_is(met: Challenge, trained: Trained, champion: Champion) -> None:
    assert isinstance(met.compared, Comparison)
    assert champion.model is not None
    bare = trained.prepared.bare
    rows = np.flatnonzero(bare.as_of_ms >= met.compared.start_ms)
    predicted = champion.model.probability(trained.prepared.compute(champion.model.spec, rows))
    won, weight = bare.label[rows], bare.weight[rows]
    losses = -(won * np.log(predicted) + (1 - won) * np.log1p(-predicted))
    assert met.compared.champion["log_loss"].value == pytest.approx(np.average(losses, weights=weight), abs=1e-12)


def test_first_version_meets_nobody(trained: Trained) -> None:
    met = held(trained, None)
    assert (met.champion, met.compared, met.changes, met.decision.rule) == (None, None, None, "first")


def test_training_again_on_the_same_export_is_not_promoted_and_says_from_when_it_could(trained: Trained) -> None:
    met = held(trained, seated(trained.model, str(trained.model.facts["data_end"])))
    assert isinstance(met.compared, Incomparable)
    assert (met.decision.promote, met.decision.rule) == (False, "nothing_newer")
    end = pd.Timestamp(str(trained.model.facts["data_end"]))
    assert str((end + pd.Timedelta(days=HORIZON_DAYS)).date()) in met.decision.reason.ja
    assert met.changes is not None
    assert met.changes.changed == 0


def test_champion_of_another_horizon_is_not_compared(trained: Trained, champion: Champion) -> None:
    assert champion.model is not None
    met = held(trained, replace(champion, model=replace(champion.model, horizon_days=90)))
    assert met.decision.rule == "other_horizon"
    assert "HORIZON_DAYS=90" in met.decision.reason.en


def test_champion_that_sees_what_is_left_out_now_is_not_compared(trained: Trained, champion: Champion) -> None:
    spec = trained.fitted.spec
    stricter = replace(spec, excluded=spec.excluded | {"leads.source", "features.days_since_created"})
    met = held(replace(trained, fitted=replace(trained.fitted, spec=stricter)), champion)
    assert met.decision.rule == "champion_sees_excluded"
    assert "(source, days_since_created)" in met.decision.reason.en


def test_champion_that_cannot_be_read_is_told(trained: Trained) -> None:
    met = held(trained, seated(None, EARLIER.isoformat(), "model.json is not there."))
    assert (met.decision.rule, met.changes) == ("unreadable_champion", None)
    assert "version 3, cannot be read: model.json is not there." in met.decision.reason.en


def test_every_open_lead_is_counted_once_among_the_grades(met: Challenge, trained: Trained) -> None:
    assert met.changes is not None
    assert met.changes.leads == trained.grading.open_leads
    assert sum(counts[0] for _, counts in met.changes.rows) == trained.grading.open_a
    told: Mapping[str, Any] = met.to_json()
    assert told["grade_changes"]["A"]["A"] == met.changes.rows[0][1][0]


def test_kept_grades_begin_at_the_champions_probabilities(trained: Trained, champion: Champion) -> None:
    assert champion.model is not None
    kept = with_kept_grades(trained, champion.model)
    prepared = trained.prepared
    snapshots = open_leads(prepared.tables, prepared.data_end_ms)
    probabilities = kept.model.probability(compute(kept.model.spec, prepared.records, snapshots))
    ours, theirs = kept.model.score_map, champion.model.score_map
    assert ours.grade(ours.score(probabilities)) == theirs.grade(theirs.score(probabilities))
    assert kept.grading.open_a == ours.grade(ours.score(probabilities)).count("A")
    assert all(part.cut_offs == ours.cut_offs for part in kept.model.part_maps.values())


def test_grades_of_another_horizon_cannot_be_kept(trained: Trained, champion: Champion) -> None:
    assert champion.model is not None
    with pytest.raises(GradesError, match=r"within 90 days, this training within 30.*HORIZON_DAYS=90"):
        with_kept_grades(trained, replace(champion.model, horizon_days=90))


@pytest.mark.parametrize(("text", "mode"), [("", "reset"), (" keep ", "keep"), ("RESET", "reset")])
def test_grades_are_reset_unless_they_are_to_be_kept(text: str, mode: str) -> None:
    assert grades_mode({"GRADES": text}, None) == mode


def test_grades_that_are_neither_kept_nor_reset_are_refused() -> None:
    with pytest.raises(GradesError, match="one of keep, reset; found 'hold'"):
        grades_mode({"GRADES": "hold"}, None)


def test_grades_that_are_kept_leave_no_room_for_a_capacity() -> None:
    with pytest.raises(GradesError, match="CAPACITY=200 leads moves them; give one"):
        grades_mode({"GRADES": "keep"}, Capacity(leads=200))
