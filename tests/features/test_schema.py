import pytest

from features.schema import SCHEMAS, allowed_values, becomes, column_kind, empty_frame, kept_columns

COLUMNS = [(table, name) for table, schema in SCHEMAS.items() for name in schema.columns]


@pytest.mark.parametrize(("table", "name"), COLUMNS)
def test_every_column_is_described_and_every_number_has_a_unit(table: str, name: str) -> None:
    column = SCHEMAS[table].columns[name]
    assert column.description
    assert column_kind(column) != "number" or column.metadata["unit"]
    assert column.nullable != column.required
    assert all(check.error and check.description for check in column.checks)


@pytest.mark.parametrize("table", SCHEMAS)
def test_empty_frame_satisfies_its_schema(table: str) -> None:
    frame = empty_frame(table)
    SCHEMAS[table].validate(frame, lazy=True)
    assert list(frame) == list(kept_columns(table))


@pytest.mark.parametrize("table", SCHEMAS)
def test_changing_an_empty_frame_changes_no_other(table: str) -> None:
    frame = empty_frame(table)
    frame["stray"] = "x"
    assert "stray" not in empty_frame(table)


@pytest.mark.parametrize("table", [table for table in SCHEMAS if table != "companies"])
def test_dated_table_has_a_required_time(table: str) -> None:
    assert any(column.required for column in SCHEMAS[table].columns.values() if column_kind(column) == "time")


def test_address_is_declared_but_never_kept() -> None:
    email = SCHEMAS["leads"].columns["email"]
    assert becomes(email) == "email_domain_kind"
    assert allowed_values(SCHEMAS["leads"].columns["email_domain_kind"])
    assert "email" not in kept_columns("leads")
