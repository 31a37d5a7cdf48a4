"""Requests at the edges of what may be asked: some valid, some not, few of them plain."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from features.schema import SCHEMAS, allowed_values, column_kind
from serving.score_request import HISTORIES, row_columns

MAX_ROWS = 6
SPACES = ("", " ", "  \t\n", "\r", "\x0b", "\x1c", "\x1f", "\x85", "\xa0", "\u2003", "\u3000", "\u200b", "\ufeff")
CORES = (
    *(
        "",
        "a",
        "a b",
        "三つ目",
        "é",
        "😀",
        "İ",
        "\0",
        "a\x00b",
        "\x7f",
        "a\nb",
        "\u202e",
        "true",
        "won",
        "lost",
        "open",
    ),
    *("x" * 199, "x" * 200, "x" * 201, "三" * 200, "x" * 999, "x" * 1_000, "x" * 1_001, "😀" * 1_000, "x" * 2_000),
    *(
        "x" * 2_001,
        "ann@gmail.com",
        "Ann <ann@mit.edu>",
        "ａｎｎ＠ｇｍａｉｌ．ｃｏｍ",
        "ann@@x.jp",
        "a b@x.jp",
        "@x.jp",
    ),
    *("ann@X.co.JP", "a@localhost", "a@x..jp", "a@x.jp.", "a;b@x.jp", "ann@x.jp\n", "<ann@x.jp>", "\ud800"),
)
NUMBERS: tuple[Any, ...] = (
    *(0, 1, -1, 500, 499, 2_200, 2_201, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), 10**30, 10**400),
    *(0.0, -0.0, 1.5, 499.999, 2_200.5, 5e-324, 1e15, 2.0**53, 9.3e18, 1e308, float("inf"), float("nan"), True, False),
)
DAYS = (
    *("2026-10-01", "2024-02-29", "2026-02-29", "2024-02-30", "1900-02-29", "2000-02-29", "1970-01-01", "1969-12-31"),
    *("1900-01-01", "1899-12-31", "2199-12-31", "2200-01-01", "0000-01-01", "9999-12-31", "2026-13-01", "2026-00-10"),
    *("2026-04-31", "2026-1-01", "20261001", "2026-10-0a", "２０２６-10-01", "2026-W40-4", "tomorrow", ""),
)
CLOCKS = (
    *("09:12:30", "09:12", "00:00:00", "23:59:59", "24:00:00", "24:00", "23:60", "23:59:60", "9:12", "09", "0912"),
    *("091230", "09:12:", "09:12:3", "09-12-30", "12:00:00 ", " 12:00"),
)
FRACTIONS = ("", ".5", ".25", ".125", ".0009", ".123456", ".999999999", ".1234567891", ".", ",5", ".1a")
OFFSETS = (
    *("", "Z", "z", "+00:00", "-00:00", "+09:00", "-03:30", "+14:00", "+14:59", "+15:00", "-14:59", "+0900", "+09"),
    *("+9:00", "+09:60", " Z", "ZZ", "UTC", "+09:00:00", "\u22129:00"),
)


NESTED: tuple[Any, ...] = (None, [], {}, [None], {"a": 1}, [[]])
CUSTOM_NAMES = (
    *("tier", "Tier ", " job_title", "Job_Title", "JOB_TITLE", "lead_id", "Company_ID", "Employees", "EMAİL", "三"),
    *("", " ", "\u3000", "n" * 100, "n" * 101, "model_config", "custom", "__dict__", "\ud800", "type", "outcome "),
)
PLACES: list[tuple[str, str]] = [
    *(("lead", name) for name in row_columns("leads")),
    *(("company", name) for name in row_columns("companies")),
    *((table, name) for table in HISTORIES for name in (*row_columns(table), "lead_id", "other")),
    *((part, name) for part in ("lead", "company") for name in CUSTOM_NAMES),
    *((name, "") for name in ("lead", "company", *HISTORIES, "as_of", "language", "activites", "Lead", "")),
]
"""Every place of a request at which something odd may stand: a part, and its column unless it has none."""


def plain_request() -> dict[str, Any]:
    """Return a request with a row of every table, each with the columns that it must have."""
    time = "2026-10-01T09:00:00+09:00"
    return {
        "lead": {"lead_id": "L1", "created_at": time},
        "company": {"industry": "retail"},
        "activities": [{"type": "call", "occurred_at": time}],
        "qualifications": [{"answered_at": time}],
        "deals": [{"deal_id": "D1", "created_at": time}],
        "stage_history": [{"stage": "mql", "entered_at": time}],
        "field_history": [{"field": "source", "changed_at": time}],
    }


def put(body: dict[str, Any], part: str, name: str, value: object) -> dict[str, Any]:
    """Return a request with something at a place of it; a whole part has no name."""
    if not name and part not in ("lead", "company"):
        return {**body, part: value}
    if part in HISTORIES:
        return {**body, part: [{**row, name: value} for row in body[part]]} if isinstance(body[part], list) else body
    return {**body, part: {**body[part], name: value}} if isinstance(body[part], dict) else body


def padded(cores: SearchStrategy[str]) -> SearchStrategy[str]:
    """Text with white space of all kinds around it."""
    spaces = st.sampled_from(SPACES) | st.just("")
    return st.builds("{}{}{}".format, spaces, cores, spaces)


def instants() -> SearchStrategy[str]:
    """Times in every shape, right or wrong; mostly right."""
    usual = st.builds("{}T{}{}{}".format, *map(st.sampled_from, (DAYS[:12], CLOCKS[:4], FRACTIONS[:7], OFFSETS[:13])))
    between = st.sampled_from(["T", "T", "T", " ", "t", ""])
    any_shape = st.builds(
        "{}{}{}{}{}".format, st.sampled_from(DAYS), between, *map(st.sampled_from, (CLOCKS, FRACTIONS, OFFSETS))
    )
    return usual | any_shape | padded(usual)


def anything() -> SearchStrategy[Any]:
    """Return a value of any kind that JSON has."""
    texts = padded(st.sampled_from(CORES) | st.text(max_size=3))
    return st.one_of(st.sampled_from((*NUMBERS, *NESTED)), texts, instants(), st.integers(), st.floats())


def cells(part: str, name: str) -> SearchStrategy[Any]:
    """Values of a place: mostly of its kind."""
    table = {"lead": "leads", "company": "companies"}.get(part, part)
    column = SCHEMAS[table].columns.get(name) if table in SCHEMAS else None
    if column is None:
        return anything()
    if choices := allowed_values(column):
        return padded(st.sampled_from([*choices, *map(str.upper, choices)])) | anything()
    kinds = {"time": instants(), "number": st.floats(0, 3_000) | st.integers(0, 3_000)}
    return kinds.get(column_kind(column), st.sampled_from(CORES)) | anything()


def odd_requests() -> SearchStrategy[dict[str, Any]]:
    """Return requests in which something odd stands at one to three places."""
    odd = st.sampled_from(PLACES).flatmap(lambda place: cells(*place).map(lambda value: (*place, value)))

    def with_all(odds: list[tuple[str, str, Any]]) -> dict[str, Any]:
        body = plain_request()
        for part, name, value in odds:
            body = put(body, part, name, value)
        return body

    return st.lists(odd, min_size=1, max_size=3).map(with_all)
