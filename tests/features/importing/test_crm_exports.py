"""What goes out of a simulated CRM in the names of a real one comes in as the canonical tables that it was made of."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema, DropSchema

from features.importing import SHIPPED_MAPPINGS, load_mapping
from features.reading import import_source, read_tables
from features.sample import simulate
from tests.features.importing.exports.comparing import assert_same
from tests.features.importing.exports.dynamics365 import export_dynamics365
from tests.features.importing.exports.export import Export, Frames
from tests.features.importing.exports.generic import export_generic
from tests.features.importing.exports.hubspot import export_hubspot
from tests.features.importing.exports.salesforce import export_salesforce

EXPORTS: dict[str, Callable[[Frames], Export]] = {
    "salesforce": export_salesforce,
    "hubspot": export_hubspot,
    "dynamics365": export_dynamics365,
    "generic": export_generic,
}
POSTGRES_URL = os.environ.get("LEADS_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="module")
def simulated() -> Frames:
    return simulate(300, seed=4)


def test_every_shipped_mapping_is_tested() -> None:
    assert set(EXPORTS) == set(SHIPPED_MAPPINGS)


@pytest.mark.parametrize("crm", SHIPPED_MAPPINGS)
def test_export_comes_in_as_the_tables_it_was_made_of(crm: str, simulated: Frames, tmp_path: Path) -> None:
    export = EXPORTS[crm](simulated)
    imported = read_tables(str(export.write_files(tmp_path / "export")), mapping=load_mapping(crm))
    assert_same(imported, read_tables(str(export.write_canonical(tmp_path / "canonical"))))


@pytest.mark.parametrize("crm", SHIPPED_MAPPINGS)
def test_nothing_is_left_unread_without_being_told(crm: str, simulated: Frames, tmp_path: Path) -> None:
    export = EXPORTS[crm](simulated)
    findings = import_source(str(export.write_files(tmp_path / "export")), load_mapping(crm), "UTC").findings
    told = {(one.file.removesuffix(".csv"), one.column) for one in findings.columns}
    assert told == {(name, str(column)) for name, frame in export.files.items() for column in frame.columns}
    assert not [one for one in findings.values if not one.is_kept and one.translation != "activity"]


SALESFORCE_LEAKS = ("Rating", "IsConverted", "ConvertedDate", "ConvertedAccountId", "LastActivityDate", "OwnerId")


def test_columns_that_tell_the_outcome_become_nothing(simulated: Frames, tmp_path: Path) -> None:
    folder = export_salesforce(simulated).write_files(tmp_path / "export")
    imported = import_source(str(folder), load_mapping("salesforce"), "UTC")
    fates = {one.column: one for one in imported.findings.columns if one.file == "Lead.csv"}
    assert {fates[column].fate for column in SALESFORCE_LEAKS} == {"dropped"}
    leads = next(raw for raw in imported.tables if raw.name == "leads")
    assert not set(SALESFORCE_LEAKS) & set(leads.cells.column_names)


def test_deleted_and_merged_leads_stay_out(simulated: Frames, tmp_path: Path) -> None:
    folder = export_salesforce(simulated).write_files(tmp_path / "export")
    findings = import_source(str(folder), load_mapping("salesforce"), "UTC").findings
    assert next(one.left_out for one in findings.files if one.file == "Lead.csv") == 2


def test_expected_day_of_an_open_opportunity_is_no_closing(simulated: Frames, tmp_path: Path) -> None:
    folder = export_salesforce(simulated).write_files(tmp_path / "export")
    deals = read_tables(str(folder), mapping=load_mapping("salesforce")).deals
    assert (deals["outcome"] == "open").any()
    assert deals.loc[deals["outcome"] == "open", "closed_at"].isna().all()


def test_opportunity_closed_on_the_day_it_was_entered_closes_at_the_end_of_it(
    simulated: Frames, tmp_path: Path
) -> None:
    export = export_salesforce(simulated)
    opportunities = export.files["Opportunity"]
    opportunities["CloseDate"] = opportunities["CreatedDate"].str[:10]
    del export.files["OpportunityHistory"]
    tables = read_tables(str(export.write_files(tmp_path / "export")), mapping=load_mapping("salesforce"))
    closed = tables.deals[tables.deals["closed_at"].notna()]
    assert ((closed["closed_at"] - closed["created_at"]).dt.days == 0).all()
    assert (closed["closed_at"] > closed["created_at"]).all()


def test_opportunity_entered_after_it_was_closed_closes_when_it_is_entered(simulated: Frames, tmp_path: Path) -> None:
    export = export_salesforce(simulated)
    export.files["Opportunity"]["CloseDate"] = "2020-01-01"
    del export.files["OpportunityHistory"]
    tables = read_tables(str(export.write_files(tmp_path / "export")), mapping=load_mapping("salesforce"))
    closed = tables.deals[tables.deals["closed_at"].notna()]
    assert (closed["closed_at"] == closed["created_at"]).all()
    assert any("nothing closes before created_at" in str(warning) for warning in tables.warnings)


def test_deal_with_two_contacts_counts_for_both(simulated: Frames, tmp_path: Path) -> None:
    export = export_hubspot(simulated)
    deals = next(frame for name, frame in export.files.items() if "deals" in name)
    deal, contact = deals["Record ID"].tolist()[0], deals["Associated Contact IDs"].tolist()[0]
    other = next(lead for lead in simulated["leads"]["lead_id"] if lead not in set(deals["Associated Contact IDs"]))
    deals.loc[0, "Associated Contact IDs"] = f"{contact}; {other}"
    tables = read_tables(str(export.write_files(tmp_path / "export")), mapping=load_mapping("hubspot"))
    found = tables.deals[tables.deals["deal_id"].isin([deal, f"{deal}/2"])]
    assert found["lead_id"].tolist() == [contact, other]


QUALIFICATION_OBJECT = """
[files.Qualification]
names = ["qualification__c"]

[[qualifications]]
from = "Qualification"

[qualifications.columns]
lead_id = { column = "Lead__c", join = "lead" }
answered_at = "Answered_At__c"
budget_status = "Budget_Status__c"
budget_amount = "Budget_Amount__c"
authority_role = "Role__c"
purchase_process = "Process__c"
need = "Need__c"
timeframe = "Timeframe__c"
competition = "Competition__c"
"""


def test_own_mapping_reads_answers_from_a_custom_object(simulated: Frames, tmp_path: Path) -> None:
    export = export_salesforce(simulated)
    answers = simulated["qualifications"].rename(
        columns={"lead_id": "Lead__c", "authority_role": "Role__c", "purchase_process": "Process__c"}
    )
    answers.columns = [name if name.endswith("__c") else f"{name.title()}__c" for name in answers.columns]
    export.files["Qualification__c"] = answers
    del export.files["OpportunityContactRole"]
    shipped = Path(load_mapping.__code__.co_filename).parent / "mappings" / "salesforce.toml"
    own = tmp_path / "own.toml"
    own.write_text(shipped.read_text(encoding="utf-8") + QUALIFICATION_OBJECT, encoding="utf-8")
    imported = read_tables(str(export.write_files(tmp_path / "export")), mapping=load_mapping(str(own)))
    expected = read_tables(str(Export({}, simulated).write_canonical(tmp_path / "canonical")))
    pd.testing.assert_frame_equal(imported.qualifications, expected.qualifications)


@pytest.fixture
def replica(simulated: Frames, tmp_path: Path) -> Iterator[str]:
    """A replica of Salesforce in a schema of its own of a real server."""
    engine, schema = create_engine(POSTGRES_URL, poolclass=NullPool), f"importing_{uuid4().hex}"
    try:
        with engine.begin() as connection:
            connection.execute(CreateSchema(schema))
    except OperationalError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL server answers at {POSTGRES_URL}: {type(error).__name__}")
    for file in export_salesforce(simulated).write_files(tmp_path / "replicated").iterdir():
        pd.read_csv(file, dtype="str").to_sql(file.stem.lower(), engine, schema=schema, index=False)
    yield f"{POSTGRES_URL}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True))


def test_replica_in_a_database_comes_in_like_the_files(replica: str, simulated: Frames, tmp_path: Path) -> None:
    mapping = load_mapping("salesforce")
    folder = export_salesforce(simulated).write_files(tmp_path / "export")
    assert_same(read_tables(replica, mapping=mapping), read_tables(str(folder), mapping=mapping))
