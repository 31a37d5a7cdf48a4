"""Random answers and random rules for the properties of the gates."""

from typing import Final, NamedTuple, cast

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from features.instant import MS_PER_DAY, from_ms
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import Wording
from models.bant import PILLARS, STATUSES, Answer, GateRules, Pillar
from models.bant.minimum import MinimumAmount
from models.bant.pillar_rule import PillarRule
from models.bant.pillars import AMOUNT_COLUMN, COLUMNS, answers_of

AS_OF_MS: Final = 1_780_000_000_000
LEADS: Final = ("ann", "bob")
VALUES: Final[dict[str, tuple[str | float, ...]]] = {
    **{column: answers_of(pillar) for pillar, column in COLUMNS.items()},
    AMOUNT_COLUMN: (0.0, 400_000.0, 1_000_000.0, 2_500_000.5),
}


class Row(NamedTuple):
    """A row of the qualifications table, blank cells None."""

    lead: str
    answered_at_ms: int
    cells: dict[str, str | float | None]


AGES_MS: Final = st.one_of(
    st.just(0), st.integers(-30, 500).map(lambda days: days * MS_PER_DAY), st.integers(-(10**10), 4 * 10**10)
)
ROWS: Final = st.lists(
    st.builds(
        Row,
        st.sampled_from(LEADS),
        AGES_MS.map(lambda age: AS_OF_MS - age),
        st.fixed_dictionaries({column: st.sampled_from([None, *values]) for column, values in VALUES.items()}),
    ),
    max_size=8,
)


def _answers_to(column: str) -> st.SearchStrategy[Answer]:
    instants = st.integers(1, 400 * MS_PER_DAY).map(lambda age: AS_OF_MS - age)
    return st.builds(Answer, st.sampled_from(VALUES[column]).map(str), instants)


ANSWERS: Final = st.fixed_dictionaries({}, optional={column: _answers_to(column) for column in VALUES})


@st.composite
def pillar_rules(draw: st.DrawFn, pillar: Pillar) -> PillarRule:
    answers = answers_of(pillar)
    statuses = draw(st.lists(st.sampled_from(tuple(STATUSES)), min_size=len(answers), max_size=len(answers)))
    status = dict(zip(answers, statuses, strict=True))
    passing = tuple(answer for answer in answers if status[answer] == "pass")
    failing = tuple(answer for answer in answers if status[answer] == "fail")
    days = draw(st.integers(1, 360))
    ages = {answer: days + 10 * number for number, answer in enumerate(passing + failing)}
    amounts = st.builds(MinimumAmount, st.sampled_from([0.0, 1_000_000.0]), st.just("JPY"), st.integers(1, 400))
    minimum = draw(st.none() | amounts) if pillar == "budget" else None
    return PillarRule(
        pillar, passing, failing, draw(st.booleans()), ages, Wording(f"{pillar}?", f"{pillar}？"), minimum
    )


@st.composite
def gate_rules(draw: st.DrawFn) -> GateRules:
    pillars = {pillar: draw(pillar_rules(pillar)) for pillar in PILLARS}
    counted = draw(st.lists(st.sampled_from(tuple(PILLARS)), min_size=1, unique=True))
    required = draw(st.integers(1, len(counted)))
    return GateRules(pillars, required, tuple(counted), draw(st.none() | st.integers(1, 5)), "0123456789ab")


def records_of(rows: list[Row]) -> Records:
    leads = pd.DataFrame({"lead_id": LEADS, "created_at": ["2020-01-01T00:00:00Z"] * len(LEADS)})
    if not rows:
        return Records.of(Tables.from_frames(leads=leads))
    answered = from_ms(np.array([row.answered_at_ms for row in rows], dtype=np.int64))
    cells = {column: [row.cells[column] for row in rows] for column in VALUES}
    frame = pd.DataFrame({"lead_id": [row.lead for row in rows], "answered_at": answered, **cells})
    return Records.of(Tables.from_frames(leads=leads, qualifications=frame.astype({AMOUNT_COLUMN: "float64"})))


def all_leads() -> Snapshots:
    return Snapshots(np.arange(len(LEADS)), np.full(len(LEADS), AS_OF_MS))


def latest_answers(rows: list[Row], lead: str) -> dict[str, Answer]:
    """Say the same as ``known_answers`` the slow and obvious way."""
    answers: dict[str, Answer] = {}
    for column in VALUES:
        given = [
            (row.answered_at_ms, cast(str, row.cells[column]))
            for row in rows
            if row.lead == lead and row.answered_at_ms < AS_OF_MS and row.cells[column] is not None
        ]
        if given:
            answered_at_ms, value = max(given)
            answers[column] = Answer(str(value), answered_at_ms)
    return answers
