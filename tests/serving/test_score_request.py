from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from features.faults import BadDataError
from features.lead_records import lead_records
from features.schema import SCHEMAS, column_kind, kept_columns
from features.source import Source
from features.table_source import TableSource
from features.tables import Tables
from serving.answering import read_request
from serving.examples import REQUESTS
from serving.problems import ProblemError
from serving.row_fields import Reading
from serving.score_request import HISTORIES

NOW_MS = 1_795_300_000_000
READING = Reading(ZoneInfo("Asia/Tokyo"), NOW_MS, max_rows=100)


def body(**parts: Any) -> dict[str, Any]:
    """A request; fields of its lead are added to those that it needs."""
    lead = parts.pop("lead", {})
    return {"lead": {"lead_id": "L1", "created_at": "2026-10-01"} | lead if isinstance(lead, dict) else lead, **parts}


def lead_row(**fields: Any) -> dict[str, Any]:
    return dict(read_request(body(lead=fields), READING).rows["leads"][0])


def as_files(content: dict[str, Any]) -> Tables:
    """The same rows as a folder of tables would hold them."""
    frames: dict[str, Any] = {"leads": pd.DataFrame([content["lead"]], dtype=object)}
    if content.get("company"):
        company = {"company_id": content["lead"].get("company_id"), **content["company"]}
        frames["companies"] = pd.DataFrame([company], dtype=object)
        frames["leads"]["company_id"] = company["company_id"]
    for table in HISTORIES:
        if content.get(table):
            rows = [{**row, "lead_id": content["lead"]["lead_id"]} for row in content[table]]
            frames[table] = pd.DataFrame(rows, dtype=object)
    return Tables.from_frames(time_zone="Asia/Tokyo", **frames)


def cells(source: Source, table: str, name: str) -> list[Any]:
    kind = column_kind(SCHEMAS[table].columns[name])
    if kind == "text":
        text = source.text(table, name)
        return [text.names[code] if code >= 0 else None for code in text.codes]
    return list(source.instants(table, name) if kind == "time" else source.numbers(table, name))


@pytest.mark.parametrize("content", REQUESTS.values(), ids=REQUESTS)
def test_request_holds_what_files_of_the_same_rows_hold(content: dict[str, Any]) -> None:
    source, expected = lead_records(read_request(content, READING).rows).source, TableSource(as_files(content))
    for table in SCHEMAS:
        for name in kept_columns(table).keys() - {"lead_id"} | ({"lead_id"} if table == "leads" else set()):
            assert_array_equal(cells(source, table, name), cells(expected, table, name))
        for owner in (source.lead_of, expected.lead_of) if table not in {"leads", "companies"} else ():
            assert not owner(table).any()


CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
)


@given(CELLS, CELLS.filter(lambda cell: isinstance(cell, str)))
def test_custom_field_and_text_are_what_files_of_them_hold(custom: object, title: object) -> None:
    content = body(lead={"tier": custom, "job_title": title})
    row, leads = lead_row(tier=custom, job_title=title), as_files(content).leads
    for name in ("tier", "job_title"):
        assert row.get(name) == (None if pd.isna(leads[name].iloc[0]) else leads[name].iloc[0])


def test_address_is_reduced_to_its_kind() -> None:
    row = lead_row(email="ann.lee@gmail.com")
    assert row["email_domain_kind"] == "free_mail"
    assert "ann.lee" not in str(row)


def test_choices_are_taken_in_any_case_and_blanks_are_missing() -> None:
    answers = {"answered_at": "2026-10-01", "need": " MUST ", "budget_status": "", "timeframe": None}
    [row] = read_request(body(qualifications=[answers]), READING).rows["qualifications"]
    assert row == {"answered_at": 1_790_780_400_000, "need": "must"}


def test_company_is_the_leads_whether_or_not_it_is_named() -> None:
    rows = read_request(body(company={"industry": "retail"}), READING).rows
    assert rows["leads"][0]["company_id"] == rows["companies"][0]["company_id"] == "company of L1"


def test_time_without_offset_is_read_in_the_time_zone() -> None:
    assert lead_row(created_at="2026-10-01T09:00")["created_at"] == 1_790_812_800_000


def test_clocks_may_differ_by_minutes() -> None:
    later = pd.Timestamp(NOW_MS + 60_000, unit="ms", tz="UTC").isoformat()
    assert read_request(body(as_of=later), READING).as_of_ms == NOW_MS + 60_000


def test_absent_parts_are_the_same_as_blank_ones() -> None:
    blank = dict.fromkeys(("company", *HISTORIES, "as_of", "language"))
    assert read_request(body(), READING) == read_request(body(**blank), READING)


DEAL = {"deal_id": "D1", "created_at": "2026-10-01", "closed_at": "2026-10-02", "outcome": "won"}
BAD = [
    (body(lead={"lead_id": None}), ("lead", "lead_id"), "must be text"),
    (body(lead={"lead_id": " "}), ("lead", "lead_id"), "must not be blank"),
    (body(lead={"lead_id": "a\x00b"}), ("lead", "lead_id"), "control characters"),
    (body(lead={"lead_id": "x" * 201}), ("lead", "lead_id"), "at most 200"),
    (body(lead={"created_at": 1_790_812_800}), ("lead", "created_at"), "as text"),
    (body(lead={"Job_Title": "CIO"}), ("lead",), "write job_title in lower case"),
    (body(lead={"nested": {"a": 1}}), ("lead", "nested"), "must be text, a number"),
    (body(lead={"big": 10**400}), ("lead", "big"), "must be text, a number"),
    (body(lead={"long": "x" * 2001}), ("lead", "long"), "at most 2,000 characters"),
    (body(lead={"n" * 101: 1}), ("lead",), "name of 1 to 100"),
    (body(lead={f"field {n}": n for n in range(201)}), ("lead",), "at most 200 custom fields, found 201"),
    (body(company={"employees": -5}), ("company", "employees"), "must be 0 or more"),
    (body(company={"employees": "850"}), ("company", "employees"), "must be a number"),
    (body(company={"founded_year": 300}), ("company", "founded_year"), "must be 500 or more"),
    (body(company=[]), ("company",), "must be an object"),
    (body(activities={}), ("activities",), "must be a list"),
    (body(activities=[{"occurred_at": "2026-10-01"}]), ("activities", 0, "type"), "is required"),
    (body(activities=[{"type": "call"}] * 101), ("activities", 0, "occurred_at"), "is required"),
    (
        body(activities=[{"type": "call", "occurred_at": "2026-10-01"}] * 101),
        ("activities",),
        "must have at most 100 rows",
    ),
    (
        body(activities=[{"type": "call", "ocurred_at": "2026-10-01", "occurred_at": "2026-10-01"}]),
        ("activities", 0, "ocurred_at"),
        "did you mean occurred_at?",
    ),
    (
        body(activities=[{"lead_id": "L1", "type": "call", "occurred_at": "2026-10-01"}]),
        ("activities", 0, "lead_id"),
        "leave it out",
    ),
    (
        body(qualifications=[{"answered_at": "2026-10-01", "budget_status": "canbuy"}]),
        ("qualifications", 0, "budget_status"),
        "did you mean can_buy?",
    ),
    (body(qualifications=[{"answered_at": "2026-10-01", "budget_amount": -1}]), None, "must be 0 or more"),
    (body(stage_history=[{"stage": "", "entered_at": "2026-10-01"}]), ("stage_history", 0, "stage"), "must be one of"),
    (body(as_of="2027-11-21T00:00:00Z"), ("as_of",), "must not lie in the future"),
    (body(as_of="1969-12-31T23:59:59Z"), ("as_of",), "must be 1970 or later"),
    (body(language="fr"), ("language",), "must be one of en, ja"),
    (body(lead={"closed_at": "2026-09-30", "outcome": "won"}), ("lead", "closed_at"), "nothing closes before"),
    (body(lead={"closed_at": "2026-10-02", "outcome": "open"}), ("lead", "closed_at"), "only what is won or lost"),
    (body(lead={"closed_at": "2026-10-02"}), ("lead", "closed_at"), "never an expected one"),
    (body(deals=[DEAL | {"closed_at": "2026-09-30"}]), ("deals", 0, "closed_at"), "nothing closes before"),
    (body(deals=[DEAL | {"outcome": "open"}]), ("deals", 0, "closed_at"), "only what is won or lost"),
    (body(activites=[]), ("activites",), "did you mean activities?"),
    ({}, ("lead",), "is required"),
    ([], (), "must be an object"),
    (None, (), "must be an object"),
    ("text", (), "must be an object"),
]


@pytest.mark.parametrize(
    ("content", "location", "told"), BAD, ids=lambda part: None if isinstance(part, dict) else str(part)
)
def test_bad_request_is_told_where_and_what_is_required(
    content: Any, location: tuple[Any, ...] | None, told: str
) -> None:
    with pytest.raises(ProblemError, match="invalid-request") as refused:
        read_request(content, READING)
    problem = refused.value.problem
    assert problem.status == 422
    matching = [error for error in problem.errors if told in error.message]
    assert matching, problem.errors
    assert location is None or matching[0].location == ("body", *location)


def test_everything_wrong_is_told_at_once_and_long_lists_are_cut() -> None:
    content = body(lead={"created_at": "never"}, activities=[{"type": 1, "occurred_at": "x"}] * 100, foo=1)
    with pytest.raises(ProblemError, match="invalid-request") as refused:
        read_request(content, READING)
    assert len(refused.value.problem.errors) == 100
    assert "wrong in 202 places; the first 100 are listed" in refused.value.problem.detail


@given(
    st.sampled_from(["lead", "deals"]),
    st.sampled_from(["won", "lost", "open"]),
    st.sampled_from(["2026-09-30", "2026-10-01", "2026-10-02", None]),
)
def test_ends_are_refused_that_files_are_refused_for(part: str, outcome: str, closed_at: str | None) -> None:
    end = {"outcome": outcome, "closed_at": closed_at}
    content = body(lead=end) if part == "lead" else body(deals=[DEAL | end])
    try:
        as_files(content)
    except BadDataError:
        with pytest.raises(ProblemError, match="invalid-request"):
            read_request(content, READING)
    else:
        read_request(content, READING)


SECRETS = ("Taro Sato", "taro.sato@example.co.jp", "佐藤太郎")
PLACES = [
    *(("lead", name) for name in (*SCHEMAS["leads"].columns, "custom")),
    *(("company", name) for name in (*SCHEMAS["companies"].columns, "custom")),
    *((table, name) for table in HISTORIES for name in (*SCHEMAS[table].columns, "custom")),
    *((name, None) for name in ("lead", "company", *HISTORIES, "as_of", "language", "other")),
]


@pytest.mark.parametrize(("part", "field"), PLACES)
def test_nothing_said_about_a_person_is_repeated(part: str, field: str | None) -> None:
    for secret in SECRETS:
        for value in (secret, secret * 500, [secret], {secret: secret}):
            row: Any = value if field is None else {field: value}
            told = refusal(body(**{part: [row] if part in HISTORIES and field else row}))
            assert secret not in told


def refusal(content: Any) -> str:
    try:
        read_request(content, READING)
    except ProblemError as error:
        return str(error.problem.to_json())
    return ""
