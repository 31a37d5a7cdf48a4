"""A simulated training run to report on: two years of leads whose chances are known."""

from dataclasses import replace

import numpy as np
import pytest

from features.faults import Fault
from features.instant import MS_PER_DAY
from features.wording import Wording
from tests.training.report.demo_run import FEATURES, START_MS, Simulation, evaluate_test_part, simulate
from training.audit import ColumnVerdict
from training.audit.dossier import Dossier
from training.audit.evidence.alone import Alone
from training.audit.evidence.drift import Drift
from training.audit.evidence.filled import Filled
from training.audit.subjects import Subject
from training.audit.verdicts import judge as judge_column
from training.evaluation.evaluate import evaluate
from training.evaluation.verdict import judge
from training.quality import Quality
from training.quality.duplicates import Duplicates
from training.quality.fill_rates import FillRate
from training.quality.months import RowsByMonth
from training.quality.outliers import Outliers
from training.quality.rare_categories import RareCategories
from training.report import (
    CustomField,
    DataUsed,
    DroppedFeature,
    Explanation,
    LeftOut,
    ReportData,
    ReportedHorizon,
    RunIdentity,
    TableUsed,
)
from training.report.insights import attribute_insights


@pytest.fixture(scope="session")
def simulation() -> Simulation:
    return simulate()


@pytest.fixture(scope="session")
def report(simulation: Simulation) -> ReportData:
    """Everything a full report tells, with hostile names among the CRM's values."""
    evaluation = evaluate_test_part(simulation)
    return ReportData(
        run=RunIdentity(
            source_name="exports/crm <b>2024</b>",
            data_end_ms=START_MS + 620 * MS_PER_DAY,
            method=Wording("LightGBM model, calibrated", "LightGBMモデル（確率補正済み）"),
            model_version="7",
            run_id="5f0c7a61e2",
            time_zone="Asia/Tokyo",
        ),
        horizon=ReportedHorizon(
            90, Wording("85% of won leads are won within 90 days of creation", "成約の85%が登録から90日以内のため")
        ),
        evaluation=evaluation,
        verdict=judge(evaluation),
        features=FEATURES,
        explanation=Explanation(simulation.contributions, simulation.dataset.matrix),
        insights=attribute_insights(simulation.dataset, FEATURES),
        data_used=_data_used(),
        audit=_verdicts(),
        quality=_quality(),
        parameters={"learning_rate": 0.05, "max_depth": 3, "min_data_in_leaf": 50, "lambda_l2": 10.0, "trees": 412},
        fingerprint={"data": "sha256:9f2c4e6a" * 4, "code": "4b1d0c2", "lightgbm": "4.7.0", "python": "3.11"},
    )


def _verdicts() -> tuple[ColumnVerdict, ...]:
    """One of each level, one decided by hand."""
    leak = Dossier(_subject("leads", "onboarding <b>plan"), alone=Alone(0.96, 0.95), filled=Filled(0.93, 0.01, 800))
    moved = Dossier(_subject("leads", "campaign"), alone=Alone(0.55, 0.52), drift=Drift(0.41))
    fine = Dossier(_subject("companies", "employees"), alone=Alone(0.58, 0.57), drift=Drift(0.02))
    return (
        judge_column(leak),
        judge_column(moved),
        judge_column(fine),
        replace(judge_column(moved), level="keep", override="we know why"),
    )


def _subject(table: str, column: str) -> Subject:
    return Subject(table, column, (0,), is_dated=False)


def _quality() -> Quality:
    months = ("2024-01", "2024-02", "2024-03")
    return Quality(
        leads=6_412,
        without_activity=310,
        decided=4_000,
        undated=12,
        fill_rates=(FillRate("leads", "seats", 0.4), FillRate("leads", "source", 1.0)),
        rare=(RareCategories("leads", "source", 3, 12, 17),),
        outliers=(Outliers("deals", "amount", 4, 900, 9e9, 120_000.0),),
        duplicates=(Duplicates(Wording("companies with the same name", "同じ企業名の企業"), 5, 3_105),),
        months=(RowsByMonth("leads", months, (100, 120, 90)), RowsByMonth("activities", months, (0, 4_000, 5_000))),
    )


def _data_used() -> DataUsed:
    start, end = START_MS, START_MS + 620 * MS_PER_DAY
    return DataUsed(
        tables=(
            TableUsed("leads", 6_412, start, end),
            TableUsed("activities", 184_201, start, end),
            TableUsed("companies", 3_105),
        ),
        leads=6_000,
        won=612,
        snapshots=12_000,
        left_out=(
            LeftOut(
                Wording(
                    "The horizon is not over yet (open since fewer than 90 days)",
                    "予測期間が終わっていない（登録から90日未満）",
                ),
                371,
            ),
            LeftOut(Wording("No date of creation", "登録日がない"), 41),
        ),
        dropped=(
            DroppedFeature(
                "invoice_sent", Wording("Filled only after the outcome", "結果の確定後にのみ入力されている")
            ),
        ),
        custom_fields=(
            CustomField("leads", "budget_class", kept=True, reason=Wording("category", "分類")),
            CustomField("leads", "notes_2", kept=False, reason=Wording("free text", "自由記述のため")),
        ),
        warnings=(
            Fault(
                "activities",
                "occurred_at",
                "a time with zone",
                "'2024-02-30'",
                "Correct the dates.",
                12,
                881,
                "warning",
            ),
        ),
    )


def one_class_report(label: float) -> ReportData:
    """The least a run can tell: one class in the test period, no features, nothing optional."""
    simulation = simulate(leads=40)
    dataset = replace(simulation.dataset, label=np.full(80, label))
    evaluation = evaluate(dataset, {"model": simulation.probability}, {}, training_base_rate=0.05, seed=1)
    return ReportData(
        run=RunIdentity("crm", START_MS, Wording("Rules", "ルール")),
        horizon=ReportedHorizon(90, Wording("default", "既定値")),
        evaluation=evaluation,
        verdict=judge(evaluation),
        features=(),
        explanation=None,
        insights=(),
        data_used=DataUsed(tables=(), leads=0, won=0, snapshots=0),
    )


@pytest.fixture(scope="session")
def bare_report() -> ReportData:
    return one_class_report(0.0)


@pytest.fixture(scope="session")
def all_won_report() -> ReportData:
    return one_class_report(1.0)
