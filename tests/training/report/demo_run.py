"""Two years of simulated leads whose chances are known, for a report."""

from dataclasses import dataclass

import numpy as np

from features.arrays import FloatArray, IntArray
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from features.wording import Wording
from training.evaluation.evaluate import Evaluation, evaluate
from training.evaluation.segments import age_bands
from training.labelling.dataset import Dataset

START_MS = 1_672_531_200_000  # 1 January 2023
SOURCES = ("web form", "trade show", "partner referral", "purchased list", "webinar", "<script>alert(1)</script>")
INDUSTRIES = (
    "Manufacturing",
    "情報通信業・ソフトウェア開発およびシステムインテグレーションサービス業",
    "Retail",
    "Healthcare and social assistance including long-term residential care",
    "金融・保険",
    "Logistics 🚚 & $transport$",
)


@dataclass(frozen=True)
class DemoFeature:
    name: str
    unit: str
    group: str
    wording: Wording
    missing: Wording | None = None
    categories: tuple[str, ...] | None = None


NEVER = Wording("it has not happened yet", "まだ一度もない")
FEATURES = (
    DemoFeature(
        "days_since_last_meeting",
        "days",
        "engagement",
        Wording("Days since the last meeting", "最後の商談・打ち合わせからの日数"),
        NEVER,
    ),
    DemoFeature(
        "email_clicks_30d",
        "count",
        "engagement",
        Wording("Clicks in mails in 30 days", "メール内クリック数（直近30日）"),
    ),
    DemoFeature(
        "real_contact_share",
        "share",
        "engagement",
        Wording(
            "Share of real contact against web behaviour",
            "電話・商談・セミナー等の直接の接点が占める割合（Web行動との比較）",
        ),
        Wording("neither contact nor web behaviour yet", "接点もWeb行動もまだない"),
    ),
    DemoFeature("page_views_7d", "count", "engagement", Wording("Pages viewed in 7 days", "ページ閲覧数（直近7日）")),
    DemoFeature(
        "employees", "employees", "fit", Wording("Employees of the company", "従業員数"), Wording("not known", "不明")
    ),
    DemoFeature(
        "days_since_created", "days", "timing", Wording("Days since the lead was created", "リード登録からの日数")
    ),
    DemoFeature(
        "colleagues_active_30d",
        "people",
        "account",
        Wording("Active people of the company in 30 days", "同じ企業で活動した担当者数（直近30日）"),
    ),
    DemoFeature(
        "annual_revenue",
        "amount",
        "fit",
        Wording("Annual revenue of the company", "年間売上高"),
        Wording("not known", "不明"),
    ),
    DemoFeature(
        "source", "category", "intent", Wording("Lead source", "リードソース"), Wording("not known", "不明"), SOURCES
    ),
    DemoFeature("industry", "category", "fit", Wording("Industry", "業種"), Wording("not known", "不明"), INDUSTRIES),
)
_STRENGTHS = (-0.9, 0.55, 0.5, 0.25, 0.3, -0.35, 0.4, 0.02)
_SOURCE_EFFECTS = np.array([0.0, 0.5, 1.2, -1.4, 0.2, -0.1, 0.0, -0.2])
_INDUSTRY_EFFECTS = np.array([0.1, 0.6, -0.2, 0.3, 0.0, -0.4, 0.0, 0.0])


@dataclass(frozen=True)
class Simulation:
    """Labelled snapshots, the probability and contributions of a model that knows the truth, and segment labels."""

    dataset: Dataset
    probability: FloatArray
    contributions: FloatArray


def simulate(leads: int = 6_000, seed: int = 7) -> Simulation:
    random = np.random.default_rng(seed)
    lead = np.repeat(np.arange(leads), 2)
    as_of = START_MS + (np.repeat(random.integers(0, 500, leads), 2) + np.tile([0, 30], leads)) * MS_PER_DAY
    values = _values(random, lead)
    contributions = _contributions(values)
    log_odds = -3.0 + contributions.sum(axis=1)
    probability = 1 / (1 + np.exp(-log_odds))
    label = (random.random(len(lead)) < probability).astype(np.float64)
    names = tuple(feature.name for feature in FEATURES)
    matrix = FeatureMatrix(names, values, ("source", "industry"))
    dataset = Dataset(matrix, label, np.full(len(lead), 0.5), as_of, lead, lead // 2, 90)
    return Simulation(dataset, probability, contributions)


def _values(random: np.random.Generator, lead: IntArray) -> FloatArray:
    rows = len(lead)
    numbers = np.column_stack(
        [
            random.exponential(30, rows),
            random.poisson(1.5, rows),
            random.random(rows),
            random.poisson(4, rows),
            random.lognormal(4, 1.2, rows),
            np.tile([0, 30], rows // 2),
            random.poisson(1, rows),
            random.lognormal(15, 1, rows),
        ]
    ).astype(np.float64)
    for column, share in ((0, 0.4), (2, 0.2), (4, 0.15), (7, 0.3)):
        numbers[random.random(rows) < share, column] = np.nan
    source = random.choice([0, 1, 2, 3, 4, 5, 6, np.nan], rows // 2, p=[0.3, 0.15, 0.1, 0.2, 0.1, 0.05, 0.05, 0.05])
    industry = random.choice(
        [0, 1, 2, 3, 4, 5, 6, np.nan], rows // 2, p=[0.25, 0.2, 0.15, 0.15, 0.1, 0.05, 0.002, 0.098]
    )
    return np.column_stack([numbers, np.repeat(source, 2), np.repeat(industry, 2)])


def _contributions(values: FloatArray) -> FloatArray:
    numbers = np.log1p(values[:, : len(_STRENGTHS)])
    scaled = (numbers - np.nanmean(numbers, axis=0)) / np.nanstd(numbers, axis=0)
    parts = np.nan_to_num(scaled, nan=-0.3) * np.array(_STRENGTHS)
    codes = np.where(np.isnan(values[:, 8:]), 7, values[:, 8:]).astype(np.int64)
    return np.column_stack([parts, _SOURCE_EFFECTS[codes[:, 0]], _INDUSTRY_EFFECTS[codes[:, 1]]])


def evaluate_test_part(simulation: Simulation) -> Evaluation:
    dataset = simulation.dataset
    rows = np.flatnonzero(dataset.as_of_ms > np.quantile(dataset.as_of_ms, 0.6))
    test, model = dataset.take(rows), simulation.probability[rows]
    age = test.matrix.column("days_since_created")
    recency = np.clip(0.12 - np.nan_to_num(test.matrix.column("days_since_last_meeting"), nan=60.0) / 900, 0.01, 1)
    logistic = 1 / (1 + np.exp(-(0.8 * np.log(model / (1 - model)) + 0.4 * np.sin(np.arange(len(rows))) - 0.4)))
    return evaluate(
        test,
        {"model": model, "recency": recency, "logistic": logistic},
        {
            "source": _names(test.matrix.column("source"), SOURCES),
            "industry": _names(test.matrix.column("industry"), INDUSTRIES),
            "lead_age": age_bands(age),
        },
        training_base_rate=0.09,
        seed=1,
    )


def _names(codes: FloatArray, categories: tuple[str, ...]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return np.array(["" if np.isnan(code) else (*categories, "other")[int(code)] for code in codes], dtype=np.object_)
