from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.instant import MISSING_MS, MS_PER_DAY, from_ms
from features.outcomes import lead_outcomes
from features.tables import Tables
from training.labelling.labels import label_snapshots
from training.labelling.snapshots import AGES_DAYS, lead_snapshots

NEVER = 10_000
END_DAY = 200
HORIZON_DAYS = 30


def label_of(as_of_day: int, outcome: str, won_day: int | None = None) -> float:
    """Label one snapshot, with the data ending on day 100."""
    won_ms = MISSING_MS if won_day is None else won_day * MS_PER_DAY
    outcomes = pd.DataFrame({"outcome": [outcome], "won_at": from_ms(np.array([won_ms]))})
    snapshots = pd.DataFrame({"lead": [0], "as_of_ms": [as_of_day * MS_PER_DAY], "age_days": [0]})
    return float(label_snapshots(snapshots, outcomes, HORIZON_DAYS, 100 * MS_PER_DAY)["label"].iloc[0])


@pytest.mark.parametrize(
    ("as_of_day", "outcome", "won_day", "label"),
    [
        (10, "won", 40, 1.0),
        (10, "won", 41, 0.0),
        (10, "lost", None, 0.0),
        (10, "open", None, 0.0),
        (70, "open", None, 0.0),
        (71, "open", None, np.nan),
        (71, "lost", None, 0.0),
        (71, "won", 90, 1.0),
    ],
)
def test_label_is_won_not_won_or_not_known_yet(as_of_day: int, outcome: str, won_day: int | None, label: float) -> None:
    np.testing.assert_equal(label_of(as_of_day, outcome, won_day), label)


@dataclass(frozen=True)
class Deal:
    opened: int
    closed: int
    is_won: bool


@dataclass(frozen=True)
class Lead:
    created: int
    deals: tuple[Deal, ...]


@st.composite
def _leads(draw: st.DrawFn) -> Lead:
    created = draw(st.integers(0, END_DAY))
    deals = []
    for _ in range(draw(st.integers(0, 3))):
        opened = created + draw(st.integers(0, 90))
        closed = draw(st.just(NEVER) | st.integers(opened, opened + 90))
        deals.append(Deal(opened, closed, draw(st.booleans())))
    return Lead(created, tuple(deals))


def read(leads: list[Lead]) -> Tables:
    def text(day: int) -> str:
        return "" if day == NEVER else pd.Timestamp(day, unit="D", tz="UTC").isoformat()

    deals = [
        [f"D{n}.{m}", f"L{n}", text(deal.opened), text(deal.closed), ("won" if deal.is_won else "lost")]
        for n, lead in enumerate(leads)
        for m, deal in enumerate(lead.deals)
    ]
    frame = pd.DataFrame(deals, columns=["deal_id", "lead_id", "created_at", "closed_at", "outcome"], dtype="str")
    frame["outcome"] = frame["outcome"].where(frame["closed_at"] != "", "open")
    rows = pd.DataFrame(
        {"lead_id": [f"L{n}" for n in range(len(leads))], "created_at": [text(lead.created) for lead in leads]}
    )
    return Tables.from_frames(leads=rows) if frame.empty else Tables.from_frames(leads=rows, deals=frame)


def labelled(leads: list[Lead]) -> pd.DataFrame:
    end = END_DAY * MS_PER_DAY
    outcomes = lead_outcomes(read(leads), end)
    return label_snapshots(lead_snapshots(outcomes, AGES_DAYS, end), outcomes, HORIZON_DAYS, end)


def one_by_one(leads: list[Lead]) -> Iterator[tuple[int, int, float, bool]]:
    """Yield lead, age, label and whether the window was observed, straight from the definition."""
    for number, lead in enumerate(leads):
        deals = [deal for deal in lead.deals if deal.opened <= END_DAY]
        for age in AGES_DAYS:
            as_of = lead.created + (age or 1 / MS_PER_DAY)
            if as_of < END_DAY and not _was_decided(deals, as_of):
                yield number, age, _label(deals, as_of), as_of + HORIZON_DAYS <= END_DAY


def _was_decided(deals: list[Deal], as_of: float) -> bool:
    for instant in sorted(deal.closed for deal in deals if deal.closed <= as_of):
        opened = [deal for deal in deals if deal.opened <= instant]
        if all(deal.closed <= instant for deal in opened) or any(d.is_won and d.closed <= instant for d in opened):
            return True
    return False


def _label(deals: list[Deal], as_of: float) -> float:
    window_end = as_of + HORIZON_DAYS
    if any(deal.is_won and as_of < deal.closed <= min(window_end, END_DAY) for deal in deals):
        return 1.0
    all_lost = bool(deals) and all(deal.closed <= END_DAY and not deal.is_won for deal in deals)
    return 0.0 if window_end <= END_DAY or all_lost else float("nan")


@settings(max_examples=40, deadline=None)
@given(st.lists(_leads(), min_size=1, max_size=10))
def test_labels_equal_a_plain_loop_over_leads_and_deals(leads: list[Lead]) -> None:
    frame = labelled(leads)
    columns = ["lead", "age_days", "label", "window_observed"]
    expected = pd.DataFrame(list(one_by_one(leads)), columns=columns).astype(frame[columns].dtypes.to_dict())
    pd.testing.assert_frame_equal(frame[columns], expected)


@settings(max_examples=15, deadline=None)
@given(st.lists(_leads(), min_size=1, max_size=10))
def test_weights_of_a_lead_sum_to_one_over_its_observed_windows(leads: list[Lead]) -> None:
    frame = labelled(leads)
    observed = frame[frame["window_observed"]]
    np.testing.assert_allclose(observed.groupby("lead")["weight"].sum(), 1.0)
    assert (frame["weight"] > 0).equals(frame["window_observed"])


@settings(max_examples=15, deadline=None)
@given(st.lists(_leads(), min_size=1, max_size=10))
def test_observed_window_always_has_a_label(leads: list[Lead]) -> None:
    frame = labelled(leads)
    assert frame.loc[frame["window_observed"], "label"].notna().all()


@settings(max_examples=15, deadline=None)
@given(st.lists(_leads(), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_of_the_leads_changes_nothing(leads: list[Lead], random: Random) -> None:
    order = list(range(len(leads)))
    random.shuffle(order)
    shuffled = labelled([leads[n] for n in order])
    back = shuffled.assign(lead=np.array(order)[shuffled["lead"]]).sort_values(["lead", "age_days"], ignore_index=True)
    pd.testing.assert_frame_equal(back, labelled(leads))
