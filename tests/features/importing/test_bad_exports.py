"""Every way in which an export does not fit its mapping, and what its owner is told to change in which line."""

from pathlib import Path

import pytest

from features.importing import load_mapping
from features.rules_file import RulesError
from tests.features.importing.small_export import FIRMS, MAPPING, PEOPLE, Files, faults, line_of, read


def _people(old: str, new: str) -> Files:
    assert old in PEOPLE
    return {"people.csv": PEOPLE.replace(old, new)}


CASES: dict[str, tuple[Files, list[str]]] = {
    "missing column": (
        {"people.csv": PEOPLE.replace("Entered,", "").replace("2024-01-01T09:00:00Z,", "")},
        [
            "people.csv.Entered: the column is there, for leads.created_at",
            "Export it",
            f"line {line_of('created_at')} of",
        ],
    ),
    "misspelt column": (
        _people("Entered", "Enterd"),
        [
            "found a column 'Enterd'. Did you mean 'Enterd'?",
            f"name the right column in line {line_of('created_at')} of",
        ],
    ),
    "missing optional column": (
        _people("Ended", "Over"),
        ["people.csv.Ended: the column is there, for leads.closed_at", f"line {line_of('closed_at')} of own.toml"],
    ),
    "value without a mapping": (
        {"people.csv": PEOPLE.replace("No,", "Nope,").replace(",,,F1", ",Nope,2024-03-01,F1")},
        [
            "people.csv.Result (leads.outcome): every value has a meaning; found 'Nope' (2 rows, first in row 3)",
            f"below [values.result] in line {line_of('[values.result]')} of own.toml",
        ],
    ),
    "join that matches nothing": (
        {"people.csv": PEOPLE.replace("F1", "X1").replace("F2", "X2")},
        [
            "people.csv.Firm: the join sector finds leads.sector; found nothing for any of 3, such as 'X1'",
            "where a key there is 'F1'",
            f"[joins.sector] in line {line_of('[joins.sector]')} of own.toml",
        ],
    ),
    "join that matches many": (
        {"firms.csv": FIRMS + "F1,other,4\n"},
        [
            "a join finds one row for each of its keys; found several for 1 of them, such as 'F1'",
            f'write matches = "first" or "last", below [joins.sector] in line {line_of("[joins.sector]")} of own.toml',
        ],
    ),
    "two files for one table": (
        {"firms-2.csv": FIRMS},
        ["firms-2.csv and firms.csv", f"write stack = true below [files.firms] in line {line_of('[files.firms]')} of"],
    ),
    "missing file": (
        {"firms.csv": ""},
        ["a file is named firms or firms-*; found people.csv", f"[files.firms] in line {line_of('[files.firms]')} of"],
    ),
    "decimal comma": (
        {"people.csv": PEOPLE.replace(",", ";").replace("100", "1,5")},
        [
            "people.csv.Budget (leads.budget): it is said what a comma",
            "'1,5' (1 row, first in row 2)",
            'decimal = ","',
            "line 1 of",
        ],
    ),
    "thousands": (
        {"people.csv": PEOPLE.replace(",", ";").replace("100", "1,500")},
        ["it is said what a comma in a number stands for", "'1,500'"],
    ),
    "spreadsheet's days among times": (
        _people("2024-01-02T09:00:00Z", "45293.5"),
        ["numbers are days", "'45293.5' (1 row, first in row 3)", "Write excel_dates = true in line 1 of own.toml"],
    ),
    "day or month first": (
        {
            "people.csv": PEOPLE.replace("2024-01-01T09:00:00Z", "02/01/2024").replace(
                "2024-01-02T09:00:00Z", "01/02/2024 9:05"
            )
        },
        [
            "the day or the month comes first; found '02/01/2024' (2 rows",
            'dates = "day first" or "month first" in line 1',
        ],
    ),
    "no time": (
        _people("2024-01-02T09:00:00Z", "yesterday"),
        [
            "people.csv.Entered (leads.created_at)",
            "'yesterday' (1 row, first in row 3)",
            f"line {line_of('created_at')} of own.toml",
        ],
    ),
    "repeated id": (
        {"people.csv": PEOPLE + "A,2024-01-03T09:00:00Z,,,F1,300,red\n"},
        [
            "people.csv.Id (leads.lead_id): every row has an id",
            "first in row 5",
            f"line {line_of('lead_id')} of own.toml",
        ],
    ),
    "number out of range": (
        {"firms.csv": FIRMS.replace("20", "-20")},
        ["firms.csv.Staff (companies.employees): every value is 0 or more", f"line {line_of('employees')} of own.toml"],
    ),
    "expected day of what is open": (
        {"people.csv": PEOPLE.replace(",,,F1", ",,2024-03-01,F1")},
        ["only what is won or lost has a closing time", "first in row 4"],
    ),
    "ragged row": ({"people.csv": PEOPLE + "D\n"}, ["people.csv: every row has as many cells as the header, 7"]),
}


@pytest.mark.parametrize("case", CASES)
def test_export_that_does_not_fit_is_refused_with_the_line_to_change(case: str, tmp_path: Path) -> None:
    files, parts = CASES[case]
    told = faults(tmp_path, files)
    assert all(part in told for part in parts), told


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    people = (
        PEOPLE.replace("No,", "Nope,").replace("F1", "X1").replace("F2", "X2").replace("2024-01-01T09", "yesterday")
    )
    told = faults(tmp_path, {"people.csv": people, "firms-2.csv": FIRMS})
    assert len(told.splitlines()) == 4, told


def test_cell_that_was_refused_is_not_told_again_as_blank(tmp_path: Path) -> None:
    told = faults(tmp_path, _people("2024-01-02T09:00:00Z", "45293.5"))
    assert told.count("Entered") == 1, told


MISTAKES: dict[str, tuple[str, str, list[str]]] = {
    "unknown column": (
        "closed_at",
        "closd_at",
        ["line 24", "every key is a column of leads", "Did you mean 'closed_at'?"],
    ),
    "unknown key of a cell": ("multiply_by", "multiply", ["every key is a known one", "Did you mean 'multiply_by'?"]),
    "unknown join": ('join = "sector"', 'join = "sektor"', ["every name stands below [joins]", "one of sector"]),
    "unknown values": (
        'values = "result"',
        'values = "resulting"',
        ["every name stands below [values]", "one of result"],
    ),
    "unknown file": ('from = "firms"', 'from = "firm"', ["one of people, firms is required", "Did you mean 'firms'?"]),
    "lead without an id": ('lead_id = "Id"', "", ["lead_id is mapped", "below [leads.columns]"]),
    "value with two meanings": ('lost = ["No"]', 'lost = ["No", "YES"]', ["every value stands once", "'YES'"]),
    "limit that stands below": (
        'closed_at = "Ended"',
        'closed_at = { column = "Ended", only_where = { job_title = ["x"] } }',
        ["a canonical column that stands above is required"],
    ),
    "reason that is none": (
        'names = ["people"]',
        'names = ["people"]\n[files.people.drop]\noutcom = ["Colour"]',
        ["every reason is a known one", "Did you mean 'outcome'?"],
    ),
    "stage that is none": (
        "[[companies]]",
        '[[stage_history]]\nfrom = "people"\n[stage_history.columns]\nlead_id = "Id"\n'
        '[stage_history.dated]\nmqll = "Ended"\n[[companies]]',
        ["every key is a stage", "Did you mean 'mql'?"],
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mapping_with_a_mistake_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    old, new, parts = MISTAKES[case]
    assert old in MAPPING
    with pytest.raises(RulesError, match=r"own\.toml, line \d+") as caught:
        read(tmp_path, mapping=MAPPING.replace(old, new, 1))
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_all_mistakes_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    spoilt = (
        MAPPING.replace("closed_at", "closd_at")
        .replace('join = "sector"', 'join = "sektor"')
        .replace("names =", "nams =", 1)
    )
    with pytest.raises(RulesError, match="closd_at") as caught:
        read(tmp_path, mapping=spoilt)
    assert len(caught.value.mistakes) == 3


def test_mapping_that_nobody_ships_is_refused_with_the_names_of_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="Did you mean 'salesforce'"):
        load_mapping("salesforc")
    with pytest.raises(RulesError, match="No such file"):
        load_mapping(str(tmp_path / "none.toml"))


ADDRESS = "taro@secret.example"


def test_addresses_are_never_quoted(tmp_path: Path) -> None:
    told = faults(tmp_path, {"people.csv": PEOPLE.replace("Yes,", f"{ADDRESS},").replace("F1", ADDRESS)})
    assert "every value has a meaning" in told
    assert "secret" not in told


FORMS: dict[str, Files] = {
    "semicolons": {"people.csv": PEOPLE.replace(",", ";")},
    "tabs in UTF-16": {"people.csv": PEOPLE.replace(",", "\t").encode("utf-16")},
    "byte order mark": {"people.csv": PEOPLE.encode("utf-8-sig")},
    "Windows line ends": {"people.csv": PEOPLE.replace("\n", "\r\n")},
    "other case and spaces": {"people.csv": PEOPLE.replace("Entered", "ENTERED ").replace("Firm", "_firm")},
    "days of a spreadsheet": {
        "people.csv": PEOPLE.replace("2024-01-01T09:00:00Z", "45292.375")
        .replace("2024-01-02T09:00:00Z", "45293.375")
        .replace("2024-01-03T09:00:00Z", "45294.375")
    },
    "slashes": {"people.csv": PEOPLE.replace("2024-01-0", "2024/1/").replace("T09:00:00Z", " 9:00")},
    "milliseconds": {"people.csv": PEOPLE.replace("2024-01-01T09:00:00Z", "1704099600000")},
}


@pytest.mark.parametrize("form", FORMS)
def test_other_form_of_the_same_export_reads_the_same(form: str, tmp_path: Path) -> None:
    assert read(tmp_path / "one", FORMS[form]).leads.equals(read(tmp_path / "other").leads)


def test_windows_japanese_is_read_and_told(tmp_path: Path) -> None:
    tables = read(tmp_path, {"people.csv": PEOPLE.replace(",red", ",赤").encode("cp932")})
    assert tables.leads["Colour"].tolist() == ["赤", "blue", "赤"]
    assert any("CP932" in str(warning) for warning in tables.warnings)


SAID: dict[str, tuple[str, Files]] = {
    "days first": ('dates = "day first"\n', {"people.csv": PEOPLE.replace("2024-01-02T09:00:00Z", "02/01/2024 09:00")}),
    "months first": (
        'dates = "month first"\n',
        {"people.csv": PEOPLE.replace("2024-01-02T09:00:00Z", "1/2/2024 9:00 AM")},
    ),
    "days of a spreadsheet": (
        "excel_dates = true\n",
        {"people.csv": PEOPLE.replace("2024-01-02T09:00:00Z", "45293.375")},
    ),
    "decimal comma": ('decimal = ","\n', {"people.csv": PEOPLE.replace(",", ";").replace("100", "100,0")}),
    "thousands": ('decimal = "."\n', {"people.csv": PEOPLE.replace("100", '"100.0"')}),
}


@pytest.mark.parametrize("case", SAID)
def test_what_the_mapping_says_of_dates_and_numbers_is_followed(case: str, tmp_path: Path) -> None:
    said, files = SAID[case]
    assert read(tmp_path / "one", files, said + MAPPING).leads.equals(read(tmp_path / "other").leads)


def test_day_without_a_clock_is_known_at_its_end_where_it_was_written_down(tmp_path: Path) -> None:
    files = _people("2024-02-01T09:00:00Z", "2024-02-01")
    closed = read(tmp_path, files, time_zone="Asia/Tokyo").leads["closed_at"]
    assert closed[0].isoformat(timespec="seconds") == "2024-02-01T14:59:59+00:00"


def test_files_of_one_kind_are_stacked_where_the_mapping_says_so(tmp_path: Path) -> None:
    mapping = MAPPING.replace('names = ["firms", "firms-*"]', 'names = ["firms", "firms-*"]\nstack = true')
    tables = read(tmp_path, {"firms-2.csv": "Number,Staff,Town\nF3,30,Kobe\n"}, mapping)
    assert tables.companies["company_id"].tolist() == ["F3", "F1", "F2"]
    assert tables.companies["employees"].tolist() == [30, 10, 20]
    assert tables.companies["Town"].tolist()[0] == "Kobe"
