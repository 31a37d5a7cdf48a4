"""One lead in one go says what arrays say, for models whose parts fit each other."""

from typing import Any

import numpy as np
import pytest

from features.instant import MS_PER_DAY
from features.lead_records import lead_records, lead_snapshot
from features.sample import write_sample
from models.conversion import ConversionModel
from models.lead_pass import LeadPass
from models.member_pass import MemberPass
from models.model_rung import ModelRung
from models.reasons import base_probability, explaining
from tests.serving.small_model import small_model

CREATED_MS = 1_760_000_000_000
ROWS: dict[str, list[dict[str, Any]]] = {
    "leads": [{"lead_id": "L1", "created_at": CREATED_MS, "source": "never seen", "seniority": "c_level"}],
    "companies": [{"company_id": "C1", "industry": "software", "employees": 120.0}],
    "activities": [
        {"type": kind, "occurred_at": CREATED_MS + day * MS_PER_DAY, "recorded_at": CREATED_MS + day * MS_PER_DAY}
        for day, kind in enumerate(("page_view", "meeting", "email_opened", "page_view"))
    ],
    "qualifications": [{"answered_at": CREATED_MS + MS_PER_DAY, "budget_status": "can_buy"}],
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ConversionModel:
    folder = tmp_path_factory.mktemp("crm") / "sample"
    write_sample(folder, 250)
    return small_model(folder)


@pytest.mark.parametrize("days", [-1, 0, 1, 2, 3, 30, 400])
@pytest.mark.parametrize("left_out", [(), ("companies",), ("activities",), ("companies", "activities")])
def test_lead_alone_gets_the_answer_that_it_gets_among_others(
    model: ConversionModel, days: int, left_out: tuple[str, ...]
) -> None:
    rows = {table: some for table, some in ROWS.items() if table not in left_out}
    as_of_ms, rung = CREATED_MS + days * MS_PER_DAY, ModelRung(model)
    [among_others] = rung.answers(lead_records(rows), lead_snapshot(as_of_ms))
    assert rung.answer(rows, as_of_ms) == among_others
    assert among_others.inputs is not None
    assert len(among_others.inputs) == 4 * len(model.spec.names)


def test_category_that_is_not_distinguished_is_told(model: ConversionModel) -> None:
    warnings = ModelRung(model).answer(ROWS, CREATED_MS + MS_PER_DAY).warnings
    assert [warning.en for warning in warnings if "never seen" in warning.en]


def test_parts_that_do_not_fit_each_other_are_refused(model: ConversionModel) -> None:
    spec, rung = model.spec, ModelRung(model)
    row = model.any_row
    assert row is not None

    def made(row: MemberPass, width: int, column: int, numbers: int) -> LeadPass:
        columns = (np.array([column], dtype=np.int64), np.zeros(numbers))
        told = (rung._standing, explaining(), spec.features[:width], base_probability(row.base))
        return LeadPass(spec.lead_plan, row, *told, columns, spec.other_codes)

    width = len(spec.features)
    assert made(row, width, width - 1, 1)
    for wrong in ((width - 1, 0, 1), (width, width, 1), (width, -1, 1), (width, 0, 2)):
        with pytest.raises(ValueError, match="found"):
            made(row, *wrong)
