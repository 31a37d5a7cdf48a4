"""An INSERT whose text and conversions are worked out once, not for each row again."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class PreparedInsert:
    """Adds rows to a table; one that is there already stays as it is.

    SQLAlchemy would go through its rules for every value of every row, in Python, while answers wait for the
    interpreter.

    Parameters
    ----------
    table : sqlalchemy.Table
        Every column gets a value.
    dialect : sqlalchemy.Dialect
        Of the database.
    """

    def __init__(self, table: Table, dialect: Dialect) -> None:
        insert = _INSERTS[dialect.name](table).on_conflict_do_nothing()
        compiled = insert.compile(dialect=dialect, column_keys=list(table.c.keys()))
        self._text = str(compiled)
        self._is_by_name = compiled.positiontup is None
        self.names: tuple[str, ...] = tuple(compiled.positiontup or table.c.keys())
        converted = ((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in self.names)
        self._conversions = [(place, convert) for place, (_, convert) in enumerate(converted) if convert is not None]

    def execute(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows, the values of each in the order of ``names``; raises what the database raises."""
        connection.exec_driver_sql(self._text, [self._parameters(row) for row in rows])

    def _parameters(self, row: Sequence[Any]) -> Any:
        values = list(row)
        for place, convert in self._conversions:
            values[place] = convert(values[place])
        return dict(zip(self.names, values, strict=True)) if self._is_by_name else tuple(values)
