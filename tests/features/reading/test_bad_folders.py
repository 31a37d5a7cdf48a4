"""Every way in which a folder breaks the contract, and what its owner is told."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from features.faults import BadDataError
from features.reading import read_tables
from features.tables import Tables

LEADS = "lead_id,created_at,company_id,outcome,closed_at\nA,2024-01-01T00:00:00Z,,,\nB,2024-01-02T00:00:00Z,,,\n"
HEAD = "lead_id,created_at,outcome,closed_at,score\n"
ACTIVITY_HEAD = "lead_id,type,occurred_at,value\n"


def _write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def _read(folder: Path, files: dict[str, str | bytes]) -> Tables:
    return read_tables(str(_write(folder, files)))


ERRORS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "no leads": ({"companies.csv": "company_id\nX\n"}, ["leads: the table is required", "only companies", "lead_id"]),
    "empty leads": ({"leads.csv": "lead_id,created_at\n"}, ["leads: there is at least one lead", "no rows"]),
    "empty leads without a line end": (
        {"leads.csv": "lead_id,created_at"},
        ["leads: leads.csv", "one line that never ends"],
    ),
    "empty file": ({"leads.csv": ""}, ["leads: leads.csv is a CSV file", "an empty file"]),
    "missing column": ({"leads.csv": "lead_id\nA\n"}, ["leads.created_at: the column is required", "among 1 columns"]),
    "misspelt column": (
        {"leads.csv": "lead_idd,created_at\nA,2024-01-01\n"},
        ["leads.lead_id: the column is required", "Did you mean lead_id? Rename 'lead_idd'"],
    ),
    "column twice": (
        {"leads.csv": "lead_id,created_at, Lead_ID\nA,2024-01-01,A\n"},
        ["leads.lead_id: every column stands once", "2 columns"],
    ),
    "custom column twice": ({"leads.csv": "lead_id,created_at,x,x\nA,2024-01-01,1,2\n"}, ["leads.x: every column"]),
    "bad time": (
        {"leads.csv": HEAD + "A,2024-01-01,,,\nB,01/02/2024,,,\nC,yesterday,,,\n"},
        ["leads.created_at: every time is written in ISO 8601", "'01/02/2024' (2 rows, first in row 3)"],
    ),
    "30 February": (
        {"leads.csv": HEAD + "A,2024-02-30,,,\nB,2024-02-29,,,\n"},
        ["'2024-02-30' (1 row, first in row 2)"],
    ),
    "time of another century": (
        {"leads.csv": HEAD + "A,1024-02-03T00:00:00Z,,,\nB,2200-01-01,,,\n"},
        ["between the years 1900 and 2200", "(2 rows, first in row 2)"],
    ),
    "blank time": ({"leads.csv": HEAD + "A,,,,\n"}, ["leads.created_at: no row is blank", "(1 row, first in row 2)"]),
    "blank id": ({"leads.csv": HEAD + '" ",2024-01-01,,,\n'}, ["leads.lead_id: no row is blank"]),
    "repeated id": (
        {"leads.csv": HEAD + "A,2024-01-01,,,\nB,2024-01-01,,,\nA ,2024-01-01,,,\n"},
        ["leads.lead_id: every row has an id of its own", "(1 row, first in row 4)"],
    ),
    "repeated company": (
        {"leads.csv": LEADS, "companies.csv": "company_id,industry\nX,\nX,\n"},
        ["companies.company_id: every row has an id"],
    ),
    "repeated deal": (
        {"leads.csv": LEADS, "deals.csv": "deal_id,created_at\nX,2024-01-01\nX,2024-01-01\n"},
        ["deals.deal_id: every row has an id"],
    ),
    "unknown outcome": (
        {"leads.csv": HEAD + "A,2024-01-01,wonn,2024-01-02,\n"},
        ["leads.outcome: every value is one of won, lost, open", "'wonn'", "Did you mean won?"],
    ),
    "closed before created": (
        {"leads.csv": HEAD + "A,2024-01-02,lost,2024-01-01,\n"},
        ["leads.closed_at: nothing closes before it is created"],
    ),
    "open and closed": (
        {"leads.csv": HEAD + "A,2024-01-02,won,2024-01-03,\nB,2024-01-02,open,2024-01-03,\n"},
        ["leads.outcome: only what is won or lost has a closing time", "first in row 3"],
    ),
    "bad number": (
        {"leads.csv": LEADS, "activities.csv": ACTIVITY_HEAD + "A,call,2024-01-01,1.5\nA,call,2024-01-02,12 min\n"},
        ["activities.value: every value is a finite number", "'12 min' (1 row, first in row 3)"],
    ),
    "infinity": (
        {"leads.csv": LEADS, "activities.csv": ACTIVITY_HEAD + "A,call,2024-01-01,-Infinity\nA,x,2024-01-01,1e999\n"},
        ["activities.value: every value is a finite number", "'-Infinity' (2 rows"],
    ),
    "negative amount": (
        {"leads.csv": LEADS, "deals.csv": "deal_id,created_at,amount\nX,2024-01-01,-5\n"},
        ["deals.amount: every value is 0 or more", "'-5'"],
    ),
    "unknown stage": (
        {"leads.csv": LEADS, "stage_history.csv": "lead_id,stage,entered_at\nA,inquiri,2024-01-01\n"},
        ["stage_history.stage: every value is one of inquiry", "Did you mean inquiry?"],
    ),
    "ragged rows": (
        {"leads.csv": "lead_id,created_at\nA,2024-01-01\nB\nC,2024-01-01,x\n"},
        ["leads: every row has as many cells as the header, 2", "1 cells (2 rows, first in row 3)"],
    ),
    "open quotation": (
        {"leads.csv": 'lead_id,created_at,note\nA,2024-01-01,"never\nB,2024-01-01,x\n'},
        ["leads: leads.csv is a CSV file", "never closed"],
    ),
    "undecodable": ({"leads.csv": b"lead_id,created_at,n\nA,2024-01-01,\xff\xff\n"}, ["neither UTF-8 nor Windows"]),
    "undecodable header": ({"leads.csv": b"lead_id,created_at,\x81\nA,2024-01-01,x\n"}, ["neither UTF-8 nor Windows"]),
    "ragged row that cannot be decoded": (
        {"leads.csv": b"lead_id,created_at\nA,2024-01-01\nB,2024-01-01,\xe9,\xe9\n"},
        ["neither UTF-8 nor Windows"],
    ),
    "UTF-16 without a mark": ({"leads.csv": LEADS.encode("utf-16-le")}, ["UTF-16"]),
    "truncated gzip": (
        {"leads.csv.gz": gzip.compress(LEADS.encode())[:-12]},
        ["leads: leads.csv.gz is a whole gzip file", "truncated"],
    ),
    "no gzip": ({"leads.csv.gz": LEADS}, ["leads: leads.csv.gz is a whole gzip file"]),
    "broken Parquet": ({"leads.parquet": b"PAR1 and nothing more"}, ["leads: leads.parquet is a Parquet file"]),
    "two files": (
        {"leads.csv": LEADS, "leads.csv.gz": gzip.compress(LEADS.encode())},
        ["leads: a table has one file", "leads.csv and leads.csv.gz"],
    ),
}


@pytest.mark.parametrize("case", ERRORS)
def test_broken_contract_stops_reading_and_says_how_to_mend_it(case: str, tmp_path: Path) -> None:
    files, parts = ERRORS[case]
    with pytest.raises(BadDataError, match=r".") as caught:
        _read(tmp_path, files)
    assert all(part in str(caught.value) for part in parts), str(caught.value)
    assert all(fault.remedy for fault in caught.value.faults)


WARNINGS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "nearly a table": (
        {"leads.csv": LEADS, "activites.csv": "x\n1\n"},
        ["activites.csv: a file is named after its table", "Did you mean activities?"],
    ),
    "a spreadsheet": ({"leads.csv": LEADS, "companies.xlsx": b"PK"}, ["companies.xlsx", "save it as companies.csv"]),
    "nearly an optional column": (
        {"leads.csv": "lead_id,created_at,closed_dt\nA,2024-01-01,\n"},
        ["leads.closed_dt: a declared column goes by its name", "Did you mean closed_at?", "kept as a custom field"],
    ),
    "unknown column": (
        {"leads.csv": LEADS, "deals.csv": "deal_id,created_at,colour\nX,2024-01-01,red\n"},
        ["deals.colour: the table has declared columns only", "left out"],
    ),
    "column without a name": (
        {"leads.csv": ",lead_id,created_at\n0,A,2024-01-01\n"},
        ["leads: every column has a name"],
    ),
    "won without a time": (
        {"leads.csv": HEAD + "A,2024-01-02,won,,\n"},
        ["leads.closed_at: what is won or lost has a closing time", "(1 row, first in row 2)"],
    ),
    "both kinds of times": (
        {"leads.csv": "lead_id,created_at\nA,2024-01-01\nB,2024-01-01T00:00Z\n"},
        ["leads.created_at: times have an offset throughout or nowhere", "(1 row, first in row 2)"],
    ),
    "unknown lead": (
        {"leads.csv": LEADS, "activities.csv": ACTIVITY_HEAD + "A,call,2024-01-01,\nZ,call,2024-01-01,\n"},
        ["activities.lead_id: every row belongs to a lead", "rows left out (1 row, first in row 3)"],
    ),
    "unknown company": (
        {"leads.csv": "lead_id,created_at,company_id\nA,2024-01-01,Q\n", "companies.csv": "company_id\nX\n"},
        ["leads.company_id: every company_id stands in companies", "(1 row"],
    ),
    "empty optional table": (
        {"leads.csv": LEADS, "deals.csv": "deal_id,created_at\n"},
        ["deals: a table that is there"],
    ),
    "repeated activity": (
        {"leads.csv": LEADS, "activities.csv": ACTIVITY_HEAD + "A,call,2024-01-01,1\n" * 2},
        ["activities: an activity stands once", "(1 row, first in row 3)"],
    ),
    "Windows Japanese": (
        {"leads.csv": "lead_id,created_at,業種\nA,2024-01-01,製造\n".encode("cp932")},
        ["leads: leads.csv is in UTF-8", "CP932"],
    ),
}


@pytest.mark.parametrize("case", WARNINGS)
def test_oddity_is_reported_and_reading_goes_on(case: str, tmp_path: Path) -> None:
    files, parts = WARNINGS[case]
    told = "\n".join(str(warning) for warning in _read(tmp_path, files).warnings)
    assert all(part in told for part in parts), told


FINE: dict[str, dict[str, str | bytes]] = {
    "byte order mark": {"leads.csv": LEADS.encode("utf-8-sig")},
    "semicolons": {"leads.csv": LEADS.replace(",", ";")},
    "tabs in UTF-16": {"leads.csv": LEADS.replace(",", "\t").encode("utf-16")},
    "Windows line ends": {"leads.csv": LEADS.replace("\n", "\r\n")},
    "names in another case": {"Leads.CSV": LEADS.replace("lead_id", " Lead_ID ")},
    "other files": {"leads.csv": LEADS, "notes.txt": "x", ".leads.csv.swp": "x", "README.md": "x"},
    "blank lines": {"leads.csv": LEADS + "\n,,,,\n\n"},
    "gzip in two members": {
        "leads.csv.gz": b"".join(gzip.compress(part.encode()) for part in LEADS.splitlines(keepends=True))
    },
}


@pytest.mark.parametrize("case", FINE)
def test_harmless_form_of_the_same_file_reads_the_same(case: str, tmp_path: Path) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    plain.mkdir()
    other.mkdir()
    expected, tables = _read(plain, {"leads.csv": LEADS}), _read(other, FINE[case])
    pd.testing.assert_frame_equal(tables.leads, expected.leads)
    assert tables.warnings == ()


def test_every_fault_of_every_table_is_told_at_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "leads.csv": HEAD + "A,never,wonn,,\n",
        "deals.csv": "deal_idd\nX\n",
        "activities.parquet": b"",
    }
    with pytest.raises(BadDataError, match=r"created_at") as caught:
        _read(tmp_path, files)
    places = {(fault.table, fault.column) for fault in caught.value.faults}
    assert {("leads", "created_at"), ("leads", "outcome"), ("deals", "deal_id"), ("activities", None)} <= places


def test_row_numbers_count_blank_lines_and_quoted_line_ends_as_a_spreadsheet_does(tmp_path: Path) -> None:
    text = 'lead_id,created_at,note\nA,2024-01-01,"two\nlines"\n\nB,2024-01-01,\n\nC,never,\n'
    with pytest.raises(BadDataError, match=r"first in row 6"):
        _read(tmp_path, {"leads.csv": text})


def test_missing_folder_and_a_file_in_its_place_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadDataError, match=r"no such folder"):
        read_tables(str(tmp_path / "nowhere"))
    _write(tmp_path, {"leads.csv": LEADS})
    with pytest.raises(BadDataError, match=r"the source is a folder; found a file"):
        read_tables(str(tmp_path / "leads.csv"))


def test_unknown_time_zone_is_told(tmp_path: Path) -> None:
    _write(tmp_path, {"leads.csv": LEADS})
    with pytest.raises(BadDataError, match=r"time zone: .*'Asia/Tokio'"):
        read_tables(str(tmp_path), time_zone="Asia/Tokio")


@pytest.mark.parametrize(
    "content",
    [
        "lead_id,created_at,email\nA,taro@secret.example,taro@secret.example\n",
        "lead_id,created_at,email\ntaro@secret.example,2024-01-01,x\ntaro@secret.example,2024-01-01,x\n",
        "taro@secret.example,Taro Secret,2024-01-01\nhana@secret.example,Hana Secret,2024-01-01\n",
        "lead_id,created_at,outcome\nA,2024-01-01,taro@secret.example\n",
        "lead_id,created_at\nA,2024-01-01,taro@secret.example\n",
        "lead_id,created_at,email\nA,2024-01-01,taro@secret.example\nB,2024-01-01,\xff\n",
    ],
)
def test_personal_data_is_never_quoted(content: str, tmp_path: Path) -> None:
    encoding = "latin-1" if "\xff" in content else "utf-8"
    with pytest.raises(BadDataError, match=r"leads") as caught:
        _read(tmp_path, {"leads.csv": content.encode(encoding)})
    assert "secret" not in str(caught.value).lower()


def test_email_is_reduced_to_the_kind_of_its_domain(tmp_path: Path) -> None:
    content = "lead_id,created_at,Email\nA,2024-01-01,a@gmail.com\nB,2024-01-01,b@acme.co.jp\nC,2024-01-01,\n"
    leads = _read(tmp_path, {"leads.csv": content}).leads
    assert leads["email_domain_kind"].fillna("").tolist() == ["free_mail", "company", ""]
    assert "email" not in {str(name).lower() for name in leads.columns}
