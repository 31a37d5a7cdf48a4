import json
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import pytest

from features.faults import BadDataError
from features.fitting import fit_features
from features.matrix import FeatureMatrix
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from models.booster import BoosterMember
from models.calibration import Calibration
from models.conversion import ConversionModel
from models.flavor import LeadScorer, ScoringInputError, _load_pyfunc
from models.score_map import ScoreMap

LEADS = 120
START = pd.Timestamp("2026-01-01", tz="UTC")


def source() -> dict[str, pd.DataFrame]:
    draw = np.random.default_rng(3)
    ids = pd.Series([f"lead {number}" for number in range(LEADS)])
    acting = draw.integers(0, LEADS, 900)
    leads = pd.DataFrame(
        {
            "lead_id": ids,
            "created_at": START + pd.to_timedelta(draw.integers(0, 30, LEADS), unit="D"),
            "company_id": [f"company {number}" for number in draw.integers(0, 40, LEADS)],
            "source": draw.choice(["web", "seminar", "referral"], LEADS),
            "plan": draw.choice(["basic", "pro"], LEADS),
        }
    )
    companies = pd.DataFrame({"company_id": leads["company_id"].unique()}).assign(industry="software")
    companies["employees"] = draw.integers(5, 5_000, len(companies))
    activities = pd.DataFrame(
        {
            "lead_id": ids[acting].to_numpy(),
            "type": draw.choice(["call", "meeting", "email_open", "form_submit"], 900),
            "occurred_at": START + pd.to_timedelta(draw.integers(0, 90 * 86_400, 900), unit="s"),
        }
    )
    return {"leads": leads, "companies": companies, "activities": activities}


AS_OF_MS = np.random.default_rng(4).integers(40, 90, LEADS) * 86_400_000 + START.value // 1_000_000


@pytest.fixture(scope="module")
def matrix_and_model() -> tuple[FeatureMatrix, ConversionModel]:
    fitted = fit_features(
        Records.of(Tables.from_frames(time_zone="UTC", **source())),
        Snapshots(np.arange(LEADS, dtype=np.int64), AS_OF_MS),
    )
    matrix = fitted.matrix
    label = (np.nan_to_num(matrix.values).sum(axis=1) % 2 < 1).astype(np.float64)
    parameters = {"objective": "binary", "verbosity": -1, "min_data_in_leaf": 5, "num_threads": 1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(matrix.values, label), num_boost_round=20)
    model = ConversionModel(
        spec=fitted.spec,
        members=(BoosterMember.of(booster),),
        weights=(1.0,),
        calibration=Calibration(0.1, 0.9),
        score_map=ScoreMap.of(np.linspace(0.1, 0.9, 100), np.ones(100)),
        horizon_days=90,
        facts={"time_zone": "Asia/Tokyo"},
    )
    return matrix, model


@pytest.fixture(scope="module")
def expected(matrix_and_model: tuple[FeatureMatrix, ConversionModel]) -> list[float]:
    matrix, model = matrix_and_model
    probability: list[float] = model.probability(matrix).tolist()
    assert len(set(probability)) > LEADS / 2
    return probability


@pytest.fixture(scope="module")
def scorer(
    matrix_and_model: tuple[FeatureMatrix, ConversionModel], tmp_path_factory: pytest.TempPathFactory
) -> LeadScorer:
    folder = tmp_path_factory.mktemp("model")
    matrix_and_model[1].save(folder)
    return _load_pyfunc(str(folder))


def with_as_of(leads: pd.DataFrame) -> pd.DataFrame:
    return leads.assign(as_of=pd.to_datetime(AS_OF_MS, unit="ms", utc=True))


def nested() -> pd.DataFrame:
    tables = source()
    rows = tables["activities"].assign(occurred_at=tables["activities"]["occurred_at"].astype(str))
    history = {lead: own.drop(columns="lead_id").to_dict("records") for lead, own in rows.groupby("lead_id")}
    company = {row["company_id"]: row for row in tables["companies"].to_dict("records")}
    leads = with_as_of(tables["leads"])
    activities = pd.Series([history.get(lead, []) for lead in leads["lead_id"]], dtype=object)
    return leads.assign(activities=activities, company=leads["company_id"].map(company))


def test_features_in_any_order_give_the_project_s_own_numbers(
    matrix_and_model: tuple[FeatureMatrix, ConversionModel], scorer: LeadScorer, expected: list[float]
) -> None:
    matrix, _ = matrix_and_model
    frame = pd.DataFrame(matrix.values, columns=list(matrix.names)).assign(remark="ignored")
    told = scorer.predict(frame[frame.columns[::-1]])
    assert list(told) == ["probability"]
    assert told["probability"].tolist() == expected


def test_tables_give_the_project_s_own_numbers(scorer: LeadScorer, expected: list[float]) -> None:
    tables = source()
    told = scorer.predict({**tables, "leads": with_as_of(tables["leads"])})
    assert told["lead_id"].tolist() == tables["leads"]["lead_id"].tolist()
    assert told["probability"].tolist() == expected


def test_tables_as_lists_of_records_give_the_project_s_own_numbers(scorer: LeadScorer, expected: list[float]) -> None:
    tables = source()
    tables["leads"] = with_as_of(tables["leads"])
    texts = {name: frame.to_json(orient="records", date_format="iso", date_unit="ms") for name, frame in tables.items()}
    told = scorer.predict({name: json.loads(text or "") for name, text in texts.items()})
    assert told["probability"].tolist() == expected


@pytest.mark.parametrize("form", ["objects", "json"])
def test_leads_with_their_history_inside_give_the_project_s_own_numbers(
    scorer: LeadScorer, expected: list[float], form: str
) -> None:
    leads = nested()
    if form == "json":
        leads = leads.assign(activities=leads["activities"].map(json.dumps), company=leads["company"].map(json.dumps))
    told = scorer.predict(leads)
    assert told["probability"].tolist() == expected


def test_answer_keeps_the_order_and_the_index_of_the_question(scorer: LeadScorer, expected: list[float]) -> None:
    shuffled = nested().set_index(pd.Index(range(1_000, 1_000 + LEADS))).sample(frac=1, random_state=1)
    told = scorer.predict(shuffled)
    assert told["lead_id"].equals(shuffled["lead_id"])
    assert told["probability"].sort_index().tolist() == expected


def test_time_without_offset_is_read_in_the_time_zone_of_the_training(
    scorer: LeadScorer, expected: list[float]
) -> None:
    local = pd.to_datetime(AS_OF_MS, unit="ms", utc=True).tz_convert("Asia/Tokyo").strftime("%Y-%m-%dT%H:%M:%S")
    assert scorer.predict(nested().assign(as_of=local))["probability"].tolist() == expected


def test_one_lead_gives_its_number_of_the_batch_where_no_colleague_is_in_it(scorer: LeadScorer) -> None:
    alone = nested().drop_duplicates("company_id", keep=False)
    batch = scorer.predict(alone)["probability"].tolist()
    assert [scorer.predict(alone.iloc[[row]])["probability"].item() for row in range(len(alone))] == batch


def test_leads_without_as_of_are_refused_by_name(scorer: LeadScorer) -> None:
    with pytest.raises(ScoringInputError, match=r"Needs the column as_of.*found lead_id, created_at"):
        scorer.predict(source()["leads"])
    with pytest.raises(ScoringInputError, match="leads must have the column as_of"):
        scorer.predict(source())


def test_features_that_are_not_all_there_are_named(
    matrix_and_model: tuple[FeatureMatrix, ConversionModel], scorer: LeadScorer
) -> None:
    matrix, _ = matrix_and_model
    frame = pd.DataFrame(matrix.values, columns=list(matrix.names)).drop(columns=matrix.names[3])
    with pytest.raises(ScoringInputError, match=rf"without 1 of {len(matrix.names)} features: {matrix.names[3]}"):
        scorer.predict(frame)


def test_feature_that_is_text_is_named(
    matrix_and_model: tuple[FeatureMatrix, ConversionModel], scorer: LeadScorer
) -> None:
    matrix, _ = matrix_and_model
    frame = pd.DataFrame(matrix.values, columns=list(matrix.names)).assign(**{matrix.names[0]: "three"})
    with pytest.raises(ScoringInputError, match=rf"Features must be numbers.*{matrix.names[0]}"):
        scorer.predict(frame)


@pytest.mark.parametrize("value", ["yesterday", None, ""])
def test_as_of_that_is_no_time_is_told_with_its_row(scorer: LeadScorer, value: object) -> None:
    leads = nested()
    as_of = [value if row == 4 else instant for row, instant in enumerate(leads["as_of"])]
    leads = leads.assign(as_of=pd.Series(as_of, dtype=object))
    with pytest.raises(ScoringInputError, match=r"as_of must be an ISO 8601 time.*1 of 120 rows have none, row 5"):
        scorer.predict(leads)


def test_faults_of_the_tables_are_told_all_at_once(scorer: LeadScorer) -> None:
    tables = source()
    leads = with_as_of(tables["leads"]).assign(created_at="soon")
    with pytest.raises(BadDataError, match=r"(?s)created_at.*calls: the table is a canonical one|calls.*created_at"):
        scorer.predict({"leads": leads, "calls": tables["activities"]})


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"has no manifest\.json"):
        _load_pyfunc(str(tmp_path))
