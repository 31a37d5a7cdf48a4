"""One lead, one answer, through every door."""

import json
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from features.arrays import FloatArray
from features.compute import compute
from features.instant import MS_PER_DAY, to_ms
from features.lead_records import lead_snapshot
from features.reading import read_tables
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from models.booster import BoosterMember
from models.conversion import ConversionModel
from models.lead_score_json import lead_score_json
from models.nested_leads import HISTORIES
from models.reasons import explanations
from serving.batch import BatchRun, score_all
from tests.serving.doors import Doors, as_frame, as_records, doors_of
from tests.serving.random_leads import AS_OF_MS, requests

LEADS = 60
OF_THE_SERVICE = ("score_id", "scored_at", "model")


@pytest.fixture(scope="module")
def doors(model: ConversionModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with doors_of(model, tmp_path_factory.mktemp("doors")) as made:
        yield made


@pytest.fixture(scope="module")
def sample(crm: Path) -> Tables:
    return read_tables(str(crm))


@pytest.fixture(scope="module")
def alone(sample: Tables) -> Snapshots:
    """Leads of the sample that have no colleagues, each some days or weeks after it came in."""
    has_none = ~sample.leads["company_id"].duplicated(keep=False) | sample.leads["company_id"].isna()
    lead = np.flatnonzero(has_none)[:LEADS].astype(np.int64)
    days = np.random.default_rng(8).integers(1, 120, len(lead))
    return Snapshots(lead, to_ms(sample.leads["created_at"])[lead] + days * MS_PER_DAY)


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as a CRM would send them."""
    text = frame.to_json(orient="records", date_format="iso", date_unit="ms") or ""
    return [{name: cell for name, cell in row.items() if cell is not None} for row in json.loads(text)]


def as_body(sample: Tables, row: int, as_of_ms: int) -> dict[str, Any]:
    """What the sample holds of a lead, as a request."""
    [lead] = plain(sample.leads.iloc[[row]])
    frames = {name: getattr(sample, name) for name in HISTORIES}
    own = {name: frame[frame["lead_id"] == lead["lead_id"]].drop(columns="lead_id") for name, frame in frames.items()}
    company = plain(sample.companies[sample.companies["company_id"] == lead.get("company_id")])
    as_of = pd.Timestamp(as_of_ms, unit="ms", tz="UTC").isoformat(timespec="milliseconds")
    histories = {name: plain(frame) for name, frame in own.items() if len(frame)}
    return {"lead": lead, "company": next(iter(company), None), "as_of": as_of, **histories}


def test_every_door_gives_the_same_probability_to_the_last_bit(
    sample: Tables, alone: Snapshots, doors: Doors, tmp_path: Path
) -> None:
    bodies = [as_body(sample, *one) for one in zip(alone.lead.tolist(), alone.as_of_ms.tolist(), strict=True)]
    run = BatchRun(sample, alone, doors.champion, "en", str(tmp_path / "scores.csv"))
    score_all(run, lambda _: None)
    expected = pd.read_csv(run.out)["probability"].tolist()
    assert len(set(expected)) > LEADS / 5
    assert [doors.post(body)["probability"] for body in bodies] == expected
    results = doors.caller.post("/score/batch", json={"leads": bodies}).json()["results"]
    assert [result["probability"] for result in results] == expected
    told = doors.flavor.predict(pd.concat([as_frame(body) for body in bodies], ignore_index=True))
    assert told["probability"].tolist() == expected


@given(body=requests())
@settings(max_examples=60, deadline=None)
def test_any_lead_gets_the_same_answer_through_every_door(doors: Doors, body: dict[str, Any]) -> None:
    answer = doors.post(body)
    [in_batch] = doors.caller.post("/score/batch", json={"leads": [body]}).json()["results"]
    [score] = doors.champion.scorer.score(as_records(body), lead_snapshot(AS_OF_MS))
    from_files = lead_score_json(score, "en")
    for name in answer.keys() - set(OF_THE_SERVICE):
        assert answer[name] == in_batch[name] == from_files[name], name
    assert doors.flavor.predict(as_frame(body))["probability"].tolist() == [answer["probability"]]


def by_shap(member: BoosterMember, values: FloatArray) -> tuple[FloatArray, float]:
    with warnings.catch_warnings():
        # matplotlib deprecates, on import, what shap still uses.
        warnings.simplefilter("ignore")
        explained = import_module("shap").TreeExplainer(lightgbm.Booster(model_str=member.text))(values)
    return explained.values, float(np.ravel(explained.base_values)[0])


def test_reasons_are_shaps_values_weighted_and_calibrated(sample: Tables, model: ConversionModel) -> None:
    lead = np.arange(len(sample.leads), dtype=np.int64)
    snapshots = Snapshots(lead, to_ms(sample.leads["created_at"]) + 45 * MS_PER_DAY)
    matrix = compute(model.spec, Records.of(sample), snapshots)
    [member] = model.members
    assert isinstance(member, BoosterMember)
    other = BoosterMember.of(
        lightgbm.train(
            {"objective": "binary", "verbosity": -1, "num_leaves": 6, "num_threads": 1},
            lightgbm.Dataset(matrix.values, lead % 3 == 0),
            num_boost_round=20,
        )
    )
    blend = ConversionModel(
        model.spec, (member, other), (0.7, 0.3), model.calibration, model.score_map, 90, {}, model.part_maps
    )
    (one, one_base), (two, two_base) = by_shap(member, matrix.values), by_shap(other, matrix.values)
    expected = model.calibration.slope * (0.7 * one + 0.3 * two)
    base = model.calibration.intercept + model.calibration.slope * (0.7 * one_base + 0.3 * two_base)
    names = list(model.spec.names)
    for row, why in enumerate(explanations(model.spec, matrix, blend.contributions(matrix))):
        assert_allclose(why.base_log_odds, base, atol=1e-6)
        for reason in why.reasons:
            shown = expected[row, names.index(reason.feature)]
            assert_allclose(reason.contribution_log_odds, shown, atol=1e-6)
        assert_allclose(why.log_odds, base + expected[row].sum(), atol=1e-6)
