"""Custom fields of leads that are honest: filled in when the lead came in."""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.sample.chance import happens
from features.sample.journeys import PRODUCT, Journeys
from features.sample.market import Market
from features.sample.people import NO_COMPANY, People
from features.sample.seasons import timestamps
from features.sample.vocabulary import texts, with_gaps, with_nan

_DEMO_THRESHOLD: Final = 0.9
_RENEWAL_PROJECTS: Final = 0.25
_TEXTS_JA: Final = (
    "資料を拝見しました。まずは情報収集です。",
    "セミナーの資料をいただけますか。",
    "機能の一覧と他社との違いを知りたいです。",
    "導入事例について詳しく聞きたいです。",
    "現在のシステムからの移行は可能でしょうか。",
    "料金プランとお見積りをお願いします。",
    "年度内の導入を検討しています。デモを希望します。",
)
_TEXTS_EN: Final = (
    "Just gathering information for now.",
    "Could you send me the slides of the webinar?",
    "What sets you apart from other vendors?",
    "I would like to hear about similar customers.",
    "Can we migrate from our current system?",
    "Please send pricing and a quote.",
    "We plan to introduce a tool this fiscal year and would like a demo.",
)


def custom_columns(
    rng: np.random.Generator, market: Market, people: People, journeys: Journeys
) -> dict[str, pd.Series]:
    """Return the honest custom fields.

    Product interest tells the product, the wish for a demo and the wording of the inquiry tell a little of the intent,
    the renewal of the present contract a little of the timing; seats follow the size of the company and the form
    variant tells nothing.
    """
    size = len(people)
    keen = people.interest + 1.6 * rng.standard_normal(size)
    return {
        "product_interest": PRODUCT.texts(_product_interest(rng, journeys)),
        "seats": pd.Series(_seats(rng, market, people)),
        "wants_demo": texts(("false", "true"), with_gaps(rng, (keen > _DEMO_THRESHOLD).astype(np.int64), 0.2)),
        "contract_renewal_on": _renewal(rng, people, journeys),
        "inquiry_text": _inquiry(rng, people),
        "form_variant": texts(("A", "B", "C", "D"), with_gaps(rng, rng.integers(4, size=size), 0.05)),
    }


def _product_interest(rng: np.random.Generator, journeys: Journeys) -> IntArray:
    mistaken = happens(rng, len(journeys.product), 0.15)
    told = np.where(mistaken, PRODUCT.draw(rng, len(mistaken)), journeys.product)
    return with_gaps(rng, told, 0.25)


def _seats(rng: np.random.Generator, market: Market, people: People) -> FloatArray:
    employees = np.where(people.company == NO_COMPANY, 5.0, market.employees[people.company])
    seats = np.maximum(1.0, np.round(employees**0.8 * rng.lognormal(-0.5, 0.6, len(employees))))
    return with_nan(rng, seats, 0.45)


def _renewal(rng: np.random.Generator, people: People, journeys: Journeys) -> pd.Series:
    """Return when the present contract ends: soon after the decision if that is what the project is about."""
    size = len(people)
    someday = people.created + rng.uniform(0.0, 720.0, size)
    soon = journeys.decides + rng.normal(45.0, 45.0, size)
    about_it = journeys.buys & happens(rng, size, _RENEWAL_PROJECTS) & (soon > people.created)
    renewal = with_nan(rng, np.where(about_it, soon, someday), 0.6)
    dates: pd.Series = timestamps(renewal).dt.strftime("%Y-%m-%d")
    return dates.astype("str")


def _inquiry(rng: np.random.Generator, people: People) -> pd.Series:
    keen = 0.6 * people.interest + 1.3 * rng.standard_normal(len(people))
    kind = np.searchsorted((-1.2, -0.6, 0.0, 0.5, 1.0, 1.6), keen)
    in_english = (people.country != 0).astype(np.int64)
    return texts(_TEXTS_JA + _TEXTS_EN, with_gaps(rng, kind + in_english * len(_TEXTS_JA), 0.5))
