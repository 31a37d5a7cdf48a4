"""Whatever state files of tables are in, they are read in full or refused with what to do."""

import csv
import gzip
import io
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from features.faults import BadDataError
from features.importing import SHIPPED_MAPPINGS, load_mapping
from features.importing import Mapping as CrmMapping
from features.reading import read_tables
from features.tables import Tables
from tests.fuzz.damage import Damage, damages
from tests.fuzz.examples import fuzzed

HEADER = ("lead_id", "created_at", "source", "email", "outcome", "closed_at", "seats", "note")
ENDS = (("won", "2025-02-01"), ("lost", "2025-03-01"), ("open", ""))
ROWS = [
    (
        *(f"00Q{row:03}", f"2024-0{row % 9 + 1}-1{row % 9}T09:30:00+09:00", ("web", "展示会", "")[row % 3]),
        *(f"someone.{row}@example.co.jp", *ENDS[row % 3], str(10 * row)),
        f'said "yes", then\nno; {row} m²' if row % 4 == 0 else "資料請求",
    )
    for row in range(12)
]
COMPANIES = "company_id,industry,employees\nC1,製造業,120\nC2,retail,\n".encode()
TOKENS = (
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\0" * 5_000, b'"', b'""', b",", b";", b"\t", b"\r", b"\r\n", b"\n\n"),
    *(b"\x1a", b"\xa0", b"\x85", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"x" * 100_000, b"=cmd()"),
)


def as_csv(separator: str = ",", line_end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows([HEADER, *ROWS])
    return text.getvalue()


def as_parquet() -> bytes:
    written = io.BytesIO()
    columns = {name: [row[place] or None for row in ROWS] for place, name in enumerate(HEADER)}
    pq.write_table(pa.table(columns), written, write_page_checksum=True)
    return written.getvalue()


PLAIN = as_csv().encode()
FILES = {
    "leads.csv": PLAIN,
    "leads.csv.gz": gzip.compress(PLAIN, mtime=0),
    "leads.parquet": as_parquet(),
    "LEADS.CSV": as_csv(";", "\r\n").encode("utf-8-sig"),
    "Leads.csv": as_csv("\t").encode("utf-16"),
    "leads.CSV": as_csv("|").replace("²", "").encode("cp932"),
}
RIGHT = 12


def read(files: Mapping[str, bytes], mapping: CrmMapping | None = None) -> Tables | str:
    """Return the tables of a folder, or what is told of its faults."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            return read_tables(folder, mapping=mapping)
        except BadDataError as error:
            return told_of(error)


def has_its_names(content: bytes) -> bool:
    """Tell whether a file, if it is Parquet, calls its columns what they were called."""
    try:
        return tuple(pq.read_schema(io.BytesIO(content)).names) == HEADER
    except (pa.ArrowException, OSError):
        return True


def told_of(error: BadDataError) -> str:
    assert all(fault.rule and fault.found and fault.remedy for fault in error.faults)
    assert "@" not in str(error)
    return str(error)


def records_of(content: bytes) -> int:
    """Count the records of a file by Python's own reader, which takes whatever comes."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp932")
    separator = max(",;\t|", key=text.split("\n")[0].count)
    csv.field_size_limit(1 << 20)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    return sum(any(row) for row in rows[1:])


@pytest.fixture(scope="module")
def whole() -> Tables:
    found = read({"leads.csv": PLAIN})
    assert isinstance(found, Tables)
    return found


@pytest.mark.parametrize("name", FILES)
def test_whole_file_is_read_in_any_of_its_forms(name: str, whole: Tables) -> None:
    found = read({name: FILES[name]})
    assert isinstance(found, Tables)
    columns = [column for column in whole.leads.columns if column != "note"]
    assert_frame_equal(found.leads[columns], whole.leads[columns])
    assert len(found.leads) == RIGHT


@fuzzed(300)
@given(name=st.sampled_from(["leads.csv", "LEADS.CSV", "Leads.csv", "leads.CSV"]), damage=damages(TOKENS))
def test_damaged_text_is_read_in_full_or_refused(name: str, damage: Damage) -> None:
    damaged = damage(FILES[name])
    found = read({name: damaged})
    assert isinstance(found, str) or len(found.leads) == records_of(damaged)


@fuzzed(150)
@given(name=st.sampled_from(["leads.csv.gz", "leads.parquet"]), damage=damages((b"\0", b"\x1f\x8b", b"PAR1")))
def test_damaged_container_is_read_as_it_was_or_refused(name: str, damage: Damage, whole: Tables) -> None:
    """Both carry checksums but for the names of Parquet's columns, so other damage is noticed or says nothing."""
    damaged = damage(FILES[name])
    found = read({name: damaged})
    if isinstance(found, Tables) and has_its_names(damaged):
        assert_frame_equal(found.leads, whole.leads)


@fuzzed(50)
@given(damage=damages(TOKENS))
def test_damaged_second_table_is_told_by_its_name(damage: Damage) -> None:
    found = read({"leads.csv": PLAIN, "companies.csv": damage(COMPANIES)})
    assert isinstance(found, Tables) or "companies" in found


@fuzzed(40)
@given(mapping=st.sampled_from(SHIPPED_MAPPINGS), damage=damages(TOKENS), name=st.sampled_from(["Lead", "contacts"]))
def test_damaged_export_is_read_by_a_mapping_or_refused(mapping: str, damage: Damage, name: str) -> None:
    damaged = damage(PLAIN)
    found = read({f"{name}.csv": damaged}, load_mapping(mapping))
    assert isinstance(found, str) or len(found.leads) == records_of(damaged)


@pytest.mark.parametrize("place", ["folder", "pipe", "link to nowhere", "link to itself"])
def test_what_is_named_like_a_table_and_is_no_file_is_told_and_never_waited_for(place: str, tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_bytes(PLAIN)
    odd = tmp_path / "activities.csv"
    match place:
        case "folder":
            odd.mkdir()
        case "pipe":
            os.mkfifo(odd)
        case _:
            odd.symlink_to(odd.name if place == "link to itself" else "gone.csv")
    with pytest.raises(BadDataError, match=r"activities: activities\.csv is a file; found a folder, a pipe or a link"):
        read_tables(str(tmp_path))


@pytest.mark.parametrize("way", ["crm/../crm", "link", "./crm//"])
def test_way_to_a_folder_makes_no_difference(way: str, tmp_path: Path) -> None:
    (tmp_path / "crm").mkdir()
    (tmp_path / "link").symlink_to("crm")
    (tmp_path / "crm" / "leads.csv").write_bytes(PLAIN)
    assert len(read_tables(f"{tmp_path}/{way}").leads) == RIGHT
