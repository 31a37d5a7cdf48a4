import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.nested_leads import NestedLeadsError, unnest

CALL = {"type": "call", "occurred_at": "2026-01-02T00:00:00Z"}
MAIL = {"type": "email_open", "occurred_at": "2026-01-03T00:00:00Z", "value": 2}
ACME = {"company_id": "acme", "employees": 120}


def leads(**columns: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({"lead_id": ["ann", "bob"], **columns})


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([CALL, MAIL]), max_size=3), min_size=2, max_size=2),
    st.sampled_from(["objects", "json", "array"]),
)
def test_every_nested_row_becomes_a_row_of_its_lead(rows: list[list[dict[str, Any]]], form: str) -> None:
    written: dict[str, list[Any]] = {
        "objects": rows,
        "json": [json.dumps(own) for own in rows],
        "array": [np.array(own) for own in rows],
    }
    tables = unnest(leads(activities=written[form]))
    assert ("activities" in tables) == any(rows)
    found = tables["activities"].to_dict("records") if any(rows) else []
    expected = [(lead, row["type"]) for lead, own in zip(["ann", "bob"], rows, strict=True) for row in own]
    assert [(row["lead_id"], row["type"]) for row in found] == expected
    assert list(tables["leads"]) == ["lead_id"]


@pytest.mark.parametrize("blank", [None, float("nan"), "", "[]"])
def test_blank_is_no_history(blank: object) -> None:
    assert list(unnest(leads(activities=[[CALL], blank]))["activities"]["lead_id"]) == ["ann"]


def test_leads_of_an_equal_company_share_its_row() -> None:
    tables = unnest(leads(company=[ACME, dict(ACME)]))
    assert tables["companies"].to_dict("records") == [ACME]
    assert list(tables["leads"]["company_id"]) == ["acme", "acme"]


def test_company_without_an_id_is_the_lead_s_own() -> None:
    tables = unnest(leads(company=['{"employees": 5}', None], company_id=[None, "beta"]))
    assert list(tables["leads"]["company_id"]) == ["company of ann", "beta"]
    assert list(tables["companies"]["company_id"]) == ["company of ann"]


def test_company_takes_the_id_that_its_lead_states() -> None:
    tables = unnest(leads(company=[{"employees": 5}, None], company_id=["alpha", None]))
    assert list(tables["companies"]["company_id"]) == ["alpha"]


def test_custom_field_of_the_same_name_stays_a_custom_field() -> None:
    frame = leads(company=["Acme Inc", "Beta KK"], activities=[3, 4])
    assert unnest(frame)["leads"].equals(frame)


@pytest.mark.parametrize(("cell", "found"), [("[1, 2]", "str"), ("{broken", "str"), (7, "int"), ([1], "list")])
def test_cell_that_holds_no_rows_is_named(cell: object, found: str) -> None:
    with pytest.raises(NestedLeadsError, match=rf"activities must hold objects.*row 2 holds {found}"):
        unnest(leads(activities=[[CALL], cell]))
