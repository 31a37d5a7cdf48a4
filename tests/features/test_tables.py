from pathlib import Path

import pandas as pd
import pytest

from features.reading import read_tables
from features.schema import SCHEMAS
from features.tables import Tables

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
LEADS = pd.DataFrame({"lead_id": ["A", "B"], "created_at": ["2024-01-01T00:00Z", "2024-01-02T00:00Z"]})


def test_absent_table_is_an_empty_frame_with_its_columns() -> None:
    tables = Tables.from_frames(leads=LEADS)
    assert tables.present == {"leads"}
    for name in SCHEMAS:
        SCHEMAS[name].validate(getattr(tables, name), lazy=True)


def test_declared_column_that_is_absent_is_missing_throughout() -> None:
    leads = Tables.from_frames(leads=LEADS).leads
    assert leads["closed_at"].isna().all()
    assert str(leads["closed_at"].dtype) == "datetime64[ms, UTC]"
    assert str(leads["country"].dtype) == "str"


def test_enumerated_values_match_in_any_case() -> None:
    leads = LEADS.assign(outcome=[" Won", "LOST "], closed_at="2024-02-01T00:00Z")
    assert Tables.from_frames(leads=leads).leads["outcome"].tolist() == ["won", "lost"]


def test_row_that_names_no_lead_stays() -> None:
    deals = pd.DataFrame({"deal_id": [1, 2], "created_at": "2024-01-01", "lead_id": [None, "Z"]})
    assert Tables.from_frames(leads=LEADS, deals=deals).deals["deal_id"].tolist() == ["1"]


@pytest.mark.parametrize("name", ["bpic2012", "uci_bank", "bohanec_b2b"])
def test_real_data_reads_and_satisfies_the_schemas(name: str) -> None:
    if not (DATA / name).is_dir():
        pytest.skip("the shared data sets do not lie beside this checkout")
    tables = read_tables(str(DATA / name))
    assert tables.warnings == ()
    for table in SCHEMAS:
        SCHEMAS[table].validate(getattr(tables, table), lazy=True)
