"""A mapping and an export of a few lines, to be spoilt in one place at a time."""

from pathlib import Path

from features.faults import BadDataError
from features.importing import load_mapping
from features.reading import read_tables
from features.tables import Tables

MAPPING = """
[files.people]
names = ["people"]

[files.firms]
names = ["firms", "firms-*"]

[joins.sector]
file = "firms"
key = "Number"
gives = "Sector"

[values.result]
won = ["Yes"]
lost = ["No"]

[[leads]]
from = "people"

[leads.columns]
lead_id = "Id"
created_at = "Entered"
outcome = { column = "Result", values = "result" }
closed_at = "Ended"

[leads.custom]
sector = { column = "Firm", join = "sector" }
budget = { column = "Budget", multiply_by = 2 }

[[companies]]
from = "firms"

[companies.columns]
company_id = "Number"
employees = "Staff"
"""
PEOPLE = """Id,Entered,Result,Ended,Firm,Budget,Colour
A,2024-01-01T09:00:00Z,Yes,2024-02-01T09:00:00Z,F1,100,red
B,2024-01-02T09:00:00Z,No,2024-02-02T09:00:00Z,F2,200,blue
C,2024-01-03T09:00:00Z,,,F1,300,red
"""
FIRMS = """Number,Sector,Staff
F1,trade,10
F2,finance,20
"""
Files = dict[str, str | bytes]


def line_of(text: str, mapping: str = MAPPING) -> int:
    """The line of the mapping that begins with a text."""
    return next(number for number, line in enumerate(mapping.split("\n"), start=1) if line.startswith(text))


def read(folder: Path, files: Files | None = None, mapping: str = MAPPING, time_zone: str = "UTC") -> Tables:
    """Read the export with some of its files replaced; one without content is taken away."""
    export = folder / "export"
    export.mkdir(parents=True)
    for name, content in ({"people.csv": PEOPLE, "firms.csv": FIRMS} | (files or {})).items():
        if content:
            (export / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    file = folder / "own.toml"
    file.write_text(mapping, encoding="utf-8")
    return read_tables(str(export), time_zone, load_mapping(str(file)))


def faults(folder: Path, files: Files | None = None, mapping: str = MAPPING) -> str:
    """What is told where reading fails."""
    try:
        read(folder, files, mapping)
    except BadDataError as error:
        return str(error)
    return ""
