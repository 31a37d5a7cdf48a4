"""The audit of the simulated CRM, in which two leaks were planted."""

import pytest

from features.data_end import data_end_ms
from features.sample import simulate
from features.tables import Tables
from training.audit import Audit, Overrides, audit_columns
from training.labelling.preparation import Prepared, prepare


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    tables = Tables.from_frames(time_zone="UTC", **simulate(5_000, seed=8))
    return prepare(tables, data_end_ms(tables))


@pytest.fixture(scope="module")
def audit(prepared: Prepared) -> Audit:
    return audit_columns(prepared, frozenset(), 1, Overrides())


def test_both_planted_leaks_are_dropped_and_nothing_else(audit: Audit) -> None:
    assert audit.dropped == {"leads.onboarding_plan", "activities.contract_review"}


def test_field_that_is_honest_by_its_history_is_kept(audit: Audit) -> None:
    (track,) = (one for one in audit.verdicts if one.column == "nurture_track")
    assert track.level == "warn"
    assert "its history gives the value as it was before" in track.wording.en


def test_same_field_without_its_history_is_dropped() -> None:
    frames = {name: frame for name, frame in simulate(5_000, seed=8).items() if name != "field_history"}
    tables = Tables.from_frames(time_zone="UTC", **frames)
    assert "leads.nurture_track" in audit_columns(prepare(tables, data_end_ms(tables)), frozenset(), 1).dropped


def test_every_verdict_is_told_in_both_languages_with_its_figures(audit: Audit) -> None:
    entries = audit.to_json()
    assert len(entries) == len(audit.verdicts) > 60
    for entry in entries:
        assert entry["verdict"] in {"keep", "warn", "drop"}
        assert entry["evidence"]
        assert entry["evidence_ja"]
    assert {"auc_forward", "auc_random", "psi"} <= set(next(one for one in entries if one["column"] == "seats"))


def test_every_subject_with_features_tells_its_gain_over_the_rest(audit: Audit) -> None:
    entries = {f"{one['table']}.{one['column']}": one for one in audit.to_json()}
    for verdict in audit.verdicts:
        assert ("shuffled_auc_loss_forward" in entries[verdict.name]) == bool(verdict.dossier.subject.positions)
    losses = {name: one.get("shuffled_auc_loss_forward", 0.0) for name, one in entries.items()}
    assert max(losses, key=lambda name: losses[name]) == "leads.onboarding_plan"
    assert abs(losses["leads.form_variant"]) < 0.005  # noise


def test_what_is_left_out_anyway_is_not_looked_into(prepared: Prepared) -> None:
    audit = audit_columns(prepared, frozenset({"leads.onboarding_plan"}), 1)
    assert "leads.onboarding_plan" not in {one.name for one in audit.verdicts}
    assert audit.dropped == {"activities.contract_review"}


def test_same_source_and_seed_give_the_same_verdicts(prepared: Prepared, audit: Audit) -> None:
    assert audit_columns(prepared, frozenset(), 1).to_json() == audit.to_json()
